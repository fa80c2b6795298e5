"""published.json keeps what listeners were given; a hand that edits it wrongly is told where."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.errors import BroadcastError
from broadcast.feed.published import (
    FILE_TYPES,
    PublishedChapter,
    PublishedEpisode,
    PublishedFile,
    media_name,
)
from broadcast.model import Speaker
from feeds_by_hand import Shelf, withdrawn

FILE = Path("episodes/nam-moi/published/published.json")

words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)
plain = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=40)
counts = st.integers(0, 10**12)
times = st.datetimes(
    datetime(1990, 1, 1),
    datetime(2100, 1, 1),
    timezones=st.integers(-14, 14).map(lambda hours: timezone(timedelta(hours=hours))),
).map(lambda time: time.replace(microsecond=0))
files = st.builds(PublishedFile, name=plain, length=counts, type=words)
episodes = st.builds(
    PublishedEpisode,
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
        st.builds(Speaker, name=words, role=st.sampled_from(["presenter", "reporter", "official"])),
        max_size=3,
    ).map(tuple),
    chapters=st.lists(st.builds(PublishedChapter, start_ms=counts, title=words), max_size=3).map(
        tuple
    ),
    disclosure=st.text(st.characters(exclude_categories=["Cs"])),
)


@given(episodes)
def test_what_is_written_is_read_back_and_written_alike(episode: PublishedEpisode) -> None:
    text = episode.to_json()
    assert PublishedEpisode.from_json(text, FILE) == episode
    assert PublishedEpisode.from_json(text, FILE).to_json() == text


@pytest.fixture
def document(tmp_path: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(Shelf(tmp_path).episode().to_json())
    return read


def test_the_file_is_for_people_too(tmp_path: Path) -> None:
    text = withdrawn(Shelf(tmp_path).episode()).to_json()
    assert '"title": "Năm mới ở Mũi Sò",\n' in text
    assert '"state": "withdrawn",\n' in text
    assert '"published": "2026-02-05T07:00:00+07:00",\n' in text
    assert '"updated": "2026-02-06T07:00:00+07:00",\n' in text
    assert text.endswith("}\n")


def test_an_episode_without_transcript_or_chapters_can_be_read(document: dict[str, Any]) -> None:
    del document["files"]["transcript"], document["files"]["chapters"]
    assert set(PublishedEpisode.from_json(json.dumps(document), FILE).files) == {"audio"}


def test_a_record_may_say_nothing_of_its_disclosure(document: dict[str, Any]) -> None:
    document["disclosure"] = "Giọng đọc tổng hợp."
    document["description"] = "Về biển.\n\nGiọng đọc tổng hợp."
    assert PublishedEpisode.from_json(json.dumps(document), FILE).about == "Về biển."
    del document["disclosure"]
    bare = PublishedEpisode.from_json(json.dumps(document), FILE)
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
        (without("title"), "title is missing"),
        (without("files", "audio"), "files.audio is missing"),
        (without("files", "audio", "bytes"), "files.audio.bytes is missing"),
        (without("chapters", 1, "title"), "chapters[1].title is missing"),
        (set_to("title", value="  "), "title must be a text"),
        (set_to("title", value=None), "title must be a text"),
        (set_to("name", value="../../etc"), "name must be a plain file name"),
        (set_to("name", value=".hidden"), "name must be a plain file name"),
        (set_to("guid", value="a\u0007b"), "guid must be a text without control characters"),
        (set_to("guid", value="\ud800"), "guid must be a text without control characters"),
        (set_to("language", value="v\ni"), "language must be a text without control characters"),
        (set_to("published", value="2026-02-05"), "published must be a date and time with"),
        (set_to("published", value="2026-02-05T07:00:00"), "published must be a date and time"),
        (set_to("published", value="hôm qua"), "published must be a date and time"),
        (set_to("updated", value=1_770_000_000), "updated must be a date and time"),
        (set_to("state", value="draft"), 'state must be "published" or "withdrawn"'),
        (set_to("state", value=["published"]), 'state must be "published" or "withdrawn"'),
        (set_to("duration_ms", value=-1), "duration_ms must be a number of milliseconds"),
        (set_to("duration_ms", value=1.5), "duration_ms must be a number of milliseconds"),
        (set_to("duration_ms", value=True), "duration_ms must be a number of milliseconds"),
        (set_to("season", value="2"), "season must be a number or null"),
        (set_to("synthetic", value="no"), "synthetic must be true or false"),
        (set_to("people", value={}), "people must be a list"),
        (set_to("people", value=["An Nhiên"]), "people[0].name is missing"),
        (set_to("people", 0, "role", value="minister"), "people[0].role must be a role"),
        (set_to("people", 0, "role", value=[]), "people[0].role must be a role"),
        (set_to("chapters", 0, "start_ms", value="0"), "chapters[0].start_ms must be a number"),
        (set_to("files", value=[]), "files must be an object"),
        (set_to("files", "audio", value=None), "files.audio must be an object"),
        (set_to("files", "audio", "file", value="../a.mp3"), "files.audio.file must be a plain"),
        (set_to("files", "audio", "file", value="a\\b.mp3"), "files.audio.file must be a plain"),
        (set_to("files", "audio", "file", value="C:a.mp3"), "files.audio.file must be a plain"),
        (set_to("files", "audio", "file", value="a\n.mp3"), "files.audio.file must be a plain"),
        (set_to("files", "chapters", "bytes", value=None), "files.chapters.bytes must be a number"),
    ],
)
def test_a_wrong_value_is_named_with_its_place(
    document: dict[str, Any], change: Callable[[dict[str, Any]], None], told: str
) -> None:
    change(document)
    with pytest.raises(BroadcastError) as raised:
        PublishedEpisode.from_json(json.dumps(document), FILE)
    assert told in raised.value.message
    assert raised.value.file == FILE
    assert raised.value.hint


def test_broken_json_is_named_with_its_line() -> None:
    with pytest.raises(BroadcastError, match="not JSON") as raised:
        PublishedEpisode.from_json('{\n "name": "nam-moi"\n "title": ""}', FILE)
    assert raised.value.line == 3


@pytest.mark.parametrize("text", ["", "[]", "null", '"nam-moi"', "[" * 100_000])
def test_what_is_no_record_at_all_is_refused(text: str) -> None:
    with pytest.raises(BroadcastError, match="cannot be used"):
        PublishedEpisode.from_json(text, FILE)


def test_a_media_name_changes_with_the_content() -> None:
    assert media_name("nam-moi", "0123456789abcdef" * 4, ".mp3") == "nam-moi-0123456789ab.mp3"


def test_every_kind_of_file_has_the_type_that_programs_expect() -> None:
    assert FILE_TYPES == {
        "audio": "audio/mpeg",
        "transcript": "text/vtt",
        "chapters": "application/json+chapters",
    }


def test_times_keep_the_zone_they_were_given_in(tmp_path: Path) -> None:
    here = Shelf(tmp_path).episode()
    there = replace(here, published=here.published.astimezone(UTC))
    assert '"published": "2026-02-05T00:00:00+00:00"' in there.to_json()
