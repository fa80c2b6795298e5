"""Whatever is changed in a written site by chance, in bytes or in XML, `feed --check` finds it.

The changes are drawn from seeds, not from a list of faults that somebody thought of.
"""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from broadcast.model import Problem
from broadcast.production.public.check_site import check_site
from broadcast.production.public.feed import write_feed
from broadcast.production.public.publish import publish_all
from productions_by_hand import AGAIN, MORNING, NAME, SCRIPT, SETTINGS, Production, production_in

OTHER = "cau-cu"
PUBLIC = SETTINGS.replace("http://127.0.0.1:8000/", "https://dai.example.vn/podcast/")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with production_in(tmp_path_factory.mktemp("mutated")) as station:
        station.set("", PUBLIC)
        station.write(SCRIPT.replace(AGAIN, "Cầu cũ có giữ lại không?"), OTHER)
        station.write(SCRIPT)
        for name in (OTHER, NAME):
            station.build(name, new_guid=f"guid-of-{name}")
        publish_all(station.workspace, (OTHER, NAME), None, MORNING, station.reporter)
        yield station


def errors(station: Production) -> list[Problem]:
    problems = check_site(station.workspace, MORNING, station.reporter)
    return [problem for problem in problems if problem.level == "error"]


def test_what_was_written_is_in_order(published: Production) -> None:
    assert errors(published) == []


def found_when(published: Production, tmp_path: Path, change: Callable[[Path], object]) -> bool:
    """Whether the check finds a change of a copy's feed/, and the next writing mends it."""
    station = published.copied_to(tmp_path / "station")
    feed = station.workspace.feed
    whole = {file: file.read_bytes() for file in feed.rglob("*") if file.is_file()}
    change(feed)
    found = errors(station)
    write_feed(station.workspace, MORNING, station.reporter)
    assert {file: file.read_bytes() for file in feed.rglob("*") if file.is_file()} == whole
    shutil.rmtree(station.root)
    return bool(found)


def test_what_a_disk_damaged_unseen_is_mended_after_a_check(
    published: Production, tmp_path: Path
) -> None:
    station = published.copied_to(tmp_path / "station")
    for file in (station.workspace.feed).rglob("*"):
        os.utime(file, (1_000, 1_000))
    write_feed(station.workspace, MORNING, station.reporter)  # notes how everything stands
    audio = sorted(station.workspace.feed.glob(f"media/{NAME}-*.mp3"))[0]
    whole = audio.read_bytes()
    audio.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    os.utime(audio, (1_000, 1_000))
    assert [one.message.code for one in errors(station)] == ["feed.part-damaged"]
    write_feed(station.workspace, MORNING, station.reporter)
    assert audio.read_bytes() == whole


def any_file(feed: Path, draw: random.Random) -> Path:
    return draw.choice(sorted(file for file in feed.rglob("*") if file.is_file()))


def flip(feed: Path, draw: random.Random) -> None:
    """One bit, at equal length."""
    file = any_file(feed, draw)
    data = bytearray(file.read_bytes())
    data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
    file.write_bytes(data)


def cut(feed: Path, draw: random.Random) -> None:
    file = any_file(feed, draw)
    file.write_bytes(file.read_bytes()[: -draw.randint(1, 200)])


def swap(feed: Path, draw: random.Random) -> None:
    """Another file's bytes in the place of its own."""
    one, other = any_file(feed, draw), any_file(feed, draw)
    while one.read_bytes() == other.read_bytes():
        other = any_file(feed, draw)
    one.write_bytes(other.read_bytes())


def lose(feed: Path, draw: random.Random) -> None:
    any_file(feed, draw).unlink()


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("change", [flip, cut, swap, lose])
def test_a_changed_byte_is_found_and_mended(
    published: Production,
    tmp_path: Path,
    change: Callable[[Path, random.Random], None],
    seed: int,
) -> None:
    draw = random.Random(f"{change.__name__} {seed}")
    assert found_when(published, tmp_path, lambda feed: change(feed, draw))


def drop(element: Any, draw: random.Random) -> None:
    element.getparent().remove(element)


def double(element: Any, draw: random.Random) -> None:
    element.addnext(deepcopy(element))


def reword(element: Any, draw: random.Random) -> None:
    element.text = f"{element.text or ''}{draw.choice('aạ<&0')}"


def reset(element: Any, draw: random.Random) -> None:
    name = draw.choice(sorted(element.attrib) or ["url"])
    element.set(name, f"{element.get(name, '')}{draw.choice('x0/')}")


@pytest.mark.parametrize("seed", range(15))
@pytest.mark.parametrize("change", [drop, double, reword, reset])
def test_a_changed_element_of_the_feed_is_found_and_mended(
    published: Production,
    tmp_path: Path,
    change: Callable[[Any, random.Random], None],
    seed: int,
) -> None:
    draw = random.Random(f"{change.__name__} {seed}")

    def mutate(feed: Path) -> None:
        tree = etree.parse(feed / "feed.xml")
        change(draw.choice(list(tree.getroot().iter(etree.Element))[1:]), draw)
        tree.write(feed / "feed.xml", encoding="utf-8", xml_declaration=True)

    assert found_when(published, tmp_path, mutate)


@pytest.mark.parametrize("seed", range(10))
def test_a_frozen_file_that_was_changed_is_found(
    published: Production, tmp_path: Path, seed: int
) -> None:
    draw = random.Random(seed)
    station = published.copied_to(tmp_path / "station")
    folder = station.workspace.published(NAME)
    file = draw.choice(sorted(one for one in folder.iterdir() if one.name.startswith(NAME)))
    data = bytearray(file.read_bytes())
    data[draw.randrange(len(data))] ^= 1
    file.write_bytes(data)
    assert errors(station)


def edited(record: Path, edit: Callable[[Any], object]) -> None:
    document = json.loads(record.read_bytes())
    edit(document)
    record.write_text(json.dumps(document, ensure_ascii=False), "utf-8")


@pytest.mark.parametrize(
    ("record", "edit", "codes"),
    [
        (
            "published.json",
            lambda one: one.update(duration_ms=one["duration_ms"] + 3_000),
            {"entry.duration"},
        ),
        (
            "published.json",
            lambda one: one["chapters"][-1].update(title="Chuyện khác"),
            {"media.other-chapters"},
        ),
        (
            "sentences.json",
            lambda one: one["sentences"][0].update(text="Lời không ai nói."),
            {"media.other-words"},
        ),
        (
            "sentences.json",
            lambda one: one["sentences"].reverse(),
            {"media.other-words"},
        ),
    ],
)
def test_a_record_that_its_media_contradict_is_told_with_the_file(
    published: Production,
    tmp_path: Path,
    record: str,
    edit: Callable[[Any], object],
    codes: set[str],
) -> None:
    station = published.copied_to(tmp_path / "station")
    edited(station.workspace.published(NAME) / record, edit)
    write_feed(station.workspace, MORNING, station.reporter)  # what is recorded is in the feed
    assert {problem.message.code for problem in errors(station)} == codes
