.PHONY: demo test setup setup-dev office lint types contracts pytest bench format golden clean
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin

demo: setup
	$(BIN)/python -m workbook_templates.demo demo

setup: $(VENV)/.installed
$(VENV)/.installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

lint:
	$(BIN)/ruff check . && $(BIN)/ruff format --check .
types:
	$(BIN)/mypy
contracts:
	$(BIN)/lint-imports
