"""Records that would lead commands astray are refused; what is only odd is worked with."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from broadcast.errors import BroadcastError, UsageError
from broadcast.production.desk.status import status
from broadcast.recordings.takes_file import read_takes
from damaged_records import Damage, damages, first_and_last
from station_at_hand import (
    DRAFT,
    NAME,
    NOW,
    OTHER,
    PUBLISHED,
    SENTENCES,
    SITE,
    TAKES,
    Station,
    ask_build,
    ask_feed,
    ask_publish,
    ask_status,
    ask_swap,
    ask_takes,
    ask_withdraw,
    changed,
    copy_of,
    hold_to_what_can_be_read,
    made_station,
    put,
    told,
)

DRAFT_READERS = (ask_status, ask_publish, ask_build)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Station:
    return made_station(tmp_path_factory)


@pytest.fixture
def station(made: Station, tmp_path: Path) -> Station:
    return copy_of(made, tmp_path)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"digests__../../station.toml": "0a"}, "In digests, “../../station.toml” is not the name"),
        ({"digests__/etc/passwd": "0a"}, "In digests, “/etc/passwd” is not the name of a file"),
        ({"digests__..\\..\\x": "0a"}, "In digests, “..\\..\\x” is not the name of a file"),
        ({"digests__C:x.mp3": "0a"}, "In digests, “C:x.mp3” is not the name of a file"),
        ({"digests__.incoming": "0a"}, "In digests, “.incoming” is not the name of a file"),
        ({"digests__published": "0a"}, "“digests” speaks of published, which “files” has not"),
        ({"digests__episode.json": "0a"}, "“digests” speaks of episode.json, which “files” has"),
        ({"digests__lop-boi.mp3": "x"}, "In digests, “lop-boi.mp3” is not a digest"),
        ({"digests": {}}, "“digests” says nothing of lop-boi.mp3, which “files” has as its audio"),
        ({"files": {}}, "In files, “audio” is missing"),
        ({"files__audio": "lop-boi.vtt"}, "In files, “audio” does not end in .mp3"),
        ({"files__transcript": "lop-boi.mp3"}, "In files, “transcript” does not end in .vtt"),
        ({"files__report": "lop-boi.mp3"}, "In files, “report” is the same file as “audio”"),
        ({"files__air": "published"}, "“digests” says nothing of published, which “files” has as"),
        ({"name": OTHER}, f"“name” is {OTHER}, but the folder is that of {NAME}"),
        ({"title": ""}, "“title” is empty"),
        ({"people__0__person": " "}, "In people[0], “person” has nothing but blanks in it"),
        ({"duration_ms": 10**16}, "“duration_ms” is far too large a number"),
        ({"date": "0000-01-01"}, "“date” is not a date such as"),
        ({"date": "10000-01-01"}, "“date” is not a date such as"),
        ({"season": -1}, "“season” is not a whole number from 0 up"),
        ({"turns__0__kind": "song"}, "In turns[0], “kind” cannot be 'song'"),
        ({"turns__0__start_ms": -1}, "In turns[0], “start_ms” is not a whole number from 0 up"),
        ({"sentences__0__timing": "guessed"}, "In sentences[0], “timing” cannot be 'guessed'"),
        ({"language": "v\uffffi"}, "“language” is empty or has control characters"),
    ],
)
def test_a_draft_that_would_lead_astray_is_refused(
    station: Station, changes: dict[str, object], fault: str
) -> None:
    data = changed(station, DRAFT, **changes)
    before = station.stamps()
    for ask in DRAFT_READERS:
        assert fault in told(ask, station)
    assert station.stamps() == before
    assert (station.root / DRAFT).read_bytes() == data


def test_a_loudness_that_is_no_number_is_refused(station: Station) -> None:
    file = station.root / DRAFT
    data = file.read_bytes()
    put(file, re.sub(rb'"integrated_lufs": [-0-9.]+', b'"integrated_lufs": NaN', data))
    for ask in DRAFT_READERS:
        assert "NaN does not belong there" in told(ask, station)


@pytest.mark.parametrize("gone", ["sentences", "chapters"])
def test_sentences_and_chapters_are_missed_from_their_format_on(
    station: Station, gone: str
) -> None:
    document = station.document(DRAFT)
    del document[gone]
    put(station.root / DRAFT, json.dumps(document).encode())
    for ask in DRAFT_READERS:
        assert told(ask, station) == f"In this file, “{gone}” is missing."


@pytest.mark.parametrize(
    "changes",
    [
        {"date": "0001-01-01"},
        {"date": "9999-12-31"},
        {"made_from__parts": []},
        {"duration_ms": (1 << 53) - 1},
        {"sentences": []},
        {"people": []},
        {"loudness": {}},
        {"loudness__podcast__integrated_lufs": 1e308},
        {"sentences__0__turn": "unknown"},
        {"sentences__0__end_ms": 10**15},  # over all others
        {"sentences__3__start_ms": 0, "sentences__3__end_ms": 1},  # before those that come first
        {"sentences__0__end_ms": 0, "sentences__0__start_ms": 9},
        {"chapters__0__start_ms": 10**15},
        {"turns__0__id": "", "turns__1__id": ""},
        {"engine": "nobody's"},
        {"script": "../../elsewhere.txt"},
        {"title": "\x1b[2J\r\nhai dòng", "description": "\0"},
    ],
)
def test_a_draft_that_is_odd_is_shown_published_and_built_all_the_same(
    station: Station, changes: dict[str, object]
) -> None:
    changed(station, DRAFT, **changes)
    station.done("status")
    station.done("publish", NAME, "--yes", "--force")
    hold_to_what_can_be_read(station)
    station.done("build", NAME)


def test_a_folder_in_the_place_of_a_draft_file_is_kept_aside(station: Station) -> None:
    audio = station.root / "episodes" / NAME / f"{NAME}.mp3"
    whole = audio.read_bytes()
    audio.unlink()
    audio.mkdir()
    (audio / "mine.txt").write_text("Ghi chú.", "utf-8")
    assert "not as they were built" in told(ask_publish, station)
    station.done("build", NAME)
    assert audio.read_bytes() == whole
    assert (audio.with_name(f"{NAME} (changed 1).mp3") / "mine.txt").is_file()


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"name": OTHER}, f"This is the record of {OTHER}, in the folder of {NAME}"),
        ({"published": "0001-01-01T00:00:00+14:00"}, "“published” is in the year 1"),
        ({"published": "9999-12-31T23:59:59-12:00"}, "“published” is in the year 9999"),
        ({"updated": "1900-01-01T00:00:00Z"}, "“updated” is in the year 1900"),
        ({"duration_ms": 10**400}, "“duration_ms” is far too large a number"),
        ({"chapters__0__start_ms": 10**400}, "In chapters[0], “start_ms” is far too large"),
        ({"guid": "a\uffffb"}, "“guid” is empty or has control characters"),
        ({"files__audio__type": "audio/x"}, "In files.audio, “type” cannot be 'audio/x'"),
        ({"files__audio__file": "../lop-boi.mp3"}, "In files.audio, “file” is not the name of a"),
        ({"files__audio__file": "x" * 300}, "In files.audio, “file” is not the name of a file"),
        ({"files__video": {"file": "a", "bytes": 1, "type": "a"}}, "“video” is not known"),
        ({"files": {}}, "“files” has no audio"),
    ],
)
def test_a_published_record_that_no_command_could_work_with_is_refused(
    station: Station, changes: dict[str, object], fault: str
) -> None:
    data = changed(station, PUBLISHED, **changes)
    before = station.stamps()
    asked = [lambda station: status(station.workspace, NOW), *(ask_feed, ask_publish, ask_withdraw)]
    for ask in asked:
        assert fault in told(ask, station)
    assert station.stamps() == before
    assert (station.root / PUBLISHED).read_bytes() == data


@pytest.mark.parametrize("file", ["published.json", "sentences.json", f"{NAME}.mp3", "nowhere"])
def test_a_published_file_that_is_another_one_is_not_given_to_listeners(
    station: Station, file: str
) -> None:
    feed = station.root / "feed" / "feed.xml"
    before = feed.read_bytes()
    changed(station, PUBLISHED, files__audio__file=file)
    assert told(ask_feed, station).startswith("A published file ")
    assert feed.read_bytes() == before


@pytest.mark.parametrize("time", ["0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00", "1900-06-01"])
def test_nothing_is_published_at_a_time_that_could_not_be_read_again(
    station: Station, time: str
) -> None:
    before = station.stamps()
    done = station.run("publish", OTHER, "--at", time)
    assert isinstance(done.exception, UsageError)
    assert f"'{time}' is not a time" in str(done.exception.message)
    assert station.stamps() == before


def test_damaged_sentences_are_frozen_anew_as_the_hint_says(station: Station) -> None:
    file = station.root / SENTENCES
    whole = file.read_bytes()
    put(file, whole[:100])
    with pytest.raises(BroadcastError, match="ends too early") as raised:
        ask_publish(station)
    assert str(raised.value.hint) == f"Remove this file if it is there, and publish {NAME} again."
    file.unlink()
    station.done("publish", NAME)
    assert file.read_bytes() == whole


@pytest.mark.parametrize("name", ["02 10:30.ogg", "02 a\\b.ogg", '02 "x".ogg'])
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_recording_of_any_name_is_used_and_known_again(station: Station, name: str) -> None:
    station.recording("02 co-khue.ogg").rename(station.recording(name))
    station.done("takes", NAME)
    assert name in read_takes(station.workspace.recordings(NAME)).files()
    station.done("takes", NAME, "--use", "2", "1")
    station.done("build", NAME)
    heard = {turn["n"]: turn["take"]["file"] for turn in station.document(DRAFT)["turns"]}
    assert heard[2] == name


def test_a_file_of_takes_without_takes_is_damaged(station: Station) -> None:
    put(station.root / TAKES, b"{}")
    for ask in (ask_takes, ask_swap, ask_build):
        assert told(ask, station) == "In this file, “takes” is missing."
    assert (station.root / TAKES).read_bytes() == b"{}"


def test_the_feed_is_written_whatever_its_own_record_says(station: Station) -> None:
    file = station.root / SITE
    feed = {
        path: data for path, data in station.files().items() if path.parts[-2:] != file.parts[-2:]
    }
    whole = file.read_bytes()
    outside = [
        "../station.toml", f"../{DRAFT}", str(station.root / "station.toml"), "../../x", "..",
        "", ".", "media", "a\\..\\..\\station.toml", "C:station.toml", "x" * 300, "a\0b", "đ" * 200,
    ]  # fmt: skip
    named = json.loads(whole)["files"]
    puts = [
        *(each.data for each in damages(first_and_last(json.loads(whole))) if not is_newer(each)),
        *(whole[:end] for end in range(0, len(whole), 307)),
        json.dumps({"files": [*named, *outside]}).encode(),
        json.dumps({"files": outside, "format": 1}).encode(),
    ]
    for data in puts:
        put(file, data)
        ask_feed(station)
        assert json.loads(file.read_bytes())["files"].keys() == named.keys()
    assert {path: path.read_bytes() for path in feed} == feed


def is_newer(damage: Damage) -> bool:
    return damage.field == "format" and damage.what in {"newer", "huge"}


def test_a_newer_programs_record_of_the_feed_is_not_taken_for_a_damaged_one(
    station: Station,
) -> None:
    writing = (ask_feed, ask_publish, ask_withdraw)
    for record, asked in {SITE: (*writing, ask_status), "feed/.broadcast.json": writing}.items():
        file = station.root / record
        before = file.read_bytes() if file.exists() else None
        put(file, b'{"format": 3, "put": {"media/a.mp3": 1}}')
        stood = station.stamps()
        for ask in asked:
            assert "written by a newer version of broadcast" in told(ask, station)
        assert station.stamps() == stood
        file.unlink() if before is None else put(file, before)


def test_what_the_feeds_record_names_is_removed_when_it_is_no_longer_needed(
    station: Station,
) -> None:
    named = station.document(SITE)["files"]
    for path in ("media/old.mp3", "media/mine.mp3"):
        (station.root / "feed" / path).write_bytes(b"-")
    put(station.root / SITE, json.dumps({"files": [*named, "media/old.mp3"]}).encode())
    ask_feed(station)
    assert not (station.root / "feed/media/old.mp3").exists()
    assert (station.root / "feed/media/mine.mp3").exists()
