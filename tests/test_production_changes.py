"""What an episode is made from is changed: no draft is believed that is not made of it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import soundfile

from broadcast.model import Problem
from broadcast.production import booth
from broadcast.production.desk import inputs
from broadcast.production.making import make_draft
from broadcast.recordings import listen
from productions_by_hand import (
    FIRST,
    NAME,
    SCRIPT,
    SECOND,
    SETTINGS,
    Notebook,
    Production,
    new_production,
    openings,
    production_in,
    reasons_of,
    tones,
    write,
)

PNG = b"\x89PNG\r\n\x1a\n"
CUED = SCRIPT.replace("\nPhóng viên: Thưa", "\n[clip: music/clip.wav]\n\nPhóng viên: Thưa")
MUSIC = {"intro": "nhạc mở", "outro": "nhạc kết", "sting": "nhạc cắt", "bed": "nhạc nền"}
BESIDE = "\n".join(f'{part} = "music/{part}.wav"' for part in MUSIC)
WITH_MUSIC = (
    SETTINGS.replace("[voices]", 'cover = "cover.png"\n[voices]')
    + f'opening = "Mời quý vị nghe đài."\n[music]\nbed_under = ["opening"]\n{BESIDE}\n'
)


def music(folder: Path, part: str, tune: str) -> None:
    folder.mkdir(exist_ok=True)
    soundfile.write(folder / f"{part}.wav", tones(tune), 16_000)


def reword(station: Production, before: str, now: str) -> None:
    text = station.script().read_text("utf-8")
    assert before in text
    station.write(text.replace(before, now))


def put_aside(station: Production) -> None:
    file = station.workspace.recordings(NAME) / "takes.json"
    document = json.loads(file.read_text("utf-8"))
    document["takes"][0]["use"] = False
    write(file, json.dumps(document))


def another_tune(part: str) -> Callable[[Production], None]:
    return lambda station: music(station.root / "music", part, "một điệu khác")


TOUCHES: dict[str, Callable[[Production], object]] = {
    "the script": lambda station: reword(station, "một tháng", "hai tháng rưỡi"),
    "the script, its size the same": lambda station: reword(station, "bao giờ", "bay giờ"),
    "station.toml": lambda station: write(
        station.workspace.station_file, WITH_MUSIC.replace("nghe đài", "nghe")
    ),
    "station.toml, its size the same": lambda station: write(
        station.workspace.station_file, WITH_MUSIC.replace("nghe đài", "nghe đãi")
    ),
    "lexicon.tsv, which was not there": lambda station: write(
        station.workspace.lexicon_file, "written\tspoken\nông\tngài\n"
    ),
    "another recording": lambda station: station.record("04.wav", SECOND),
    "a recording, its size the same": lambda station: station.record("02.wav", FIRST, "bạn"),
    "a recording put away": lambda station: (
        station.workspace.recordings(NAME) / "02.wav"
    ).unlink(),
    "takes.json": put_aside,
    "the cover": lambda station: (station.root / "cover.png").write_bytes(PNG + b"new"),
    "the intro": another_tune("intro"),
    "the outro": another_tune("outro"),
    "the sting": another_tune("sting"),
    "the bed": another_tune("bed"),
    "a clip": another_tune("clip"),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    """A station with everything an episode can be made from, long since built; tests copy it."""
    with production_in(tmp_path_factory.mktemp("built")) as made:
        write(made.workspace.station_file, WITH_MUSIC)
        made.write(CUED)
        (made.root / "cover.png").write_bytes(PNG + b"old")
        for part, tune in {**MUSIC, "clip": "tiếng sóng"}.items():
            music(made.root / "music", part, tune)
        made.record("02.wav", FIRST)
        booth.remember(made.read(), made.reporter)
        made.settle()
        made.build()
        yield made


@pytest.fixture
def station(built: Production, tmp_path: Path) -> Production:
    return built.copied_to(tmp_path / "station")


@pytest.fixture
def bridge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Production:
    return new_production(tmp_path / "bridge", monkeypatch)


@pytest.mark.parametrize("touched", TOUCHES)
def test_what_is_touched_during_a_build_is_in_the_draft_as_if_it_had_been_before(
    station: Production,
    built: Production,
    tmp_path: Path,
    touched: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    touch = TOUCHES[touched]
    before = built.copied_to(tmp_path / "before")
    assert not before.build().reasons
    with openings() as opened:
        assert not before.build().reasons
    assert f"{NAME}.txt" not in opened  # it was noted as seen
    touch(before)
    assert before.build().reasons

    for file in station.workspace.draft(NAME).iterdir():
        file.unlink()
    touches, whole = [touch], make_draft.onto_disk

    def touched_at_last(folder: Path) -> None:
        whole(folder)
        if touches:
            touches.pop()(station)

    monkeypatch.setattr(make_draft, "onto_disk", touched_at_last)
    reporter = Notebook()
    station.build(reporter=reporter)
    assert reporter.built_again == 1
    assert station.files() == before.files() != built.files()
    assert not station.build().reasons


@pytest.mark.parametrize("stage", ["speaking", "levelling", "encoding"])
def test_new_words_are_in_the_draft_whatever_was_being_done_when_they_came(
    bridge: Production, stage: str
) -> None:
    touches = [lambda: reword(bridge, "một tháng", "hai tháng")]
    reporter = Notebook(on_step=lambda now: now == stage and touches and touches.pop()())
    bridge.build(reporter=reporter)
    assert reporter.built_again == 1
    assert FIRST.replace("một", "hai") in bridge.words()


def test_words_that_come_while_nothing_was_to_be_made_are_in_the_draft(bridge: Production) -> None:
    doubted = bridge.workspace.recordings(NAME) / "bản ghi.wav"  # its name says no turn
    bridge.record(doubted.name, FIRST)
    bridge.build()
    os.utime(bridge.script(), (1, 1))  # touched, and nothing in it changed
    touches = [lambda: reword(bridge, "một tháng", "hai tháng")]
    reporter = Notebook(on_problem=lambda problem: touches and touches.pop()())
    assert reasons_of(bridge.build(reporter=reporter)) == ("2: words changed",)
    assert reporter.built_again == 1
    assert FIRST.replace("một", "hai") in bridge.words()


WHILE_READ = {
    "station_of": "station.toml",
    "known_script": "the script",
    "remembering": "lexicon.tsv, which was not there",
    "takes_standing": "another recording",
}


@pytest.mark.parametrize(("reading", "touched"), WHILE_READ.items())
def test_what_is_touched_as_soon_as_it_was_read_is_in_the_draft(
    station: Production, monkeypatch: pytest.MonkeyPatch, reading: str, touched: str
) -> None:
    whole = getattr(inputs, reading)
    touches = [TOUCHES[touched]]

    def read(*arguments: Any) -> Any:
        found = whole(*arguments)
        if touches:
            touches.pop()(station)
        return found

    monkeypatch.setattr(inputs, reading, read)
    assert station.build().reasons
    assert station.reporter.built_again == 1


def test_words_that_come_after_a_swap_was_committed_are_in_its_draft(bridge: Production) -> None:
    bridge.build()
    bridge.record("04.wav", SECOND)
    read = booth.remember(bridge.read(), bridge.reporter)
    reword(bridge, "một tháng", "hai tháng")

    def once(sentence: str) -> None:
        assert told.built_again == 1

    told = Notebook(on_say=once)
    bridge.build(reporter=told, inputs=read)
    assert told.built_again == 1
    assert FIRST.replace("một", "hai") in bridge.words()
    assert bridge.turn(4)["take"]["kind"] == "recorded"


def test_what_changes_again_and_again_is_built_until_it_rests(bridge: Production) -> None:
    months = iter(["hai", "ba", "bốn"])

    def edit(words: str) -> None:
        if words.startswith("Cầu thông xe") and (month := next(months, None)):
            bridge.write(SCRIPT.replace("một tháng", f"{month} tháng"))

    bridge.engine.before = edit
    bridge.build()
    assert bridge.reporter.built_again == 3
    assert FIRST.replace("một", "bốn") in bridge.words()


def test_a_draft_that_would_be_stale_is_not_seen_by_anybody(bridge: Production) -> None:
    bridge.build()
    old = bridge.files()
    seen: list[dict[str, bytes]] = []
    reword(bridge, "một tháng", "hai tháng")
    touches = [lambda: reword(bridge, "hai tháng", "ba tháng")]
    bridge.engine.before = lambda words: touches and touches.pop()()

    def look(sentence: str) -> None:
        seen.append({path: data for path, data in bridge.files().items() if path[0] != "."})

    reporter = Notebook(on_say=look)
    bridge.build(reporter=reporter)
    assert reporter.built_again == 1
    assert seen == [old]
    assert FIRST.replace("một", "ba") in bridge.words()


@pytest.mark.parametrize("touched", ["the script", "a recording"])
@pytest.mark.parametrize(("age_s", "believed"), [(-3_600, False), (1.9, False), (2.1, True)])
def test_a_file_is_believed_once_it_has_rested_for_two_seconds(
    bridge: Production,
    monkeypatch: pytest.MonkeyPatch,
    touched: str,
    age_s: float,
    believed: bool,
) -> None:
    """It is written to again, and keeps its size and its time: clocks of files may be coarse."""
    bridge.record("02.wav", FIRST)
    booth.remember(bridge.read(), bridge.reporter)
    recording = bridge.workspace.recordings(NAME) / "02.wav"
    file = bridge.script() if touched == "the script" else recording
    facts = file.stat()
    clock = SimpleNamespace(time=lambda: facts.st_mtime + age_s)
    monkeypatch.setattr(inputs, "time", clock)
    monkeypatch.setattr(listen, "time", clock)
    for path in {bridge.workspace.station_file, bridge.script(), *recording.parent.iterdir()}:
        if path != file:
            os.utime(path, (1, 1))
    bridge.build()
    if touched == "the script":
        reword(bridge, "bao giờ", "bay giờ")
    else:
        bridge.record("02.wav", FIRST, "bạn")
    os.utime(file, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert file.stat().st_size == facts.st_size
    assert bool(bridge.build().reasons) is not believed


def test_what_was_found_about_recordings_is_remembered_with_the_draft(bridge: Production) -> None:
    bridge.record("02.wav", FIRST)
    bridge.settle()
    bridge.build()
    document = json.loads((bridge.workspace.recordings(NAME) / "takes.json").read_text("utf-8"))
    assert [take["turn"] for take in document["takes"]] == [bridge.turn(2)["id"]]
    bridge.settle(bridge.workspace.recordings(NAME))
    assert not bridge.build().reasons
    with openings() as opened:
        assert not bridge.build().reasons
    assert f"{NAME}.txt" not in opened


def test_a_problem_of_the_script_is_told_once_for_each_time_it_is_built(
    bridge: Production,
) -> None:
    told: list[Problem] = []
    bridge.write(SCRIPT + "\n[xyz: không biết]\n")
    bridge.build(reporter=Notebook(on_problem=told.append))
    assert [problem.line for problem in told] == [11]
