# Everything from nothing: each target sets up its own environment first, in .venv.
# It is made again whenever pyproject.toml changes. `make help` lists the targets.

.DEFAULT_GOAL := help
.PHONY: help run test cover check fix bench browser clean

BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
ENTRY := $(BIN)/python -m bot

# What `make bench` measures; name others with make bench PACK=folder QUESTIONS_ASKED=file.
PACK ?= questions/us-strikes-2024
QUESTIONS_ASKED ?= $(wildcard $(PACK)/checks.yaml benchmarks/questions/*.jsonl)

help: ## List what can be done
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/ready-to-run ## Run the local page, and the Telegram bot where there is a token
	@$(ENTRY)

test: .venv/ready-to-work browser ## Run every test
	$(BIN)/python -m pytest -n 2

cover: .venv/ready-to-work browser ## Measure what the tests reach; the core must be reached wholly
	$(BIN)/python -m pytest -n 2 --cov --cov-report=
	$(BIN)/coverage report
	$(BIN)/coverage report --include='bot/core/*,bot/formats/*' --fail-under=100

check: .venv/ready-to-work ## Format, lint, types, layers, and the checks of every pack
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/basedpyright --pythonpath $(BIN)/python
	$(BIN)/lint-imports
	$(ENTRY) check questions

fix: .venv/ready-to-work ## Format, and mend what can be mended without thinking
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/ready-to-work ## Measure answers and speed
	@for file in $(QUESTIONS_ASKED); do \
		$(BIN)/python -m benchmarks.ask --pack $(PACK) --questions $$file || exit; \
	done
	@$(BIN)/python -m benchmarks.cost --pack $(PACK)
	@$(BIN)/python -m benchmarks.live
	@$(BIN)/python -m benchmarks.page
	@$(BIN)/python -m benchmarks.versions
	@$(BIN)/python -m benchmarks.crash --kills 50

clean: ## Delete the environment and what the tools left; data/ and .env stay
	rm -rf .venv build dist .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

.venv/ready-to-run: pyproject.toml
	@sh .ci/environment
	@echo "Installing what running needs (once, about half a minute) ..."
	@$(PIP) --editable '.[charts]'
	@touch $@

.venv/ready-to-work: pyproject.toml
	@sh .ci/environment
	@echo "Installing what running and testing need (once, about a minute) ..."
	@$(PIP) --editable '.[dev]'
	@touch $@ .venv/ready-to-run

# Without a browser the tests in it say that they were left out; with CI=true they fail.
browser:
	@sh .ci/browser
