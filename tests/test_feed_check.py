"""The checker finds each thing that directories and listeners would stumble over."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from broadcast.feed.check import check_feed
from broadcast.messages import Message
from broadcast.model import Level, Show
from feeds_by_hand import Shelf
from timelines_by_hand import SHOW

PUBLIC = replace(SHOW, base_url="https://dai.example/")
Found = list[tuple[Level, str]]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A good site of two episodes."""
    shelf = Shelf(tmp_path / "shelf")
    shelf.write(
        tmp_path / "feed", shelf.episode(), shelf.episode("sau", "Chuyện sau", day=1), show=PUBLIC
    )
    return tmp_path / "feed"


def found_in(site: Path, show: Show = PUBLIC) -> Found:
    problems = check_feed(site, show)
    assert all(problem.hint for problem in problems)
    return [(problem.level, str(problem.message)) for problem in problems]


def edit(site: Path, old: str, new: str, count: int = 1) -> int:
    """Change feed.xml by hand; the line of the first change."""
    file = site / "feed.xml"
    text = file.read_text("utf-8")
    match = re.search(old, text)
    assert match, f"{old} is not in the feed"
    file.write_text(re.sub(old, new, text, count=count), "utf-8", newline="\n")
    return text[: match.start()].count("\n") + 1


def test_a_good_feed_has_no_problem(site: Path) -> None:
    assert found_in(site) == []


def test_a_feed_without_episodes_has_no_problem(tmp_path: Path) -> None:
    Shelf(tmp_path / "shelf").write(tmp_path / "feed", show=PUBLIC)
    assert found_in(tmp_path / "feed") == []


@pytest.mark.parametrize(
    ("element", "code"),
    [
        ("<itunes:author>.*?</itunes:author>", "feed.element-missing"),
        ("(?s)(<item>.*?)<pubDate>.*?</pubDate>", "feed.episode-element-missing"),
    ],
)
def test_what_is_missing_in_the_feed_and_in_an_episode_are_two_messages(
    site: Path, element: str, code: str
) -> None:
    edit(site, element, r"\1" if "item" in element else "")
    (problem,) = check_feed(site, PUBLIC)
    assert isinstance(problem.message, Message)
    assert problem.message.code == code


@pytest.mark.parametrize(
    ("base_url", "level", "told"),
    [
        ("http://127.0.0.1:8000/", "warning", "is this machine"),
        ("http://localhost:8000/", "warning", "is this machine"),
        ("http://[::1]:8000/", "warning", "is this machine"),
        ("http://dai.example/", "warning", "not https"),
        ("ftp://dai.example/", "error", "not a web address"),
        ("dai.example", "error", "not a web address"),
    ],
)
def test_an_address_that_listeners_cannot_use_is_named(
    tmp_path: Path, base_url: str, level: Level, told: str
) -> None:
    show = replace(SHOW, base_url=base_url)
    shelf = Shelf(tmp_path / "shelf")
    shelf.write(tmp_path / "feed", shelf.episode(), show=show)
    ((found, message),) = found_in(tmp_path / "feed", show)
    assert (found, told in message) == (level, True)


def test_a_feed_for_another_address_is_one_problem(site: Path) -> None:
    moved = replace(PUBLIC, base_url="https://moved.example/")
    ((level, message),) = found_in(site, moved)
    assert level == "error"
    assert "https://dai.example/feed.xml" in message
    assert "https://moved.example/feed.xml" in message


def test_no_feed_at_all_is_one_problem(tmp_path: Path) -> None:
    assert found_in(tmp_path) == [("error", "There is no feed.xml.")]


@pytest.mark.parametrize("text", ["", "<rss>", "<rss version='2.0'><channel></rss>", "no xml"])
def test_broken_xml_is_named(site: Path, text: str) -> None:
    (site / "feed.xml").write_text(text, "utf-8")
    ((level, message),) = found_in(site)
    assert level == "error"
    assert "is not XML" in message


@pytest.mark.parametrize("text", ["<feed/>", "<rss version='2.0'/>"])
def test_another_kind_of_xml_is_named(site: Path, text: str) -> None:
    (site / "feed.xml").write_text(text, "utf-8")
    assert found_in(site) == [("error", "feed.xml is not an RSS feed.")]


