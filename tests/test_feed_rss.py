"""The feed is read by programs that did not write it: feedparser, gPodder's parser and lxml."""

from __future__ import annotations

import html
import io
import random
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import feedparser
import podcastparser
import pytest
from lxml import etree
from msgspec.structs import replace as changed

from broadcast.errors import BroadcastError
from broadcast.feed.categories import CATEGORIES, category_path
from broadcast.feed.published import PublishedPerson, feed_guid
from broadcast.model import ChapterMark
from feeds_by_hand import FEED_GUID, MORNING, Shelf, feed_xml, withdrawn
from timelines_by_hand import GUEST, PRESENTER, REPORTER, SHOW

NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "psc": "http://podlove.org/simple-chapters",
    "content": "http://purl.org/rss/1.0/modules/content/",
}
BASE = "http://127.0.0.1:8000/"
NASTY = "Cá & <Tôm> ]]> 🐟 \x00\x0b\x1f\ud800\ufffe “ngon” 'rẻ'"
NASTY_READ = "Cá & <Tôm> ]]> 🐟  “ngon” 'rẻ'"


def channel_of(xml: bytes) -> Any:
    channel = etree.fromstring(xml).find("channel")
    assert channel is not None
    return channel


def texts(parent: Any, path: str) -> list[str]:
    return [each.text for each in parent.iterfind(path, NAMESPACES)]


def test_the_channel_has_all_that_directories_ask_for(shelf: Shelf) -> None:
    root = etree.fromstring(feed_xml(SHOW, [shelf.episode()], MORNING, "assets/cover-1.png"))
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    (channel,) = root
    (own,) = channel.iterfind("atom:link[@rel='self']", NAMESPACES)
    assert own.get("href") == BASE + "feed.xml"
    assert own.get("type") == "application/rss+xml"
    assert texts(channel, "title") == [SHOW.title]
    assert texts(channel, "link") == [BASE]
    assert texts(channel, "description") == [SHOW.description]
    assert texts(channel, "language") == ["vi"]
    assert texts(channel, "itunes:author") == [SHOW.author]
    assert texts(channel, "itunes:owner/itunes:email") == ["dai@example.vn"]
    assert texts(channel, "itunes:type") == ["episodic"]
    assert texts(channel, "image/url") == [BASE + "assets/cover-1.png"]
    assert texts(channel, "podcast:medium") == ["podcast"]
    (locked,) = channel.iterfind("podcast:locked", NAMESPACES)
    assert (locked.text, locked.get("owner")) == ("yes", "dai@example.vn")
    (image,) = channel.iterfind("itunes:image", NAMESPACES)
    assert image.get("href") == BASE + "assets/cover-1.png"
    (category,) = channel.iterfind("itunes:category", NAMESPACES)
    assert (category.get("text"), len(category)) == ("News", 0)


def test_an_item_has_all_that_programs_read(shelf: Shelf) -> None:
    episode = shelf.episode()
    (item,) = channel_of(feed_xml(SHOW, [episode], MORNING)).iterfind("item")
    assert texts(item, "title") == [episode.title]
    assert texts(item, "link") == [BASE + "episodes/nam-moi.html"]
    assert texts(item, "itunes:duration") == ["9"]
    assert texts(item, "itunes:season") == ["2"]
    assert texts(item, "itunes:episode") == ["7"]
    assert texts(item, "podcast:season") == ["2"]
    assert texts(item, "podcast:episode") == ["7"]
    assert texts(item, "itunes:episodeType") == ["full"]
    (guid,) = item.iterfind("guid")
    assert (guid.text, guid.get("isPermaLink")) == (episode.guid, "false")
    (enclosure,) = item.iterfind("enclosure")
    audio = shelf.of(episode.name) / episode.files["audio"].name
    assert dict(enclosure.attrib) == {
        "url": f"{BASE}media/{audio.name}",
        "length": str(audio.stat().st_size),
        "type": "audio/mpeg",
    }
    (transcript, *_) = item.iterfind("podcast:transcript", NAMESPACES)
    assert dict(transcript.attrib) == {
        "url": f"{BASE}media/{episode.files['transcript'].name}",
        "type": "text/vtt",
        "language": "vi",
        "rel": "captions",
    }
    (chapters,) = item.iterfind("podcast:chapters", NAMESPACES)
    assert dict(chapters.attrib) == {
        "url": f"{BASE}media/{episode.files['chapters'].name}",
        "type": "application/json+chapters",
    }
    people = [
        (person.text, person.get("role"), person.get("group"))
        for person in item.iterfind("podcast:person", NAMESPACES)
    ]
    assert people == [
        (PRESENTER, "host", "cast"),
        (REPORTER, "reporter", "cast"),
        (GUEST, "guest", "cast"),
    ]
    starts = [
        (chapter.get("start"), chapter.get("title"))
        for chapter in item.iterfind("psc:chapters/psc:chapter", NAMESPACES)
    ]
    assert starts == [("00:00:00.000", "Giới thiệu"), ("00:00:03.600", "Câu hỏi 1 & 2")]


