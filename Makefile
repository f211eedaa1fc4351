# `make check` is what a change must pass: style, types, floors, docs, tests.
PYTHON ?= python

.PHONY: check format lint types floors docs test

check: lint types floors docs test

format:
	$(PYTHON) -m ruff format src tests benchmarks
	$(PYTHON) -m ruff check --fix src tests benchmarks

lint:
	$(PYTHON) -m ruff check src tests benchmarks
	$(PYTHON) -m ruff format --check src tests benchmarks
	$(PYTHON) -m interrogate -q src

types:
	$(PYTHON) -m pyright --pythonpath "$$($(PYTHON) -c "import sys; print(sys.executable)")"

floors:
	lint-imports

docs:
	$(PYTHON) -m pytest tests/house/test_docs.py

test:
	$(PYTHON) -m pytest
