"""Several commands at work in one station: each finds whole what the others did, and goes on."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest

from broadcast.cache import Cache, key_of
from broadcast.production import booth
from broadcast.production.desk import inputs
from broadcast.production.public import publish, withdraw
from broadcast.workspace.locks import locked, makes_alone, making
from productions_by_hand import (
    ASK,
    FIRST,
    LAM,
    MORNING,
    MOST_WAIT_S,
    NAME,
    SCRIPT,
    SECOND,
    Notebook,
    Production,
    lock_is_free,
    new_production,
    reasons_of,
    record,
)

OTHER = "cau-cu"
OTHER_SCRIPT = f"""\
Cầu cũ được sửa

Phóng viên: Cầu cũ thì sao, thưa ông?

{LAM}: Cầu cũ dành cho người đi bộ.
"""


@pytest.fixture
def bridge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Production:
    made = new_production(tmp_path / "station", monkeypatch)
    made.write(OTHER_SCRIPT, OTHER)
    return made


@pytest.fixture
def beside() -> Iterator[Callable[..., Future[Any]]]:
    """Do something at the same time, in another thread."""
    with ThreadPoolExecutor(2) as pool:
        yield pool.submit


def never() -> None:
    raise AssertionError("nobody else is at work")


def once(work: Callable[[], object]) -> Callable[[str], object]:
    """Do some work the first time that it is asked for."""
    left = [work]
    return lambda words: left.pop()() if left else None


def test_of_two_builds_of_one_episode_one_makes_it_and_the_other_finds_it_up_to_date(
    bridge: Production, beside: Callable[..., Future[Any]]
) -> None:
    speaking, waiting = threading.Event(), threading.Event()

    def hold(words: str) -> None:
        speaking.set()
        assert waiting.wait(MOST_WAIT_S)

    bridge.engine.before = hold
    second = Notebook(on_say=lambda sentence: waiting.set())
    made = beside(bridge.build, reporter=Notebook())
    assert speaking.wait(MOST_WAIT_S)
    found = beside(bridge.build, reporter=second, new_guid="second")
    assert reasons_of(made.result(MOST_WAIT_S)) == ("first build",)
    assert found.result(MOST_WAIT_S).reasons == ()
    assert second.said == ["Another command is at work here; waiting."]
    assert second.stages == []
    assert len(bridge.engine.spoken) == len({*bridge.engine.spoken}) == 5
    assert bridge.draft().record.guid == f"guid-of-{NAME}"


def test_the_one_that_waited_makes_what_it_was_asked_for(
    bridge: Production, beside: Callable[..., Future[Any]]
) -> None:
    speaking, waiting = threading.Event(), threading.Event()

    def hold(words: str) -> None:
        speaking.set()
        assert waiting.wait(MOST_WAIT_S)

    bridge.engine.before = hold
    first = beside(bridge.build, reporter=Notebook(), formats=())
    assert speaking.wait(MOST_WAIT_S)
    second = Notebook(on_say=lambda sentence: waiting.set())
    asked = beside(bridge.build, reporter=second, formats=("wav",))
    assert reasons_of(first.result(MOST_WAIT_S)) == ("first build",)
    assert reasons_of(asked.result(MOST_WAIT_S)) == ("sound settings changed",)
    assert bridge.draft().record.files.air == f"{NAME}.wav"


def test_two_episodes_are_spoken_side_by_side(
    bridge: Production, beside: Callable[..., Future[Any]]
) -> None:
    both = threading.Barrier(2)
    firsts = {ASK, "Cầu cũ thì sao, thưa ông?"}
    bridge.engine.before = lambda words: both.wait(MOST_WAIT_S) if words in firsts else None
    builds = [beside(bridge.build, name, reporter=Notebook()) for name in (NAME, OTHER)]
    assert [reasons_of(build.result(MOST_WAIT_S)) for build in builds] == [("first build",)] * 2
    assert bridge.draft(NAME).record.title == "Cầu mới qua sông Vân"
    assert bridge.draft(OTHER).record.title == "Cầu cũ được sửa"


def test_two_episodes_are_encoded_side_by_side(
    bridge: Production, beside: Callable[..., Future[Any]]
) -> None:
    both = threading.Barrier(2)

    def reporter() -> Notebook:
        meet = once(lambda: both.wait(MOST_WAIT_S))
        return Notebook(on_step=lambda stage: stage == "encoding" and meet(stage))

    builds = [beside(bridge.build, name, reporter=reporter()) for name in (NAME, OTHER)]
    assert [reasons_of(build.result(MOST_WAIT_S)) for build in builds] == [("first build",)] * 2


def test_the_station_is_free_while_anything_is_spoken_levelled_or_encoded(
    bridge: Production,
) -> None:
    bridge.record("02.wav", FIRST)
    bridge.record("04.wav", SECOND)
    stages = ["listening", "speaking", "levelling", "encoding", "WAV", "FLAC", "air MP3"]
    free: dict[str, bool] = {}
    one_at_a_time = threading.Lock()

    def look(stage: str) -> None:
        with one_at_a_time:
            free[stage] = free.get(stage, True) and lock_is_free(bridge.workspace)

    bridge.engine.before = lambda words: look("within speaking")
    bridge.build(reporter=Notebook(on_step=look), formats=("wav", "flac", "air-mp3"))
    assert free == dict.fromkeys(["within speaking", *stages], True)


def test_other_work_goes_on_while_an_episode_is_spoken(bridge: Production, tmp_path: Path) -> None:
    """Nothing waits: who would have to is stopped, and fails the test."""
    bridge.build(OTHER)
    file = record(tmp_path / "cũ.wav", "Cầu cũ dành cho người đi bộ.")
    done: list[str] = []

    def work(words: str) -> None:
        if done:
            return
        done.append("begun")
        told = Notebook(on_wait=never)
        published = publish.publish(bridge.workspace, OTHER, None, MORNING, told)
        done.append(published.episode.title)
        assert len(booth.sheet(bridge.read(), told).rows) == 5  # the notice has one
        other = bridge.read(OTHER)
        swap = booth.Swap(booth.turn_named(other, "2"), (file,))
        other, _ = booth.swap(other, [swap], told)
        bridge.build(OTHER, reporter=told, inputs=other)
        done.append(bridge.turn(2, OTHER)["take"]["kind"])
        withdraw.withdraw(bridge.workspace, OTHER, MORNING, told)
        assert told.said == []
        done.append("withdrawn")

    bridge.engine.before = work
    bridge.build()
    assert done == ["begun", "Cầu cũ được sửa", "recorded", "withdrawn"]
    assert bridge.reporter.built_again == 0


def swapped(station: Production, file: Path) -> None:
    read = station.read()
    booth.swap(read, [booth.Swap(booth.turn_named(read, "4"), (file,))], Notebook(on_wait=never))


DECISIONS: dict[str, Callable[[Production, Path], object]] = {
    "swap": swapped,
    "use": lambda station, file: booth.use(
        read := station.read(), booth.turn_named(read, "2"), 1, Notebook(on_wait=never)
    ),
    "unswap": lambda station, file: booth.go_back(
        read := station.read(), booth.turn_named(read, "2"), Notebook(on_wait=never)
    ),
}
FILES = {
    "swap": ("02 sau.wav", "04 bản ghi.wav"),
    "use": ("02.wav", None),
    "unswap": (None, None),
}


@pytest.mark.parametrize("decision", DECISIONS)
def test_a_decision_about_takes_during_a_build_is_in_the_draft(
    bridge: Production, tmp_path: Path, decision: str
) -> None:
    file = record(tmp_path / "bản ghi.wav", SECOND)
    bridge.record("02.wav", FIRST)
    booth.remember(bridge.read(), bridge.reporter)
    bridge.record("02 sau.wav", FIRST, "bạn")
    booth.remember(bridge.read(), bridge.reporter)
    bridge.engine.before = once(lambda: DECISIONS[decision](bridge, file))
    bridge.build()
    assert bridge.reporter.built_again == 1
    assert tuple(bridge.turn(n)["take"]["file"] for n in (2, 4)) == FILES[decision]
    assert not bridge.build().reasons


def test_two_decisions_at_once_are_both_kept(bridge: Production, tmp_path: Path) -> None:
    """Each was made on what it had read before the other was committed."""
    files = [record(tmp_path / "a.wav", FIRST), record(tmp_path / "b.wav", SECOND)]
    early = [bridge.read(), bridge.read()]
    for read, n, file in zip(early, "24", files, strict=True):
        swap = booth.Swap(booth.turn_named(read, n), (file,), in_ms=100 * int(n))
        booth.swap(read, [swap], bridge.reporter)
    (takes,) = bridge.workspace.recordings(NAME).glob("*.json")
    decided = [take["files"][0] for take in json.loads(takes.read_text("utf-8"))["takes"]]
    assert {one["file"]: one["in_ms"] for one in decided} == {"02 a.wav": 200, "04 b.wav": 400}
    bridge.build()
    assert [bridge.turn(n)["take"]["file"] for n in (2, 4)] == ["02 a.wav", "04 b.wav"]


def test_a_decision_made_on_what_was_read_before_another_goes_into_its_own_build(
    bridge: Production, tmp_path: Path
) -> None:
    bridge.record("02.wav", FIRST)
    early = bridge.read()
    file = record(tmp_path / "b.wav", SECOND)
    swapped(bridge, file)
    early = booth.go_back(early, booth.turn_named(early, "2"), bridge.reporter) or early
    bridge.build(inputs=early)
    assert [bridge.turn(n)["take"]["file"] for n in (2, 4)] == [None, "04 b.wav"]
    assert bridge.reporter.built_again == 0


def test_an_episode_is_not_begun_while_somebody_commits(
    bridge: Production, beside: Callable[..., Future[Any]]
) -> None:
    """Else the cache could be trimmed of what it has just found there."""
    told: SimpleQueue[str] = SimpleQueue()

    def begin() -> None:
        with making(bridge.workspace, OTHER, lambda: told.put("waits")):
            told.put("begins")

    with locked(bridge.workspace, never):
        begun = beside(begin)
        assert told.get(timeout=MOST_WAIT_S) == "waits"
    begun.result(MOST_WAIT_S)
    last = ""
    while not told.empty():
        last = told.get()
    assert last == "begins"


def test_an_episode_is_made_alone_until_another_is_begun(bridge: Production) -> None:
    with making(bridge.workspace, NAME, never):
        assert makes_alone(bridge.workspace, NAME)
        with making(bridge.workspace, OTHER, never):
            assert not makes_alone(bridge.workspace, NAME)
            assert not makes_alone(bridge.workspace, OTHER)
        assert makes_alone(bridge.workspace, NAME)


@pytest.fixture
def small_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no station keep anything that is not in use: station.toml has no such small limit."""
    whole = inputs.station_of

    def tiny(workspace: Any) -> Any:
        return replace(whole(workspace), cache_limit_mb=0)

    monkeypatch.setattr(inputs, "station_of", tiny)


