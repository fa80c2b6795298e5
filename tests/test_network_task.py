"""An episode handed to another machine: the same bytes, its own paths, nothing sent from there."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from broadcast.errors import BroadcastError, EngineUnavailableError, OutsideError, StoppedError
from broadcast.messages import Message
from broadcast.network.task import SHARED, make_episode, task_for
from broadcast.production.making.begin import begin
from broadcast.production.making.orders import Orders
from productions_by_hand import (
    MORNING,
    NAME,
    SETTINGS,
    Notebook,
    Production,
    Tones,
    new_production,
    with_engine,
)

ORDERS = Orders(now=MORNING, new_guid=f"guid-of-{NAME}", jobs=1)


@pytest.fixture
def station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Production:
    (tmp_path / "storage").mkdir()
    return new_production(tmp_path / "storage" / "station", monkeypatch)


def test_two_machines_that_see_one_storage_under_two_paths_make_what_one_makes_alone(
    station: Production, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = station.copied_to(tmp_path / "alone")
    alone.build()
    monkeypatch.setenv(SHARED, str(tmp_path / "storage"))
    task = pickle.loads(pickle.dumps(task_for(station.workspace, station.script(), ORDERS)))
    assert (task.station, task.script) == ("station", f"scripts/{NAME}.txt")
    (tmp_path / "mnt").symlink_to(tmp_path / "storage")
    monkeypatch.setenv(SHARED, str(tmp_path / "mnt"))
    report = pickle.loads(pickle.dumps(make_episode(task)))
    assert [str(one) for one in report.reasons] == ["first build"]
    assert station.files() == alone.files()
    assert make_episode(task).reasons == ()


def test_what_is_wrong_comes_back_with_its_file_as_the_station_has_it(
    station: Production,
) -> None:
    station.write("Một dòng.\n")
    report = make_episode(task_for(station.workspace, station.script(), ORDERS))
    report = pickle.loads(pickle.dumps(report))
    assert report.error is not None
    assert report.error.file == Path(f"scripts/{NAME}.txt")
    assert [one.file for one in report.told] == [Path(f"scripts/{NAME}.txt")]


def test_a_machine_that_does_not_see_the_station_says_so(
    station: Production, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SHARED, str(tmp_path / "storage"))
    task = task_for(station.workspace, station.script(), ORDERS)
    monkeypatch.delenv(SHARED)
    with pytest.raises(OutsideError, match="does not see"):
        make_episode(task)
    with pytest.raises(OutsideError, match="has broadcast"):
        make_episode(replace(task, version="0.0.1"))


def test_what_no_other_machine_can_see_is_not_handed_over(
    station: Production, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    far = tmp_path / "xa.txt"
    far.write_text("PV: Xong chưa?\n", "utf-8")
    with pytest.raises(BroadcastError, match="outside its station"):
        task_for(station.workspace, far, ORDERS)
    monkeypatch.setenv(SHARED, str(tmp_path / "elsewhere"))
    with pytest.raises(BroadcastError, match="outside the folder"):
        task_for(station.workspace, station.script(), ORDERS)


def test_words_go_to_a_service_from_the_machine_of_the_user_alone(
    station: Production, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = with_engine(Tones("far", online=True), tmp_path, monkeypatch)
    station.set("", SETTINGS.replace('["tones"]', '["far", "tones"]'))
    unsent = make_episode(
        task_for(
            station.workspace, station.script(), replace(ORDERS, spoken_by="far", offline=True)
        )
    )
    assert "stay offline" in str(unsent.error)
    assert engine.spoken == []
    orders = begin(station.workspace, station.script(), ORDERS, Notebook())
    assert orders.spoken_by == "far"
    said = [*engine.spoken]
    assert len(said) == 5
    report = make_episode(task_for(station.workspace, station.script(), orders))
    assert (report.error, engine.spoken) == (None, said)
    assert station.draft().record.engine == "far"
    again = Production(station.root, engine).build()
    assert (again.reasons, engine.spoken) == ((), said)


def test_the_engine_that_took_the_place_of_one_that_failed_makes_the_rest(
    station: Production, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = with_engine(Tones("far", online=True), tmp_path, monkeypatch)

    def gone(words: str) -> None:
        raise EngineUnavailableError(Message("test.gone", "nobody answers"))

    engine.before = gone
    station.set("", SETTINGS.replace('["tones"]', '["far", "tones"]'))
    orders = begin(station.workspace, station.script(), ORDERS, Notebook())
    assert orders.spoken_by == "tones"
    assert make_episode(task_for(station.workspace, station.script(), orders)).error is None
    assert station.draft().record.engine == "tones"


def test_what_speaks_here_without_leave_is_left_to_the_other_machine(station: Production) -> None:
    orders = begin(station.workspace, station.script(), ORDERS, Notebook())
    assert orders is ORDERS
    assert station.engine.spoken == []


@pytest.mark.parametrize("kind", [BroadcastError, OutsideError, EngineUnavailableError])
def test_an_error_comes_from_another_process_as_it_was(kind: type[BroadcastError]) -> None:
    error = kind(Message("test.x", "{a}", a=1), file="x", line=3, hint=Message("test.h", "do"))
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is kind
    assert (again.message, again.file, again.line, again.hint) == (
        error.message,
        "x",
        3,
        error.hint,
    )
    assert type(pickle.loads(pickle.dumps(StoppedError()))) is StoppedError
