# incidentsim: the two commands for newcomers are `make drill` and `make test`.
SHELL := /bin/sh
PYTHON ?= $(shell for each in python3 python3.13 python3.12 python3.11; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$each; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
# uv is used where it is there; pip otherwise.
UV := $(shell command -v uv 2>/dev/null)
INSTALL = $(if $(UV),$(UV) pip install --quiet --python $(BIN)/python,$(BIN)/python -m pip install --quiet --disable-pip-version-check)
SCENARIO ?= inc-2024-0312

.DEFAULT_GOAL := help
.PHONY: help drill test check format bench golden snapshots pictures keys clean

help:
	@echo "make drill   set everything up and open the drill ($(SCENARIO))"
	@echo "make test    set everything up and run the tests"
	@echo "make check   format, lint, strict types, import contracts"
	@echo "make bench   the speed ratios, measured on this machine"
	@echo "make golden  the golden journals; anew only where the engine's number was raised"
	@echo "make snapshots  accept what the screens look like now"
	@echo "make pictures   take the pictures in README and docs anew (needs Chromium)"
	@echo "make keys       write the key table in docs/keys.md anew"
	@echo "make format  put the code into shape"
	@echo "make clean   remove what these commands made"

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "incidentsim needs Python 3.11 or newer on the PATH (or: make PYTHON=/path/to/python3)"; exit 2; }
	@echo "Setting up $(VENV) with $$($(PYTHON) --version) …"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runs: $(BIN)/python pyproject.toml constraints.txt
	@echo "Installing what the drill needs …"
	@$(INSTALL) -c constraints.txt -e .
	@touch $@

$(VENV)/.tests: $(VENV)/.runs
	@echo "Installing what the tests need …"
	@$(INSTALL) -c constraints.txt -e '.[dev]'
	@touch $@

drill: $(VENV)/.runs
	@$(BIN)/incidentsim drill $(SCENARIO)

test: $(VENV)/.tests
	@$(BIN)/python -m pytest -n 2

check: $(VENV)/.tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.tests
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.tests
	@$(BIN)/python -m benchmarks

golden: $(VENV)/.tests
	@$(BIN)/python -m tests.golden.making

snapshots: $(VENV)/.tests
	@INCIDENTSIM_ACCEPT_LOOKS=1 $(BIN)/python -m pytest -q -n 2 tests/screens/test_looks.py

pictures: $(VENV)/.tests
	@$(BIN)/python -m tools.pictures

keys: $(VENV)/.runs
	@sed '/^## /,$$d' docs/keys.md > docs/keys.md.new && $(BIN)/incidentsim keys >> docs/keys.md.new && mv docs/keys.md.new docs/keys.md

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis dist build
