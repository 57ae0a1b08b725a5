# Two commands do all the set-up: `make run` opens KetaTrack, `make test` passes its tests.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run demo test check bench wheel lock translations

# The locks name every package; pip only fetches and compares, it never decides.
INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check --no-deps

run: .venv/run
	@$(BIN)/ketatrack

demo: .venv/run
	@mkdir -p build && rm -rf build/demo*
	@KETATRACK_PASSPHRASE=made-up $(BIN)/ketatrack demo --diary build/demo.ketatrack
	@KETATRACK_PASSPHRASE=made-up $(BIN)/ketatrack --diary build/demo.ketatrack

test: .venv/dev .venv/fhir_validator/ready
	@mkdir -p build
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n auto --cov --cov-report=json:build/coverage.json
	@$(BIN)/python tests/coverage_floor.py build/coverage.json

check: .venv/dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: .venv/dev
	@sh requirements/system.sh xvfb
	@$(BIN)/python -m benchmarks

wheel: .venv/dev
	@$(BIN)/hatchling build -t wheel

# Every sentence for translators, and each language's catalogue with it: what is new is empty in it and said in English.
# `.venv/bin/pybabel init -D ketatrack -d resources/i18n -i resources/i18n/ketatrack.pot -l de` begins a language.
CATALOGUE := resources/i18n/ketatrack.pot
translations: .venv/dev
	@cd ketatrack && ../$(BIN)/pybabel -q extract -F ../babel.cfg -k _ -k N_ -k ngettext:1,2 -k pgettext:1c,2 --no-default-keywords --omit-header --sort-output --no-location --no-wrap -o ../$(CATALOGUE) .
	@for po in resources/i18n/*/LC_MESSAGES/ketatrack.po; do [ -e "$$po" ] || continue; \
		$(BIN)/pybabel -q update -D ketatrack -i $(CATALOGUE) -o "$$po" -l "$$(basename $$(dirname $$(dirname $$po)))" && \
		$(BIN)/pybabel -q compile -D ketatrack -i "$$po" -o "$${po%.po}.mo" || exit 1; done

# Every lock again from pyproject.toml. What is pinned stays where it still fits: `make lock UPGRADE=--upgrade` moves it on.
COMPILE := .venv/lock/bin/uv pip compile --universal --generate-hashes --no-header --no-annotate --quiet $(UPGRADE)
lock: .venv/lock/bin/uv
	@$(COMPILE) pyproject.toml -o requirements/run.txt
	@$(COMPILE) pyproject.toml --group dev -o requirements/dev.txt
	@$(COMPILE) --group build -o requirements/build.txt
	@$(COMPILE) --group lock -o requirements/lock.txt

.venv/lock/bin/uv: requirements/lock.txt
	@$(PYTHON) -m venv .venv/lock
	@.venv/lock/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/lock.txt

# The virtual environment, from the hash-locked lists alone.
.venv/bin/pip:
	@sh requirements/system.sh $(PYTHON)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "KetaTrack needs Python 3.11 or newer: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/run: requirements/run.txt .venv/bin/pip
	@$(INSTALL) --require-hashes -r requirements/build.txt -r requirements/run.txt
	@$(INSTALL) --no-build-isolation -e .
	@$(BIN)/pip check --disable-pip-version-check >/dev/null
	@$(BIN)/python -m compileall -q ketatrack
	@touch $@

.venv/dev: requirements/dev.txt .venv/run
	@sh requirements/system.sh dev
	@$(INSTALL) --require-hashes -r requirements/dev.txt
	@$(BIN)/pip check --disable-pip-version-check >/dev/null
	@touch $@

# The FHIR validator of the tests, which is not the one that builds; where npm is missing, those tests are skipped.
VALIDATOR := package.json package-lock.json .npmrc
.venv/fhir_validator/ready: $(addprefix tests/fhir_validator/,$(VALIDATOR)) .venv/bin/pip
	@mkdir -p $(@D) && cp $(addprefix tests/fhir_validator/,$(VALIDATOR)) $(@D)
	@if command -v npm >/dev/null; then \
		cd $(@D) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null && touch ready; \
	else echo "npm is not installed, so the tests with an independent FHIR validator are skipped."; fi