def test_nobody_has_a_longer_name_than_aggregators_show(shelf: Shelf) -> None:
    long = PublishedPerson("Bà " + "Hạnh " * 40, "official")
    channel = channel_of(feed_xml(SHOW, [changed(shelf.episode(), people=(long,))], MORNING))
    assert [len(name) for name in texts(channel, "item/podcast:person")] == [128]


def test_every_form_of_the_transcript_is_offered_and_those_with_times_are_captions(
    shelf: Shelf,
) -> None:
    episode = shelf.episode()
    (item,) = channel_of(feed_xml(SHOW, [episode], MORNING)).iterfind("item")
    found = list(item.iterfind("podcast:transcript", NAMESPACES))
    assert [(one.get("type"), one.get("rel")) for one in found] == [
        ("text/vtt", "captions"),
        ("application/x-subrip", "captions"),
        ("application/json", "captions"),
        ("text/html", None),
        ("text/plain", None),
    ]
    assert {one.get("language") for one in found} == {"vi"}
    names = [str(one.get("url")).removeprefix(f"{BASE}media/") for one in found]
    assert all((shelf.of(episode.name) / name).is_file() for name in names)


def test_what_an_earlier_version_published_has_one_transcript(shelf: Shelf) -> None:
    episode = shelf.episode()
    kept = {kind: episode.files[kind] for kind in ("audio", "transcript", "chapters")}
    xml = feed_xml(SHOW, [changed(episode, files=kept)], MORNING)
    (item,) = channel_of(xml).iterfind("item")
    (transcript,) = item.iterfind("podcast:transcript", NAMESPACES)
    assert transcript.get("type") == "text/vtt"


def test_dates_are_rfc_2822_and_keep_their_zone(shelf: Shelf) -> None:
    episode = changed(shelf.episode(), updated=MORNING + timedelta(hours=2))
    channel = channel_of(feed_xml(SHOW, [episode], MORNING))
    assert texts(channel, "item/pubDate") == ["Thu, 05 Feb 2026 07:00:00 +0700"]
    (built,) = texts(channel, "lastBuildDate")
    assert parsedate_to_datetime(built) == MORNING + timedelta(hours=2)


@pytest.mark.parametrize(("explicit", "said"), [(False, "false"), (True, "true")])
def test_explicit_is_true_or_false_for_show_and_item(
    shelf: Shelf, explicit: bool, said: str
) -> None:
    channel = channel_of(feed_xml(replace(SHOW, explicit=explicit), [shelf.episode()], MORNING))
    assert texts(channel, "itunes:explicit") == [said]
    assert texts(channel, "item/itunes:explicit") == [said]


def test_synthetic_voices_are_labelled_only_where_they_speak_for_an_official(shelf: Shelf) -> None:
    episodes = [shelf.episode("may"), shelf.episode("that", day=1, synthetic=False)]
    real, synthetic = channel_of(feed_xml(SHOW, episodes, MORNING)).iterfind("item")
    (label,) = synthetic.iterfind("podcast:txt", NAMESPACES)
    assert (label.text, label.get("purpose")) == ("true", "ai-content")
    assert real.find("podcast:txt", NAMESPACES) is None


def test_the_feeds_guid_follows_the_namespaces_own_example() -> None:
    # Podcast Namespace, guid: the example in its text.
    assert feed_guid("https://podnews.net/rss") == "9b024349-ccf0-5f69-a609-6b82873eab3c"
    assert feed_guid("http://podnews.net/rss///") == "9b024349-ccf0-5f69-a609-6b82873eab3c"


