# make run opens the app, make test runs the tests; both set up .venv first, once.

PYTHON ?= python3
BIN := .venv/bin
UV := $(shell command -v uv 2>/dev/null)

.PHONY: run test check format content words weights pages page bench pictures torture audit lowest locks wheel clean
.DEFAULT_GOAL := run

run: .venv/.run
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m tui $(ARGS)

# Many tests wait for a program on a terminal, so three at once suit two cores.
test: .venv/.dev
	@echo "Testing"
	@$(BIN)/python -m pytest $(or $(ARGS),-n 3 --dist loadfile)

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

weights: .venv/.dev
	@$(BIN)/python -m bench.learn $(ARGS)

pages: .venv/.dev
	$(BIN)/python -m tests.pages

# What the page of `ganews-tui serve` is made of: xterm.js and two fonts, from the npm registry by a lock file.
page: .venv/bin/python
	@$(BIN)/python -m tests.page_assets

wheel: .venv/.dev page
	$(BIN)/python -m build --no-isolation --wheel

bench: .venv/.dev
	$(BIN)/python -m bench $(ARGS)

pictures: .venv/.dev
	$(BIN)/python -m docs.pictures
	$(BIN)/python -m docs.pictures.page

torture: .venv/.dev
	$(BIN)/python -m torture $(ARGS)

# What is known against the locked packages; what could not be asked about counts as a failure.
audit: .venv/audit/.done
	@.venv/audit/bin/pip-audit --strict --require-hashes --disable-pip -r requirements.lock
	@.venv/audit/bin/pip-audit --strict --require-hashes --disable-pip -r requirements-dev.lock
	@.venv/audit/bin/pip-audit --strict --require-hashes --disable-pip -r requirements-audit.lock

# The pins say the truth: a part of the tests with the lowest versions of textual, rich and pyyaml that are allowed.
lowest: .venv/lowest/.done
	@echo "Testing with the lowest versions allowed"
	@.venv/lowest/bin/python -m pytest $(LOWEST) $(ARGS)

LOWEST := $(addprefix tests/test_,app.py cells.py cli.py config.py driver.py hits_painted.py library_yaml.py start.py)

# The locks again, with what pyproject.toml allows; the versions in a lock stay unless it is deleted first.
locks:
	uv pip compile $(LOCK) pyproject.toml $(EXTRAS) -o requirements.lock
	uv pip compile $(LOCK) pyproject.toml $(EXTRAS) --group dev -o requirements-dev.lock
	uv pip compile $(LOCK) --group lowest -o requirements-lowest.lock
	uv pip compile $(LOCK) --group audit -o requirements-audit.lock

EXTRAS := $(addprefix --extra ,serve pdf office regex shared)
LOCK := -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

clean:
	rm -rf .venv dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# A stamp for each set of packages, newer than the lock that the set was installed from.
.venv/.run: requirements.lock | .venv/bin/python
	@echo "Installing what ganews-tui needs into .venv"
	@$(call install,.venv,requirements.lock)
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m compileall -q tui
	@touch .venv/.run

# What the tests need includes what the app needs, so the other stamp is set too.
.venv/.dev: requirements-dev.lock requirements.lock | .venv/bin/python
	@echo "Installing what the tests need into .venv"
	@$(call install,.venv,requirements-dev.lock)
	@touch .venv/.run .venv/.dev

# Sets that must not mix with .venv: the auditor, and the lowest versions that pyproject.toml allows.
.venv/%/.done: requirements-%.lock | .venv/bin/python
	@echo "Installing $< into .venv/$*"
	@$(call create,$(BIN)/python,.venv/$*)
	@$(call install,.venv/$*,$<)
	@touch $@

.venv/bin/python:
	@echo "Making .venv"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "ganews-tui needs Python 3.11 or newer; name one: make PYTHON=python3.13 $(MAKECMDGOALS)" >&2; exit 2; }
ifeq ($(UV),)
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "The venv module is missing; install it: apt install python3-venv" >&2; exit 2; }
endif
	@$(call create,$(PYTHON),.venv)

ifeq ($(UV),)
create = $(1) -m venv $(2)
install = $(1)/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r $(2)
else
create = "$(UV)" venv -q --allow-existing --python "$(1)" $(2)
install = VIRTUAL_ENV=$(1) "$(UV)" pip install -q --compile-bytecode --require-hashes -r $(2)
endif
