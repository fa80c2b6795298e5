"""An episode's cover is in its audio, the feed and its page, and stays as it was published."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import feedparser
import lxml.html
import numpy as np
import pytest
from lxml import etree
from mutagen.id3 import ID3
from PIL import Image

from broadcast.errors import BroadcastError
from broadcast.feed.artwork import drawn
from broadcast.feed.check import check_feed
from broadcast.production.desk.read_station import station_of
from broadcast.production.public import publish
from productions_by_hand import (
    FIRST,
    MORNING,
    NAME,
    SCRIPT,
    SETTINGS,
    Production,
    production_in,
)

NAMESPACES = {"podcast": "https://podcastindex.org/namespace/1.0"}


def picture(side: int = 1400, kind: str = "JPEG", colour: str = "navy") -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (side, side), colour).save(stream, kind)
    return stream.getvalue()


def heavy() -> bytes:
    noise = np.random.default_rng(1).integers(0, 256, (1400, 1400, 3), np.uint8)
    stream = io.BytesIO()
    Image.fromarray(noise).save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    with production_in(tmp_path_factory.mktemp("built")) as made:
        made.write(SCRIPT)
        made.build()
        yield made


@pytest.fixture
def bridge(built: Production, tmp_path: Path) -> Production:
    return built.copied_to(tmp_path / "station")


def with_head(station: Production, head: str) -> None:
    station.write(f"---\n{head}\n---\n{SCRIPT}")


def give(station: Production) -> publish.Outcome:
    return publish.publish(station.workspace, NAME, None, MORNING, station.reporter)


def in_audio(station: Production) -> bytes:
    (frame,) = ID3(station.workspace.draft(NAME) / f"{NAME}.mp3").getall("APIC")
    data: bytes = frame.data
    return data


def item(station: Production) -> Any:
    return etree.parse(station.workspace.feed / "feed.xml").find("channel/item")


def shown(station: Production, address: str) -> bytes:
    """The bytes in feed/ that an address means."""
    return (station.workspace.feed / address.removeprefix("http://127.0.0.1:8000/")).read_bytes()


def test_an_episode_has_a_cover_in_its_audio_its_entry_and_on_its_page(bridge: Production) -> None:
    outcome = give(bridge)
    cover = bridge.files()["cover.jpg"]
    assert in_audio(bridge) == cover
    parsed = feedparser.parse((bridge.workspace.feed / "feed.xml").read_bytes())
    assert shown(bridge, parsed.entries[0].image.href) == cover
    (of_namespace,) = item(bridge).findall("podcast:image", NAMESPACES)
    assert of_namespace.get("href") == parsed.entries[0].image.href
    assert of_namespace.get("aspect-ratio") == "1/1"
    assert of_namespace.get("alt") == "Cầu mới qua sông Vân"
    page = lxml.html.fromstring(outcome.page.read_bytes())
    assert page.xpath("//meta[@property='og:image']/@content") == [parsed.entries[0].image.href]
    (on_page,) = page.xpath("//img[@class='cover']/@src")
    assert (outcome.page.parent / on_page).read_bytes() == cover
    assert shown(bridge, parsed.feed.image.href) != cover
    problems = check_feed(bridge.workspace.feed, station_of(bridge.workspace).show)
    assert [one for one in problems if one.level == "error"] == []
    (bridge.workspace.feed / on_page.removeprefix("../")).unlink()
    problems = check_feed(bridge.workspace.feed, station_of(bridge.workspace).show)
    assert [one.message.code for one in problems if one.level == "error"] == [
        "feed.file-absent"
    ] * 2


def test_a_cover_is_not_drawn_again_for_other_answers(
    bridge: Production, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = bridge.files()["cover.jpg"]
    monkeypatch.setattr(drawn, "episode_cover", None)
    bridge.write(SCRIPT.replace(FIRST, "Sang năm."))
    assert bridge.build().reasons
    assert bridge.files()["cover.jpg"] == before


def test_another_title_is_on_another_cover_under_another_name(bridge: Production) -> None:
    give(bridge)
    first = item(bridge).findtext("guid"), bridge.workspace.feed.glob(f"media/{NAME}-*[!l].jpg")
    (before,) = first[1]
    bridge.write(SCRIPT.replace("Cầu mới", "Đường mới"))
    bridge.build()
    give(bridge)
    (after,) = (f for f in bridge.workspace.feed.glob(f"media/{NAME}-*[!l].jpg") if f != before)
    assert after.read_bytes() == bridge.files()["cover.jpg"]
    assert item(bridge).findtext("guid") == first[0]


def test_lists_show_a_small_copy_of_a_cover(bridge: Production) -> None:
    give(bridge)
    index = lxml.html.document_fromstring((bridge.workspace.feed / "index.html").read_bytes())
    (card,) = index.xpath("//article//img[@class='cover']/@src")
    copy = (bridge.workspace.feed / card).read_bytes()
    assert copy == bridge.files()["cover-small.jpg"]
    assert len(copy) <= 12_000
    with Image.open(io.BytesIO(copy)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (192, 192))


def test_a_script_may_name_its_own_cover_by_either_word(bridge: Production) -> None:
    (bridge.root / "ben-ca.png").write_bytes(own := picture())  # a JPEG by its bytes
    for word in ("cover", "ảnh bìa"):
        with_head(bridge, f"{word}: ben-ca.png")
        bridge.build()
        assert bridge.files()["cover.jpg"] == own == in_audio(bridge)
    give(bridge)
    (entry,) = feedparser.parse((bridge.workspace.feed / "feed.xml").read_bytes()).entries
    assert entry.image.href.endswith(".jpg")
    assert shown(bridge, entry.image.href) == own


def test_a_named_cover_that_was_changed_is_another_draft(bridge: Production) -> None:
    (bridge.root / "ben-ca.jpg").write_bytes(picture())
    with_head(bridge, "cover: ben-ca.jpg")
    bridge.build()
    give(bridge)
    bridge.settle()
    assert not bridge.build().reasons
    (bridge.root / "ben-ca.jpg").write_bytes(other := picture(colour="maroon"))
    frozen = [f.read_bytes() for f in bridge.workspace.published(NAME).glob("*[!l].jpg")]
    assert frozen == [picture()]
    assert bridge.build().reasons
    assert bridge.files()["cover.jpg"] == other


def test_what_is_wrong_with_a_named_cover_is_told_before_anything_is_spoken(
    bridge: Production,
) -> None:
    with_head(bridge, "cover: nowhere.jpg")
    with pytest.raises(BroadcastError) as raised:
        bridge.build()
    assert raised.value.file == bridge.root / "nowhere.jpg"
    (bridge.root / "small.png").write_bytes(picture(600, "PNG"))
    with_head(bridge, "cover: small.png")
    bridge.build()
    assert any("600 × 600" in str(told.message) for told in bridge.reporter.problems)


def test_the_stations_own_cover_is_for_all_its_episodes(bridge: Production) -> None:
    (bridge.root / "dai.jpg").write_bytes(own := picture())
    bridge.set("", SETTINGS.replace("[voices]", 'cover = "dai.jpg"\n[voices]'))
    bridge.build()
    assert "cover.jpg" not in bridge.files()
    assert in_audio(bridge) == own
    outcome = give(bridge)
    parsed = feedparser.parse((bridge.workspace.feed / "feed.xml").read_bytes())
    assert shown(bridge, parsed.feed.image.href) == own
    assert "image" not in parsed.entries[0]
    page = lxml.html.fromstring(outcome.page.read_bytes())
    assert page.xpath("//meta[@property='og:image']/@content") == [parsed.feed.image.href]


def test_a_heavy_cover_goes_to_the_feed_whole_and_into_audio_small(bridge: Production) -> None:
    (bridge.root / "dai.png").write_bytes(own := heavy())
    bridge.set("", SETTINGS.replace("[voices]", 'cover = "dai.png"\n[voices]'))
    bridge.build()
    assert len(in_audio(bridge)) <= 512_000 < len(own)
    assert "cover.heavy" in [told.message.code for told in bridge.reporter.problems]
    give(bridge)
    parsed = feedparser.parse((bridge.workspace.feed / "feed.xml").read_bytes())
    assert shown(bridge, parsed.feed.image.href) == own


def test_a_name_without_letters_of_the_font_is_told_once(bridge: Production) -> None:
    bridge.set("", SETTINGS.replace("Tiếng nói Vân Hải", "សំឡេងភូមិ"))
    bridge.build()
    assert "cover.jpg" not in bridge.files()
    give(bridge)
    told = [one for one in bridge.reporter.said if "lacks letters" in one]
    assert len(told) == 1
    give(bridge)
    assert [one for one in bridge.reporter.said if "lacks letters" in one] == told
