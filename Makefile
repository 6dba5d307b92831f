PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
ARTICLE := corpora/01-county-police-publicity

.PHONY: demo test properties bench bench-tools fuzz lock audit wheel quality unseen leave-one-out predictions man clean

demo: $(VENV)/installed
	@echo; echo "== glossary check: what is wrong in the article, and why"; echo
	@$(BIN)/glossary check $(ARTICLE)/hypothesis.en.txt || true
	@echo; echo "== glossary fix: the corrections"; echo
	@$(BIN)/glossary fix $(ARTICLE)/hypothesis.en.txt
	@echo; echo "== glossary score: the gain, measured against a human post-edit"; echo
	@$(BIN)/glossary score $(ARTICLE)/hypothesis.en.txt --reference $(ARTICLE)/reference.en.txt

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest -n auto

# the tests with random cases, many more of them than the suite tries
properties: $(VENV)/installed-dev
	$(BIN)/python -m pytest -n auto -m hypothesis --hypothesis-profile thorough

bench: $(VENV)/installed-dev
	$(BIN)/python -m pip install -q codespell typos proselint
	$(BIN)/python benchmarks/run.py $(BENCH)

# textlint with prh, for `make bench`: needs npm
bench-tools:
	mkdir -p build/bench-tools
	cd build/bench-tools && npm install --silent --no-fund --no-audit textlint textlint-rule-prh

fuzz: $(VENV)/installed-dev
	$(BIN)/python -m pip install -q atheris
	$(BIN)/python fuzz/run.py --seconds $(or $(SECONDS),60)

# what the tests run with, to the version; and whether any of it has a known hole. A package that cannot be asked for is a failure too
lock: $(VENV)/installed-dev
	$(BIN)/python -m pip freeze --exclude-editable > requirements.lock

audit: $(VENV)/installed-dev
	$(BIN)/python -m pip install -q pip-audit
	$(BIN)/pip-audit --strict --requirement requirements.lock --no-deps --disable-pip

# the same sources give the same wheel, byte for byte
wheel: $(VENV)/installed-dev
	SOURCE_DATE_EPOCH=$(shell git log -1 --format=%ct) $(BIN)/python -m pip wheel -q --no-deps -w dist .

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

# garbled articles from which no term was made
unseen: $(VENV)/installed-dev
	$(BIN)/python benchmarks/unseen.py --record

# both need a list of attested garbles; the default path is the script's
leave-one-out: $(VENV)/installed-dev
	$(BIN)/python benchmarks/leave_one_out.py --record $(DATA)

predictions: $(VENV)/installed-dev
	$(BIN)/python benchmarks/predictions.py --record $(DATA)
