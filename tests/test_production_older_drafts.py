"""A draft of version 0.1.0 is published as it stands, or refused in a sentence."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import pytest
import webvtt
import xxhash

from broadcast.errors import BroadcastError
from station_at_hand import (
    DRAFT,
    DRAFTS,
    NAME,
    STATION,
    Station,
    ask_feed,
    ask_publish,
    changed,
    copy_of,
    hold_to_what_can_be_read,
    older_station,
    put,
)


@pytest.fixture(scope="session")
def older(tmp_path_factory: pytest.TempPathFactory) -> Station:
    return older_station(tmp_path_factory.mktemp("older") / "station")


@pytest.fixture(scope="module")
def published_older(tmp_path_factory: pytest.TempPathFactory) -> Station:
    """Every draft of version 0.1.0, published by this one without building again."""
    root = tmp_path_factory.mktemp("published") / "station"
    shutil.copytree(STATION, root)
    station = Station(root)
    for name in DRAFTS:
        station.done("publish", name, "--yes")
    return station


@pytest.mark.parametrize("name", DRAFTS)
def test_an_older_draft_is_published_with_its_sentences(
    published_older: Station, name: str
) -> None:
    folder = published_older.root / "episodes" / name
    captions = webvtt.read(folder / f"{name}.vtt").captions
    frozen = published_older.document(f"episodes/{name}/published/sentences.json")["sentences"]
    said = [(caption.voice, *caption.text.split()) for caption in captions]
    heard = [(one["speaker"], *one["text"].split()) for one in frozen]
    assert words_by_speaker(heard) == words_by_speaker(said)
    assert {seconds(each.start) for each in captions} >= {one["start_ms"] for one in frozen}
    assert {seconds(each.end) for each in captions} >= {one["end_ms"] for one in frozen}
    turns = {
        turn["id"]: turn
        for turn in published_older.document(f"episodes/{name}/episode.json")["turns"]
    }
    for one in frozen:
        turn = turns[one["turn"]]
        assert turn["speaker"] == one["speaker"]
        assert turn["start_ms"] <= one["start_ms"] < one["end_ms"] <= turn["end_ms"]
        assert one["synthetic"] == (turn["take"]["kind"] == "synthetic")
        assert one["timing"] == ("exact" if one["synthetic"] else "estimated")
    assert [turn["id"] for turn in turns.values()] == list(dict.fromkeys(o["turn"] for o in frozen))


@pytest.mark.parametrize("name", DRAFTS)
def test_an_older_draft_is_published_with_its_chapters(published_older: Station, name: str) -> None:
    listed = published_older.document(f"episodes/{name}/chapters.json")["chapters"]
    record = published_older.document(f"episodes/{name}/published/published.json")
    assert [(one["start_ms"], one["title"]) for one in record["chapters"]] == [
        (round(one["startTime"] * 1000), one["title"]) for one in listed
    ]
    assert record["format"] == 2
    assert published_older.document(f"episodes/{name}/episode.json").get("format", 1) == 1


def words_by_speaker(said: list[tuple[str, ...]]) -> list[tuple[str, list[str]]]:
    """Put together what a speaker says before another one does."""
    return [
        (speaker, [word for _, *words in parts for word in words])
        for speaker, parts in groupby(said, key=lambda part: part[0])
    ]


def seconds(clock: str) -> int:
    hours, minutes, rest = clock.split(":")
    return round((int(hours) * 60 + int(minutes)) * 60_000 + float(rest) * 1000)


@pytest.mark.parametrize("file", [f"{NAME}.vtt", "chapters.json", f"{NAME}.mp3", "loudness.txt"])
def test_an_older_draft_whose_files_were_changed_is_not_published(
    older: Station, tmp_path: Path, file: str
) -> None:
    station = copy_of(older, tmp_path)
    draft = station.root / "episodes" / NAME
    whole = (draft / file).read_bytes()
    for data in (whole[:-1], whole + b"\n", whole.replace(whole[20:24], b"----"), b""):
        put(draft / file, data)
        before = station.stamps()
        with pytest.raises(BroadcastError, match="not as they were built") as raised:
            ask_publish(station)
        assert str(raised.value.hint) == f"Build it again: broadcast build scripts/{NAME}.md"
        assert station.stamps() == before


@pytest.mark.parametrize(
    ("file", "data"),
    [
        (f"{NAME}.vtt", b"WEBVTT\n\n\xff"),
        ("chapters.json", b""),
        ("chapters.json", b"[]"),
        ("chapters.json", b'{"chapters": {}}'),
        ("chapters.json", b'{"chapters": [{"title": "a"}]}'),
        ("chapters.json", b'{"chapters": [{"startTime": "0", "title": "a"}]}'),
        ("chapters.json", b'{"chapters": [{"startTime": -1, "title": "a"}]}'),
        ("chapters.json", b'{"chapters": [{"startTime": 1e300, "title": "a"}]}'),
        ("chapters.json", b'{"chapters": [{"startTime": 0, "title": null}]}'),
        ("chapters.json", b'{"chapters": [], "more": ' + b"[" * 100_000),
    ],
)
def test_an_older_draft_that_was_always_wrong_is_refused_in_a_sentence(
    older: Station, tmp_path: Path, file: str, data: bytes
) -> None:
    station = copy_of(older, tmp_path)
    draft = station.root / "episodes" / NAME
    put(draft / file, data)
    digests = station.document(DRAFT)["digests"]
    changed(station, DRAFT, digests={**digests, file: xxhash.xxh3_128(data).hexdigest()})
    before = station.stamps()
    with pytest.raises(BroadcastError, match="its transcript cannot be read") as raised:
        ask_publish(station)
    assert raised.value.file == draft
    assert station.stamps() == before


def test_times_of_an_older_transcript_that_no_clock_tells_are_not_read(
    older: Station, tmp_path: Path
) -> None:
    station = copy_of(older, tmp_path)
    file = station.root / "episodes" / NAME / f"{NAME}.vtt"
    text = file.read_text("utf-8").replace("\n00:00:00.", f"\n{'9' * 5000}:00:00.", 1)
    put(file, text.encode())
    digests = station.document(DRAFT)["digests"]
    new = xxhash.xxh3_128(text.encode()).hexdigest()
    changed(station, DRAFT, digests={**digests, file.name: new})
    station.done("publish", NAME, "--yes")
    hold_to_what_can_be_read(station)


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        (lambda data: b"\xff" * len(data), "The transcript of a published episode cannot be read."),
        (lambda data: data + b"\n", "A published file was changed"),
        (lambda data: None, "A published file is missing"),
    ],
)
def test_an_older_published_transcript_that_is_damaged_is_told(
    older: Station, tmp_path: Path, damage: Callable[[bytes], bytes | None], fault: str
) -> None:
    station = copy_of(older, tmp_path)
    (file,) = (station.root / "episodes" / NAME / "published").glob("*.vtt")
    data = damage(file.read_bytes())
    file.unlink()
    if data is not None:
        file.write_bytes(data)
    with pytest.raises(BroadcastError, match=fault) as raised:
        ask_feed(station)
    assert raised.value.file == file
    # The draft is whole: to publish it again puts things right.
    station.done("publish", NAME, "--yes")
    ask_feed(station)
