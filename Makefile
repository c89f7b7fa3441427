# Everything is set up by the targets themselves; see README.md.
.PHONY: setup run test test-fast test-slow lint bench freeze screenshots translations clean

ifeq ($(OS),Windows_NT)
VENV = .venv/Scripts/python.exe
else
VENV = .venv/bin/python
endif

setup:
	@sh scripts/setup

run: setup
	@sh scripts/run

lint: setup
	@sh scripts/lint

test: lint test-fast test-slow

test-fast: setup
	@sh scripts/system-packages test
	$(VENV) -m pytest -n 3 --hypothesis-profile few

test-slow: setup
	@sh scripts/system-packages test
	$(VENV) -m pytest -n 2 --maxschedchunk 16 -m "faults or soak or browser or strangers or property"

bench: setup
	@sh scripts/system-packages run
	$(VENV) -m benchmarks

freeze: setup
	@sh scripts/system-packages test
	@sh scripts/freeze

screenshots: setup
	@sh scripts/system-packages test
	$(VENV) scripts/screenshots

translations: setup
	$(VENV) scripts/translations

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
