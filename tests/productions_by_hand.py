"""Episodes made in process: a station in a folder, an engine of tones, and somebody who is told."""

from __future__ import annotations

import json
import os
import shutil
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
import soundfile

from broadcast.cache import key_of
from broadcast.messages import Message
from broadcast.model import Declaration, Problem, Utterance
from broadcast.production.desk.draft import Draft, read_draft
from broadcast.production.desk.inputs import Inputs, read_inputs
from broadcast.production.making.build import build
from broadcast.production.making.orders import Built, Orders
from broadcast.speech import VoiceInfo
from broadcast.speech.engine import sayable, silence, wav_file
from broadcast.speech.voice_names import LanguageNames
from broadcast.workspace import Workspace
from broadcast.workspace.locks import locked
from packages_by_hand import installed

NAME = "cau-moi"
ASK, FIRST = "Thưa ông, bao giờ cầu thông xe?", "Cầu thông xe đúng ngày lễ, sớm hơn một tháng."
AGAIN, SECOND = "Ông muốn nói gì với bà con?", "Mời bà con đến dự lễ khánh thành."
LAM = "Ông Đỗ Văn Lâm"
SCRIPT = f"""\
Cầu mới qua sông Vân

Phóng viên: {ASK}

{LAM}: {FIRST}

Phóng viên: {AGAIN}

{LAM}: {SECOND}
"""
SETTINGS = """\
[show]
title = "Tiếng nói Vân Hải"
language = "vi"
author = "Đài Vân Hải"
email = "dai@vanhai.example.vn"
base_url = "http://127.0.0.1:8000/"
[voices]
engines = ["tones"]
[words]
notice = "Giọng máy."
"""
MORNING = datetime(2025, 9, 6, 7, 0, tzinfo=timezone(timedelta(hours=7)))
RATE_HZ = 16_000
MOST_WAIT_S = 60
"""How long is waited for what must come; nothing takes so long unless it is wrong."""
Samples = np.ndarray[Any, np.dtype[np.float32]]


