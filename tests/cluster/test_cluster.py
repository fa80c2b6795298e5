"""Episodes made by a scheduler's workers: each a process of its own, with a path of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

import psutil
import pytest
from distributed import Client, Security

from broadcast.errors import OutsideError
from broadcast.network.batch import BuildOutcome, Order, build_side_by_side
from broadcast.network.cluster import connected
from broadcast.network.processes import Processes
from broadcast.network.task import SHARED
from broadcast.production.desk.progress import Reporter
from broadcast.production.making.orders import Orders
from broadcast.workspace import Workspace
from productions_by_hand import SETTINGS, Notebook

MORNING = datetime(2025, 9, 6, 7, 0, tzinfo=timezone(timedelta(hours=7)))
MOST_WAIT_S = 120
VILLAGES = ("An Hải", "Bãi Xanh", "Cửa Lò", "Đồng Mới")
SCRIPT = "\n\n".join(
    f"{who}: {what}, lần thứ {n}, và bà con thôn {{village}} đã làm xong việc ấy từ năm 20{n}."
    for n in range(10, 16)
    for who, what in (("Phóng viên", "Thưa ông, việc này thế nào"), ("Ông Lâm", "Việc này tốt"))
)


def new_station(root: Path) -> Workspace:
    (root / "scripts").mkdir(parents=True)
    settings = SETTINGS.replace('["tones"]', '["espeak"]')
    (root / "station.toml").write_text(settings, "utf-8")
    for number, village in enumerate(VILLAGES):
        text = f"Thôn {village}\n\n{SCRIPT.format(village=village)}\n"
        (root / "scripts" / f"thon-{number}.txt").write_text(text, "utf-8")
    return Workspace(root)


def orders_of(workspace: Workspace) -> list[Order]:
    return [
        Order(workspace, file, Orders(now=MORNING, new_guid=f"guid-of-{file.stem}", jobs=1))
        for file in sorted(workspace.scripts.glob("*.txt"))
    ]


def drafts(workspace: Workspace) -> dict[str, bytes]:
    folder = workspace.root / "episodes"
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def notebook(order: Order, go_on: Callable[[], None]) -> Reporter:
    return Notebook()


@dataclass(frozen=True)
class Machines:
    """A scheduler's address, its process, and those of its workers."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]


def _dask(what: str, address: Path, *further: str, env: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", f"distributed.cli.dask_{what}", "--no-dashboard"]
    command += ["--scheduler-file", str(address), *further]
    return subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL)


@contextmanager
def machines(
    folder: Path, storage: Path, count: int, security: Security | None = None
) -> Iterator[Machines]:
    """Start a scheduler and workers, each seeing the storage under another path.

    With ``security`` they speak TLS, by the settings that the environment has.
    """
    address = folder / "scheduler.json"
    how = ("--port", "0", "--host", "127.0.0.1", *(("--protocol", "tls") if security else ()))
    started = [_dask("scheduler", address, *how, env=dict(os.environ))]
    try:
        for number in range(count):
            path = folder / f"machine-{number}"
            path.symlink_to(storage)
            scratch = str(folder / f"scratch-{number}")
            alone = ("--no-nanny", "--nthreads", "1", "--local-directory", scratch)
            started.append(_dask("worker", address, *alone, env={**os.environ, SHARED: str(path)}))
        until = time.monotonic() + MOST_WAIT_S
        while not address.is_file():
            assert time.monotonic() < until
            time.sleep(0.05)
        with Client(scheduler_file=str(address), security=security) as client:
            if count:
                client.wait_for_workers(count, timeout=MOST_WAIT_S)
            found = client.scheduler.address
        yield Machines(found, started[0], started[1:])
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


@pytest.fixture
def alone(tmp_path: Path) -> Workspace:
    """The same station, built by processes of this machine."""
    workspace = new_station(tmp_path / "alone")
    with Processes(2) as processes:
        build_side_by_side(orders_of(workspace), processes, notebook, lambda outcome: None)
    return workspace


def amid_an_episode(worker: psutil.Process) -> bool:
    """Whether a worker holds an episode and has begun to write its files."""
    held = [Path(one.path) for one in worker.open_files() if one.path.endswith(".lock")]
    return any(
        (one.parents[2] / "episodes" / one.stem / ".incoming").is_dir()
        for one in held
        if one.parent.name == "making"
    )


