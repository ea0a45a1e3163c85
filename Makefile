# Five verbs: install, check, test, demo, serve (and bench, golden, lock). The demo has a store of its
# own: `make serve STORE=demo-output/store` shows its certificates. Everything stays inside
# this folder. Needs python3 (3.11+) with pip, and make; no root, no venv module, no network service.

PYTHON ?= python3
export UV_CACHE_DIR := $(CURDIR)/.cache/uv
export FOOTPRINT_CACHE ?= $(CURDIR)/.cache/footprint
UV := PYTHONPATH=$(CURDIR)/.tools $(PYTHON) -m uv
BIN := .venv/bin

.PHONY: install check test demo serve bench golden lock clean

install: .make/installed

.make/tools: requirements/tools.txt
	@mkdir -p .make
	@$(PYTHON) -c 'import sys; sys.exit("footprint needs Python 3.11 or newer, this is " + sys.version) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-warn-script-location \
		--root-user-action=ignore --upgrade --target .tools --require-hashes -r requirements/tools.txt
	@touch $@

.make/installed: .make/tools requirements/lock.txt pyproject.toml
	$(UV) venv --quiet --allow-existing --python "$$(command -v $(PYTHON))" --no-python-downloads .venv
	$(UV) pip sync --quiet --compile-bytecode --python .venv --require-hashes requirements/lock.txt
	$(UV) pip install --quiet --python .venv --no-deps --no-build-isolation --editable .
# Also where PYTHONDONTWRITEBYTECODE is set: each process would compile what it imports, for a second.
	$(BIN)/python -m compileall -q footprint api label_templates lci_data
	@touch $@

check: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy --num-workers 2
	$(BIN)/lint-imports --no-cache

test: install
	$(BIN)/pytest -n auto

demo: install
	$(BIN)/footprint demo --out demo-output

serve: install
	$(BIN)/footprint serve $(if $(STORE),--store $(STORE))

bench: install
	$(BIN)/python -m bench

golden: install
	$(BIN)/pytest -q tests --update-golden

lock: .make/tools
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-annotate --upgrade --extra all --group dev pyproject.toml -o requirements/lock.txt
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-annotate --upgrade requirements/tools.in -o requirements/tools.txt

clean:
	rm -rf .venv .tools .make .cache demo-output dist
