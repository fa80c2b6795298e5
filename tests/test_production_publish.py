"""What listeners are given: frozen once, under one name and date, word for word as it was built."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import av
import feedparser
import lxml.html
import pytest
import srt
import webvtt

from broadcast.errors import BroadcastError, UsageError
from broadcast.metadata.captions import webvtt as written_vtt
from broadcast.model import TranscriptSentence
from broadcast.production import booth
from broadcast.production.public import publish, withdraw
from broadcast.production.public.feed import write_feed
from broadcast.production.public.publish import Outcome
from productions_by_hand import (
    FIRST,
    MORNING,
    NAME,
    SCRIPT,
    SECOND,
    Production,
    production_in,
    reasons_of,
)

LATER = MORNING + timedelta(days=3)
TOMORROW = MORNING + timedelta(days=1)
YESTERDAY = MORNING - timedelta(days=1)
LINES = ("Cầu thông xe đúng ngày lễ", "Sớm hơn dự kiến một tháng")
IN_LINES = SCRIPT.replace(FIRST, "\n\n".join(LINES))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    """A station whose first answer, two lines without full stops, is a recording."""
    with production_in(tmp_path_factory.mktemp("built")) as made:
        made.write(IN_LINES)
        made.record("02.wav", " ".join(LINES))
        made.settle()
        made.build()
        yield made


@pytest.fixture
def bridge(built: Production, tmp_path: Path) -> Production:
    return built.copied_to(tmp_path / "station")


def give(station: Production, now: Any = MORNING, at: Any = None) -> Outcome:
    return publish.publish(station.workspace, NAME, at, now, station.reporter)


def reword(station: Production) -> None:
    station.write(IN_LINES.replace("bao giờ", "lúc nào"))
    station.build()


def frozen(station: Production) -> dict[str, bytes]:
    folder = station.workspace.published(NAME)
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def site(station: Production) -> dict[str, bytes]:
    folder = station.workspace.feed
    return {str(file): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def document(station: Production, name: str = "published.json") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(frozen(station)[name])
    return found


def entries(station: Production) -> Sequence[Any]:
    parsed = feedparser.parse((station.workspace.feed / "feed.xml").read_bytes())
    assert not parsed.bozo
    found: Sequence[Any] = parsed.entries
    return found


def entry(station: Production) -> Any:
    (only,) = entries(station)
    return only


def test_the_same_draft_published_again_changes_nothing(bridge: Production) -> None:
    first = give(bridge)
    assert (first.changed, first.waits) == (True, False)
    before = frozen(bridge), site(bridge)
    again = give(bridge, LATER)
    assert (again.changed, again.episode) == (False, first.episode)
    assert (frozen(bridge), site(bridge)) == before


def test_a_draft_that_was_built_again_from_the_same_is_the_same(bridge: Production) -> None:
    give(bridge)
    before = frozen(bridge), site(bridge)
    (bridge.workspace.draft(NAME) / f"{NAME}.mp3").unlink()
    assert bridge.build(now=LATER).reasons
    assert not give(bridge, LATER).changed
    assert (frozen(bridge), site(bridge)) == before


def test_a_new_draft_comes_under_the_first_guid_and_date(bridge: Production) -> None:
    first = give(bridge).episode
    before = entry(bridge)
    reword(bridge)
    outcome = give(bridge, LATER)
    assert outcome.changed
    assert outcome.episode.guid == first.guid == f"guid-of-{NAME}"
    assert (outcome.episode.published, outcome.episode.updated) == (MORNING, LATER)
    after = entry(bridge)
    assert (after.id, after.published) == (before.id, before.published)
    assert after.enclosures[0].href != before.enclosures[0].href
    media = [file.suffix for file in bridge.workspace.published(NAME).iterdir()]
    endings = [".json"] * 3 + [".mp3", ".mp3", ".vtt", ".srt", ".html", ".txt"]
    assert sorted(media) == sorted(  # of now and before; one cover and its small copy
        [*endings, *endings, ".svg", ".svg", ".jpg", ".jpg"]
    )
    assert outcome.audio.read_bytes() == bridge.files()[f"{NAME}.mp3"]


def test_listeners_keep_their_guid_though_the_draft_is_lost_and_another_is_made(
    bridge: Production,
) -> None:
    first = give(bridge).episode
    for file in bridge.workspace.draft(NAME).glob("*.*"):
        if file.is_file():
            file.unlink()
    bridge.build(new_guid="another")
    assert bridge.episode()["guid"] == first.guid
    assert not give(bridge, LATER).changed


def test_listeners_keep_their_guid_whatever_a_draft_says(bridge: Production) -> None:
    give(bridge)
    file = bridge.workspace.draft(NAME) / "episode.json"
    file.write_text(file.read_text("utf-8").replace(f"guid-of-{NAME}", "another"), "utf-8")
    assert give(bridge, LATER).episode.guid == entry(bridge).id == f"guid-of-{NAME}"


def test_the_time_is_that_of_the_first_publish_or_the_one_that_was_asked_for(
    bridge: Production, built: Production, tmp_path: Path
) -> None:
    assert give(bridge).episode.published == MORNING
    other = built.copied_to(tmp_path / "other")
    assert give(other, at=YESTERDAY).episode.published == YESTERDAY


def test_a_time_that_has_passed_is_fixed(bridge: Production) -> None:
    give(bridge)
    before = frozen(bridge)
    for at in (YESTERDAY, LATER):
        with pytest.raises(UsageError, match=r"2025-09-06 .* that time is fixed"):
            give(bridge, LATER, at)
    assert frozen(bridge) == before
    assert not give(bridge, LATER, MORNING.astimezone(UTC)).changed


def test_until_its_time_an_episode_waits_and_may_be_given_another(bridge: Production) -> None:
    outcome = give(bridge, at=LATER)
    assert outcome.waits
    assert entries(bridge) == []
    assert not list(bridge.workspace.feed.rglob("*.mp3"))
    assert give(bridge, at=TOMORROW).episode.published == TOMORROW
    assert entries(bridge) == []
    assert write_feed(bridge.workspace, TOMORROW, bridge.reporter) == 1
    assert entry(bridge).id == f"guid-of-{NAME}"


def test_what_was_lost_of_it_is_put_back_and_nothing_else_changes(bridge: Production) -> None:
    give(bridge)
    before = frozen(bridge)
    for lost in before.keys() - {"published.json"}:
        (bridge.workspace.published(NAME) / lost).unlink()
        assert not give(bridge, LATER).changed
        assert frozen(bridge) == before


def test_a_copied_folder_is_no_second_episode(bridge: Production) -> None:
    give(bridge)
    shutil.copytree(bridge.workspace.draft(NAME), bridge.workspace.draft("ban-sao"))
    with pytest.raises(BroadcastError, match=f"the record of {NAME}") as caught:
        write_feed(bridge.workspace, LATER, bridge.reporter)
    assert caught.value.file == bridge.workspace.published("ban-sao") / "published.json"


def test_the_disclosure_goes_with_the_last_synthetic_answer_and_comes_back(
    bridge: Production,
) -> None:
    def disclosed() -> tuple[bool, bool, bool]:
        give(bridge, LATER)
        kinds = {turn["kind"] for turn in bridge.episode()["turns"]}
        feed = (bridge.workspace.feed / "feed.xml").read_text("utf-8")
        return "notice" in kinds, "tổng hợp" in entry(bridge).summary, "ai-content" in feed

    assert disclosed() == (True, True, True)
    bridge.record("04.wav", SECOND)
    bridge.build()
    assert disclosed() == (False, False, False)
    read = bridge.read()
    bridge.build(inputs=booth.go_back(read, booth.turn_named(read, "4"), bridge.reporter))
    assert disclosed() == (True, True, True)
    told = document(bridge)
    assert told["description"].endswith("\n\n" + told["disclosure"])


def test_a_withdrawn_episode_is_in_no_feed_and_comes_back_as_it_was(bridge: Production) -> None:
    give(bridge)
    before = entry(bridge)
    assert withdraw.withdraw(bridge.workspace, NAME, TOMORROW, bridge.reporter)
    assert entries(bridge) == []
    assert not withdraw.withdraw(bridge.workspace, NAME, LATER, bridge.reporter)
    assert give(bridge, LATER).changed
    assert (entry(bridge).id, entry(bridge).published) == (before.id, before.published)


@pytest.mark.parametrize("file", [f"{NAME}.mp3", f"{NAME}.vtt", f"{NAME}.srt", "chapters.json"])
def test_a_draft_that_is_not_as_it_was_built_is_not_published(
    bridge: Production, file: str
) -> None:
    (bridge.workspace.draft(NAME) / file).write_bytes(b"not as it was")
    with pytest.raises(BroadcastError, match="not as they were built"):
        give(bridge)
    assert not bridge.workspace.published(NAME).exists()
    assert site(bridge) == {}


def test_without_a_draft_there_is_nothing_to_publish(bridge: Production) -> None:
    with pytest.raises(UsageError, match="There is no draft of 'cau-cu'"):
        publish.publish(bridge.workspace, "cau-cu", None, MORNING, bridge.reporter)
    with pytest.raises(UsageError, match="never published"):
        withdraw.withdraw(bridge.workspace, NAME, MORNING, bridge.reporter)


def test_the_sentences_are_frozen_as_the_draft_has_them(bridge: Production) -> None:
    give(bridge)
    sentences = document(bridge, "sentences.json")["sentences"]
    assert sentences == bridge.episode()["sentences"]
    turns = {turn["id"]: turn for turn in bridge.episode()["turns"]}
    assert {one["turn"] for one in sentences} == turns.keys()
    for turn_id, inside in groupby(sentences, lambda one: one["turn"]):
        said, turn = list(inside), turns[turn_id]
        assert " ".join(one["text"] for one in said) == " ".join(turn["text"].split())
        assert (said[0]["start_ms"], said[-1]["end_ms"]) == (turn["start_ms"], turn["end_ms"])
        recorded = turn["take"]["kind"] == "recorded"
        assert {one["timing"] for one in said} == {"estimated" if recorded else "exact"}
        assert {one["synthetic"] for one in said} == {not recorded}


def test_they_stay_as_they_were_while_the_draft_goes_on(bridge: Production) -> None:
    give(bridge)
    before = frozen(bridge), site(bridge)
    reword(bridge)
    write_feed(bridge.workspace, LATER, bridge.reporter)
    assert (frozen(bridge), site(bridge)) == before


def test_the_captions_say_the_frozen_sentences(bridge: Production) -> None:
    give(bridge)
    (captions,) = bridge.workspace.published(NAME).glob("*.vtt")
    sentences = [
        TranscriptSentence(**one) for one in document(bridge, "sentences.json")["sentences"]
    ]
    assert captions.read_text("utf-8") == written_vtt(sentences, "vi")
    read = webvtt.read(str(captions)).captions
    assert [(cue.voice, cue.text) for cue in read] == [(one.speaker, one.text) for one in sentences]


def test_every_form_of_the_transcript_says_the_frozen_sentences(bridge: Production) -> None:
    give(bridge)
    said = [one["text"] for one in document(bridge, "sentences.json")["sentences"]]
    folder = bridge.workspace.published(NAME)
    (file,) = folder.glob("*.transcript.json")
    assert [one["body"] for one in json.loads(file.read_bytes())["segments"]] == said
    (file,) = folder.glob("*.srt")
    subtitles = " ".join(one.content for one in srt.parse(file.read_text("utf-8")))
    (file,) = folder.glob("*.transcript.txt")
    read = file.read_text("utf-8")
    (file,) = folder.glob("*.transcript.html")
    page = lxml.html.parse(str(file)).getroot()
    shown = " ".join(one.text_content() for one in page.iterfind(".//p"))
    assert shown.split() == " ".join(said).split()
    for each in (subtitles, read):
        assert all(" ".join(one.split()) in " ".join(each.split()) for one in said)


def test_id3_psc_and_json_have_the_same_chapters(bridge: Production) -> None:
    outcome = give(bridge)
    folder = bridge.workspace.published(NAME)
    by_feed = [
        (one["start_parsed"].total_seconds() * 1000, one["title"])
        for one in entry(bridge).psc_chapters["chapters"]
    ]
    kept = outcome.episode.files["chapters"].name
    by_json = [
        (round(one["startTime"] * 1000), one["title"])
        for one in json.loads((folder / kept).read_bytes())["chapters"]
    ]
    with av.open(str(outcome.audio)) as container:
        by_tags = [(one["start"], one["metadata"]["title"]) for one in container.chapters()]
    assert len(by_feed) > 1
    assert by_feed == by_json == by_tags
    record = [(one["start_ms"], one["title"]) for one in document(bridge)["chapters"]]
    assert by_feed == record


def test_two_lines_of_an_answer_without_full_stops_are_two_sentences_everywhere(
    bridge: Production,
) -> None:
    assert bridge.turn(2)["take"]["kind"] == "recorded"
    give(bridge)
    answer = bridge.turn(2)
    sentences = document(bridge, "sentences.json")["sentences"]
    assert [one["text"] for one in sentences if one["turn"] == answer["id"]] == [*LINES]
    page = lxml.html.parse(str(bridge.workspace.feed / "episodes" / f"{NAME}.html"))
    (shown,) = page.xpath(f'//div[.//h3="{answer["speaker"]}" and @class="turn"]')
    lines = shown.find_class("line")
    assert [line.text_content() for line in lines] == [*LINES]
    starts_ms = [round(float(line.get("data-start")) * 1_000) for line in lines]
    assert starts_ms == [one["start_ms"] for one in sentences if one["text"] in LINES]
    assert answer["start_ms"] == starts_ms[0] < starts_ms[1] < answer["end_ms"]


def test_what_is_captioned_of_a_stale_answer_are_the_lines_that_are_heard(
    bridge: Production,
) -> None:
    bridge.write(IN_LINES.replace("một tháng", "hai tháng"))
    bridge.build()
    give(bridge)
    answer = bridge.turn(2)
    assert answer["take"]["stale"]
    assert "hai tháng" in answer["text"]
    sentences = document(bridge, "sentences.json")["sentences"]
    assert [one["text"] for one in sentences if one["turn"] == answer["id"]] == [*LINES]


def test_the_page_marks_what_a_synthetic_voice_says(bridge: Production) -> None:
    give(bridge)
    page = lxml.html.parse(str(bridge.workspace.feed / "episodes" / f"{NAME}.html"))
    said = {
        line.text_content(): "synthetic" in turn.get("class").split()
        for turn in page.xpath('//div[contains(@class, "turn")]')
        for line in turn.find_class("line")
    }
    assert said[SECOND] is True
    assert said[LINES[0]] is said[LINES[1]] is False
    assert document(bridge)["synthetic"] is True


def test_a_draft_of_before_is_published_with_the_one_transcript_that_it_has(
    bridge: Production,
) -> None:
    folder = bridge.workspace.draft(NAME)
    record = json.loads((folder / "episode.json").read_bytes())
    record["format"] = 2
    for kind in [kind for kind in record["files"] if kind.startswith("transcript_")]:
        file = record["files"].pop(kind)
        del record["digests"][file]
        (folder / file).unlink()
    (folder / "episode.json").write_text(json.dumps(record), "utf-8")
    given = set(give(bridge).episode.files)
    assert given == {"audio", "transcript", "chapters", "timeline", "cover", "cover_small", "small"}
    built = bridge.build(now=LATER)
    assert reasons_of(built) == ("a new version of broadcast",)
    assert "transcript_srt" in give(bridge, LATER).episode.files
