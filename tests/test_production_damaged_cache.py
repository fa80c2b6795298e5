"""What the cache keeps can be damaged as any file: a build goes on as if it was not there."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from station_at_hand import (
    NAME,
    Station,
    copy_of,
    made_station,
    put,
)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Station:
    return made_station(tmp_path_factory)


@pytest.fixture
def station(made: Station, tmp_path: Path) -> Station:
    return copy_of(made, tmp_path)


def cached_values(station: Station) -> dict[Path, object]:
    """Give the values that the cache keeps as JSON, by their files."""
    values = {}
    for file in (station.root / ".broadcast" / "cache").rglob("*"):
        with suppress(OSError, ValueError):
            values[file] = json.loads(file.read_bytes())
    return values


def test_the_cache_keeps_values_of_every_kind(made: Station) -> None:
    values = cached_values(made).values()
    assert {type(value) for value in values} == {dict, list, str}
    assert len(values) > 30


@pytest.mark.parametrize(
    "damage",
    [
        lambda value: b"",
        lambda value: json.dumps(value).encode()[: len(json.dumps(value)) // 2],
        lambda value: b'"\xff"',
        lambda value: b"null",
        lambda value: b"{}" if isinstance(value, list) else b"[]",
        lambda value: b'{"more": ' + b"[" * 100_000,
    ],
    ids=["emptied", "half", "no text", "null", "another kind", "nested"],
)
def test_a_build_goes_on_as_if_damaged_cache_entries_were_not_there(
    station: Station, damage: Callable[[object], bytes]
) -> None:
    station.done("takes", NAME)  # some is kept by the files' places
    station.done("build", NAME)
    before = station.files()
    for file, value in cached_values(station).items():
        put(file, damage(value))
    (station.root / "episodes" / NAME / f"{NAME}.mp3").unlink()
    station.done("build", NAME)
    assert station.files() == before
    station.done("takes", NAME)
