# Every command here can be the first one typed in a fresh clone. `make help` lists them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PORT ?= 8000
ROWS ?=
PY := .venv/bin/python
MANAGE := $(PY) manage.py
STEP = @printf '\n==> %s\n'
PACKET_DEMO := $(CURDIR)/packet-demo

# Checks and tests never touch the data of the program that may be running here.
checks test stack-test: export DATA_DIR := $(CURDIR)/test-artifacts/data

.PHONY: help setup setup-dev run office test stack-test taken-out checks packet format lock messages pictures bench clean

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install what the program needs: system libraries, .venv, Python packages
	@scripts/setup.sh

setup-dev: ## The same, and what checks and tests need
	@scripts/setup.sh --dev

run: setup ## Serve the program on http://127.0.0.1:8000 (or PORT=…), with a demonstration on first run
	@scripts/prepare.sh
	@$(MANAGE) load_demo --where-possible
	@exec $(MANAGE) up --port $(PORT)

office: setup ## Begin an office without the demonstration: make office EMAIL=you@example.org NAME="Your Name"
	@: "$${EMAIL:?Say who its first administrator is: make office EMAIL=you@example.org NAME=\"Your Name\"}"
	@: "$${NAME:?Say what its first administrator is called: NAME=\"Your Name\"}"
	@scripts/prepare.sh
	@printf 'Now type make run, and open this path of the program, once, to set the password:\n'
	@$(MANAGE) add_person "$$EMAIL" --name "$$NAME" --role administrator

test: setup-dev checks ## Run every check and every test
	$(STEP) "Tests"
	@$(PY) -m pytest -n auto --dist loadscope

checks: ## Format, lint, types, import contracts, migrations, deployment settings
	$(STEP) "Format"
	@$(PY) -m ruff format --check .
	$(STEP) "Lint"
	@$(PY) -m ruff check .
	$(STEP) "Templates"
	@$(PY) -m djlint templates --lint --quiet
	$(STEP) "Types"
	@$(PY) -m mypy
	$(STEP) "Import contracts"
	@.venv/bin/lint-imports
	$(STEP) "Missing migrations"
	@$(MANAGE) makemigrations --check --dry-run
	$(STEP) "Deployment settings"
	@scripts/check-deploy.sh

stack-test: setup-dev ## The same tests on the PostgreSQL and Redis of DATABASE_URL and CELERY_BROKER_URL
	@: "$${DATABASE_URL:?Set DATABASE_URL, for example postgres://user:password@127.0.0.1:5432/name}"
	@: "$${CELERY_BROKER_URL:?Set CELERY_BROKER_URL, for example redis://127.0.0.1:6379/1}"
	$(STEP) "Tests on the stack of DATABASE_URL and CELERY_BROKER_URL"
	@$(PY) -m pytest -n auto --dist loadscope

taken-out: setup-dev ## Take each security check out of a copy and see its tests fail; ROWS="Z6 L" for some (an hour)
	$(STEP) "Checks taken out, one after another"
	@$(PY) -m tests.taken_out --at-once "$$(nproc)" $(ROWS)

packet: setup ## Build the demonstration packet without a browser, into packet-demo/
	@scripts/demo-packet.sh $(PACKET_DEMO)

format: setup-dev ## Put code and templates into the house format
	@$(PY) -m ruff check --fix --quiet . || true
	@$(PY) -m ruff format .

lock: setup-dev ## Compile requirements*.in into the hashed requirements*.txt
	@scripts/lock.sh

messages: setup-dev ## Collect the texts to translate, and compile the translations
	@$(MANAGE) makemessages --locale es --no-location --no-obsolete --ignore '.venv/*' --ignore 'tests/*'
	@$(MANAGE) compilemessages --locale es --ignore '.venv'

pictures: setup-dev ## Take the pictures of the README anew, from `make run` with the demonstration
	@$(PY) scripts/pictures.py http://127.0.0.1:$(PORT) docs/pictures

bench: setup ## Measure the packet engine beside other tools, into docs/benchmarks.md (half an hour)
	@benchmarks/setup.sh
	@$(PY) -m benchmarks.run

clean: ## Remove what checks and tests leave behind; never the data
	@rm -rf staticfiles test-artifacts packet-demo .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
