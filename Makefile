# Needs Python 3.11 or newer and make; everything else goes into .venv. Every path is relative, so the folder may have
# any name, spaces included. PYTHON=… chooses another Python, CHROMIUM=… another browser, ARGS=… goes to pytest.

.DEFAULT_GOAL := help
.PHONY: help site test audit serve bench lock clean

# MkDocs 1.x and Material advertise their successors on every run.
export NO_MKDOCS_2_WARNING := 1
export DISABLE_MKDOCS_2_WARNING := true
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# What the caller has set for other projects must not lead pip or Python out of .venv.
unexport PIP_PREFIX PIP_TARGET PIP_USER PYTHONHOME PYTHONPATH

pip := .venv/bin/python -m pip
# The tests find a working browser in $CHROMIUM.
pytest := .venv/bin/python tools/browser.py .venv/bin/python -m pytest -n 2

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1|\2/p' Makefile | awk -F'|' '{printf "%-12s %s\n", $$1, $$2}'

site: .venv/installed ## check everything and build the site into site/
	@.venv/bin/python -m scoatlas schema --lists
	.venv/bin/python -m scoatlas build

test: .venv/installed-for-tests ## run every test, those in a browser too
	@$(pytest) $(ARGS)

audit: .venv/installed-for-tests tests/audit/node_modules ## run the long proofs; needs Node 20 or newer
	@$(pytest) tests/audit $(ARGS)

serve: .venv/installed ## show the site while you write, on this machine only
	@.venv/bin/python -m scoatlas schema --lists
	.venv/bin/python -m mkdocs serve

bench: .venv/installed-for-tests ## measure time and memory
	.venv/bin/python -m benchmarks

lock: .venv/made-in ## write the exact versions anew after a change of pyproject.toml (UPGRADE=--upgrade for newer ones)
	$(pip) install --quiet uv
	.venv/bin/uv $(compile) --output-file requirements.lock
	.venv/bin/uv $(compile) --group test --constraint requirements.lock --output-file requirements-test.lock

compile := pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" --quiet $(UPGRADE)

clean: ## remove whatever make has made
	rm -rf content/.schemas/lists.json tests/audit/node_modules
	rm -rf .venv site .site.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find src tests tools -name __pycache__ -prune -exec rm -rf {} +

# The environment is made anew when the lock has changed, when its Python has gone, and in a moved or copied folder,
# where it would still run the code of the old one.
made_in := $(shell .venv/bin/python -c 'print(open(".venv/made-in").read())' 2>/dev/null)
ifneq "$(made_in)" "$(CURDIR)"
.PHONY: .venv/made-in
endif

.venv/made-in: requirements.lock
	@python=$$(sh tools/python.sh) && echo "making .venv with $$python" && "$$python" -m venv --clear .venv
	@$(pip) install -qq --require-hashes --requirement requirements.lock
	@printf %s "$(CURDIR)" > $@

.venv/installed: pyproject.toml .venv/made-in
	@$(pip) install -qq --no-deps --no-build-isolation --editable .
	@touch $@

.venv/installed-for-tests: requirements-test.lock .venv/installed
	@$(pip) install -qq --require-hashes --requirement requirements-test.lock
	@touch $@

# The programs of the audit that are written for Node, in the versions of the lock.
tests/audit/node_modules: tests/audit/package.json tests/audit/package-lock.json
	@node --version >/dev/null && npm --version >/dev/null || { echo "make audit needs Node 20 or newer, with npm"; exit 1; }
	@npm ci --prefix tests/audit --no-audit --no-fund --ignore-scripts
	@touch $@
