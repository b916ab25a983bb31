# Every habit of the house. `make run` is all a bare machine needs: Python 3.11 or newer, pip and make.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help run install dev messages check test format lock bench clean

help: ## what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/'

# What demo prints, the sign-ins, serve prints again at its end, where it is seen.
run: install ## prepare everything and serve http://127.0.0.1:8000 (PORT= to change)
	@$(BIN)/takrim migrate
	@$(BIN)/takrim demo > /dev/null
	@exec env TAKRIM_PORT=$(PORT) $(BIN)/takrim serve

install: .venv/installed messages ## what the product needs, into .venv

dev: .venv/installed-dev messages ## what developers need, into .venv

messages: .venv/installed
	@$(BIN)/python tools/messages.py --compile

# The outer pip fills the inner environment: it works where Debian ships Python without ensurepip, and saves seconds.
.venv/python:
	@$(PYTHON) -c 'import sys; sys.exit("Takrim needs Python 3.11 or newer; this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else 0'
	@test -x $(BIN)/python || $(PYTHON) -m venv --without-pip .venv
	@touch $@

.venv/installed: .venv/python requirements.lock pyproject.toml
	@echo "Installing what Takrim needs into .venv: about half a minute, once."
	@$(PYTHON) -m pip --python $(BIN)/python install --quiet --require-hashes -r requirements.lock
	@$(PYTHON) -m pip --python $(BIN)/python install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.lock
	@$(PYTHON) -m pip --python $(BIN)/python install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

check: dev ## the everyday suite: lint, types, layers, tests on SQLite without a browser; under two minutes
	@$(BIN)/python -m tools.verify check

test: dev ## everything: also PostgreSQL and the stories in a browser; installs them from Debian when it may
	@$(BIN)/python -m tools.verify test

format: dev ## bring the code into the house's form
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format --quiet .

lock: dev ## lock the newest versions that pyproject.toml allows, with a hash for each file and no address
	@$(BIN)/python -m tools.lock

bench: dev ## measure speed and memory (bench/README.md)
	@$(BIN)/python -m bench

clean: ## remove what was made here, the data folder excepted
	rm -rf .venv build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage* test-results
	find . -name __pycache__ -prune -exec rm -rf {} +
	find src -name '*.mo' -delete
