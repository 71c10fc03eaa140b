# Two commands for a newcomer: `make demo` and `make test`. The rest is for those who carry it on.
.PHONY: demo build test setup setup-dev office lint types contracts pytest bench format golden docs pictures lock clean
.DELETE_ON_ERROR:
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
AS_ROOT := $(if $(filter 0,$(shell id -u)),,sudo)
PIP := $(BIN)/python -m pip install -q --disable-pip-version-check

demo: build  ## sets up, makes a fictional department and runs the Monday job on it
	$(BIN)/python -m workbook_templates.demo demo

test: $(VENV)/.installed-dev office lint types contracts pytest  ## sets up everything and runs every check

build: $(VENV)/.installed  ## the Excel add-in, the Calc extension and the workbooks with buttons, into dist/
	$(BIN)/python -m addin.build
	$(BIN)/python -m workbook_templates.build

setup: $(VENV)/.installed
setup-dev: $(VENV)/.installed-dev

# Debian keeps what venv needs in a package of its own.
$(VENV)/bin/python:
	@$(PYTHON) -c "import ensurepip" 2>/dev/null || { echo "installing: $(PYTHON)-venv"; $(AS_ROOT) apt-get update -qq && $(AS_ROOT) apt-get install -y -qq --no-install-recommends $(PYTHON)-venv >/dev/null; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python requirements.lock pyproject.toml
	$(PIP) -r requirements.lock
	$(PIP) --no-deps -e .
	@$(BIN)/python -m compileall -q macros_py addin/build.py workbook_templates tests/benchmarks
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	$(PIP) -r requirements-dev.lock
	@touch $@

office:  ## LibreOffice, fonts and the workbook validator, as root or by sudo
	@tests/setup.sh

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types:
	$(BIN)/mypy

contracts:
	$(BIN)/lint-imports

pytest:  ## side by side, a module on one core: what a module makes once is made once
	$(BIN)/pytest -n auto --dist loadscope -rs

bench: $(VENV)/.installed-dev  ## speed as ratios to what a user would do instead
	$(BIN)/python -m tests.benchmarks

format:
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

golden:  ## renews the golden renderings; read the diff before you commit it
	DUNBOOK_RENEW=1 $(BIN)/pytest tests/reports tests/golden

docs:  ## the manual, from the code and the pages beside the buttons
	$(BIN)/python -m docs.build

pictures: demo $(VENV)/.installed-dev  ## the pictures of README and manual, from the demo
	$(BIN)/python -W ignore -m docs.pictures

lock:  ## renews the pinned versions
	$(PIP) pip-tools
	$(BIN)/pip-compile -q --strip-extras --no-emit-index-url --no-emit-find-links --no-header -o requirements.lock pyproject.toml
	$(BIN)/pip-compile -q --strip-extras --no-emit-index-url --no-emit-find-links --no-header --extra dev -o requirements-dev.lock pyproject.toml

clean:
	rm -rf $(VENV) dist build demo .tools
