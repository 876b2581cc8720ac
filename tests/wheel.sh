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

# What runs within one process, and what crashes, damages and forges, has run in the tree. What is tested here is the
# installation: real processes that need every kind of file that is shipped, catalogues, samples, questionnaires, fonts,
# styles and schemas, from the first start to the exported result; forms are printed and read, each refusal is not tried.
# The tests see the project's texts and documents, but none of its packages: those must come from the wheel.
mkdir "$work/tree"
git -C "$tree" ls-files -z -- . ':!manyi' ':!tui' ':!db' ':!exports' ':!surveys' ':!campaign' |
    (cd "$tree" && xargs -0 tar -cf - --) | tar -xf - -C "$work/tree"
cd "$work/tree"
"$work/venv/bin/python" -m pytest -q -m "not rig" -n 4 --dist worksteal --override-ini=pythonpath= \
    tests/architecture/test_imports.py tests/architecture/test_documents.py tests/functional/test_samples.py \
    tests/end_to_end/test_command_line.py tests/end_to_end/test_whole_way.py tests/end_to_end/test_staff_day.py \
    tests/end_to_end/test_export_command.py tests/end_to_end/test_forms_read.py \
    tests/end_to_end/test_kiosk_lockdown.py tests/end_to_end/test_kiosk_case.py tests/end_to_end/test_backup.py
