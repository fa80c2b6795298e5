"""published.json keeps what listeners were given; a hand that edits it wrongly is told where."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from broadcast.errors import BroadcastError
from broadcast.feed.published import (
    FILE_TYPES,
    FORMAT,
    FileType,
    PublishedEpisode,
    PublishedFile,
    PublishedPerson,
    file_type,
    media_name,
    read_published,
)
from broadcast.model import ChapterMark
from broadcast.records import record_bytes
from feeds_by_hand import Shelf, withdrawn


def read(text: str, folder: Path) -> PublishedEpisode:
    (folder / "published.json").write_text(text, encoding="utf-8")
    episode = read_published(folder)
    assert episode is not None
    return episode


def written(episode: PublishedEpisode) -> str:
    return record_bytes(episode).decode()


words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)
plain = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=40)
counts = st.integers(0, 10**12)
times = st.datetimes(
    datetime(1990, 1, 1),
    datetime(2100, 1, 1),
    timezones=st.integers(-14, 14).map(lambda hours: timezone(timedelta(hours=hours))),
).map(lambda time: time.replace(microsecond=0))
types = st.sampled_from(get_args(FileType))
files = st.builds(PublishedFile, name=plain, length=counts, type=types)
episodes = st.builds(
    PublishedEpisode,
    format=st.just(FORMAT),
    name=plain,
    title=words,
    description=st.text(st.characters(exclude_categories=["Cs"])),
    guid=plain,
    published=times,
    updated=times,
    state=st.sampled_from(["published", "withdrawn"]),
    duration_ms=counts,
    language=plain,
    synthetic=st.booleans(),
    files=st.fixed_dictionaries(
        {"audio": files}, optional={"transcript": files, "chapters": files}
    ),
    feed_guid=plain,
    season=st.none() | counts,
    episode=st.none() | counts,
    people=st.lists(
        st.builds(
            PublishedPerson, name=words, role=st.sampled_from(["presenter", "reporter", "official"])
        ),
        max_size=3,
    ).map(tuple),
    chapters=st.lists(st.builds(ChapterMark, start_ms=counts, title=words), max_size=3).map(tuple),
    disclosure=st.text(st.characters(exclude_categories=["Cs"])),
)


@given(episodes)
def test_what_is_written_is_read_back_and_written_alike(
    tmp_path_factory: pytest.TempPathFactory, episode: PublishedEpisode
) -> None:
    folder = tmp_path_factory.mktemp("published")
    text = written(episode)
    assert read(text, folder) == episode
    assert written(read(text, folder)) == text


@pytest.fixture
def document(tmp_path: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(written(Shelf(tmp_path).episode()))
    return read


def test_the_file_is_for_people_too(tmp_path: Path) -> None:
    text = written(withdrawn(Shelf(tmp_path).episode()))
    assert '"title": "Năm mới ở Mũi Sò",\n' in text
    assert '"state": "withdrawn",\n' in text
    assert '"published": "2026-02-05T07:00:00+07:00",\n' in text
    assert '"updated": "2026-02-06T07:00:00+07:00",\n' in text
    assert text.endswith("}\n")


def test_an_episode_without_transcript_or_chapters_can_be_read(
    document: dict[str, Any], tmp_path: Path
) -> None:
    document["files"] = {"audio": document["files"]["audio"]}
    assert set(read(json.dumps(document), tmp_path).files) == {"audio"}


def test_a_record_may_say_nothing_of_its_disclosure(
    document: dict[str, Any], tmp_path: Path
) -> None:
    document["disclosure"] = "Giọng đọc tổng hợp."
    document["description"] = "Về biển.\n\nGiọng đọc tổng hợp."
    assert read(json.dumps(document), tmp_path).about == "Về biển."
    del document["disclosure"]
    bare = read(json.dumps(document), tmp_path)
    assert (bare.disclosure, bare.about) == ("", document["description"])


def set_to(*path: str | int, value: object) -> Callable[[dict[str, Any]], None]:
    def change(document: Any) -> None:
        for key in path[:-1]:
            document = document[key]
        document[path[-1]] = value

    return change


def without(*path: str | int) -> Callable[[dict[str, Any]], None]:
    def change(document: Any) -> None:
        for key in path[:-1]:
            document = document[key]
        del document[path[-1]]

    return change


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (without("title"), "“title” is missing"),
        (without("files", "audio"), "“files” has no audio"),
        (without("files", "audio", "bytes"), "“bytes” is missing"),
        (without("chapters", 1, "title"), "In chapters[1], “title” is missing"),
        (set_to("title", value="  "), "“title” is empty"),
        (set_to("title", value=None), "“title” is not text in quotation marks"),
        (set_to("name", value="../../etc"), "“name” is not the name of a file"),
        (set_to("name", value=".hidden"), "“name” is not the name of a file"),
        (set_to("guid", value="a\u0007b"), "“guid” is empty or has control characters"),
        (set_to("language", value="v\ni"), "“language” is empty or has control"),
        (set_to("published", value="2026-02-05"), "“published” is not a date and time with"),
        (set_to("published", value="2026-02-05T07:00:00"), "“published” is not a date and time"),
        (set_to("published", value="hôm qua"), "“published” is not a date and time"),
        (set_to("updated", value=1_770_000_000), "“updated” is not a date and time"),
        (set_to("state", value="draft"), "“state” cannot be 'draft'"),
        (set_to("state", value=["published"]), "“state” is not text"),
        (set_to("duration_ms", value=-1), "“duration_ms” is not a whole number from 0 up"),
        (set_to("duration_ms", value=1.5), "“duration_ms” is not a whole number"),
        (set_to("duration_ms", value=True), "“duration_ms” is not a whole number"),
        (set_to("season", value="2"), "“season” is not a whole number or null"),
        (set_to("synthetic", value="no"), "“synthetic” is not true or false"),
        (set_to("people", value={}), "“people” is not a list"),
        (set_to("people", value=["An Nhiên"]), "In people, “[0]” is not a group of fields"),
        (set_to("people", 0, "role", value="minister"), "In people[0], “role” cannot be"),
        (set_to("people", 0, "role", value=[]), "In people[0], “role” is not text"),
        (set_to("people", 0, "nick", value="An"), "In people[0], “nick” is not known"),
        (set_to("chapters", 0, "start_ms", value="0"), "In chapters[0], “start_ms” is not a whole"),
        (set_to("files", value=[]), "“files” is not a group of fields"),
        (set_to("files", "audio", value=None), "is not a group of fields"),
        (set_to("files", "audio", "file", value="../a.mp3"), "“file” is not the name of a file"),
        (set_to("files", "audio", "file", value="a\\b.mp3"), "“file” is not the name of a file"),
        (set_to("files", "audio", "file", value="C:a.mp3"), "“file” is not the name of a file"),
        (set_to("files", "audio", "file", value="a\n.mp3"), "“file” is not the name of a file"),
        (set_to("files", "chapters", "bytes", value=None), "“bytes” is not a whole number"),
        (set_to("format", value=99), "newer version of broadcast"),
        (set_to("format", value=0), "“format” cannot be 0"),
    ],
)
def test_a_wrong_value_is_named_with_its_place(
    document: dict[str, Any], change: Callable[[dict[str, Any]], None], told: str, tmp_path: Path
) -> None:
    change(document)
    with pytest.raises(BroadcastError) as raised:
        read(json.dumps(document), tmp_path)
    assert told in str(raised.value.message)
    assert raised.value.file == tmp_path / "published.json"
    assert raised.value.hint


def test_broken_json_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(BroadcastError, match="not JSON") as raised:
        read('{\n "name": "nam-moi"\n "title": ""}', tmp_path)
    assert raised.value.line == 3


@pytest.mark.parametrize("text", ["", "[]", "null", '"nam-moi"', "[" * 100_000])
def test_what_is_no_record_at_all_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(BroadcastError) as raised:
        read(text, tmp_path)
    assert raised.value.file == tmp_path / "published.json"


def test_a_media_name_changes_with_the_content() -> None:
    assert media_name("nam-moi", "0123456789abcdef" * 4, ".mp3") == "nam-moi-0123456789ab.mp3"


def test_every_kind_of_file_has_the_type_that_programs_expect() -> None:
    assert FILE_TYPES == {
        "audio": "audio/mpeg",
        "transcript": "text/vtt",
        "transcript_srt": "application/x-subrip",
        "transcript_json": "application/json",
        "transcript_html": "text/html",
        "transcript_text": "text/plain",
        "chapters": "application/json+chapters",
        "cover": "image/jpeg",
        "timeline": "image/svg+xml",
        "cover_small": "image/jpeg",
        "small": "audio/mpeg",
    }
    assert file_type("cover", "bia.png") == "image/png"


def test_times_keep_the_zone_they_were_given_in(tmp_path: Path) -> None:
    here = Shelf(tmp_path).episode()
    there = replace(here, published=here.published.astimezone(UTC))
    assert '"published": "2026-02-05T00:00:00Z"' in written(there)