def test_entities_are_not_followed(site: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hush", "utf-8")
    edit(site, r"<rss ", f'<!DOCTYPE rss [<!ENTITY s SYSTEM "{secret.as_uri()}">]><rss ')
    edit(site, r"<itunes:explicit>false", "<itunes:explicit>&s;")
    assert ("error", "itunes:explicit is None, not true or false.") in found_in(site)


def media(pattern: str) -> Callable[[Path], Path]:
    return lambda site: next(site.glob(pattern))


@pytest.mark.parametrize(
    ("which", "told"),
    [
        (media("media/sau-*.mp3"), 'The audio of "Chuyện sau" is not in feed/'),
        (media("media/sau-*.vtt"), 'A file of "Chuyện sau" is not in feed/'),
        (media("media/sau-*[0-9a-f].json"), 'A file of "Chuyện sau" is not in feed/'),
        (media("episodes/sau.html"), 'A file of "Chuyện sau" is not in feed/'),
        (media("assets/cover-*"), "The cover is not in feed/"),
    ],
)
def test_a_missing_file_is_named(site: Path, which: Callable[[Path], Path], told: str) -> None:
    file = which(site)
    file.unlink()
    ((level, message),) = found_in(site)
    assert level == "error"
    assert told in message
    assert file.name in message


def test_audio_of_another_length_is_named(site: Path) -> None:
    file = next(site.glob("media/sau-*.mp3"))
    length = file.stat().st_size
    file.write_bytes(file.read_bytes() + b"more")
    ((_, message),) = found_in(site)
    assert message == (f'The audio of "Chuyện sau" has {length + 4} bytes, the feed says {length}.')


@pytest.mark.parametrize(
    ("old", "new", "level", "told"),
    [
        (r'length="\d+"', 'length="None"', "error", "the feed says None"),
        (r'type="audio/mpeg"', 'type="text/plain"', "error", "is not audio: text/plain"),
        (r"(<enclosure url=\")[^\"]+", r"\1https://elsewhere.example/a.mp3", "error", "not in fee"),
        (r"(<enclosure url=\")[^\"]+", r"\1https://dai.example/../a.mp3", "error", "not in feed/"),
        (r"<itunes:explicit>false", "<itunes:explicit>no", "error", "explicit is no,"),
        (r"<itunes:duration>9<", "<itunes:duration>1::<", "error", "not in seconds: 1::"),
        (r"<pubDate>[^<]*", "<pubDate>5 tháng 2", "error", "no date that can be read: 5 tháng 2"),
        (r"<pubDate>[^<]*", "<pubDate>2026-02-05", "error", "no date that can be read"),
        (r"<guid[^>]*>guid-of-sau", "<guid>guid-of-nam-moi", "error", "Two episodes have one guid"),
        (r"<description>", "<description>" + "á" * 2000, "error", "longer than 4000 bytes"),
        (r"<description>[^<]*", "<description>", "error", "The feed has no description"),
        (
            r"<description>[^<]*",
            f"<description>{PUBLIC.title}",
            "warning",
            "The show has no description",
        ),
        (r"<language>.*</language>", "", "error", "The feed has no language"),
        (r"<language>vi", "<language>tiếng Việt", "error", "no code such as vi"),
        (r"<itunes:category text=\"News", '<itunes:category text="Tin', "error", "no category Tin"),
        (r"<podcast:guid>", "<podcast:guid>x", "warning", "not a UUID"),
        (r"<link>[^<]*</link>", "", "error", "The feed has no link"),
        (r"<atom:link[^>]*rel=\"self\"[^>]*/>", "", "error", "The feed has no atom:link"),
        (r"<itunes:category[^>]*/>", "", "error", "The feed has no itunes:category"),
        (r"<itunes:image[^>]*/>", "", "error", "The feed has no itunes:image"),
        (r"<itunes:author>[^<]*</itunes:author>", "", "warning", "The feed has no itunes:author"),
        (r"<itunes:email>[^<]*", "<itunes:email>", "warning", "has no itunes:owner/itunes:email"),
        (r"<podcast:guid>.*</podcast:guid>", "", "warning", "The feed has no podcast:guid"),
        (r"<podcast:locked.*</podcast:locked>", "", "warning", "The feed has no podcast:locked"),
        (r"<guid.*</guid>", "", "error", 'Episode "Chuyện sau" has no guid'),
        (r"<enclosure[^>]*/>", "", "error", 'Episode "Chuyện sau" has no enclosure'),
        (r"<title>Chuyện sau</title>", "", "error", 'Episode "without title" has no title'),
        (r"<pubDate>.*</pubDate>", "", "warning", 'Episode "Chuyện sau" has no pubDate'),
        (r"<itunes:duration>.*</itunes:duration>", "", "warning", "has no itunes:duration"),
        (r"(<podcast:transcript[^>]*/>\s*)+", "", "warning", "has no podcast:transcript"),
    ],
)
def test_what_a_hand_spoiled_is_named(
    site: Path, old: str, new: str, level: Level, told: str
) -> None:
    edit(site, old, new)
    found = found_in(site)
    assert [each for each in found if each[0] == level and told in each[1]], found


def test_a_problem_knows_its_line(site: Path) -> None:
    line = edit(site, r'length="\d+"', 'length="1"')
    (problem,) = check_feed(site, PUBLIC)
    assert problem.line == line


def picture(
    width: int, height: int, pixels: str = "rgb24", codec: str = "png", *, opaque: bool = True
) -> bytes:
    """An encoded picture of one colour."""
    shade = np.full((height, width, 4), (90, 90, 90, 255 if opaque else 90), np.uint8)
    frame = av.VideoFrame.from_ndarray(shade, format="rgba")
    encoder = av.CodecContext.create(codec, "w")
    encoder.width, encoder.height, encoder.pix_fmt = width, height, pixels
    encoder.time_base = 1  # type: ignore[assignment]
    packets = [*encoder.encode(frame.reformat(format=pixels)), *encoder.encode(None)]
    written = io.BytesIO()
    for packet in packets:
        written.write(bytes(packet))
    return written.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (picture(1400, 1400), None),
        (picture(3000, 3000), None),
        (picture(1500, 1500, "yuvj420p", "mjpeg"), None),
        (picture(1400, 1000), "1400 × 1000 pixels; directories want it square"),
        (picture(300, 300), "300 × 300 pixels; directories take 1400 to 3000"),
        (picture(3001, 3001), "3001 × 3001 pixels"),
        (picture(1400, 1400, "gray"), "not in RGB"),
        (picture(1400, 1400, "monob"), "not in RGB"),
        (picture(1400, 1400, "rgba"), None),
        (picture(1400, 1400, "rgba", opaque=False), "see-through"),
        (picture(1500, 1500, "yuvj420p", "mjpeg")[:-3000], "damaged"),
        (picture(1400, 1400)[:40], "damaged"),
        (picture(1400, 1400)[:-2000], "damaged"),
        (b"\xff\xd8\xff" + b"0" * 99, "damaged"),
    ],
    ids=[
        "png",
        "large",
        "jpeg",
        "oblong",
        "small",
        "too large",
        "grey",
        "black and white",
        "opaque",
        "see-through",
        "jpeg cut late",
        "cut",
        "cut late",
        "no picture",
    ],
)
def test_a_cover_that_directories_refuse_is_named(
    tmp_path: Path, data: bytes, told: str | None
) -> None:
    cover = tmp_path / "cover"
    cover.write_bytes(data)
    show = replace(PUBLIC, cover=cover)
    Shelf(tmp_path / "shelf").write(tmp_path / "feed", show=show)
    messages = [message for _, message in found_in(tmp_path / "feed", show)]
    assert len(messages) == (0 if told is None else 1)
    assert told is None or told in messages[0]


def test_a_cover_that_directories_find_heavy_is_told(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (1400, 1400, 3), np.uint8)
    frame = av.VideoFrame.from_ndarray(noise, format="rgb24")
    cover = tmp_path / "cover.png"
    with av.open(str(cover), "w", format="image2") as container:
        stream = container.add_stream("png", options={"update": "1"})
        stream.width, stream.height, stream.pix_fmt = 1400, 1400, "rgb24"
        container.mux(stream.encode(frame))
        container.mux(stream.encode())
    show = replace(PUBLIC, cover=cover)
    Shelf(tmp_path / "shelf").write(tmp_path / "feed", show=show)
    ((level, message),) = found_in(tmp_path / "feed", show)
    assert level == "warning"
    assert f"{round(cover.stat().st_size / 1000):,} KB" in message
