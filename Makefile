# Everything a developer or a new user runs. `make demo` and `make test` set themselves up.

ifeq ($(OS),Windows_NT)
  BIN := .venv/Scripts
  PYTHON ?= python
else
  BIN := .venv/bin
  PYTHON ?= python3
endif

# Catalogues are compiled where the package is installed; these were written since.
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard src/broadcast/messages/locale/*/LC_MESSAGES/*.po))

.PHONY: setup demo test kills sentences clients browser servers cluster check bench bundle messages train clean

setup: .venv/ready $(CATALOGUES)

# Where uv cannot reach the packages, pip may: it has settings of its own.
.venv/ready: pyproject.toml
	@command -v uv >/dev/null 2>&1 \
	&& uv venv --quiet --allow-existing .venv \
	&& uv pip install --quiet --compile-bytecode --python .venv -e . --group dev --group bench \
	|| { $(PYTHON) -m venv .venv \
	&& $(BIN)/python -m pip install --quiet --upgrade "pip>=25.1" \
	&& $(BIN)/python -m pip install --quiet -e . --group dev --group bench; }
	@$(BIN)/python -m compileall -q src   # a fifth of a second less for every command
	@touch .venv/ready

demo: setup
	$(BIN)/broadcast build scripts/bien-sach-van-hai.txt
	$(BIN)/broadcast publish bien-sach-van-hai
	@echo "(broadcast is $(BIN)/broadcast here, so: $(BIN)/broadcast serve)"

# On every core; a process that has no tests left takes some of another's.
test: setup
	$(BIN)/python -m pytest -n logical --dist worksteal

# What changes a station or its site, ended at every change of a file that it makes, or at so many
# of each command: make kills KILLS=60
KILLS ?= all
kills: setup
	KILLS=$(KILLS) $(BIN)/python -m pytest -n logical --dist worksteal tests/test_killed_public.py \
		tests/test_killed.py tests/test_swap.py -k kill

# Ten thousand random sentences by each offline engine: some minutes, and none may take it down.
sentences: setup
	SENTENCES=10000 $(BIN)/python -m pytest -n logical tests/test_speech_conformance.py -k whatever

# Podcast programs that others wrote fetch what a station publishes, from this machine alone. gPodder,
# newsboat and podget are Debian's: apt-get install --no-install-recommends gpodder newsboat podget
clients: setup .clients/ready
	$(BIN)/python -m pytest -n logical --dist worksteal tests/clients

.clients/ready: pyproject.toml .venv/ready
	@$(PYTHON) -m venv .clients
	@.clients/bin/python -m pip install --quiet --upgrade "pip>=25.1"
	@.clients/bin/python -m pip install --quiet --group clients
	@! command -v npm >/dev/null 2>&1 \
	|| npm install --silent --no-save --prefix .clients podcast-partytime@5 feedsmith@3
	@touch .clients/ready

# The listening pages in Debian's own browser: apt-get install --no-install-recommends chromium
browser: setup .browser/ready
	$(BIN)/python -m pytest -n logical --dist worksteal tests/browser

.browser/ready: pyproject.toml .venv/ready
	@command -v uv >/dev/null 2>&1 && uv pip install --quiet --python .venv --group browser \
	|| $(BIN)/python -m pip install --quiet --group browser
	@npm install --silent --no-save --prefix .browser axe-core@4
	@touch .browser/ready

# Hosts of every kind that feed/ is uploaded to, on this machine. Azurite comes by npm; nginx and
# Apache are Debian's: apt-get install --no-install-recommends nginx-light apache2
servers: setup .servers/ready
	.servers/bin/python -m pytest -n logical --dist worksteal tests/servers

# A place of their own: moto wants older packages than the program has.
.servers/ready: pyproject.toml .venv/ready
	@$(PYTHON) -m venv .servers
	@.servers/bin/python -m pip install --quiet --upgrade "pip>=25.1"
	@.servers/bin/python -m pip install --quiet -e ".[upload]" --group test --group servers
	@npm install --silent --no-save --prefix .servers azurite@3
	@touch .servers/ready

# A Dask scheduler and its workers as processes of their own, one of them killed amid its work.
cluster: setup .cluster/ready
	$(BIN)/python -m pytest tests/cluster

.cluster/ready: pyproject.toml .venv/ready
	@command -v uv >/dev/null 2>&1 && uv pip install --quiet --python .venv -e ".[cluster]" \
	|| $(BIN)/python -m pip install --quiet -e ".[cluster]"
	@mkdir -p .cluster && touch .cluster/ready

%.mo: %.po .venv/ready
	$(BIN)/python docs/message_codes.py compile

# After a message was added or changed: the page of codes, and what translators have to write.
messages: .venv/ready
	$(BIN)/python docs/message_codes.py
	$(BIN)/python docs/vietnamese_pages.py

check: .venv/ready
	$(BIN)/ruff format --check src tests bench
	$(BIN)/ruff check src tests bench
	$(BIN)/mypy

# After a test of lines or an interview was added: the table that decides what each line is.
train: .venv/ready
	$(BIN)/python bench/train_decoder.py

# dist/broadcast-windows/: what installs the program on Windows without internet.
bundle: setup
	$(BIN)/python bundle/make.py

bench: .venv/ready
	@echo "== the whole interview"; $(BIN)/python bench/build.py
	@echo "== a long programme by the embedded voice, with two workers"; $(BIN)/python bench/voice.py
	@echo "== a long programme from recordings"; $(BIN)/python bench/audio.py
	@echo "== a folder of recordings swapped in at once"; $(BIN)/python bench/folder.py
	@echo "== a stretch late in a recording"; $(BIN)/python bench/media.py
	@echo "== MP3 in slots against MP3 whole"; $(BIN)/python bench/slots.py
	@echo "== scripts"; $(BIN)/python bench/script.py 1
	@echo "== spoken words"; $(BIN)/python bench/spoken.py $(NEMO)
	@echo "== damaged speech that is noticed"; $(BIN)/python bench/speech_doubts.py
	@echo "== words found in recordings"; $(BIN)/python bench/align.py people; $(BIN)/python bench/align_interviews.py; $(BIN)/python bench/align.py speed 15
	@echo "== a station of a thousand episodes"; $(BIN)/python bench/feed.py
	@echo "== the studio with a thousand turns"; $(BIN)/python bench/studio.py
	@echo "== a night's pile, and a network of stations"; $(BIN)/python bench/batch.py

clean:
	rm -rf .venv .clients .browser .servers .cluster .broadcast .mypy_cache .ruff_cache .pytest_cache
