"""What a station sends to a voice that costs money: told before, counted, and never too much."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from broadcast.errors import BroadcastError, OutsideError
from broadcast.messages import Message
from broadcast.production.desk.read_station import station_of
from broadcast.production.voicing import spending
from broadcast.production.voicing.say_line import say_line
from broadcast.speech import VoiceInfo
from broadcast.workspace import Workspace
from productions_by_hand import SCRIPT, SETTINGS, Notebook, Production, Tones, new_production
from productions_by_hand import with_engine as with_one

PAID = SETTINGS.replace('["tones"]', '["paid", "tones"]')


@pytest.fixture
def paid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tones:
    monkeypatch.setattr(spending, "this_month", lambda: "2026-11")
    return with_one(Tones("paid", online=True), tmp_path, monkeypatch)


@pytest.fixture
def station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, paid: Tones) -> Production:
    return new_production(tmp_path / "station", monkeypatch)


def limited(station: Production, limit: int, price: float = 0.0) -> None:
    own = f"[voices.paid]\nlimit_per_month = {limit}\nprice_per_million = {price}\n"
    station.set("", f'{PAID}{own}currency = "đồng"\n')


def sent(station: Production) -> Any:
    return json.loads((station.root / "sent.json").read_text("utf-8"))


def characters(engine: Tones) -> int:
    return sum(map(len, engine.spoken))


def test_what_it_costs_is_told_before_by_the_stations_own_price(
    station: Production, paid: Tones
) -> None:
    limited(station, 5_000, 400_000)
    told: list[list[str]] = []
    paid.before = lambda words: told.append(list(station.reporter.said))
    station.build()
    assert told[0] == [
        f"{characters(paid)} characters go to somebody else to be spoken.",
        f"They cost about {characters(paid) * 0.4:,.2f} đồng.",
        "0 of 5,000 characters were sent this month before.",
    ]
    assert sent(station) == {"format": 1, "months": {"2026-11": {"paid": characters(paid)}}}


def test_no_price_is_told_and_nothing_counted_where_the_station_says_nothing(
    station: Production, paid: Tones
) -> None:
    station.set("", PAID)
    station.build()
    assert len(station.reporter.said) == 1
    assert not (station.root / "sent.json").exists()


def test_what_is_to_be_known_of_an_engine_is_told_each_time_that_words_go_to_it(
    station: Production, paid: Tones
) -> None:
    caution = Message("edge.unofficial", "It may be turned off at any time.")
    paid.declares = replace(paid.declares, caution=caution)
    station.set("", PAID)
    station.build()
    station.build()
    assert station.reporter.said.count(str(caution)) == 1
    paid.sounds = "2"
    station.build()
    assert station.reporter.said.count(str(caution)) == 2


def test_a_limit_holds_across_builds_and_without_the_cache(
    station: Production, paid: Tones
) -> None:
    limited(station, 5_000)
    station.build()
    once = characters(paid)
    limited(station, once + 10)
    station.write(SCRIPT.replace("một tháng", "hai tháng"))
    with pytest.raises(BroadcastError, match=f"would pass limit_per_month = {once + 10}") as failed:
        station.build()
    assert failed.value.file == station.root / "station.toml"
    assert "--engine" in str(failed.value.hint)
    assert characters(paid) == once
    assert station.engine.spoken == []  # no other voice takes over without a word
    limited(station, 2 * once)
    station.build()
    assert sent(station)["months"]["2026-11"]["paid"] == characters(paid) > once


def test_a_new_month_begins_at_nothing(
    station: Production, paid: Tones, monkeypatch: pytest.MonkeyPatch
) -> None:
    limited(station, 5_000)
    station.build()
    limited(station, characters(paid))
    station.write(SCRIPT.replace("một tháng", "hai tháng"))
    monkeypatch.setattr(spending, "this_month", lambda: "2026-12")
    station.build()
    assert list(sent(station)["months"]) == ["2026-11", "2026-12"]


def test_what_was_not_spoken_is_not_counted(station: Production, paid: Tones) -> None:
    limited(station, 5_000)

    def fail(words: str) -> None:
        if len(paid.spoken) == 2:
            raise OutsideError("The service is gone.")

    paid.before = fail
    station.build()
    assert sent(station)["months"]["2026-11"]["paid"] == characters(paid)


def test_a_line_to_hear_counts_too(station: Production, paid: Tones, tmp_path: Path) -> None:
    limited(station, 20)
    workspace = Workspace(station.root)
    order: dict[str, Any] = {"voice": None, "engine": None, "offline": False}
    read = station_of(workspace)
    say_line(workspace, read, "Xin chào bà con.", tmp_path / "a.wav", Notebook(), **order)
    assert sent(station)["months"]["2026-11"]["paid"] == 16
    with pytest.raises(BroadcastError, match="would pass"):
        say_line(workspace, read, "Xin chào.", tmp_path / "b.wav", Notebook(), **order)


def test_a_damaged_record_is_named_and_nothing_is_sent(station: Production, paid: Tones) -> None:
    limited(station, 5_000)
    (station.root / "sent.json").write_text('{"months": {"2026-11": {"paid": -1}}}', "utf-8")
    with pytest.raises(BroadcastError) as failed:
        station.build()
    assert failed.value.file == station.root / "sent.json"
    assert paid.spoken == []


def test_an_engine_that_is_counted_tells_of_its_voices_as_it_did(
    station: Production, paid: Tones, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        paid, "about", lambda voice: VoiceInfo(voice, "vi", "", licence="CC0-1.0"), raising=False
    )
    limited(station, 10_000)
    station.build()
    assert {turn["take"]["licence"] for turn in station.episode()["turns"]} == {"CC0-1.0"}