def test_the_feeds_guid_is_the_stations_then_the_first_episodes_then_made_from_the_address(
    shelf: Shelf,
) -> None:
    own = str(uuid.UUID(int=7))
    first = shelf.episode()
    later = changed(shelf.episode("sau", day=1), feed_guid="another")

    def guid(show: Any, *episodes: Any) -> list[str]:
        return texts(channel_of(feed_xml(show, episodes, MORNING)), "podcast:guid")

    assert guid(replace(SHOW, guid=own), first) == [own]
    assert guid(replace(SHOW, base_url="https://moved.example/"), later, first) == [FEED_GUID]
    assert guid(SHOW, withdrawn(first)) == [FEED_GUID]
    assert guid(SHOW) == [feed_guid(BASE + "feed.xml")]


@pytest.mark.parametrize(
    ("category", "path"),
    [
        ("News", ["News"]),
        ("daily news", ["News", "Daily News"]),
        ("Society & Culture > Documentary", ["Society & Culture", "Documentary"]),
    ],
)
def test_a_category_may_be_any_of_apples(shelf: Shelf, category: str, path: list[str]) -> None:
    channel = channel_of(feed_xml(replace(SHOW, category=category), [], MORNING))
    found = [each.get("text") for each in channel.iter(f"{{{NAMESPACES['itunes']}}}category")]
    assert found == path


def test_every_category_has_one_place() -> None:
    names = [name for main, subs in CATEGORIES.items() for name in (main, *subs)]
    assert len(names) == len(set(names))
    assert all(category_path(name)[0] in CATEGORIES for name in names)


@pytest.mark.parametrize(
    ("wrong", "nearest"),
    [("Musik", '"Music"'), ("Arts > Documentary", '"Documentary"'), ("", '"News"')],
)
def test_an_unknown_category_is_named_with_the_nearest(wrong: str, nearest: str) -> None:
    with pytest.raises(BroadcastError, match="no category") as raised:
        category_path(wrong)
    assert nearest in (str(raised.value.hint or ""))


def test_any_text_arrives_as_it_is_without_what_xml_cannot_hold(shelf: Shelf) -> None:
    show = replace(SHOW, title=NASTY, author=NASTY, description=NASTY, copyright=NASTY)
    episode = changed(
        shelf.episode(),
        title=NASTY,
        description=NASTY,
        people=(PublishedPerson(NASTY, "official"),),
        chapters=(ChapterMark(0, NASTY),),
    )
    channel = channel_of(feed_xml(show, [episode], MORNING))
    for path in ("title", "copyright", "itunes:author", "item/title"):
        assert texts(channel, path) == [NASTY_READ], path
    for path in ("description", "item/description"):  # which is HTML to programs
        assert html.unescape(texts(channel, path)[0]).startswith(NASTY_READ), path
    assert texts(channel, "item/podcast:person") == [NASTY_READ]
    (chapter,) = channel.iterfind("item/psc:chapters/psc:chapter", NAMESPACES)
    assert chapter.get("title") == NASTY_READ
    (words,) = texts(channel, "item/content:encoded")
    assert etree.fromstring(f"<div>{words}</div>").findtext("p") == NASTY_READ


def test_an_episode_that_waited_for_its_time_dates_the_feed_when_it_comes(shelf: Shelf) -> None:
    episode = changed(shelf.episode(), updated=MORNING - timedelta(days=3))
    (built,) = texts(channel_of(feed_xml(SHOW, [episode], MORNING)), "lastBuildDate")
    assert parsedate_to_datetime(built) == MORNING


def test_the_newest_episode_comes_first_and_withdrawn_ones_are_gone(shelf: Shelf) -> None:
    episodes = [shelf.episode(f"so-{day}", day=day) for day in range(4)]
    gone = withdrawn(episodes[2])
    xml = feed_xml(SHOW, [episodes[1], gone, episodes[3], episodes[0]], MORNING)
    assert texts(channel_of(xml), "item/guid") == [
        "guid-of-so-3",
        "guid-of-so-1",
        "guid-of-so-0",
    ]


