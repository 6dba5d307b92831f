PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
ARTICLE := corpora/01-county-police-publicity

.PHONY: demo test bench quality man clean

demo: $(VENV)/installed
	@echo; echo "== glossary check: what is wrong in the article, and why"; echo
	@$(BIN)/glossary check $(ARTICLE)/hypothesis.en.txt || true
	@echo; echo "== glossary fix: the corrections"; echo
	@$(BIN)/glossary fix $(ARTICLE)/hypothesis.en.txt
	@echo; echo "== glossary score: the gain, measured against a human post-edit"; echo
	@$(BIN)/glossary score $(ARTICLE)/hypothesis.en.txt --reference $(ARTICLE)/reference.en.txt

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest -n auto

bench: $(VENV)/installed-dev
	$(BIN)/python -m pip install -q codespell typos
	$(BIN)/python benchmarks/run.py

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --upgrade pip

$(VENV)/installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install -q -e .
	@touch $@

$(VENV)/installed-dev: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install -q -e ".[all,dev]"
	@touch $@ $(VENV)/installed

man: $(VENV)/installed-dev
	$(BIN)/python docs/man.py build/man

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

quality: $(VENV)/installed-dev
	$(BIN)/python benchmarks/quality.py --record
