"""What was listened to is remembered by what it was made from, beside the draft."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from broadcast.errors import BroadcastError
from broadcast.production.desk.heard import heard_of, mark_heard, sounds_of
from productions_by_hand import FIRST, NAME, Production, production_in


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    """A station that was built once; each test has a copy of it."""
    with production_in(tmp_path_factory.mktemp("built")) as made:
        made.build()
        yield made


@pytest.fixture
def station(built: Production, tmp_path: Path) -> Production:
    return built.copied_to(tmp_path / "station")


def sounds(station: Production) -> list[str]:
    record = station.draft().record
    keys = sounds_of(record)
    return [keys[turn.id] for turn in record.interview]


def test_a_turn_is_heard_until_its_words_or_its_voice_are_others_and_again_when_they_are_back(
    station: Production,
) -> None:
    before = sounds(station)
    mark_heard(station.workspace, NAME, *before)
    heard = heard_of(station.workspace, NAME)
    assert heard == {*before}
    recording = station.record("02.wav", FIRST)
    station.build()
    assert [key in heard for key in sounds(station)] == [True, False, True, True]
    recording.unlink()
    text = station.script().read_text("utf-8")
    station.write(text.replace("dự lễ", "dự hội"))
    station.build()
    assert [key in heard for key in sounds(station)] == [True, True, True, False]


def test_what_a_build_leaves_as_it_is_stays_heard(station: Production) -> None:
    mark_heard(station.workspace, NAME, *sounds(station))
    station.set("[pauses]\nother_speaker_ms = 950\n")
    station.build()
    assert {*sounds(station)} == heard_of(station.workspace, NAME)
    assert (station.workspace.draft(NAME) / "heard.json").is_file()


def test_another_sound_of_the_engine_was_not_heard(station: Production) -> None:
    mark_heard(station.workspace, NAME, *sounds(station))
    station.engine.sounds = "2"
    station.build()
    station.engine.sounds = "1"
    assert not {*sounds(station)} & heard_of(station.workspace, NAME)


def test_nothing_was_heard_of_what_was_never_built(station: Production) -> None:
    assert heard_of(station.workspace, NAME) == frozenset()


def test_heard_twice_is_kept_once_and_written_once(station: Production) -> None:
    (first, *_) = sounds(station)
    mark_heard(station.workspace, NAME, first)
    file = station.workspace.draft(NAME) / "heard.json"
    before = (file.read_bytes(), file.stat().st_ino)
    mark_heard(station.workspace, NAME, first, first)
    assert (file.read_bytes(), file.stat().st_ino) == before


def test_what_was_heard_last_is_kept_longest(station: Production) -> None:
    mark_heard(station.workspace, NAME, *(f"{n:032x}" for n in range(6000)))
    mark_heard(station.workspace, NAME, "ab")
    heard = heard_of(station.workspace, NAME)
    assert "ab" in heard
    assert f"{5999:032x}" in heard
    assert f"{0:032x}" not in heard


def test_a_damaged_record_is_told_with_what_to_do(station: Production) -> None:
    file = station.workspace.draft(NAME) / "heard.json"
    file.write_text('{"format": 1, "turns": ["not a key"]}', "utf-8")
    with pytest.raises(BroadcastError) as raised:
        heard_of(station.workspace, NAME)
    assert raised.value.file == file
    assert raised.value.hint is not None
