"""Show notes, as programs that did not write them show them: feedparser, gPodder's parser, lxml."""

from __future__ import annotations

import io
import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path

import feedparser
import podcastparser
import pytest
from lxml import html
from msgspec.structs import replace as changed

from broadcast.feed.episode_page import episode_page
from broadcast.feed.page_frame import Look
from broadcast.feed.published import PublishedEpisode, PublishedPerson
from broadcast.feed.show_notes import DESCRIPTION_BYTES, description
from broadcast.model import ChapterMark, Credit
from feeds_by_hand import MORNING, SENTENCES, Shelf, feed_xml
from timelines_by_hand import GUEST, SHOW

SAID = "Giọng đọc tổng hợp: lời của bà Thu (lượt 2)."
CREDITS = (Credit("An Nhiên", "producer"), Credit("Lê Mai", "editor"), Credit("Tom", "engineer"))

PEOPLE = [
    "Phóng viên: Hồng Tú",
    f"Khách mời: {GUEST}, Chủ tịch UBND phường Mũi Sò; Lê Văn B",
    "Thực hiện: An Nhiên",
    "Biên tập: Lê Mai",
    "Kỹ thuật: Tom",
]


@pytest.fixture
def episode(tmp_path: Path) -> PublishedEpisode:
    return changed(
        Shelf(tmp_path).episode(),
        description=f"Phỏng vấn bà {GUEST}.\n\nVề mùa biển động.\n\n{SAID}",
        disclosure=SAID,
        people=(
            PublishedPerson("Hồng Tú", "reporter"),
            PublishedPerson(GUEST, "official", "Chủ tịch UBND phường Mũi Sò"),
            PublishedPerson("Lê Văn B", "official"),
        ),
        credits=CREDITS,
    )


def feedparser_shows(xml: bytes) -> str:
    """The description as feedparser gives it: HTML, whose text a reader sees."""
    (entry,) = feedparser.parse(xml).entries
    assert entry.summary_detail.type == "text/html"
    return str(html.fromstring(f"<div>{entry.summary}</div>").text_content())


def feedparser_shows_notes(xml: bytes) -> str:
    (entry,) = feedparser.parse(xml).entries
    (content,) = (each for each in entry.content if each.value.startswith("<p>"))
    return str(html.fromstring(f"<div>{content.value}</div>").text_content())


def podcastparser_shows(xml: bytes) -> str:
    """The notes as gPodder shows them beside an episode."""
    (entry,) = podcastparser.parse("http://x/feed.xml", io.BytesIO(xml))["episodes"]
    return str(html.fromstring(f"<div>{entry['description_html']}</div>").text_content())


def podcastparser_lists(xml: bytes) -> str:
    """The description as gPodder lists it: what has no tags is taken as it is, escapes too."""
    (entry,) = podcastparser.parse("http://x/feed.xml", io.BytesIO(xml))["episodes"]
    return unescape(entry["description"])


READERS = [feedparser_shows, feedparser_shows_notes, podcastparser_shows, podcastparser_lists]
SIGNS = [
    "a<b",
    "a < b",
    "1 <2> 3",
    "<b>đậm</b>",
    "R&D",
    "&lt;",
    "&amp;",
    "x>y",
    "</p>",
    "<!--",
    "]]>",
]


@pytest.mark.parametrize("shows", READERS)
def test_no_word_is_lost_where_a_text_has_the_signs_of_html(
    episode: PublishedEpisode, shows: Callable[[bytes], str]
) -> None:
    about = "Mức a<b và c>d, giá <b>rẻ</b> &amp; R&D, 3 < 5."
    assert about in shows(feed_xml(SHOW, [changed(episode, description=about)], MORNING))


@pytest.mark.parametrize("seed", range(20))
def test_no_word_is_lost_in_any_order_of_signs(episode: PublishedEpisode, seed: int) -> None:
    chance = random.Random(seed)
    about = " ".join(chance.choices([*SIGNS, "chợ", "cá"], k=12))
    xml = feed_xml(SHOW, [changed(episode, description=about)], MORNING)
    for shows in READERS:
        assert about in " ".join(shows(xml).split()), shows.__name__


def notes_of(episode: PublishedEpisode) -> tuple[str, str]:
    """The description and the HTML beside it, without the escapes of XML."""
    (item,) = html.etree.fromstring(feed_xml(SHOW, [episode], MORNING)).iterfind("channel/item")
    encoded = "{http://purl.org/rss/1.0/modules/content/}encoded"
    return str(item.findtext("description")), str(item.findtext(encoded))


def test_the_notes_tell_what_it_is_about_its_questions_its_people_and_the_label_last(
    episode: PublishedEpisode,
) -> None:
    page = "http://127.0.0.1:8000/episodes/nam-moi.html"
    short, whole = notes_of(episode)
    assert short.split("\n\n") == [
        f"Phỏng vấn bà {GUEST}.",
        "Về mùa biển động.",
        "00:00 Giới thiệu\n00:03 Câu hỏi 1 &amp; 2",
        "\n".join(PEOPLE),
        SAID,
    ]
    assert whole == (
        f"<p>Phỏng vấn bà {GUEST}.</p><p>Về mùa biển động.</p>"
        f'<p>Các phần</p><ul><li><a href="{page}#t=0">00:00</a> Giới thiệu</li>'
        f'<li><a href="{page}#t=3.6">00:03</a> Câu hỏi 1 &amp; 2</li></ul>'
        f"<p>{'<br>'.join(PEOPLE)}</p><p>{SAID}</p>"
    )