def test_the_same_episodes_give_the_same_bytes_in_any_order_at_any_time(shelf: Shelf) -> None:
    episodes = [shelf.episode(f"so-{day}", day=day) for day in range(6)]
    first = feed_xml(SHOW, episodes, MORNING)
    random.Random(4).shuffle(episodes)
    assert feed_xml(SHOW, episodes, MORNING + timedelta(days=300)) == first


def test_a_feed_without_episodes_is_a_feed(shelf: Shelf) -> None:
    xml = feed_xml(SHOW, [], MORNING)
    read = feedparser.parse(xml)
    assert not read.bozo
    assert read.entries == []
    assert texts(channel_of(xml), "lastBuildDate") == ["Thu, 05 Feb 2026 07:00:00 +0700"]


def test_a_show_may_leave_out_what_is_not_needed(shelf: Shelf) -> None:
    bare = replace(SHOW, email="", description="", copyright="")
    episode = changed(
        shelf.episode(), description="", season=None, episode=None, people=(), chapters=()
    )
    channel = channel_of(feed_xml(bare, [episode], MORNING))
    assert texts(channel, "description") == [SHOW.title]
    assert texts(channel, "item/description") == [episode.title]
    for absent in ("itunes:owner", "copyright", "item/itunes:season", "item/psc:chapters"):
        assert channel.find(absent, NAMESPACES) is None


@pytest.mark.parametrize(
    ("base", "written"),
    [
        ("https://đài.example/phát thanh", "https://xn--i-rfa0m.example/ph%C3%A1t%20thanh/"),
        ("https://dai.example:8443/a%20b/~c/", "https://dai.example:8443/a%20b/~c/"),
        ("http://[::1]:8000", "http://[::1]:8000/"),
    ],
)
def test_addresses_are_joined_and_escaped(shelf: Shelf, base: str, written: str) -> None:
    channel = channel_of(feed_xml(replace(SHOW, base_url=base), [shelf.episode()], MORNING))
    (enclosure,) = channel.iterfind("item/enclosure")
    assert enclosure.get("url").startswith(f"{written}media/nam-moi-")
    assert texts(channel, "link") == [written]
    (own,) = channel.iterfind("atom:link[@rel='self']", NAMESPACES)
    assert own.get("href") == f"{written}feed.xml"


def feedparser_reads(xml: bytes) -> list[tuple[str, str, str, int, str]]:
    read = feedparser.parse(xml)
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == "rss20"
    assert read.feed.title == SHOW.title
    assert read.feed.image.href == BASE + "cover.png"
    return [
        (
            entry.title,
            entry.id,
            entry.enclosures[0].href,
            int(entry.enclosures[0].length),
            entry.itunes_duration,
        )
        for entry in read.entries
    ]


def podcastparser_reads(xml: bytes) -> list[tuple[str, str, str, int, str]]:
    read = podcastparser.parse(BASE + "feed.xml", io.BytesIO(xml))
    assert read["title"] == SHOW.title
    assert read["language"] == "vi"
    assert read["cover_url"] == BASE + "cover.png"
    assert read["explicit"] is False
    assert read["generator"] == "broadcast"
    for entry in read["episodes"]:
        assert entry["published"] >= MORNING.timestamp()
        assert [chapter["start"] for chapter in entry["chapters"]] == [0, 3]  # whole seconds
    return [
        (
            entry["title"],
            entry["guid"],
            entry["enclosures"][0]["url"],
            entry["enclosures"][0]["file_size"],
            str(entry["total_time"]),
        )
        for entry in read["episodes"]
    ]


@pytest.mark.parametrize("reads", [feedparser_reads, podcastparser_reads])
def test_podcast_programs_find_every_episode(
    shelf: Shelf, reads: Callable[[bytes], list[tuple[str, str, str, int, str]]]
) -> None:
    episodes = [shelf.episode(f"so-{day}", f"Số {day}", day=day) for day in range(3)]
    assert reads(feed_xml(SHOW, episodes, MORNING)) == [
        (
            episode.title,
            episode.guid,
            f"{BASE}media/{episode.files['audio'].name}",
            (shelf.of(episode.name) / episode.files["audio"].name).stat().st_size,
            "9",
        )
        for episode in reversed(episodes)
    ]
