"""Several episodes side by side: the same bytes as alone, each told, none held up by another."""

from __future__ import annotations

import threading
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import pytest

from broadcast.errors import StoppedError
from broadcast.messages import Message
from broadcast.network.batch import BuildOutcome, Order, build_side_by_side
from broadcast.network.leave import ask_first
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

    build_side_by_side(orders, at_once, lambda one, go_on: notebook(one), tell)
    return told


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
    build_side_by_side(orders, 2, lambda one, go_on: Notebook(), told.append)
    assert [str(one.error) for one in told if one.error] == [
        "Two scripts would make one episode: cau-moi.txt and cau-moi.txt."
    ]
    assert sum(one.built is not None for one in told) == 1


def test_stopped_between_two_pieces_nothing_is_half_and_the_rest_is_made_next_time(
    station: Production,
) -> None:
    """Ctrl-C, as the thread that waits meets it: raised from what it tells."""
    encoding = threading.Event()
    ended: list[str] = []

    class Told(Notebook):
        def __init__(self, name: str, go_on: Callable[[], None]) -> None:
            super().__init__()
            self.name, self.look = name, go_on

        def step(self, stage: Message | str, done: int, total: int, what: str = "") -> None:
            if self.name == NAMES[1] and str(stage) == "encoding":
                encoding.set()
                with pytest.raises(StoppedError):
                    for _ in range(MOST_WAIT_S * 100):
                        stopped.wait(0.01)
                        self.look()
                self.look()

    stopped = threading.Event()

    def tell(outcome: BuildOutcome) -> None:
        ended.append(outcome.order.file.stem)
        assert encoding.wait(MOST_WAIT_S)
        raise KeyboardInterrupt

    orders = [order(station, name) for name in NAMES[:2]]
    with pytest.raises(KeyboardInterrupt):
        build_side_by_side(orders, 2, lambda one, go_on: Told(one.file.stem, go_on), tell)
    assert ended == [NAMES[0]]
    station.draft(NAMES[0])
    assert station.files(NAMES[1]) == {}
    outcomes = built(orders)
    assert outcomes[NAMES[0]].built is not None
    assert outcomes[NAMES[0]].built.reasons == ()
    assert station.draft(NAMES[1]).is_whole()


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
