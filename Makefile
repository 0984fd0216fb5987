# Two commands do everything on a fresh machine with Python 3.11+: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
CODE := programme storage messaging services scheduler handlers bot simulator
STAMP := .venv/.from-lock
TESTS := .venv/.from-tests-lock
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# One more than there are processors: many tests wait, for processes and for timeouts.
WORKERS := $(shell $(PYTHON) -c "import os; print(min(4, (os.cpu_count() or 1) + 1))")
# What has been read is kept for the next process, whatever the machine's own setting: tests start many.
export PYTHONDONTWRITEBYTECODE =

# What only the measurements use beside ours; without it those rows say that they were not measured.
PEERS = $(PIP) --require-hashes \
	-r bench/requirements.lock || echo "not installed: the rows beside it are not measured"

.PHONY: setup demo run test faults quick check bench bench-quick words sbom permissions pictures

setup: $(TESTS)  ## What runs, and what tests and checks it.

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	touch $(STAMP)

$(TESTS): $(STAMP) tests/requirements.lock
	$(PIP) --require-hashes -r tests/requirements.lock
	touch $(TESTS)

demo: $(STAMP)  ## Everything on this machine, no account: open the page it names.
	$(BIN)/lotsen demo

run: $(STAMP)  ## The real bot: needs LOTSEN_BOT_TOKEN (see .env.example).
	$(BIN)/lotsen run

test: setup  ## Every test: processes, SQLite and, where they are installed, PostgreSQL and a browser.
	$(BIN)/pytest -n $(WORKERS) --dist worksteal

faults: setup  ## The faults at their full size: for an hour when nobody waits.
	HYPOTHESIS_PROFILE=thorough $(BIN)/pytest tests \
		-m slow -o faulthandler_timeout=0 -o log_cli=true --log-cli-level=INFO
	HYPOTHESIS_PROFILE=thorough $(BIN)/pytest tests/handlers -m "not slow" -n $(WORKERS)  # a restart between any two acts

quick: setup  ## The rules alone, without a database or a chat library: under five seconds.
	$(BIN)/pytest tests/programme

check: setup  ## Style, types, direction of imports, words.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/lotsen check

bench: setup  ## Measures beside what others would use, as ratios, whole. MACHINE="..." is said above the table.
	$(PEERS)
	$(BIN)/python -m bench --write --machine "$(MACHINE)"

bench-quick: setup  ## The same rows at small sizes, on the screen only.
	$(PEERS)
	$(BIN)/python -m bench --quick

words: setup  ## After changing an English text: bring every language's catalogue up to date.
	$(BIN)/python -m messaging.catalogues

permissions: setup  ## After a new button, command or verb has its row in tests/door/permissions.toml.
	$(BIN)/python -m tests.door.page

pictures: setup  ## README's and docs' pictures, out of a running demo: after changing the page. Needs Chromium.
	$(BIN)/python -m tests.pictures

sbom: setup  ## What it is made of, as CycloneDX.
	$(BIN)/python bench/sbom.py
