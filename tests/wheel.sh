#!/bin/sh
# Builds the wheel, installs it in a fresh virtual environment outside the tree and runs the tests against that.
# usage: wheel.sh PYTHON   (an interpreter that has "build")
set -eu
python=$1
tree=$(pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$python" -m build --quiet --wheel --outdir "$work/dist" .
"$python" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check -c constraints.txt "pip>=25.1"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check -c constraints.txt "$work"/dist/*.whl
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check -c constraints.txt --group "$tree/pyproject.toml:test"

# The rigs that crash and damage stores, forge codes and scan sheets by the hundred have run in the tree; what is tested here is the installation.
# What runs within one process has run in the tree too; here real processes run what was installed.
# The tests see the project's texts and documents, but none of its packages: those must come from the wheel.
mkdir "$work/tree"
git -C "$tree" ls-files -z -- . ':!manyi' ':!tui' ':!db' ':!exports' ':!surveys' ':!campaign' |
    (cd "$tree" && xargs -0 tar -cf - --) | tar -xf - -C "$work/tree"
cd "$work/tree"
"$work/venv/bin/python" -m pytest -q -m "not rig" -n 2 --dist loadscope --override-ini=pythonpath= tests/unit tests/architecture tests/end_to_end
