# Two commands matter: `make run` (the demonstration city) and `make test`.  `make help` lists the rest.

PORT ?= 8000
HOST ?= 127.0.0.1
PY := .venv/bin/python
DEMONSTRATION := env -u DATABASE_URL BANJIE_INSTANCE=instance/demonstration PUBLIC_URL=http://$(HOST):$(PORT)
OFFICE := env BANJIE_INSTANCE=instance/office

.PHONY: help run serve setup setup-tests test check shape assets screenshots bench lock clean

help:  ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | column -t -s "$$(printf '\t')" 2>/dev/null || grep '##' Makefile

run: setup  ## serve the demonstration city 云川市 at http://127.0.0.1:8000
	@$(DEMONSTRATION) $(PY) -m flask --app app demo --host $(HOST) --port $(PORT)

serve: setup  ## serve for real use: an instance of its own, no demonstration, no moving clock
	@$(OFFICE) $(PY) -m flask --app app serve --host $(HOST) --port $(PORT)

setup:  ## make .venv, install what the program needs, compile the Chinese catalogue
	@.ci/setup.sh program

setup-tests:  ## setup, and what only the tests need
	@.ci/setup.sh tests

test: setup-tests  ## everything: lint, types, contracts, shape, unit, process, web, browser, both databases
	@$(PY) -m pytest

check: setup-tests  ## the fast half of it: lint, types, contracts, shape, habits
	@$(PY) -m pytest tests/architecture -m "not slow"

shape: setup-tests  ## our measures beside those of the code bases we measured
	@$(PY) -m tests.architecture.shape

assets: setup-tests  ## build the bundles of the diagram viewer and the expression editor anew
	@.ci/assets.sh web/static/dist

screenshots: setup-tests  ## walk through the first case and keep its pictures in docs/images
	@BANJIE_SCREENSHOTS=docs/images $(PY) -m pytest tests/browser/test_walk.py

bench: setup-tests  ## measure speed at scale (bench/)
	@$(PY) -m bench

lock: setup  ## pin requirements anew from pyproject.toml
	@.ci/lock.sh

clean:  ## remove what can be made again; databases in instance/ stay
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis .import_linter_cache build web/assets/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
