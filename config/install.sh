#!/bin/sh
# Installs a lock file into .venv unless that has been done: install.sh PYTHON LOCK
set -eu

python=$1
lock=$2
stamp=.venv/installed-$lock

# A virtual environment knows its own path: it does not survive a move of the checkout.
wanted="$PWD $(cksum <"$lock")"
if [ -x .venv/bin/python ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
  exit 0
fi

# The tools contain all that runs: whoever has them needs no second look.
everything=.venv/installed-requirements-dev.lock
if [ "$lock" = requirements.lock ] && [ -x .venv/bin/python ] &&
  [ "$(cat "$everything" 2>/dev/null)" = "$PWD $(cksum <requirements-dev.lock)" ]; then
  exit 0
fi

if ! command -v "$python" >/dev/null; then
  echo "Laurel needs Python 3.11 to 3.13 as python3; or say which one: make PYTHON=python3.12" >&2
  exit 1
fi
if ! "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))'; then
  echo "Laurel needs Python 3.11 to 3.13; $python is $("$python" -V 2>&1)." \
    "Say which one to use: make PYTHON=python3.12" >&2
  exit 1
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  echo "$python has no venv module. On Debian and Ubuntu: apt install python3-venv" >&2
  exit 1
fi

if ! .venv/bin/python -c '' 2>/dev/null ||
  ! grep -qxF "$PWD" .venv/made-for 2>/dev/null; then
  echo "Making .venv with $("$python" -V) …"
  "$python" -m venv --clear .venv
  printf '%s\n' "$PWD" >.venv/made-for
fi
echo "Installing $lock …"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
  --require-hashes --only-binary :all: --requirement "$lock"
printf '%s\n' "$wanted" >"$stamp"
