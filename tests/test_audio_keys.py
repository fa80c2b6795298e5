"""What names the sound of a segment, an insert, a bed and an encoded slot: all that is heard in it.

The tables say of every field that reaches a key whether it counts: whoever adds one decides.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from broadcast.audio import bed, master, mp3
from broadcast.audio.bed import bed_key
from broadcast.audio.master import insert_key, segment_key
from broadcast.audio.mp3 import coded_key, write_mp3
from broadcast.cache import Cache, key_of
from broadcast.model import FRAME, Insert, Segment, Slot, Sound, Span, Take, Timeline
from keys_by_hand import Asked, assert_counts, within
from pairs_by_hand import INSERT, SOUND, TAKE

COUNTS_IN = {
    "podcast_lufs": "segment insert bed",
    "ceiling_dbtp": "segment insert bed coded",
    "mp3_kbps": "coded",
    "mp3_channels": "coded",
    "fade_ms": "bed coded",
    "high_pass_hz": "segment",
    "air_lufs": "",
    "air_bits": "",
    "air_rate_hz": "",
    "formats": "",
    "air_mp3_kbps": "",
    "running_time_ms": "",
    "pauses": "",
    "music.intro": "",
    "music.outro": "",
    "music.sting": "",
    "music.bed": "",
    "music.bed_under": "",
    "music.level_lu": "insert bed",
    # Of these, only the fade is heard in an insert.
    "music.bed_lu": "insert bed",
    "music.before_ms": "insert bed",
    "music.after_ms": "insert bed",
    "music.attack_ms": "insert bed",
    "music.release_ms": "insert bed",
    "music.fade_ms": "insert bed",
}
"""Each of the sound's settings, and the keys in which it counts."""


def settings_of(kind: str) -> dict[str, bool]:
    return within("sound", {place: kind in keys.split() for place, keys in COUNTS_IN.items()})


def segments() -> tuple[Segment, Segment]:
    """Two segments unlike in every place; the second is a bed's, with a turn in it."""
    first = Segment(TAKE[0], Path("1"), 40_000, (Span("a", 0, 9),), (0.1,), -2.0, "one", -15.0)
    inside = (Slot(first, 0, 50 * FRAME),)
    spans = (Span("b", 1, 8, "aligned"),)
    return first, Segment(TAKE[1], Path("2"), 30_000, spans, (0.2,), -3.0, "two", -14.0, inside)


SEGMENTS = segments()
SLOTS = Slot(SEGMENTS[0], 0, 40 * FRAME), Slot(SEGMENTS[1], 40 * FRAME, 30 * FRAME)
OTHER_SLOT = Slot(replace(SEGMENTS[1], key="three"), 20 * FRAME, 35 * FRAME)


@dataclass(frozen=True)
class Mastering:
    take: Take
    sound: Sound
    neighbour: Take | None

    def key(self) -> str:
        return segment_key(self.take, self.sound, self.neighbour)


MASTERING = Mastering(TAKE[0], SOUND[0], TAKE[1]), Mastering(TAKE[1], SOUND[1], TAKE[0])


def test_a_segment_is_named_by_its_take_its_levels_and_its_neighbour() -> None:
    heard = {"take": False, "take.key": True, "neighbour": False, "neighbour.key": True}
    assert_counts(Mastering.key, *MASTERING, heard | settings_of("segment"))


def test_a_segment_levelled_alone_is_another_one() -> None:
    alone = replace(MASTERING[0], neighbour=None)
    assert len({alone.key(), MASTERING[0].key(), replace(alone, neighbour=TAKE[0]).key()}) == 3


@dataclass(frozen=True)
class Playing:
    insert: Insert
    sound: Sound

    def key(self) -> str:
        return insert_key(self.insert, self.sound)


PLAYING = Playing(INSERT[0], SOUND[0]), Playing(INSERT[1], SOUND[1])
OF_AN_INSERT = {
    "kind": True,
    "file": False,
    "key": True,
    "start_ms": True,
    "end_ms": True,
    "asked_in": False,
    "line": False,
}


def test_an_insert_is_named_by_its_sound_its_stretch_and_its_levels() -> None:
    heard = within("insert", OF_AN_INSERT)
    assert_counts(Playing.key, *PLAYING, heard | settings_of("insert"))


@dataclass(frozen=True)
class Bedding:
    inner: Timeline
    bed: Insert
    sound: Sound

    def key(self) -> str:
        return bed_key(self.inner, self.bed, self.sound)


BEDDING = (
    Bedding(Timeline(SLOTS), INSERT[0], SOUND[0]),
    Bedding(Timeline((OTHER_SLOT,)), INSERT[1], SOUND[1]),
)


def test_a_bed_is_named_by_its_turns_and_their_places_its_tune_and_its_levels() -> None:
    heard = {
        "inner.slots": True,
        "inner.slots.start": True,
        "inner.slots.samples": True,
        "inner.slots.segment": False,
        "inner.slots.segment.key": True,
    }
    # Only music is laid under turns.
    heard |= within("bed", OF_AN_INSERT | {"kind": False})
    assert_counts(Bedding.key, *BEDDING, heard | settings_of("bed"))


@dataclass(frozen=True)
class Coding:
    slot: Slot
    frames: int
    sound: Sound
    gain_db: float

    def key(self) -> str:
        return coded_key(self.slot, self.frames, self.sound, self.gain_db)


CODING = Coding(SLOTS[0], 40, SOUND[0], 0.0), Coding(SLOTS[1], 31, SOUND[1], -7.0)


def test_an_encoded_slot_is_named_by_its_segment_its_length_and_its_coding() -> None:
    heard = {
        "slot.segment": False,
        "slot.segment.key": True,
        "slot.start": False,
        "slot.samples": True,
        "frames": True,
        "gain_db": True,
    }
    assert_counts(Coding.key, *CODING, heard | settings_of("coded"))


def test_a_programmes_slots_are_encoded_as_they_are_named(tmp_path: Path) -> None:
    file = tmp_path / "coded.mp3"
    file.write_bytes(b"")
    cache = Asked((file, SimpleNamespace(energies=(0.1,), true_peak_dbtp=-3.0)))
    write_mp3(Timeline(SLOTS), SOUND[0], io.BytesIO(), cache, 1, lambda *_: None, -7.0)
    # The last has a frame more, in which the codec's delay is heard.
    named = [coded_key(SLOTS[0], 40, SOUND[0], -7.0), coded_key(SLOTS[1], 31, SOUND[0], -7.0)]
    assert sorted(cache.keys) == sorted(named)


@pytest.mark.parametrize(
    ("room", "example"),
    [(master, MASTERING[0]), (master, PLAYING[0]), (bed, BEDDING[0]), (mp3, CODING[0])],
    ids=["segment", "insert", "bed", "coded"],
)
def test_a_new_version_of_what_makes_it_makes_it_again(
    room: object, example: Mastering | Playing | Bedding | Coding, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = example.key()
    monkeypatch.setattr(room, "VERSION", room.VERSION + 1)
    assert example.key() != before


def test_what_was_found_out_about_a_sound_is_kept_for_that_sound(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 1000)

    def kept(name: str, found: int) -> int:
        def write(path: Path) -> int:
            path.write_text(name)
            return found

        return cache.make_with(key_of(name), int, write)[1]

    assert [kept("a", 1), kept("b", 2), kept("a", 3), kept("b", 4)] == [1, 2, 1, 2]
