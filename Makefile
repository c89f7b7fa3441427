# Everything is set up by the targets themselves; see README.md.
.PHONY: setup run test test-fast test-slow lint bench freeze screenshots translations clean

VENV = .venv/bin/python

setup:
	@scripts/setup

run: setup
	@scripts/run

lint: setup
	@scripts/lint

test: lint test-fast test-slow

test-fast: setup
	@scripts/system-packages test
	$(VENV) -m pytest -n 3

test-slow: setup
	@scripts/system-packages test
	$(VENV) -m pytest -n 2 -m "faults or soak or browser"

bench: setup
	@scripts/system-packages run
	$(VENV) -m benchmarks

freeze: setup
	@scripts/system-packages test
	@scripts/freeze

screenshots: setup
	@scripts/system-packages test
	$(VENV) scripts/screenshots

translations: setup
	$(VENV) scripts/translations

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
