"""What a draft is made from, by which it is made again or not.

The tables say of every field that is read whether it counts: whoever adds one decides.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from broadcast.model import Shift
from broadcast.production.desk.draft_record import MadeFrom
from broadcast.production.making import plan as planning
from broadcast.production.making.music import BedUnderTurns, Played
from broadcast.production.making.plan import Plan
from broadcast.production.voicing.cast import Assigned
from broadcast.production.voicing.part import Part, recording_key
from keys_by_hand import assert_counts, within
from pairs_by_hand import (
    ENGINE,
    INSERT,
    OF_A_RECORDING,
    RECORDING,
    SCRIPT,
    SENTENCES,
    STATION,
    TURN,
    VOICE,
)

SPOKEN = Part(TURN[0], SENTENCES[0], VOICE[0], None, Shift(-1.8, 0.97))
RECORDED = (
    Part(TURN[0], SENTENCES[0], VOICE[0], RECORDING[0], Shift(0.9, 1.03)),
    Part(TURN[1], SENTENCES[1], VOICE[1], RECORDING[1]),
)
OF_A_PART = {
    "turn.kind": False,
    "turn.speaker": False,
    "turn.role": False,
    "turn.paragraphs": False,
    "turn.id": True,
    "turn.n": True,
    "sentences": True,
    "sentences.written": True,
    "sentences.spoken": True,
    "sentences.readings": False,
    "sentences.paragraph": True,
    "sentences.line": False,
    "voice": True,
    "shift": True,
    "recording": True,
}


def test_a_recording_is_named_by_its_stretches() -> None:
    assert_counts(recording_key, *RECORDING, OF_A_RECORDING)


def test_a_spoken_part_is_made_from_its_place_its_words_and_its_voice() -> None:
    assert_counts(Part.made_from, SPOKEN, RECORDED[1], OF_A_PART)


def test_a_recorded_part_is_made_from_its_place_its_words_and_its_recording() -> None:
    counts = {**OF_A_PART, "voice": False, "shift": False} | within("recording", OF_A_RECORDING)
    del counts["recording"]
    assert_counts(Part.made_from, *RECORDED, counts)


def test_a_part_without_a_number_has_the_place_of_its_kind() -> None:
    standing = [replace(SPOKEN, turn=replace(TURN[n], n=None, id="id")) for n in (0, 1)]
    assert [part.made_from().place for part in standing] == ["turn", "lead"]


PLAN = (
    Plan(
        name="bien-sach",
        script=SCRIPT[0],
        station=STATION[0],
        title="Biển sạch",
        day=date(2025, 9, 6),
        guid="g1",
        description="Về biển.",
        disclosure="Giọng máy.",
        engine=ENGINE[0],
        parts=(SPOKEN, replace(SPOKEN, turn=TURN[1])),
        doubts=SCRIPT[1].problems,
        played=Played(
            {0: (INSERT[0],)}, (BedUnderTurns(0, 1, INSERT[0]),), {1: 2_000}, SCRIPT[0].problems
        ),
    ),
    Plan(
        name="ben-ca",
        script=SCRIPT[1],
        station=STATION[1],
        title="Bến cá",
        day=date(2025, 9, 7),
        guid="g2",
        description="Về bến.",
        disclosure="",
        engine=ENGINE[1],
        parts=(RECORDED[1], replace(SPOKEN, sentences=SENTENCES[1])),
        cover=Path("bia.jpg"),
        played=Played({2: (INSERT[1],)}, (BedUnderTurns(1, 2, INSERT[1]),), {0: 3_000}),
        cast={("Đỗ Văn Lâm", "official"): Assigned(VOICE[0])},
    ),
)
MADE_FROM = {
    "name": "",
    "cast": "",  # what it decides is in the parts
    # What is understood of a script is in the parts, in what is played and in the facts.
    "script.file": "",
    "script.language": "episode",
    "script.title": "",
    "script.turns": "",
    "script.speakers": "episode",
    "script.speakers.labels": "",
    "script.speakers.known_by": "",
    "script.cues": "",
    "script.dropped": "",
    "script.problems": "told",
    "script.questions": "",  # they follow from the words
    "script.front.title": "",
    "script.front.date": "",
    "script.front.language": "",
    "script.front.people": "",
    "script.front.lexicon": "",
    "script.front.cover": "",
    "script.front.season": "episode",
    "script.front.episode": "episode",
    "script.front.description": "",
    "script.front.expires": "episode",
    "station.show": "episode",
    "station.show.cover": "",
    "station.show.listing": "",
    "station.engines": "",
    "station.offline": "",
    "station.fallback": "",
    "station.voices": "",
    "station.people": "",
    "station.opening": "",
    "station.closing": "",
    "station.notice": "",
    "station.disclosure": "",
    "station.sound": "sound",
    "station.sound.music.intro": "",
    "station.sound.music.outro": "",
    "station.sound.music.sting": "",
    "station.sound.music.bed": "",
    "station.spoken": "",
    "station.stale": "",
    "station.approval": "",
    "station.watch_publishes": "",
    "station.air.deliver": "",  # it counts as one of the formats
    "station.air.valid_days": "told",
    "station.air.priority": "told",
    "station.feed": "",
    "station.upload": "",
    "station.cache_limit_mb": "",
    "station.cache_folder": "",
    "station.interface": "",
    "title": "episode",
    "day": "episode",
    "guid": "episode",
    "description": "episode",
    # It ends the description.
    "disclosure": "",
    "engine.name": "engine",
    "engine.release": "engine",
    "engine.model": "engine",
    "engine.online": "",
    "engine.jobs": "",
    "engine.service": "",
    "parts": "parts",
    **{f"parts.{place}": "parts" if counts else "" for place, counts in OF_A_PART.items()},
    "cover": "",
    "played.before": "music",
    "played.before.file": "",
    "played.before.asked_in": "",
    "played.before.line": "",
    "played.beds": "music",
    "played.beds.music.kind": "",
    "played.beds.music.file": "",
    "played.beds.music.asked_in": "",
    "played.beds.music.line": "",
    "played.pauses_ms": "music",
    "played.problems": "told",
    "doubts": "told",
}
"""Each thing that is planned, and where in what a draft is made from it counts."""
ASPECTS = tuple(sorted(set(MADE_FROM.values()) - {""}))


@pytest.mark.parametrize("aspect", ASPECTS)
def test_a_draft_is_made_from_what_is_heard_and_told(aspect: str) -> None:
    counts = {place: counts_in == aspect for place, counts_in in MADE_FROM.items()}
    assert_counts(lambda plan: getattr(plan.made_from(), aspect), *PLAN, counts)


def test_a_draft_is_made_from_nothing_else_but_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(MadeFrom.__struct_fields__) == {*ASPECTS, "program"}
    monkeypatch.setattr(planning, "__version__", "another")
    assert PLAN[0].made_from().program == "another"


def test_an_engine_that_says_nothing_does_not_count() -> None:
    by_hand = [replace(PLAN[0], parts=RECORDED, engine=engine) for engine in ENGINE]
    assert by_hand[0].made_from() == by_hand[1].made_from()


def test_the_covers_bytes_count_and_not_its_name(tmp_path: Path) -> None:
    def of_show(file: Path) -> MadeFrom:
        show = replace(STATION[0].show, cover=file)
        return replace(PLAN[0], station=replace(STATION[0], show=show)).made_from()

    def of_episode(file: Path) -> MadeFrom:
        return replace(PLAN[0], cover=file).made_from()

    def picture(name: str, data: bytes) -> Path:
        (tmp_path / name).write_bytes(data)
        return tmp_path / name

    for made_from in (of_show, of_episode):
        first = made_from(picture("cover.png", b"boats"))
        assert made_from(picture("bia.png", b"boats")) == first
        assert made_from(picture("cover.png", b"nets")) != first != PLAN[0].made_from()


def test_the_order_in_which_cues_were_read_does_not_count() -> None:
    one, other = ((INSERT[n],) for n in (0, 1))
    played = Played({0: one, 3: other}, (), {1: 2_000, 2: 500})
    again = Played({3: other, 0: one}, (), {2: 500, 1: 2_000})
    assert played.made_from() == again.made_from()
