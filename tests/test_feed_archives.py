"""Many episodes: the feed and its archives as a reader follows them, and the pages of the years."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import feedparser
import pytest
from lxml import etree, html
from msgspec.structs import replace

from broadcast.feed.published import PublishedEpisode
from broadcast.feed.shelves import ON_INDEX, ON_PAGE, shelves
from feeds_by_hand import Shelf, withdrawn
from timelines_by_hand import SHOW

ITEMS = 10
HISTORY = "{http://purl.org/syndication/history/1.0}"


def episodes_of(shelf: Shelf, count: int) -> list[PublishedEpisode]:
    first = shelf.episode("so-0")
    made = [first]
    for n in range(1, count):
        time = first.published + timedelta(days=n)
        made.append(replace(first, name=f"so-{n}", guid=f"guid-{n}", published=time, updated=time))
        for file in shelf.of("so-0").iterdir():
            (shelf.of(f"so-{n}") / file.name).write_bytes(file.read_bytes())
    return made


def documents(site: Path) -> list[Path]:
    """The feed and its archives, from one to the next by the links that RFC 5005 names."""
    found, address = [], f"{SHOW.base_url}feed.xml"
    while address:
        found.append(site / address.removeprefix(SHOW.base_url))
        links = feedparser.parse(found[-1].read_bytes()).feed.links
        address = next((link.href for link in links if link.rel == "prev-archive"), "")
    return found


def guids(file: Path) -> list[str]:
    return [entry.id for entry in feedparser.parse(file.read_bytes()).entries]


@pytest.mark.parametrize("count", [1, 9, 10, 11, 20, 21, 25])
def test_every_episode_is_in_the_feed_or_its_archives(shelf: Shelf, site: Path, count: int) -> None:
    every = episodes_of(shelf, count)
    shelf.write(site, *every, items=ITEMS)
    newest, *older = documents(site)
    assert guids(newest) == [one.guid for one in reversed(every)][:ITEMS]
    found = {guid for file in (newest, *older) for guid in guids(file)}
    assert found == {one.guid for one in every}
    assert all(len(guids(file)) <= ITEMS for file in (newest, *older))
    assert len(older) == -(-max(0, count - ITEMS) // ITEMS)
    assert sorted(file.name for file in older) == sorted(p.name for p in site.glob("feed-archive*"))


def test_an_archive_says_that_it_is_one_and_where_the_others_are(shelf: Shelf, site: Path) -> None:
    shelf.write(site, *episodes_of(shelf, 35), items=ITEMS)
    newest, *older = documents(site)
    assert [file.name for file in older] == [f"feed-archive-{n}.xml" for n in (3, 2, 1)]
    for n, file in enumerate([newest, *older]):
        channel = etree.parse(file).find("channel")
        assert (channel.find(f"{HISTORY}archive") is not None) == (file is not newest)
        links = {
            link.rel: link.href.removeprefix(SHOW.base_url)
            for link in feedparser.parse(file.read_bytes()).feed.links
        }
        assert links["self"] == file.name
        if file is not newest:
            assert links["current"] == "feed.xml"
        if n > 1:
            assert links["next-archive"] == older[n - 2].name


def test_one_more_episode_changes_no_full_archive(shelf: Shelf, site: Path) -> None:
    every = episodes_of(shelf, 40)
    shelf.write(site, *every[:-1], items=ITEMS)
    changed = shelf.write(site, *every, items=ITEMS)
    assert [path for path in changed if path.endswith(".xml")] == ["feed.xml"]
    # Its neighbour leads on to it; no other page knows of it.
    pages = [path for path in changed if path.startswith("episodes/")]
    assert pages == ["episodes/so-39.html", "episodes/so-38.html"]


def test_what_is_withdrawn_leaves_its_archive_and_the_others_stay(shelf: Shelf, site: Path) -> None:
    every = episodes_of(shelf, 40)
    shelf.write(site, *every, items=ITEMS)
    gone = withdrawn(every[14])
    changed = shelf.write(site, *every[:14], gone, *every[15:], items=ITEMS)
    feeds = [path for path in changed if path.endswith(".xml")]
    assert feeds == ["feed-archive-2.xml"]
    assert gone.guid not in {guid for file in documents(site) for guid in guids(file)}


def links_of(page: Path) -> Sequence[str]:
    return [str(one) for one in html.parse(page).xpath("//main//a/@href")]


def test_the_shows_page_has_the_newest_and_each_year_a_page(shelf: Shelf, site: Path) -> None:
    every = episodes_of(shelf, 400)  # from February 2026 on
    shelf.write(site, *every)
    index = html.parse(site / "index.html")
    titles = index.xpath("//article//h3/a/@href")
    newest = [f"episodes/{one.name}.html" for one in reversed(every)][:ON_INDEX]
    assert [str(one) for one in titles] == newest
    pages = [link for link in links_of(site / "index.html") if link.startswith("years/")]
    assert pages == ["years/2027.html", "years/2026.html"]
    listed = {link for page in pages for link in links_of(site / page)}
    assert {f"../episodes/{one.name}.html" for one in every} <= listed
    (here,) = html.parse(site / "years" / "2026.html").xpath("//a[@aria-current]/@href")
    assert here == "../years/2026.html"


def test_few_episodes_need_no_pages_of_years(shelf: Shelf, site: Path) -> None:
    shelf.write(site, *episodes_of(shelf, ON_INDEX))
    assert not (site / "years").exists()


def test_a_full_part_of_a_year_stays_as_it_is_when_episodes_come(shelf: Shelf) -> None:
    first = shelf.episode()
    hourly = [
        replace(first, name=f"so-{n}", published=first.published + timedelta(hours=n))
        for n in range(3 * ON_PAGE + 1)
    ]
    for count in (ON_PAGE, ON_PAGE + 1, 2 * ON_PAGE, 2 * ON_PAGE + 1, 3 * ON_PAGE):
        parts = shelves(hourly[:count][::-1])
        names = [one.name for part in parts for one in part.episodes]
        assert names == [one.name for one in hourly[:count][::-1]]
        assert parts[0].path == "years/2026.html"
        assert all(len(part.episodes) == ON_PAGE for part in parts[1:])
        after = {part.path: part.episodes for part in shelves(hourly[: count + 1][::-1])}
        assert all(after[part.path] == part.episodes for part in parts[1:])
