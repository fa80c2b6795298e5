"""Work that is stopped from outside, wherever it stands: nothing of it is seen, and it goes on."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from broadcast.errors import StoppedError
from broadcast.production import booth
from broadcast.production.making.build import build
from broadcast.production.making.orders import Orders
from broadcast.production.public import publish, withdraw
from broadcast.production.public.feed import write_feed
from broadcast.workspace.locks import locked, making
from productions_by_hand import (
    ASK,
    FIRST,
    LAM,
    MORNING,
    MOST_WAIT_S,
    NAME,
    SCRIPT,
    SECOND,
    SETTINGS,
    Notebook,
    Production,
    Tones,
    held,
    new_production,
    record,
    with_engine,
)

SHORT = f"""\
Cầu mới qua sông Vân

Phóng viên: {ASK}

{LAM}: {FIRST}
"""


@pytest.fixture
def bridge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Production:
    return new_production(tmp_path / "station", monkeypatch)


def stopping(after: int) -> Callable[[str], None]:
    """What stops the work at its ``after``-th step (from 0)."""
    left = iter(range(after))

    def step(stage: str) -> None:
        if next(left, None) is None:
            raise StoppedError

    return step


def stop() -> None:
    raise StoppedError


def recordings(station: Production) -> dict[str, bytes]:
    folder = station.workspace.recordings(NAME)
    return {file.name: file.read_bytes() for file in folder.iterdir()} if folder.is_dir() else {}


def with_voice(station: Production, number: int) -> None:
    """Let everybody have voices that nobody had, so that all is to be spoken."""
    voices = "".join(
        f'{role} = ["+{role}{number}"]\n' for role in ("presenter", "reporter", "official")
    )
    station.set(f"[voices.tones]\n{voices}")


def test_a_build_stopped_at_any_step_leaves_the_draft_as_it_was(bridge: Production) -> None:
    bridge.write(SHORT)
    bridge.build(formats=("wav",))
    before = bridge.files()
    stopped = []
    for steps in range(100):
        with_voice(bridge, steps)
        reporter = Notebook(on_step=stopping(steps))
        try:
            bridge.build(reporter=reporter, formats=("wav",))
        except StoppedError:
            assert bridge.files() == before, f"after {steps} steps, {reporter.stages[-1]}"
            stopped.append(reporter.stages[-1])
            continue
        break
    assert Counter(stopped) >= Counter(["speaking", "levelling", "encoding", "WAV"] * 3)
    assert bridge.turn(2)["take"]["voice"] == f"vi+official{len(stopped)}"
    assert bridge.files().keys() == before.keys()
    assert not bridge.build(formats=("wav",)).reasons
    assert bridge.draft().is_whole()


@pytest.mark.parametrize("steps", [0, 4, 7])
def test_a_first_build_that_is_stopped_leaves_nothing_but_what_was_spoken(
    bridge: Production, tmp_path: Path, steps: int
) -> None:
    bridge.write(SHORT)
    other = bridge.copied_to(tmp_path / "other")
    with pytest.raises(StoppedError):
        bridge.build(reporter=Notebook(on_step=stopping(steps)))
    assert bridge.files() == {}
    assert [path for path in (bridge.root / "episodes").rglob("*") if path.is_file()] == []
    bridge.build()
    assert len(bridge.engine.spoken) == 3
    other.build()
    assert bridge.files() == other.files()


def test_a_build_stopped_while_one_engine_speaks_goes_on_with_no_other(
    bridge: Production, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = with_engine(Tones("other"), tmp_path, monkeypatch)
    bridge.set("", SETTINGS.replace('["tones"]', '["tones", "other"]'))
    with pytest.raises(StoppedError):
        bridge.build(reporter=Notebook(on_step=stopping(1)))
    assert other.spoken == []


def test_listening_to_recordings_may_be_stopped(bridge: Production) -> None:
    bridge.record("02.wav", FIRST)
    bridge.record("04.wav", SECOND)
    with pytest.raises(StoppedError):
        bridge.build(reporter=Notebook(on_step=stopping(0)))
    assert recordings(bridge).keys() == {"02.wav", "04.wav"}  # nothing was remembered
    assert bridge.files() == {}
    bridge.build()
    assert bridge.turn(4)["take"]["kind"] == "recorded"


Work = Callable[[Production, Notebook, Path], object]
COMMITTING: dict[str, Work] = {
    "build": lambda station, reporter, file: station.build(reporter=reporter),
    "takes": lambda station, reporter, file: booth.sheet(station.read(), reporter),
    "swap": lambda station, reporter, file: booth.swap(
        inputs := station.read(), [booth.Swap(booth.turn_named(inputs, "4"), (file,))], reporter
    ),
    "unswap": lambda station, reporter, file: booth.go_back(
        inputs := station.read(), booth.turn_named(inputs, "2"), reporter
    ),
    "publish": lambda station, reporter, file: publish.publish(
        station.workspace, NAME, None, MORNING, reporter
    ),
    "withdraw": lambda station, reporter, file: withdraw.withdraw(
        station.workspace, NAME, MORNING, reporter
    ),
    "feed": lambda station, reporter, file: write_feed(station.workspace, MORNING, reporter),
}


@pytest.mark.parametrize("work", COMMITTING)
def test_what_waits_for_another_command_may_be_stopped_and_has_changed_nothing(
    bridge: Production, tmp_path: Path, work: str
) -> None:
    file = record(tmp_path / "bản ghi.wav", SECOND)
    bridge.record("02.wav", FIRST)
    bridge.build()
    publish.publish(bridge.workspace, NAME, None, MORNING, bridge.reporter)
    bridge.write(SCRIPT.replace("bao giờ", "lúc nào"))

    def everything() -> list[dict[str, bytes]]:
        site = bridge.workspace.feed
        feed = {file.name: file.read_bytes() for file in site.rglob("*") if file.is_file()}
        return [bridge.files(), recordings(bridge), feed]

    before = everything()
    reporter = Notebook(on_wait=stop)
    with held(locked(bridge.workspace, stop)), pytest.raises(StoppedError):
        COMMITTING[work](bridge, reporter, file)
    assert everything() == before
    assert reporter.said == []
    COMMITTING[work](bridge, reporter, file)  # nobody holds it now: it is done without waiting


def test_waiting_for_an_episode_that_another_makes_may_be_stopped(bridge: Production) -> None:
    bridge.build()
    bridge.write(SCRIPT.replace("bao giờ", "lúc nào"))
    before = bridge.files()
    reporter = Notebook(on_wait=stop)
    with held(making(bridge.workspace, NAME, stop)), pytest.raises(StoppedError):
        bridge.build(reporter=reporter)
    assert bridge.files() == before
    assert bridge.build(reporter=reporter).reasons


def test_that_it_waits_is_told_once_and_asked_again_and_again(bridge: Production) -> None:
    asked = 0

    def go_on() -> None:
        nonlocal asked
        asked += 1
        if asked == 3:
            raise StoppedError

    reporter = Notebook(on_wait=go_on)
    with held(locked(bridge.workspace, stop)), pytest.raises(StoppedError):
        bridge.build(reporter=reporter)
    assert reporter.said == ["Another command is at work here; waiting."]


def test_a_stopped_build_lets_the_next_one_begin(bridge: Production) -> None:
    begun = threading.Event()

    def second() -> None:
        build(
            bridge.workspace,
            bridge.script(),
            Orders(now=MORNING, new_guid="second"),
            Notebook(on_wait=begun.set),
        )

    thread = threading.Thread(target=second)

    def stop_once_it_waits(stage: str) -> None:
        thread.start()
        assert begun.wait(MOST_WAIT_S)
        raise StoppedError

    with pytest.raises(StoppedError):
        bridge.build(reporter=Notebook(on_step=stop_once_it_waits))
    thread.join(MOST_WAIT_S)
    assert bridge.draft().record.guid == "second"
