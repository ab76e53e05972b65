#!/bin/sh
# Prints the first Python that can make our environment: 3.11 or newer, with venv and ensurepip.

if [ -n "$PYTHON" ]; then
    set -- "$PYTHON"
else
    set -- python3 python3.14 python3.13 python3.12 python3.11 python
fi

without_venv=
for python in "$@"; do
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
    if "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        echo "$python"
        exit 0
    fi
    without_venv=${without_venv:-$python}
done

if [ -n "$without_venv" ]; then
    echo "scoatlas: $without_venv cannot make environments here; on Debian or Ubuntu, 'apt install python3-venv' adds that." >&2
else
    echo "scoatlas: no Python 3.11 or newer among: $*; install one, or name yours: make PYTHON=/path/to/python3 …" >&2
fi
exit 1
