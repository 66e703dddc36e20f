#!/usr/bin/env bash
# Pins requirements.txt and .ci/requirements-dev.txt anew from pyproject.toml, with hashes and without hosts.
set -euo pipefail
cd "$(dirname "$0")/.."

tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
.venv/bin/python -m venv "$tools"
"$tools/bin/pip" install --quiet pip-tools==7.6.2
lock() {
  CUSTOM_COMPILE_COMMAND="make lock" "$tools/bin/pip-compile" --quiet --generate-hashes --strip-extras \
    --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --annotation-style=line "$@" pyproject.toml
}
lock -o requirements.txt
lock --extra dev -c requirements.txt -o .ci/requirements-dev.txt
