# The commands of the register. Each works from a fresh clone, as root or as an ordinary user.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

export PORT ?= 8000
export HOST ?= 127.0.0.1
WORKERS ?= auto
BIN := .venv/bin
PYTHON := $(BIN)/python
MANAGE := $(PYTHON) manage.py
TEMPLATES := $(shell git ls-files '*.html' 2>/dev/null)
# python3.11 if it runs, else a python3 that is not older.
BARE_PYTHON := $(shell for name in python3.11 python3; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$name; break; }; done)
PREPARE = $(if $(BARE_PYTHON),$(BARE_PYTHON),@echo 'Python 3.11 or newer is needed: sudo apt-get install python3 python3-venv' && exit 1;) config/bare_machine.py
# An address that nobody answers: what production must set, for checks that need no database.
PRODUCTION := SECRET_KEY=$$(head -c 48 /dev/urandom | base64 -w0) ALLOWED_HOSTS=register.example.govt.nz \
	PUBLIC_ADDRESS=https://register.example.govt.nz \
	DATABASE_URL=postgres://app@database.invalid/register DATABASE_OWNER_URL=postgres://owner@database.invalid/register

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

## Using it

.PHONY: run
run: ready-to-run ## serve the register on PORT (8000), with demo data the first time
	@exec $(MANAGE) serve

.PHONY: demo
demo: ready-to-run ## everything `make run` does, except serving
	@$(MANAGE) prepare

.PHONY: stop
stop: ## stop the private Postgres; its data stays
	@if [ -x $(PYTHON) ]; then $(MANAGE) postgres stop; fi

## Working on it

.PHONY: check
check: ready-to-test ## every static check
	@$(MAKE) --jobs 3 --keep-going --output-sync=target $(CHECKS)

CHECKS := check-format check-lint check-types check-imports check-templates check-migrations check-deploy

.PHONY: $(CHECKS)
check-format:
	@$(BIN)/ruff format --check --quiet .

check-lint:
	@$(BIN)/ruff check --quiet .

check-types:
	@$(BIN)/mypy .

check-imports:
	@$(BIN)/lint-imports --no-logo

check-templates:
	@$(if $(TEMPLATES),$(BIN)/djade --check --target-version 5.2 $(TEMPLATES))
	@$(if $(TEMPLATES),$(BIN)/djhtml --check --tabwidth 2 $(TEMPLATES))

check-migrations:
	@$(MANAGE) makemigrations --check --dry-run
	@$(MANAGE) check

check-deploy:
	@$(PRODUCTION) $(MANAGE) check --deploy --fail-level WARNING

.PHONY: fix
fix: ready-to-test ## format, and mend what can be mended without thinking
	$(BIN)/ruff check --fix --quiet . || true
	git ls-files '*.py' | xargs -r $(BIN)/django-upgrade --target-version 5.2 || true
	$(BIN)/ruff format .
	$(if $(TEMPLATES),$(BIN)/djade --target-version 5.2 $(TEMPLATES) || true)
	$(if $(TEMPLATES),$(BIN)/djhtml --tabwidth 2 $(TEMPLATES) || true)

.PHONY: test
test: ready-to-browse test-fast test-journeys ## every test: the fast ones, then browser journeys

# Which branches the tests take is measured with them where Python itself counts (3.14 and newer), which costs little.
# Before, it costs as much again as the tests: `make coverage` asks for it. Below the floor in pyproject.toml both fail.
MEASURE ?= $(shell $(PYTHON) -c 'import sys; print("yes" * (sys.version_info >= (3, 14)))' 2>/dev/null)

.PHONY: test-fast
test-fast: ready-to-test ## the tests without a browser
	$(PYTHON) -m pytest --ignore tests/journeys --numprocesses $(WORKERS) $(if $(MEASURE),--cov --cov-report=term)

.PHONY: coverage
coverage: ## the fast tests, and which branches of the code they never take
	@$(MAKE) test-fast MEASURE=yes

.PHONY: test-journeys
test-journeys: ready-to-browse ## the browser journeys
	$(PYTHON) -m pytest tests/journeys --numprocesses $(WORKERS)

.PHONY: bench
bench: ready-to-test ## measure, and write docs/performance.md
	$(MANAGE) bench

.PHONY: lock
lock: ## rewrite requirements/*.txt from pyproject.toml (needs uv)
	uv pip compile $(LOCKED) pyproject.toml -o requirements/app.txt
	uv pip compile $(LOCKED) --group dev --constraints requirements/app.txt -o requirements/dev.txt

LOCKED := --generate-hashes --universal --python-version 3.11 --no-header --no-emit-index-url --no-emit-find-links --quiet

## What a bare machine lacks

.PHONY: ready-to-run ready-to-test ready-to-browse
ready-to-run:
	@$(PREPARE) run

ready-to-test:
	@$(PREPARE) test

ready-to-browse:
	@$(PREPARE) journeys