def test_of_an_episode_that_is_no_longer_made_no_lock_is_left(bridge: Production) -> None:
    """Not those of ended builds, nor of killed ones; one that could not be removed is no harm."""
    locks = bridge.workspace.making_file(NAME).parent
    for name in (NAME, OTHER):
        bridge.build(name)
    assert [*locks.iterdir()] == []
    killed = bridge.workspace.making_file("killed")
    killed.touch()
    made = making(bridge.workspace, NAME, never)
    made.__enter__()
    with locked(bridge.workspace, never):
        made.__exit__(None, None, None)
    assert bridge.workspace.making_file(NAME).exists()
    bridge.write(SCRIPT.replace("cầu", "cống"))
    bridge.build()
    assert [*locks.iterdir()] == []


@pytest.mark.usefixtures("small_cache")
def test_what_a_build_used_stays_in_the_cache_and_the_rest_goes(bridge: Production) -> None:
    unused = Cache(bridge.workspace.cache, 0).put(key_of("unused"), b"sound")
    bridge.settle()
    bridge.build()
    assert not unused.exists()
    for months in ("hai", "ba"):
        bridge.settle()
        bridge.write(SCRIPT.replace("một tháng", f"{months} tháng"))
        bridge.engine.spoken.clear()
        bridge.build()
        assert bridge.engine.spoken == [FIRST.replace("một", months)]


@pytest.mark.usefixtures("small_cache")
def test_what_another_episode_found_in_the_cache_stays_while_that_is_made(
    bridge: Production, beside: Callable[..., Future[Any]]
) -> None:
    last, held = threading.Event(), threading.Event()

    def hold(words: str) -> None:
        if words == SECOND:
            last.set()
            assert held.wait(MOST_WAIT_S)

    bridge.engine.before = hold
    made = beside(bridge.build, reporter=Notebook())
    assert last.wait(MOST_WAIT_S)  # all else of it was spoken
    bridge.settle(bridge.workspace.cache)
    bridge.build(OTHER)
    held.set()
    assert reasons_of(made.result(MOST_WAIT_S)) == ("first build",)
    assert len(bridge.engine.spoken) == len({*bridge.engine.spoken})
    assert bridge.draft().is_whole()
