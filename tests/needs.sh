#!/bin/sh
# Sees to it that strace is there: the tests look with it at what reaches the disk. Installs it where that can be done
# without asking; otherwise says what to install, and the tests that need it fail.
set -eu
command -v strace >/dev/null && exit 0
if command -v apt-get >/dev/null; then
    if [ "$(id -u)" = 0 ]; then
        apt-get update -qq && apt-get install -y -qq --no-install-recommends strace && exit 0
    elif sudo -n true 2>/dev/null; then
        sudo -n apt-get update -qq && sudo -n apt-get install -y -qq --no-install-recommends strace && exit 0
    fi
fi
echo "The tests need strace. Install the package: strace" >&2
