"""Several episodes side by side: the same bytes as alone, each told, none held up by another."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import psutil
import pytest

from broadcast.errors import OutsideError
from broadcast.network.batch import BuildOutcome, Order, build_side_by_side
from broadcast.network.leave import ask_first
from broadcast.network.processes import Processes
from broadcast.production.desk.last_errors import last_errors, note_error
from broadcast.production.making.orders import Orders
from productions_by_hand import (
    MORNING,
    MOST_WAIT_S,
    SCRIPT,
    SETTINGS,
    Notebook,
    Production,
    Tones,
    new_production,
    with_engine,
)

NAMES = ("cau-moi", "cho-moi", "truong-moi")


@pytest.fixture
def station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Production:
    made = new_production(tmp_path / "station", monkeypatch)
    for name, word in zip(NAMES, ("cầu", "chợ", "trường"), strict=True):
        made.write(SCRIPT.replace("Cầu", word.title()).replace("cầu", word), name)
    return made


def order(station: Production, name: str, **asked: object) -> Order:
    orders = Orders(now=MORNING, new_guid=f"guid-of-{name}", jobs=1, beside=2, **asked)  # type: ignore[arg-type]
    return Order(station.workspace, station.script(name), orders)


def built(
    orders: list[Order],
    at_once: int = 2,
    notebook: Callable[[Order], Notebook] = lambda _: Notebook(),
) -> dict[str, BuildOutcome]:
    told: dict[str, BuildOutcome] = {}

    def tell(outcome: BuildOutcome) -> None:
        assert threading.current_thread() is threading.main_thread()
        told[outcome.order.file.stem] = outcome

    with Processes(at_once) as processes:
        build_side_by_side(orders, processes, lambda one, go_on: notebook(one), tell)
    return told


def wait_until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + MOST_WAIT_S
    while not true():
        assert time.monotonic() < until, "what is waited for never comes"
        time.sleep(0.01)


def holds(process: psutil.Process) -> bool:
    """Whether a process holds an episode that it makes."""
    return any(Path(one.path).parent.name == "making" for one in process.open_files())


def test_episodes_made_side_by_side_are_those_made_alone(
    station: Production, tmp_path: Path
) -> None:
    alone = station.copied_to(tmp_path / "alone")
    for name in NAMES:
        alone.build(name, jobs=2)
    outcomes = built([order(station, name) for name in NAMES], 3)
    assert [one.error for one in outcomes.values()] == [None] * 3
    for name in NAMES:
        assert station.files(name) == alone.files(name)


def test_two_are_made_at_once(station: Production) -> None:
    both = threading.Barrier(2)
    met: set[str] = set()

    def meet(stage: str, name: str) -> None:
        if stage == "encoding" and name not in met and len(met) < 2:
            met.add(name)
            both.wait(MOST_WAIT_S)

    built(
        [order(station, name) for name in NAMES],
        2,
        lambda one: Notebook(on_step=lambda stage: meet(stage, one.file.stem)),
    )
    assert len(met) == 2


def test_what_fails_holds_up_no_other_and_is_told_with_its_reason(station: Production) -> None:
    station.write("Một dòng.\n", NAMES[0])

    def break_down(stage: str) -> None:
        raise ZeroDivisionError("a mistake of the program's own")

    outcomes = built(
        [order(station, name) for name in NAMES],
        2,
        lambda one: Notebook(**{"on_step": break_down} if one.file.stem == NAMES[1] else {}),
    )
    assert "Not built" in str(outcomes[NAMES[0]].error)
    assert isinstance(outcomes[NAMES[1]].error, ZeroDivisionError)
    assert outcomes[NAMES[2]].built is not None


def test_two_scripts_of_one_name_are_refused_and_one_named_twice_is_built_once(
    station: Production, tmp_path: Path
) -> None:
    other = tmp_path / "elsewhere" / f"{NAMES[0]}.txt"
    other.parent.mkdir()
    other.write_text(SCRIPT, "utf-8")
    station.script(NAMES[0]).rename(tmp_path / f"{NAMES[0]}.txt")
    first, second = (
        Order(station.workspace, file, order(station, NAMES[0]).orders)
        for file in (tmp_path / f"{NAMES[0]}.txt", other)
    )
    told: list[BuildOutcome] = []
    orders = [first, second, first]
    with Processes(2) as processes:
        build_side_by_side(orders, processes, lambda one, go_on: Notebook(), told.append)
    assert [str(one.error) for one in told if one.error] == [
        "Two scripts would make one episode: cau-moi.txt and cau-moi.txt."
    ]
    assert sum(one.built is not None for one in told) == 1


def test_stopped_between_two_pieces_nothing_is_half_and_the_rest_is_made_next_time(
    station: Production, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C, as the thread that waits meets it: raised from what it tells."""
    begun, go = tmp_path / "begun", tmp_path / "go"
    with_engine(
        station.engine,
        tmp_path / "held",
        monkeypatch,
        further=f"""
import pathlib, time
begun, go = pathlib.Path({str(begun)!r}), pathlib.Path({str(go)!r})
def before(words):
    if "chợ" in words.lower():
        begun.touch()
        for _ in range({MOST_WAIT_S * 100}):
            go.exists() or time.sleep(0.01)
engine.before = before
""",
    )
    ended: list[str] = []

    def tell(outcome: BuildOutcome) -> None:
        ended.append(outcome.order.file.stem)
        wait_until(begun.exists)
        threading.Timer(0.5, go.touch).start()
        raise KeyboardInterrupt

    class Told(Notebook):
        def __init__(self, go_on: Callable[[], None]) -> None:
            super().__init__(on_wait=go_on)

    orders = [order(station, name) for name in NAMES[:2]]
    with pytest.raises(KeyboardInterrupt), Processes(2) as processes:
        build_side_by_side(orders, processes, lambda one, go_on: Told(go_on), tell)
    assert ended == [NAMES[0]]
    assert station.files(NAMES[1]) == {}
    assert not multiprocessing.active_children()
    outcomes = built(orders)
    assert outcomes[NAMES[0]].built is not None
    assert outcomes[NAMES[0]].built.reasons == ()
    assert station.draft(NAMES[1]).is_whole()


