# make run opens the app, make test runs the tests; both set up .venv first, once.

PYTHON ?= python3
BIN := .venv/bin
UV := $(shell command -v uv 2>/dev/null)

.PHONY: run test check format content words pages bench pictures torture audit wheel clean
.DEFAULT_GOAL := run

run: .venv/.run
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m tui $(ARGS)

test: .venv/.dev
	@echo "Testing"
	@$(BIN)/python -m pytest $(ARGS)

check: .venv/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# The bundled bulletin again from its page; content/ stays as it is unless the importer reads the page differently.
content: .venv/.run
	@$(BIN)/python -m tui import seeds/*.txt --into content --bulletin neimenggu-gongan --replace

words: .venv/.dev
	$(BIN)/python -m tests.words

pages: .venv/.dev
	$(BIN)/python -m tests.pages

wheel: .venv/.dev
	$(BIN)/python -m build --no-isolation --wheel

bench: .venv/.dev
	$(BIN)/python -m bench $(ARGS)

pictures: .venv/.dev
	$(BIN)/python -m docs.pictures

torture: .venv/.dev
	$(BIN)/python -m torture $(ARGS)

# What is known against the locked packages; what could not be asked about counts as a failure.
audit: .venv/audit/.done
	@.venv/audit/bin/pip-audit --strict --require-hashes --disable-pip -r requirements.lock
	@.venv/audit/bin/pip-audit --strict --require-hashes --disable-pip -r requirements-dev.lock

clean:
	rm -rf .venv dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# A stamp a set: what was installed from which lock.
.venv/.run: requirements.lock | .venv/bin/python
	@echo "Installing what ganews-tui needs into .venv"
	@$(call install,requirements.lock)
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m compileall -q tui
	@touch .venv/.run

# What the tests need holds what the app needs, so the other stamp is set too.
.venv/.dev: requirements-dev.lock requirements.lock | .venv/bin/python
	@echo "Installing what the tests need into .venv"
	@$(call install,requirements-dev.lock)
	@touch .venv/.run .venv/.dev

# The auditor brings packages of its own, so it has an environment of its own.
.venv/audit/.done: | .venv/bin/python
	@echo "Installing the auditor into .venv/audit"
ifeq ($(UV),)
	@$(BIN)/python -m venv .venv/audit
	@.venv/audit/bin/python -m pip install -q --disable-pip-version-check "pip-audit==2.10.1"
else
	@"$(UV)" venv -q --python $(BIN)/python .venv/audit
	@VIRTUAL_ENV=.venv/audit "$(UV)" pip install -q "pip-audit==2.10.1"
endif
	@touch .venv/audit/.done

.venv/bin/python:
	@echo "Making .venv"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "ganews-tui needs Python 3.11 or newer; name one: make PYTHON=python3.13 $(MAKECMDGOALS)" >&2; exit 2; }
ifeq ($(UV),)
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "The venv module is missing; install it: apt install python3-venv" >&2; exit 2; }
	@$(PYTHON) -m venv .venv
else
	@"$(UV)" venv -q --python "$(PYTHON)" .venv
endif

ifeq ($(UV),)
install = $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $(1)
else
install = VIRTUAL_ENV=.venv "$(UV)" pip install -q --compile-bytecode --require-hashes -r $(1)
endif