def test_a_moment_past_the_hour_has_the_hour(episode: PublishedEpisode) -> None:
    marks = (ChapterMark(0, "Đầu"), ChapterMark(3_723_000, "Sau"))
    short, whole = notes_of(changed(episode, chapters=marks))
    assert "\n1:02:03 Sau\n" in short
    assert '#t=3723">1:02:03</a> Sau' in whole


def test_a_programme_of_one_part_lists_none(episode: PublishedEpisode) -> None:
    alone = changed(episode, chapters=episode.chapters[:1])
    assert not any("00:00" in notes for notes in notes_of(alone))


def test_who_is_heard_and_made_it_with_one_part_is_named_once(episode: PublishedEpisode) -> None:
    twice = changed(episode, credits=(Credit("Hồng Tú", "reporter"), Credit("Hồng Tú", "editor")))
    short, _ = notes_of(twice)
    assert "Phóng viên: Hồng Tú\n" in short
    assert "Biên tập: Hồng Tú" in short
    (item,) = html.etree.fromstring(feed_xml(SHOW, [twice], MORNING)).iterfind("channel/item")
    namespace = "{https://podcastindex.org/namespace/1.0}"
    named = [
        (one.get("group"), one.get("role"))
        for one in item.iterfind(f"{namespace}person")
        if one.text == "Hồng Tú"
    ]
    assert named == [("cast", "reporter"), ("writing", "editor")]


def test_the_page_names_people_with_their_offices(episode: PublishedEpisode) -> None:
    look = Look("cover.png", "style.css", "player.js")
    page = html.fromstring(episode_page(SHOW, episode, SENTENCES, look))
    (people,) = page.xpath("//ul[@class='by']")
    assert people.get("aria-label") == "Người tham gia"
    assert [line.text_content() for line in people] == PEOPLE


@pytest.mark.parametrize("word", ["thuyền ", "thuyền\n", "thuyền", "🐟", "a<b ", "&"])
def test_what_it_is_about_is_cut_before_the_label_never_in_a_letter_or_an_escape(
    episode: PublishedEpisode, word: str
) -> None:
    long = changed(episode, description=word * 2_000 + f"\n\n{SAID}")
    short, whole = notes_of(long)
    assert DESCRIPTION_BYTES - 12 < len(short.encode()) <= DESCRIPTION_BYTES
    assert short.endswith(f"…\n\n{SAID}")
    assert whole.endswith(f"<p>{SAID}</p>")
    shown = html.fromstring(f"<div>{short}</div>").text_content()
    about = shown.removesuffix(f"…\n\n{SAID}")
    assert (word * 2_000).startswith(about)
    if word[-1].isspace():
        assert about.endswith(word.strip())


def test_questions_that_do_not_fit_are_left_out_whole(episode: PublishedEpisode) -> None:
    marks = tuple(ChapterMark(n * 60_000, f"Câu hỏi thứ {n} " + "rất dài " * 5) for n in range(80))
    short, whole = notes_of(changed(episode, chapters=marks))
    assert "Câu hỏi" not in short
    assert f"{GUEST}, Chủ tịch" in short
    assert whole.count("<li>") == 80


@pytest.mark.parametrize("words", ["", "Ngắn.", "a" * DESCRIPTION_BYTES])
def test_a_description_that_fits_is_not_changed(words: str) -> None:
    assert description(words) == words


def test_signs_that_turn_the_order_of_letters_reach_no_listener(
    episode: PublishedEpisode,
) -> None:
    # Every sign that Unicode has for it (UAX #9): what no isolate or override closes would turn
    # all that a program shows behind it.
    signs = [
        chr(point)
        for point in range(0x110000)
        if unicodedata.bidirectional(chr(point))
        in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
        or point in (0x200E, 0x200F)
    ]
    assert len(signs) == 11
    turned = "".join(f"chữ{sign}" for sign in signs)
    show = replace(SHOW, title=turned, author=turned, description=turned)
    nasty = changed(
        episode,
        title=turned,
        description=f"{turned}\n\n{turned}",
        disclosure=turned,
        people=(PublishedPerson(turned, "official", turned),),
        credits=(Credit(turned, "editor"),),
        chapters=(ChapterMark(0, turned), ChapterMark(5, turned)),
    )
    sentences = [changed(SENTENCES[0], text=turned, speaker=turned)]
    look = Look("cover.png", "style.css", "player.js")
    for written in (feed_xml(show, [nasty], MORNING), episode_page(show, nasty, sentences, look)):
        text = written.decode()
        assert "chữchữ" in text
        assert not re.search("[" + "".join(signs) + "]", text)
