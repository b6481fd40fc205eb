# `make` alone lists the commands. Everything runs in .venv, which is created if it is missing.

PYTHON ?= python3
PORT ?= 8000
LOCALE ?=
VENV := .venv
RUN := $(VENV)/bin/python
NODE := tests/browser/node_modules/.package-lock.json tests/prepare/node_modules/.package-lock.json
# Shows what it installs and how long that takes, and the output of pip only if it fails. Files without a known hash are refused.
INSTALL = $(RUN) -m machine.progress "Installing $(1)" $(RUN) -m pip install --quiet --quiet --disable-pip-version-check --require-hashes
LOCK = $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes $(UPGRADE:%=--upgrade-package=%)
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help serve build plan part assemble packs mirror catalogs locale new-site check inspect test bare fuzz system weekly bench lock successors clean

help: ## list these commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 18

serve: $(VENV)/.built ## see the site in every language while you write (LOCALE="fr ar": only these and English; PORT=8001)
	@$(RUN) publish.py --serve --port $(PORT) $(LOCALE)

build: $(VENV)/.built ## make the whole site in site/ (LOCALE="fr ar": only these and English; the pages of others are removed)
	@$(RUN) publish.py $(LOCALE)

packs: $(VENV)/.built ## make files to take along from the built site: ZIP, HTML, PDF, and their checksums
	@$(RUN) -m packs

mirror: $(VENV)/.built ## copy the built site for another address (URL=http://….onion/ TO=mirror)
	@test -n "$(URL)" || { echo 'Give the address: make mirror URL=https://example.org/pages/ TO=mirror'; exit 2; }
	@$(RUN) -m packs.mirror "$(URL)" "$(or $(TO),mirror)"

plan: $(VENV)/.built ## print what each of several machines builds, if one is not enough (LOCALES_PER_JOB=2)
	@$(RUN) publish.py --plan $(or $(LOCALES_PER_JOB),1)

part: $(VENV)/.built ## make only these languages in site/, on one of several machines (LOCALE="fr ar")
	@$(RUN) publish.py --part $(LOCALE)

assemble: $(VENV)/.built ## make one site of the parts that several machines made, once all are in site/
	@$(RUN) publish.py --assemble

catalogs: $(VENV)/.built ## bring the catalogs of all languages in line with the English guides (LOCALE="fr ar": only these)
	@$(RUN) -m i18n update $(LOCALE)

locale: $(VENV)/.built ## start a new language, or several (LOCALE="uk tr")
	@test -n "$(LOCALE)" || { echo 'Give the language: make locale LOCALE=uk'; exit 2; }
	@for locale in $(LOCALE); do $(RUN) -m i18n new $$locale || exit; done

new-site: $(VENV)/.built ## start another site with this engine (TO=../flood LOCALE="uk ar")
	@test -n "$(TO)" || { echo 'Give the folder: make new-site TO=../flood LOCALE="uk ar"'; exit 2; }
	@$(RUN) -m generator.new_site "$(TO)" $(LOCALE)

check: $(VENV)/.tested ## check what we promise: style, types, guides, catalogs, and what readers see
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy
	@said=$$($(VENV)/bin/lint-imports --no-cache --no-logo) || { echo "$$said"; exit 1; }
	@PATH="$(CURDIR)/$(VENV)/bin:$$PATH" actionlint .github/workflows/*.yml
	@$(VENV)/bin/zizmor --offline --pedantic --quiet --no-progress .github
	@$(RUN) publish.py; built=$$?; $(RUN) -m checks && exit $$built

inspect: $(VENV)/.tested ## check the site in site/ without building it
	@$(RUN) -m checks site

test: system check $(NODE) ## run everything: the checks, the tests, and the tests in a real browser
	@$(RUN) -m tests.browser.find
	@$(RUN) -m pytest -n auto --dist worksteal -q

bare: $(VENV)/.tested ## run the tests without the programs that some of them need: those are skipped, and the others pass
	@$(RUN) -m tests.bare

fuzz: $(VENV)/.tested ## build a tiny site with random hostile catalogs (SECONDS=600, SEED=1)
	@$(RUN) -m tests.fuzz --seconds $(or $(SECONDS),60) --seed $(or $(SEED),0)

system: ## install what the tests need of the operating system, as root, on Debian or Ubuntu (tests/system.txt)
	@$(PYTHON) -B -m tests.system

weekly: $(VENV)/.weekly build ## check what ages by itself: dates, outside links, known vulnerabilities (asks other hosts)
	@$(RUN) -m checks.week

bench: $(VENV)/.compared $(if $(QUICK),,$(VENV)/.tested $(NODE) build) ## measure pages on a slow phone, and builds and serving, compared to mkdocs-static-i18n (QUICK=1: only whether builds became slower)
	@$(if $(QUICK),,$(RUN) -m benchmarks.lighthouse)
	@$(RUN) -m benchmarks $(if $(QUICK),--quick)

successors: $(VENV)/.tested ## check that ProperDocs and mkdocs-ng make the same bytes as MkDocs (LOCALE="fr ar": only these and English)
	@$(RUN) -m tests.successors $(LOCALE)

lock: $(VENV)/.tested ## write requirements*.txt, with hashes, from requirements*.in (UPGRADE="urllib3 idna": upgrade these to their newest version)
	@$(LOCK) requirements.in --output-file requirements.txt
	@$(LOCK) --constraints requirements.txt requirements-test.in --output-file requirements-test.txt
	@$(LOCK) --constraints requirements.txt --constraints requirements-test.txt requirements-weekly.in --output-file requirements-weekly.txt
	@$(LOCK) --no-deps requirements-ng.in --output-file requirements-ng.txt
	@$(LOCK) --constraints requirements.txt benchmarks/requirements.in --output-file benchmarks/requirements.txt

clean: ## remove everything that was made
	rm -rf site .cache $(VENV) tests/browser/node_modules tests/prepare/node_modules

$(VENV)/.built: requirements.txt
	@test -x $(RUN) || $(PYTHON) -m venv $(VENV)
	@$(call INSTALL,what the build needs) -r requirements.txt
	@touch $@

$(VENV)/.tested: requirements-test.txt requirements-ng.txt $(VENV)/.built
	@$(call INSTALL,what the tests need) -r requirements-test.txt
	@# It has the same modules as MkDocs, so it is installed in its own folder (tests/successors.py).
	@$(call INSTALL,mkdocs-ng for its test) --no-deps --upgrade --target $(VENV)/mkdocs-ng -r requirements-ng.txt
	@touch $@

$(VENV)/.weekly: requirements-weekly.txt $(VENV)/.tested
	@$(call INSTALL,what the weekly check needs) -r requirements-weekly.txt
	@touch $@

$(VENV)/.compared: benchmarks/requirements.txt $(VENV)/.built
	@$(call INSTALL,what the comparison needs) -r benchmarks/requirements.txt
	@touch $@

# Without npm, nothing is installed, and the tests report at their end what was not tested.
$(NODE): tests/%/node_modules/.package-lock.json: tests/%/package-lock.json | system $(VENV)/.built
	@! command -v npm >/dev/null || $(RUN) -m machine.progress "Installing what the tests in tests/$* need" npm ci --prefix tests/$* --ignore-scripts --no-audit --no-fund --loglevel=error
