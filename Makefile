# `make run` starts Laurel with everything it needs, `make test` checks everything.
# Needs python3 (3.11 to 3.13) with venv, and nothing else.

.POSIX:
.NOTPARALLEL:
.DEFAULT_GOAL := help
.PHONY: help run stop manage shell test check look prove bench lint types imports migrations format lock \
        messages runtime development

PYTHON ?= python3
PY := .venv/bin/python
# pytest processes; two suit two cores.
JOBS ?= 2
# Cases for each law in `make prove`; size of the data of `make bench`: s, m or l.
CASES ?= 200000
SCALE ?= s
# Commands that need settings or a database, on servers apart from those of `make run`.
CHECKED := $(PY) -m config.serve --state var/test exec -- $(PY)
GERMAN := portal/locale/de/LC_MESSAGES/django

help:  ## What there is
	@awk -F ':.*##  *' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

run: runtime  ## Start servers, migrations, demo data, web, worker and beat; Ctrl-C stops all
	@exec $(PY) -m config.serve run

stop: runtime  ## Stop what `make run` started in another terminal
	@$(PY) -m config.serve stop

manage: runtime  ## A management command on the servers of `make run`: make manage ARGS="check"
	@$(PY) -m config.serve exec -- $(PY) manage.py $(ARGS)

shell: runtime  ## A Python shell with Laurel loaded
	@$(PY) -m config.serve exec -- $(PY) manage.py shell

test: check  ## Everything that must hold: check, then all tests
	$(PY) -m pytest -n $(JOBS) $(ARGS)

check: lint types imports migrations  ## What can be said without running tests

lint: development  ## Style of Python and templates
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m djlint --lint --quiet portal

look: development  ## Every page at two widths and in two schemes; pictures in var/look
	$(PY) -m pytest -m look tests/flows $(ARGS)

prove: development  ## The engine's laws with CASES (200,000) cases each; takes long
	HYPOTHESIS_PROFILE=prove CASES=$(CASES) $(PY) -m pytest -n $(JOBS) -m hypothesis \
	  tests/accreditation/criteria $(ARGS)

bench: development  ## Ratios of what is done to what has to be done; writes docs/benchmarks.md
	@$(PY) -m config.serve --state var/bench exec -- $(PY) manage.py migrate -v0 --skip-checks
	@$(PY) -m config.serve --state var/bench exec -- $(PY) manage.py bench_data --if-empty --scale $(SCALE)
	@$(PY) -m config.serve --state var/bench exec -- $(PY) manage.py bench $(ARGS)

types: development  ## mypy
	$(CHECKED) -m mypy .

imports: development  ## Apps point one way
	.venv/bin/lint-imports --no-logo

migrations: development  ## Models and migrations agree
	$(CHECKED) manage.py makemigrations --check --dry-run

format: development  ## Format Python files
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix-only --quiet .

messages: development  ## Gather what is said into the German catalog, compile it (needs gettext)
	$(CHECKED) manage.py makemessages --locale de --no-location --no-wrap --no-obsolete \
	  --ignore var --ignore tests --ignore static --ignore docs
	msgfmt --check-format --output-file $(GERMAN).mo $(GERMAN).po

lock:  ## Resolve the dependencies anew (the only command that needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --no-annotate --output-file requirements.lock
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  --constraint requirements.lock --output-file requirements-dev.lock

# --- The virtual environment -----------------------------------------------------------------
# One for both: `make run` installs what runs, `make test` adds the tools. A stamp holds what was
# installed and where, so that the second call does nothing and a moved checkout starts afresh.

runtime:
	@sh config/install.sh "$(PYTHON)" requirements.lock

development:
	@sh config/install.sh "$(PYTHON)" requirements-dev.lock
