"""What `status` remembers of an episode is what it would read of it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import msgspec
import pytest

from broadcast.production.desk import known
from broadcast.production.desk import status as status_
from broadcast.production.desk.status import status
from broadcast.production.public import publish
from productions_by_hand import MORNING, NAME, Notebook, Production, production_in

ST_JOHNS = timezone(timedelta(hours=-3, minutes=-30))
TIMES = [
    MORNING,
    MORNING.astimezone(UTC),
    MORNING.astimezone(ST_JOHNS),
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    with production_in(tmp_path_factory.mktemp("built")) as made:
        made.build(day=date(2025, 9, 6))
        yield made


@pytest.fixture
def bridge(built: Production, tmp_path: Path) -> Production:
    return built.copied_to(tmp_path / "station")


def settle(station: Production) -> None:
    """Let everything there have been changed an hour ago."""
    for file in station.root.rglob("*"):
        if file.is_file() and ".broadcast" not in file.parts:
            changed_ns = file.stat().st_mtime_ns - 3600 * 10**9
            os.utime(file, ns=(changed_ns, changed_ns))


def told(station: Production) -> list[dict[str, Any]]:
    states = status(station.workspace, MORNING + timedelta(days=1))
    return [state.document() for state in states]


def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on no record can be read."""
    monkeypatch.setattr(status_, "read_draft", None)
    monkeypatch.setattr(known, "published_episode", None)
    monkeypatch.setattr(known, "entries_of", None)


@pytest.mark.parametrize("at", TIMES, ids=datetime.isoformat)
def test_it_is_told_again_to_the_letter(
    bridge: Production, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish.publish(bridge.workspace, NAME, None, at, Notebook())
    settle(bridge)
    read = told(bridge)
    assert read[0]["published"] == at.isoformat()
    unread(monkeypatch)
    assert told(bridge) == read


def test_of_a_record_that_changed_just_now_nothing_is_remembered(
    bridge: Production, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(bridge)
    unread(monkeypatch)
    with pytest.raises(TypeError):
        told(bridge)


def test_a_record_that_changed_is_read_again(bridge: Production) -> None:
    settle(bridge)
    told(bridge)
    file = bridge.workspace.draft(NAME) / "episode.json"
    record = json.loads(file.read_bytes())
    file.write_text(json.dumps({**record, "title": "Đường mới"}), "utf-8")
    assert told(bridge)[0]["title"] == "Đường mới"


@pytest.mark.parametrize("damage", ["nothing", "cut", "other rules", "other facts"])
def test_what_is_damaged_is_read_anew(bridge: Production, damage: str) -> None:
    settle(bridge)
    read = told(bridge)
    file = bridge.workspace.facts_file
    rules, files = msgspec.msgpack.decode(file.read_bytes())
    others = {
        path: (*seen, facts.replace(b'"title"', b'"title":"Other","x"'))
        for path, (*seen, facts) in files.items()
    }
    none = {path: (*seen, b'{"a": 1}') for path, (*seen, _) in files.items()}
    made: dict[str, bytes] = {
        "nothing": b"",
        "cut": file.read_bytes()[:-40],
        "other rules": msgspec.msgpack.encode(("of before", others)),
        "other facts": msgspec.msgpack.encode((rules, none)),
    }
    assert others != files
    file.write_bytes(made[damage])
    assert told(bridge) == read
