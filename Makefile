PYTHON ?= python3

.PHONY: help setup run test bench screenshots messages requirements clean

help: ## say what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

setup: ## virtual environment, dependencies, front-end files, translations, what words mean
	@$(PYTHON) dev.py setup

run: ## set up what is missing, then serve on http://127.0.0.1:5000 (PORT=)
	@$(PYTHON) dev.py run

test: ## everything CI runs (ARGS= for pytest)
	@$(PYTHON) dev.py test $(ARGS)

bench: ## the benchmarks (ARGS= for the runner)
	@$(PYTHON) dev.py bench $(ARGS)

screenshots: ## photograph every page into screenshots/
	@$(PYTHON) dev.py screenshots $(ARGS)

messages: ## gather the texts to translate
	@$(PYTHON) dev.py messages

requirements: ## pin the Python requirements anew, with hashes
	@$(PYTHON) dev.py requirements

clean: ## take away what the set-up made, but never the instance folder
	rm -rf .venv node_modules static/vendor network/directory/learnt build .pytest_cache .mypy_cache .ruff_cache
