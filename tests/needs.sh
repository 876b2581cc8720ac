#!/bin/sh
# Sees to it that there is what the tests need of the system: strace, with which they look at what reaches the disk,
# zbar, the second decoder of every printed code, LibreOffice, which opens and prints workbooks, and Poppler, which reads
# what we print. Installs it where that can be done without asking; otherwise says what to install, and the tests that
# need it fail.
# usage: needs.sh PYTHON
set -eu
need=""
command -v strace >/dev/null || need="$need strace"
command -v soffice >/dev/null || need="$need libreoffice-calc-nogui"
command -v pdffonts >/dev/null || need="$need poppler-utils"
"$1" -c 'import sys; from ctypes.util import find_library; sys.exit(not find_library("zbar"))' || need="$need libzbar0"
[ -n "$need" ] || exit 0
if command -v apt-get >/dev/null; then
    sudo=""
    [ "$(id -u)" = 0 ] || sudo="sudo -n"
    # shellcheck disable=SC2086  # several words each
    if $sudo true 2>/dev/null; then
        $sudo apt-get update -qq && $sudo apt-get install -y -qq --no-install-recommends $need >/dev/null && exit 0
    fi
fi
echo "The tests need$need. Install the packages of these names (Debian's; elsewhere zbar for libzbar0)." >&2
