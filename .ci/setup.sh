#!/usr/bin/env bash
# Makes .venv and whatever else is missing, and says what it does. `setup.sh program` or `setup.sh tests`.
# A step that is done leaves a stamp named after the bytes it was made from, so that the second run takes no time.
set -euo pipefail
cd "$(dirname "$0")/.."

FOR=${1:-program}
STAMPS=.venv/.stamps
PROGRAM_PACKAGES=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-noto-cjk)
TEST_PACKAGES=(chromium poppler-utils)

say() { printf '\033[1m==>\033[0m %s\n' "$*"; }
fail() { printf 'make: %s\n' "$*" >&2; exit 1; }
done_before() { [ -e "$STAMPS/$1" ]; }
stamp() { mkdir -p "$STAMPS" && rm -f "$STAMPS/${1%%-*}"-* && touch "$STAMPS/$1"; }
digest() { cat "$@" | sha256sum | cut -c1-16; }

find_python() {
  local candidate
  for candidate in ${PYTHON:-} python3.11 python3 python3.12 python3.13; do
    if command -v "$candidate" >/dev/null && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
      command -v "$candidate"
      return
    fi
  done
  fail "Python 3.11 or later is needed (Debian: apt-get install python3)."
}

# Installs Debian packages when it may; names them in one line when it may not.
need_packages() {
  [ $# -gt 0 ] || return 0
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    fail "these Debian packages are needed; as root: apt-get install $*"
  fi
  say "Installing Debian packages: $*"
  export DEBIAN_FRONTEND=noninteractive
  { apt-get -q update && apt-get -q install -y --no-install-recommends "$@"; } >"${TMPDIR:-/tmp}/banjie-apt.log" 2>&1 ||
    { tail -n 20 "${TMPDIR:-/tmp}/banjie-apt.log" >&2; fail "apt-get could not install: $*"; }
}

missing_packages() {
  local package
  for package in "$@"; do
    dpkg-query -W -f='${db:Status-Abbrev}' "$package" 2>/dev/null | grep -q '^ii' || printf '%s ' "$package"
  done
}

system_packages() {
  local names=("${PROGRAM_PACKAGES[@]}")
  if [ "$FOR" = tests ]; then names+=("${TEST_PACKAGES[@]}"); fi
  if ! command -v dpkg-query >/dev/null; then
    say "Not a Debian system: see to these yourself: ${names[*]}"
    return
  fi
  # shellcheck disable=SC2046  # a list of names, split on purpose
  need_packages $(missing_packages "${names[@]}")
}

virtual_environment() {
  local python
  python=$(find_python)
  say "Making .venv with $("$python" --version)"
  rm -rf .venv
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    need_packages python3-venv
  fi
  "$python" -m venv .venv || fail "$python cannot make a virtual environment."
}

install() {
  say "Installing $(grep -c '==' "$1") Python packages from $1 (pinned, hashes checked)"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --use-pep517 --require-hashes -r "$1" ||
    fail "the packages of $1 could not be installed."
}

catalogue() {
  say "Compiling the Chinese catalogue"
  .venv/bin/pybabel --quiet compile -d web/translations
}

# once NAME FILE... -- COMMAND...: runs the command unless it was done with the same bytes of the files.
once() {
  local name=$1 files=() id
  shift
  while [ "$1" != -- ]; do files+=("$1"); shift; done
  shift
  id="$name-$(digest "${files[@]}")"
  if done_before "$id"; then return; fi
  "$@"
  stamp "$id"
}

# A virtual environment holds absolute paths: one that was moved, or whose Python is gone, is made anew.
if ! .venv/bin/python -c 'import sys, os; sys.exit(sys.prefix != os.path.realpath(".venv"))' 2>/dev/null; then
  virtual_environment
fi
once packages."$FOR" .ci/setup.sh -- system_packages
REQUIREMENTS=requirements.txt
if [ "$FOR" = tests ] || ls "$STAMPS"/tests-* >/dev/null 2>&1; then
  REQUIREMENTS=.ci/requirements-dev.txt  # all of the program's, and the tests'
  once tests $REQUIREMENTS -- install $REQUIREMENTS
else
  once program $REQUIREMENTS -- install $REQUIREMENTS
fi
if [ ! -e web/translations/zh_CN/LC_MESSAGES/messages.mo ]; then rm -f "$STAMPS"/catalogue-*; fi
once catalogue web/translations/zh_CN/LC_MESSAGES/messages.po -- catalogue