def test_a_worker_killed_amid_an_episode_costs_time_alone(
    alone: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = tmp_path / "storage"
    workspace = new_station(storage / "dai")
    monkeypatch.setenv(SHARED, str(storage))
    killed = threading.Event()
    over = threading.Event()

    def kill(process: subprocess.Popen[bytes]) -> None:
        worker = psutil.Process(process.pid)
        while not over.is_set():
            if amid_an_episode(worker):
                process.send_signal(signal.SIGKILL)
                killed.set()
                return
            time.sleep(0.002)

    told: list[BuildOutcome] = []
    with machines(tmp_path, storage, 2) as cluster:
        killer = threading.Thread(target=kill, args=(cluster.workers[0],))
        killer.start()
        with connected(cluster.address, 2) as workers:
            build_side_by_side(orders_of(workspace), workers, notebook, told.append)
        over.set()
        killer.join()
    assert killed.is_set()
    assert [one.error for one in told] == [None] * len(VILLAGES)
    assert drafts(workspace) == drafts(alone)
    assert not [*(storage / "dai" / "episodes").rglob(".incoming")]


def test_a_cluster_of_this_machine_makes_the_same_and_goes_on_where_it_was(
    alone: Workspace, tmp_path: Path
) -> None:
    workspace = new_station(tmp_path / "here")
    shutil.copytree(alone.draft("thon-0"), workspace.draft("thon-0"))
    told: list[BuildOutcome] = []
    heard: dict[str, Notebook] = {}

    def hear(order: Order, go_on: Callable[[], None]) -> Reporter:
        return heard.setdefault(order.file.stem, Notebook())

    with connected("local", 2) as workers:
        build_side_by_side(orders_of(workspace), workers, hear, told.append)
    reasons = {one.built.name: one.built.reasons for one in told if one.built}
    assert reasons.pop("thon-0") == ()
    assert len(reasons) == len(VILLAGES) - 1
    assert all(reasons.values())
    assert {name for name, one in heard.items() if "encoding" in one.stages} == reasons.keys()
    assert drafts(workspace) == drafts(alone)


def test_a_scheduler_that_dies_is_told_of_each_episode_that_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = tmp_path / "storage"
    workspace = new_station(storage / "dai")
    monkeypatch.setenv(SHARED, str(storage))
    told: list[BuildOutcome] = []
    with machines(tmp_path, storage, 1) as cluster:

        def tell(outcome: BuildOutcome) -> None:
            if not told:
                cluster.scheduler.kill()
            told.append(outcome)

        with connected(cluster.address, 2) as workers:
            build_side_by_side(orders_of(workspace), workers, notebook, tell)
    assert told[0].built is not None
    left = [one.error for one in told[1:]]
    assert len(left) == len(VILLAGES) - 1
    assert all(isinstance(one, OutsideError) for one in left)
    assert {str(one).partition(": ")[2] for one in left} == {"The cluster no longer answers."}


def test_a_cluster_without_workers_is_told_and_waited_for(tmp_path: Path) -> None:
    workspace = new_station(tmp_path / "dai")
    command = [sys.executable, "-m", "broadcast", "build", "thon-0", "thon-1", "--offline"]
    with (
        machines(tmp_path, tmp_path, 0) as cluster,
        subprocess.Popen(
            [*command, "--cluster", cluster.address],
            cwd=workspace.root,
            env={**os.environ, "BROADCAST_LANG": "en"},
            stderr=subprocess.PIPE,
            text=True,
        ) as build,
    ):
        assert build.stderr is not None
        assert build.stderr.readline() == "The cluster has no worker yet; waiting for one.\n"
        worker = _dask("worker", tmp_path / "scheduler.json", env=dict(os.environ))
        try:
            assert build.stderr.read().endswith("2 built.\n")
            assert build.wait(MOST_WAIT_S) == 0
        finally:
            worker.terminate()
            worker.wait()


def test_nobody_at_an_address_is_told_in_words(tmp_path: Path) -> None:
    for address, said in (("tcp://127.0.0.1:9", "answers at tcp"), ("no address", "answers at no")):
        with pytest.raises(OutsideError, match=said), connected(address, 2):
            pass
