# `make` alone prints what there is. Everything runs in .venv, which is made when it is missing.

PYTHON ?= python3
PORT ?= 8000
LOCALE ?=
VENV := .venv
RUN := $(VENV)/bin/python
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help serve build packs mirror catalogs locale check test bench clean

help: ## what you can do here
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

serve: $(VENV)/.built ## see the site in every language while you write (LOCALE=fr: only French and English; PORT=8001)
	@$(RUN) publish.py --serve --port $(PORT) $(LOCALE)

build: $(VENV)/.built ## make the whole site in site/ (LOCALE=fr: only French and English)
	@$(RUN) publish.py $(LOCALE)

packs: $(VENV)/.built ## files to take along, made of the site that was built: ZIP, HTML, PDF, and their checksums
	@$(RUN) -m packs

mirror: $(VENV)/.built ## a copy of the site that was built, for another address (URL=http://….onion/ TO=mirror)
	@test -n "$(URL)" || { echo 'Say which address: make mirror URL=https://example.org/pages/ TO=mirror'; exit 2; }
	@$(RUN) -m packs.mirror "$(URL)" "$(or $(TO),mirror)"

catalogs: $(VENV)/.built ## bring the catalogs of all languages in line with the English guides (LOCALE=fr: only French)
	@$(RUN) -m i18n update $(LOCALE)

locale: $(VENV)/.built ## begin a language (LOCALE=uk)
	@test -n "$(LOCALE)" || { echo 'Say which language: make locale LOCALE=uk'; exit 2; }
	@$(RUN) -m i18n new $(LOCALE)

check: $(VENV)/.tested ## what we promise, checked: style, types, guides, catalogs, and what readers see
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy
	@$(RUN) -m checks

test: check ## everything: the checks, the tests, a real browser
	@$(RUN) -m tests.browser.find
	@$(RUN) -m pytest -n auto -q

bench: $(VENV)/.compared ## how fast, next to mkdocs-static-i18n, as ratios of one run
	@$(RUN) -m benchmarks

clean: ## remove what was made
	rm -rf site .cache $(VENV)

$(VENV)/.built: requirements.txt
	@test -x $(RUN) || $(PYTHON) -m venv $(VENV)
	@$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.tested: requirements-test.txt $(VENV)/.built
	@$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements-test.txt
	@touch $@

$(VENV)/.compared: benchmarks/requirements.txt $(VENV)/.built
	@$(RUN) -m pip install --quiet --disable-pip-version-check -r benchmarks/requirements.txt
	@touch $@
