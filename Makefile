# Every target sets up .venv by itself, with python3 and pip alone, and does nothing twice.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
CATALOGUES := campaign surveys exports manyi tui/kiosk tui/staff
DEMO := .demo
DEMO_DAY := 2026-11-23

.PHONY: help run test coverage check lint types contracts wheel bench bench-paper torture texts format pictures clean

help: ## say what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 16

$(READY): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e . --group dev
	touch $@

run: $(READY) ## open the dashboard on the sample town, on its demo day
	test -e $(DEMO)/manyi.db || $(BIN)/manyi --data $(DEMO) --today $(DEMO_DAY) init --sample town
	$(BIN)/manyi --data $(DEMO) --today $(DEMO_DAY)

test: $(READY) ## run all tests
	sh tests/needs.sh $(BIN)/python
	$(BIN)/python -m pytest -n 4 --dist worksteal

coverage: $(READY) ## run the tests and say which lines they reach
	sh tests/needs.sh $(BIN)/python
	$(BIN)/python -m pytest -n 2 --cov --cov-report=term:skip-covered

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(READY) ## put the code in order
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format --quiet .

types: $(READY)
	$(BIN)/mypy

contracts: $(READY)
	$(BIN)/lint-imports

wheel: $(READY) ## build the wheel, install it in a fresh venv outside the tree, test that
	sh tests/wheel.sh $(BIN)/python

bench: $(READY) ## measure speed
	$(BIN)/python -m tests.bench

bench-paper: $(READY) ## read simulated scans of every kind, print 2,200 forms, say what came of it (OPTIONS=--help)
	$(BIN)/python -m tests.bench_paper $(OPTIONS)

torture: $(READY) ## kill writers in 2,000 rounds (or ROUNDS=300) and say what was lost
	$(BIN)/python -m tests.torture $(ROUNDS)

check: lint types contracts test wheel ## everything; what CI runs

texts: $(READY) ## bring the catalogues in step with the code and compile them
	@for folder in $(CATALOGUES); do \
		domain=$$(basename $$folder); po=$$folder/locale/zh/LC_MESSAGES/$$domain.po; pot=$$(mktemp); \
		printf '[python: **.py]\nencoding = utf-8\n' > $$pot.cfg; \
		$(BIN)/pybabel -q extract -F $$pot.cfg -k N_ -k NP_:1,2 -k tr:2 -k plural:2,3 --no-location --project=manyi -o $$pot $$folder; \
		$(BIN)/pybabel -q update -D $$domain -i $$pot -o $$po -l zh --no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date; \
		$(BIN)/pybabel -q compile -D $$domain -i $$po -o $${po%.po}.mo; rm -f $$pot $$pot.cfg; \
	done

pictures: $(READY) ## draw the pictures of the README
	$(BIN)/python -m tests.pictures

clean: ## remove what was built
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
