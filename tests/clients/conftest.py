"""A station whose episodes podcast programs fetch, and the programs that are on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from clients import CLIENTS, Client, fail_or_skip, name_of
from productions_by_hand import MORNING, Production, new_production
from stations import HOUSE, TITLES, Station, settings
from web import Web, on_the_web


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    """A station with three episodes, published on three days; tests take copies."""
    with pytest.MonkeyPatch.context() as patching:
        production = new_production(tmp_path_factory.mktemp("made") / "station", patching)
        production.script().unlink()
        production.set("", settings(HOUSE))
        station = Station(production, Web(production.workspace.feed, set()), MORNING)
        for name in TITLES:
            station.write(name)
            station.publish(name)
        yield production


@pytest.fixture
def station(made: Production, tmp_path: Path) -> Iterator[Station]:
    production = made.copied_to(tmp_path / "station")
    with on_the_web(production.workspace.feed, HOUSE) as web:
        yield Station(production, web, MORNING + timedelta(days=len(TITLES)))


@pytest.fixture(params=CLIENTS, ids=name_of)
def client(request: pytest.FixtureRequest) -> Client:
    """Each program that is here; what is missing is no fault but where all are asked for."""
    one: Client = request.param
    if missing := one.missing():
        fail_or_skip(f"{missing} is not here: install {one.package}")
    return one