def tones(words: str, voice: str = "", level_db: float = 0.0) -> Samples:
    """A hum of a tenth of a second for each word, whose pitch follows from the word and the voice.

    It has harmonics as a voice has, and the same words in the same voice are the same samples.
    """
    times = np.arange(RATE_HZ // 10, dtype=np.float32) / RATE_HZ
    swell = np.sin(np.pi * times * 10) ** 0.5
    hums = [np.zeros(0, np.float32)]
    for word in words.split():
        pitch_hz = 110 + int(key_of(word, voice)[:4], 16) % 140
        partials = (np.sin(2 * np.pi * pitch_hz * n * times) / n for n in range(1, 16))
        hums.append((0.1 * swell * sum(partials)).astype(np.float32))
        hums[-1][-RATE_HZ // 250 :] = 0  # speech fades away at its end
    return np.concatenate(hums) * np.float32(10 ** (level_db / 20))


class Tones:
    """A speech engine of tones: ``spoken`` are the words it was asked for, in order.

    ``before`` is called with the words before each of them is spoken: it may wait, look around, or
    raise what an engine raises. ``level_db`` gives how much softer some words are said.
    """

    jobs = 1
    declares = Declaration(
        names=LanguageNames("+", variants=True),
        by_role={"presenter": ("+p",), "reporter": ("+r",), "official": ("+o", "+q")},
    )

    def __init__(self, name: str = "tones", *, online: bool = False) -> None:
        self.name = name
        self.online = online
        self.service = "somebody else" if online else None
        self.sounds = "1"
        self.spoken: list[str] = []
        self.before: Callable[[str], object] = lambda words: None
        self.level_db: Callable[[str], float] = lambda words: 0.0

    def __call__(self, settings: object) -> Tones:
        """Be the engine that is made: a test holds the one that speaks."""
        return self

    def version(self) -> str:
        return self.sounds

    def check(self, language: str) -> None:
        pass

    def voices(self) -> tuple[VoiceInfo, ...]:
        return (VoiceInfo("vi", "vi", "a hum"),)

    def speak(self, utterance: Utterance) -> bytes:
        if not sayable(utterance.words):
            return silence()
        self.before(utterance.words)
        self.spoken.append(utterance.words)
        said = tones(utterance.words, utterance.voice.name, self.level_db(utterance.words))
        return wav_file((said * 32_000).astype("<i2").tobytes(), RATE_HZ)

    def stop(self) -> None:
        pass


def with_engine(
    engine: Tones, folder: Path, monkeypatch: pytest.MonkeyPatch, further: str = ""
) -> Tones:
    """Let stations name ``engine``, which a package offers that is installed below ``folder``.

    Another process that this one starts finds another one like it, changed by ``further`` lines.
    """
    package = f"package-of-{engine.name}"
    module = ModuleType(package.replace("-", "_"))
    module.engine = engine  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    offers = {engine.name: f"{module.__name__}:engine"}
    there = f"engine = Tones({engine.name!r}, online={engine.online})\n{further}\n"
    source = f"from productions_by_hand import Tones\n\n{there}"
    monkeypatch.syspath_prepend(installed(folder / package, package, offers, source))
    return engine


class Notebook:
    """A reporter who remembers what was told, and may do something at every step or wait."""

    def __init__(
        self,
        on_step: Callable[[str], object] = lambda stage: None,
        on_wait: Callable[[], object] = lambda: None,
        on_say: Callable[[str], object] = lambda sentence: None,
        on_problem: Callable[[Problem], object] = lambda problem: None,
        answer: bool | None = None,
    ) -> None:
        self.said: list[str] = []
        self.problems: list[Problem] = []
        self.stages: list[str] = []
        self.asked: list[tuple[str, ...]] = []
        self.answer = answer
        self._waits = 0
        self._on_step, self._on_wait = on_step, on_wait
        self._on_say, self._on_problem = on_say, on_problem

    def say(self, sentence: Message | str) -> None:
        self.said.append(str(sentence))
        self._on_say(str(sentence))

    def problem(self, file: Path, problem: Problem) -> None:
        self.problems.append(problem)
        self._on_problem(problem)

    def step(self, stage: Message | str, done: int, total: int, what: str = "") -> None:
        self.stages.append(str(stage))
        self._on_step(str(stage))

    def allows(self, engine: str, wanted: Sequence[object]) -> bool | None:
        self.asked.append((engine, *map(str, wanted)))
        return self.answer

    def agrees(self, question: object) -> bool | None:
        self.asked.append((str(question),))
        return self.answer

    def go_on(self) -> None:
        self._waits += 1  # it is asked twenty times a second
        assert self._waits < 20 * MOST_WAIT_S, "what is waited for never comes"
        self._on_wait()

    @property
    def built_again(self) -> int:
        """How often it was told that something was changed meanwhile."""
        return sum("changed meanwhile" in sentence for sentence in self.said)


def reasons_of(built: Built) -> tuple[str, ...]:
    """Why a draft was made again, in English."""
    return tuple(map(str, built.reasons))


@dataclass(frozen=True, slots=True)
class Production:
    """A station's folder, worked in from here; its one engine is ``engine``."""

    root: Path
    engine: Tones
    reporter: Notebook = field(default_factory=Notebook)

    @property
    def workspace(self) -> Workspace:
        return Workspace(self.root)

    def script(self, name: str = NAME) -> Path:
        return self.root / "scripts" / f"{name}.txt"

    def write(self, text: str, name: str = NAME) -> Path:
        return write(self.script(name), text)

    def set(self, lines: str, settings: str = SETTINGS) -> None:
        """Write station.toml with further lines at its end."""
        write(self.workspace.station_file, settings + lines)

    def record(self, file: str, words: str, voice: str = "somebody", name: str = NAME) -> Path:
        """Put a recording of words among the recordings."""
        return record(self.workspace.recordings(name) / file, words, voice)

    def read(self, name: str = NAME, reporter: Notebook | None = None) -> Inputs:
        return read_inputs(self.workspace, self.script(name), reporter or self.reporter)

    def build(
        self,
        name: str = NAME,
        *,
        reporter: Notebook | None = None,
        inputs: Inputs | None = None,
        **orders: Any,
    ) -> Built:
        """Build as a command does, at MORNING."""
        asked = Orders(**{"now": MORNING, "new_guid": f"guid-of-{name}", "jobs": 2, **orders})
        told = reporter or self.reporter
        return build(self.workspace, self.script(name), asked, told, inputs)

    def draft(self, name: str = NAME) -> Draft:
        """The draft as it stands; there must be one, and it must be whole."""
        draft = read_draft(self.workspace.draft(name))
        assert draft is not None
        assert draft.is_whole()
        return draft

    def files(self, name: str = NAME) -> dict[str, bytes]:
        """Everything in the draft's folder, hidden or not, by its path there."""
        folder = self.workspace.draft(name)
        return {
            path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b""
            for path in folder.rglob("*")
        }

    def episode(self, name: str = NAME) -> dict[str, Any]:
        """What episode.json says, read without the program."""
        text = (self.workspace.draft(name) / "episode.json").read_text("utf-8")
        document: dict[str, Any] = json.loads(text)
        return document

    def turn(self, n: int, name: str = NAME) -> dict[str, Any]:
        """What episode.json says of a numbered turn."""
        (turn,) = [turn for turn in self.episode(name)["turns"] if turn["n"] == n]
        found: dict[str, Any] = turn
        return found

    def settle(self, folder: Path | None = None) -> None:
        """Let everything in the station, or in one folder, have been written an hour ago."""
        long_ago_s = time.time() - 3_600
        for path in (folder or self.root).rglob("*"):
            os.utime(path, (long_ago_s, long_ago_s))

    def copied_to(self, root: Path) -> Production:
        """The same station in another folder, with its cache; spoken by the same engine."""
        shutil.copytree(self.root, root)
        return Production(root, self.engine)

    def words(self, name: str = NAME) -> list[str]:
        """The words of the draft's turns, the notice left out."""
        turns = self.episode(name)["turns"]
        return [turn["text"] for turn in turns if turn["kind"] != "notice"]


def new_production(root: Path, monkeypatch: pytest.MonkeyPatch) -> Production:
    """A station with one script, which the engine ``tones`` speaks."""
    for place in ("scripts", "recordings", "episodes", "feed"):
        (root / place).mkdir(parents=True)
    made = Production(root, with_engine(Tones(), root.parent, monkeypatch))
    made.set("")
    made.write(SCRIPT)
    return made


@contextmanager
def production_in(folder: Path) -> Iterator[Production]:
    """Such a station in a folder, for tests that take copies of it."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        yield new_production(folder / "station", monkeypatch)


def build_of_one_script(station: Production, names: Sequence[str]) -> None:
    """Build drafts of the station's script, one under each name."""
    for name in names:
        if name != NAME:
            shutil.copyfile(station.script(), station.script(name))
        station.build(name)


def write(file: Path, text: str) -> Path:
    """Write a text as UTF-8 with plain line ends."""
    file.write_text(text, encoding="utf-8", newline="\n")
    return file


def record(file: Path, words: str, voice: str = "somebody") -> Path:
    """Make a recording of words, with some silence around them."""
    file.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(file, np.pad(tones(words, voice), RATE_HZ // 5), RATE_HZ)
    return file


@contextmanager
def held(lock: AbstractContextManager[None]) -> Iterator[None]:
    """Let another command hold a lock; not for ever, so that who waits for it deaf is found out."""
    holds, may_go = threading.Event(), threading.Event()

    def hold() -> None:
        with lock:
            holds.set()
            may_go.wait(MOST_WAIT_S)

    thread = threading.Thread(target=hold)
    thread.start()
    assert holds.wait(MOST_WAIT_S)
    try:
        yield
    finally:
        may_go.set()
        thread.join()


def lock_is_free(workspace: Workspace) -> bool:
    """Whether another command could commit something at this moment."""

    def held() -> None:
        raise BlockingIOError

    try:
        with locked(workspace, held):
            return True
    except BlockingIOError:
        return False


_counting: list[Counter[str]] = []


def _count(event: str, arguments: tuple[Any, ...]) -> None:
    if _counting and event == "open" and isinstance(arguments[0], str | Path):
        path, mode = Path(arguments[0]), arguments[1]
        if mode is None or "r" in mode:
            for counter in _counting:
                counter[path.name] += 1


sys.addaudithook(_count)


@contextmanager
def openings() -> Iterator[Counter[str]]:
    """Count how often each file is opened for reading, by its name, whoever does it."""
    counter: Counter[str] = Counter()
    _counting.append(counter)
    try:
        yield counter
    finally:
        _counting.remove(counter)
