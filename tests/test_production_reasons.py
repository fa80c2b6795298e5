"""Why an episode is made again, in a producer's words: each change has its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from broadcast.cli.built import _kept_told
from broadcast.production import booth
from broadcast.production.making import plan
from productions_by_hand import (
    AGAIN,
    ASK,
    FIRST,
    LAM,
    NAME,
    SCRIPT,
    SECOND,
    SETTINGS,
    Production,
    Tones,
    new_production,
    reasons_of,
    with_engine,
    write,
)

ASKED = f"Phóng viên: {AGAIN}\n\n"
ANSWERED = f"{LAM}: {FIRST}\n\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    """A station with two engines and a recording; tests take copies."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        made = new_production(tmp_path_factory.mktemp("built") / "station", monkeypatch)
        with_engine(Tones("other"), made.root.parent, monkeypatch)
        made.record("04.wav", SECOND)
        made.settle()
        assert reasons_of(made.build()) == ("first build",)
        yield made


@pytest.fixture
def bridge(built: Production, tmp_path: Path) -> Iterator[Production]:
    made = built.copied_to(tmp_path / "station")
    assert made.build().reasons == ()
    yield made
    made.engine.sounds = "1"


def retake(station: Production) -> None:
    station.record("04 lần hai.wav", SECOND, "bạn")


def put_away(station: Production) -> None:
    read = station.read()
    booth.go_back(read, booth.turn_named(read, "4"), station.reporter)


def points(station: Production) -> None:
    read = station.read()
    file = station.workspace.recordings(NAME) / "04.wav"
    swap = booth.Swap(booth.turn_named(read, "4"), (file,), in_ms=500)
    booth.swap(read, [swap], station.reporter)


def another_version(station: Production) -> None:
    station.engine.sounds = "2"
    station.script().touch()


Change = Callable[[Production], object]
FACTS = "title, date or other facts changed"
CHANGES: dict[str, tuple[Change, tuple[str, ...]]] = {
    "words": (
        lambda station: station.write(SCRIPT.replace("bao giờ", "lúc nào")),
        ("1: words changed",),
    ),
    "a turn at the end": (
        lambda station: station.write(SCRIPT + f"\nPhóng viên: {ASK.replace('ông', 'bác')}\n"),
        ("5: new",),
    ),
    "a turn less": (
        lambda station: station.write(SCRIPT.replace(ANSWERED + ASKED, "")),
        (FACTS, "notice: gone", "2: gone", "3: gone"),
    ),
    "a turn between": (
        lambda station: station.write(
            SCRIPT.replace(ASKED, f"Phóng viên: Chắc không ạ?\n\n{LAM}: Chắc chắn.\n\n{ASKED}")
        ),
        (FACTS, "3: new", "4: new"),
    ),
    "the order of turns": (
        lambda station: station.write(
            SCRIPT.replace(ASK, "").replace(AGAIN, ASK).replace("viên: \n", f"viên: {AGAIN}\n")
        ),
        ("order of turns changed",),
    ),
    "a recording": (
        lambda station: station.record("02.wav", FIRST),
        (FACTS, "2: recording found", "notice: gone"),
    ),
    "a retake": (retake, ("4: another recording",)),
    "other points": (points, ("4: another recording",)),
    "unswap": (put_away, (FACTS, "4: recording gone")),
    "the lexicon": (
        lambda station: write(station.workspace.lexicon_file, "written\tspoken\ncầu\tcây cầu\n"),
        ("1: said otherwise", "2: said otherwise"),
    ),
    "somebody's voice": (
        lambda station: station.set('[[people]]\nname = "Phóng viên"\nvoices = { tones = "+x" }\n'),
        ("1: another voice", "3: another voice"),
    ),
    "a role's voice": (
        lambda station: station.set('[voices.tones]\nofficial = ["+x"]\n'),
        ("2: another voice",),
    ),
    "the engine's version": (
        another_version,
        ("another voice engine",),
    ),
    "loudness": (
        lambda station: station.set("[sound]\npodcast_lufs = -18\n"),
        ("sound settings changed",),
    ),
    "pauses": (
        lambda station: station.set("[pauses]\nother_speaker_ms = 1000\n"),
        ("sound settings changed",),
    ),
    "a pause in the script": (
        lambda station: station.write(SCRIPT.replace(ASKED, f"[pause 2s]\n\n{ASKED}")),
        ("music, clips or pauses changed",),
    ),
    "the show's title": (
        lambda station: station.set("", SETTINGS.replace("Tiếng nói", "Đài")),
        (FACTS,),
    ),
    "the date": (lambda station: station.write(f"---\ndate: 2/9/2025\n---\n{SCRIPT}"), (FACTS,)),
    "the title": (lambda station: station.write(SCRIPT.replace("sông Vân", "sông")), (FACTS,)),
    "spaces and empty lines": (
        lambda station: station.write(SCRIPT.replace("\n\n", "\n\n\n").replace(": ", ":  ")),
        (),
    ),
    "nothing but the time": (lambda station: station.script().touch(), ()),
}


@pytest.mark.parametrize("change", CHANGES)
def test_each_change_has_its_reason(bridge: Production, change: str) -> None:
    work, reasons = CHANGES[change]
    work(bridge)
    assert reasons_of(bridge.build()) == reasons
    assert bridge.build().reasons == ()


def test_another_engine_is_another_voice_for_all_that_it_speaks(bridge: Production) -> None:
    assert reasons_of(bridge.build(engine="other")) == (
        "another voice engine",
        *("notice: another voice", "1: another voice", "2: another voice", "3: another voice"),
    )


def test_what_the_command_asks_for_is_a_change(bridge: Production) -> None:
    assert reasons_of(bridge.build(formats=("flac",))) == ("sound settings changed",)
    assert bridge.build(formats=("flac",)).reasons == ()
    assert reasons_of(bridge.build(running_time_ms=9_000)) == ("sound settings changed",)
    assert bridge.build().reasons == ()  # it holds
    back = bridge.build(formats=("mp3",), running_time_ms=0)
    assert reasons_of(back) == ("sound settings changed",)


def test_a_new_version_makes_everything_again(
    bridge: Production, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan, "__version__", "99")
    bridge.script().touch()
    assert reasons_of(bridge.build()) == ("a new version of broadcast",)


def test_a_draft_of_an_older_format_is_made_again_though_nothing_changed(
    bridge: Production,
) -> None:
    file = bridge.workspace.draft(NAME) / "episode.json"
    document = json.loads(file.read_text("utf-8"))
    for field in ("format", "sentences", "chapters"):
        del document[field]
    write(file, json.dumps(document))
    assert reasons_of(bridge.build()) == ("a new version of broadcast",)
    assert bridge.episode()["format"] == 4
    assert bridge.build().reasons == ()


def test_several_changes_are_told_together(bridge: Production) -> None:
    bridge.set("[sound]\npodcast_lufs = -18\n")
    bridge.write(SCRIPT.replace("bao giờ", "lúc nào") + "\nPhóng viên: Xin cảm ơn ông.\n")
    bridge.record("02.wav", FIRST)
    assert reasons_of(bridge.build()) == (
        *("sound settings changed", FACTS),
        *("1: words changed", "2: recording found", "5: new", "notice: gone"),
    )


def test_of_an_engine_that_varies_it_is_told_that_what_it_said_is_kept(bridge: Production) -> None:
    told = _kept_told(bridge.draft().record)
    assert str(told).startswith("tones may say a thing differently each time: what it said is kept")
    assert _kept_told(bridge.build(engine="espeak").draft.record) is None