def test_a_process_that_is_killed_costs_time_alone(station: Production, tmp_path: Path) -> None:
    alone = station.copied_to(tmp_path / "alone")
    alone.build(NAMES[0])
    killed: list[int] = []

    def kill(stage: str) -> None:
        if stage == "speaking" and not killed:
            (process,) = multiprocessing.active_children()
            process.kill()
            killed.append(process.pid or 0)

    outcomes = built([order(station, NAMES[0])], 1, lambda _: Notebook(on_step=kill))
    assert killed
    assert outcomes[NAMES[0]].error is None
    assert station.files(NAMES[0]) == alone.files(NAMES[0])


def test_an_episode_that_ends_every_process_is_told_and_the_next_is_built(
    station: Production, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dies = "import os\nengine.before = lambda words: 'cầu' in words.lower() and os._exit(9)"
    with_engine(station.engine, tmp_path / "dies", monkeypatch, further=dies)
    outcomes = built([order(station, name) for name in NAMES[:2]], 1)
    assert "3 times the process that built it ended" in str(outcomes[NAMES[0]].error)
    assert isinstance(outcomes[NAMES[0]].error, OutsideError)
    assert outcomes[NAMES[1]].built is not None


def test_an_error_that_cannot_leave_its_process_is_told_all_the_same(
    station: Production, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = """
from broadcast.production.making import make_draft
def fails(*asked, **further):
    raise ZeroDivisionError(lambda: "words")
make_draft.plan = fails"""
    with_engine(station.engine, tmp_path / "odd", monkeypatch, further=odd)
    error = built([order(station, NAMES[0])], 1)[NAMES[0]].error
    assert isinstance(error, RuntimeError)
    assert "ZeroDivisionError" in str(error)
    note_error(station.workspace, MORNING, "broadcast build", error)
    assert any("make_draft.py" in place for place in last_errors(station.workspace)[0].places)


def test_a_terminal_that_is_gone_is_no_process_that_died(station: Production) -> None:
    def gone(stage: str) -> None:
        raise BrokenPipeError

    told = built([order(station, NAMES[0])], 1, lambda _: Notebook(on_step=gone))
    assert isinstance(told[NAMES[0]].error, BrokenPipeError)


def test_a_mistake_in_another_process_is_told_with_where_it_happened(
    station: Production, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = (
        "from broadcast.production.making import make_draft as m\nm.plan = lambda *a, **b: 1 / 0"
    )
    with_engine(station.engine, tmp_path / "wrong", monkeypatch, further=wrong)
    error = built([order(station, NAMES[0])], 1)[NAMES[0]].error
    assert isinstance(error, ZeroDivisionError)
    note_error(station.workspace, MORNING, "broadcast build", error)
    (noted,) = last_errors(station.workspace)
    assert any("make_draft.py" in place for place in noted.places)


def test_nothing_goes_on_building_when_the_command_was_killed(
    station: Production, tmp_path: Path
) -> None:
    """As the system ends a program for its memory: nobody is left to tell the others."""
    settings = SETTINGS.replace('["tones"]', '["espeak"]')
    station.set("", settings)
    whole = SCRIPT.partition("\n\n")
    station.write(whole[0] + whole[1] + "\n\n".join([whole[2]] * 40), NAMES[0])
    run = [sys.executable, "-m", "broadcast", "build", NAMES[0], NAMES[1], "--jobs", "2"]
    with subprocess.Popen(run, cwd=station.root, stderr=subprocess.DEVNULL) as command:
        builders = psutil.Process(command.pid)
        wait_until(lambda: len([one for one in builders.children() if holds(one)]) > 0)
        children = builders.children(recursive=True)
        command.kill()
    assert psutil.wait_procs(children, timeout=MOST_WAIT_S)[1] == []
    assert station.files(NAMES[0]) == {}


@pytest.fixture
def online(station: Production, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Production:
    made = Production(station.root, with_engine(Tones("far", online=True), tmp_path, monkeypatch))
    made.set("", SETTINGS.replace('["tones"]', '["far"]'))
    return made


def test_an_online_voice_speaks_for_one_episode_at_a_time_and_says_once_what_they_share(
    online: Production,
) -> None:
    outcomes = built([order(online, name) for name in NAMES], 3)
    assert [one.error for one in outcomes.values()] == [None] * 3
    spoken = online.engine.spoken
    assert len(spoken) == len({*spoken})
    assert spoken.count("Giọng máy.") == 1
    own = [word for words in spoken for word in ("cầu", "chợ", "trường") if word in words.lower()]
    assert len(own) > 3
    assert len([*groupby(own)]) == 3


def test_a_months_limit_holds_over_all_of_them(
    station: Production, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = with_engine(Tones("far", online=True), tmp_path, monkeypatch)
    limited = Production(station.root, engine)
    table = "[voices.far]\nlimit_per_month = 200\n[words]"
    limited.set("", SETTINGS.replace('["tones"]', '["far"]').replace("[words]", table))
    outcomes = built([order(limited, name) for name in NAMES], 3)
    failed = [str(one.error) for one in outcomes.values() if one.error]
    assert len(failed) == 2
    assert all("limit_per_month" in one for one in failed)
    assert sum(map(len, engine.spoken)) <= 200


def test_leave_is_asked_once_for_each_engine_that_may_speak_and_never_on_the_way(
    station: Production, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    key = '[voices.openai]\nurl = "https://speech.example.vn/"\nmodel = "m"\n[words]'
    station.set("", SETTINGS.replace('["tones"]', '["openai", "tones"]').replace("[words]", key))
    nobody = Notebook(answer=None)
    ask_first(station.workspace, None, nobody, offline=False)
    assert [engine for engine, *_ in nobody.asked] == ["openai"]
    refuses = Notebook(answer=False)
    for _ in range(2):
        ask_first(station.workspace, None, refuses, offline=False)
    assert [engine for engine, *_ in refuses.asked] == ["openai"]
    spared = Notebook(answer=False)
    ask_first(station.workspace, "tones", spared, offline=False)
    ask_first(station.workspace, None, spared, offline=True)
    assert spared.asked == []


def test_what_holds_since_last_time_is_told_of_what_is_up_to_date(station: Production) -> None:
    built([order(station, NAMES[0], formats=("wav",))], 1)
    notebook = Notebook()
    outcome = built([order(station, NAMES[0])], 1, lambda _: notebook)[NAMES[0]]
    assert outcome.built is not None
    assert outcome.built.reasons == ()
    assert notebook.said == ["As it was last asked for: --format wav."]
