"""Listeners whose data is dear are offered a small copy of the same programme, read by others."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import av
import lxml.html
import numpy as np
import pytest
from lxml import etree
from mutagen.id3 import ID3
from mutagen.oggopus import OggOpus
from numpy.typing import NDArray

from broadcast.audio import small_copy
from broadcast.feed.published import FILE_TYPES
from broadcast.production.public import publish
from productions_by_hand import FIRST, MORNING, NAME, SCRIPT, SETTINGS, Production, production_in

PODCAST = {"podcast": "https://podcastindex.org/namespace/1.0"}
LATER = MORNING + timedelta(days=1)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    with production_in(tmp_path_factory.mktemp("built")) as made:
        made.write(SCRIPT)
        made.build()
        yield made


@pytest.fixture
def bridge(built: Production, tmp_path: Path) -> Production:
    return built.copied_to(tmp_path / "station")


def give(station: Production, now: Any = MORNING) -> publish.Outcome:
    return publish.publish(station.workspace, NAME, None, now, station.reporter)


def coded(station: Production, kind: str) -> None:
    station.set("", f'{SETTINGS}[feed]\nsmall = "{kind}"\n')


def offered(station: Production) -> tuple[Any, bytes]:
    """The element that offers the copy, and the bytes to which it leads."""
    item = etree.parse(station.workspace.feed / "feed.xml").find("channel/item")
    (element,) = item.findall("podcast:alternateEnclosure", PODCAST)
    address = element.find("podcast:source", PODCAST).get("uri")
    path = address.removeprefix("http://127.0.0.1:8000/")
    return element, (station.workspace.feed / path).read_bytes()


def heard(data: bytes, rate: int = 8_000) -> NDArray[np.float32]:
    """What a file sounds like, decoded by FFmpeg and brought to one rate."""
    resampler = av.AudioResampler("flt", "mono", rate)
    with av.open(io.BytesIO(data)) as container:
        frames = [*container.decode(audio=0), None]
        return np.concatenate(
            [f.to_ndarray()[0] for one in frames for f in resampler.resample(one)]
        )


@pytest.mark.parametrize(
    ("kind", "media_type", "kbps"), [("mp3", "audio/mpeg", 48), ("opus", "audio/ogg", 24)]
)
def test_the_copy_is_the_same_programme_in_fewer_bytes(
    kind: str, media_type: str, kbps: int, bridge: Production
) -> None:
    coded(bridge, kind)
    give(bridge)
    element, data = offered(bridge)
    whole = bridge.files()[f"{NAME}.mp3"]
    assert (element.get("type"), element.get("length")) == (media_type, str(len(data)))
    assert int(element.get("bitrate")) < 1_250 * kbps  # Opus takes what speech needs
    digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
    integrity = element.find("podcast:integrity", PODCAST)
    assert (integrity.get("type"), integrity.get("value")) == ("sri", f"sha256-{digest}")
    assert len(element.get("title")) <= 32
    one, other = heard(whole), heard(data)
    assert abs(len(one) - len(other)) < 8_000 * 0.1
    loud = [10 * np.log10(np.mean(np.square(sound))) for sound in (one, other)]
    assert loud[0] == pytest.approx(loud[1], abs=0.5)


def test_it_says_what_it_is_and_whose_voice_is_synthetic_without_a_picture(
    bridge: Production,
) -> None:
    give(bridge)
    whole = ID3(bridge.workspace.draft(NAME) / f"{NAME}.mp3")
    small = ID3(io.BytesIO(offered(bridge)[1]))
    assert whole.getall("APIC")
    assert not small.getall("APIC")
    assert {k: str(f) for k, f in small.items()} == {
        k: str(f) for k, f in whole.items() if not k.startswith("APIC")
    }
    coded(bridge, "opus")
    give(bridge, LATER)
    comments = OggOpus(io.BytesIO(offered(bridge)[1])).tags
    assert comments["title"] == ["Cầu mới qua sông Vân"]
    assert comments["ai-content"] == ["true"]


@pytest.mark.parametrize("kind", ["mp3", "opus"])
def test_equal_programmes_give_equal_copies(
    kind: str, bridge: Production, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    coded(bridge, kind)
    give(bridge)
    other = bridge.copied_to(tmp_path / "other")
    first = offered(bridge)[1]
    for file in other.workspace.cache.rglob("*"):
        if file.is_file() and file.read_bytes() == first:
            file.unlink()
    assert not give(other, LATER).changed
    assert offered(other)[1] == first
    # Known by what it was made from, it is not made again.
    monkeypatch.setattr(small_copy, "write_small", None)
    assert not give(bridge, LATER).changed


def test_a_page_offers_it_with_its_size(bridge: Production) -> None:
    page = lxml.html.fromstring(give(bridge).page.read_bytes())
    (link,) = page.xpath("//section[@class='downloads']//a[contains(., 'bản nhẹ')]")
    assert (bridge.workspace.feed / link.get("href").removeprefix("../")).is_file()
    assert "MB" in link.tail


def test_a_station_can_do_without_it_and_think_again(bridge: Production) -> None:
    coded(bridge, "off")
    assert set(give(bridge).episode.files) == FILE_TYPES.keys() - {"small"}
    feed = bridge.workspace.feed / "feed.xml"
    assert b"alternateEnclosure" not in feed.read_bytes()
    coded(bridge, "mp3")
    assert give(bridge, LATER).changed
    assert offered(bridge)[1]
    coded(bridge, "off")
    assert give(bridge, LATER).changed
    assert b"alternateEnclosure" not in feed.read_bytes()


def test_a_new_version_brings_a_new_copy(bridge: Production) -> None:
    give(bridge)
    before = offered(bridge)[1]
    bridge.write(SCRIPT.replace(FIRST, "Sang năm, bà con ạ."))
    bridge.build()
    give(bridge, LATER)
    assert offered(bridge)[1] != before
