"""Long work that runs beside the pages: told as it goes, stopped when one wants, outliving them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Literal

from broadcast.errors import BroadcastError, StoppedError
from broadcast.messages import Message
from broadcast.model import Problem
from broadcast.studio.memory import hand_back

State = Literal["waiting", "working", "done", "stopped", "failed"]


@dataclass(slots=True)
class Job:
    """One piece of long work, and the reporter that it tells how it goes.

    ``said`` is the last that it said, ``outcome`` what came of it, ``wrong`` what ended it.
    ``changes`` counts what can be seen of it, so that who watches knows of anything new.
    """

    state: State = "waiting"
    stage: Message | None = None
    done: int = 0
    total: int = 0
    said: Message | None = None
    outcome: Message | None = None
    wrong: BroadcastError | None = None
    changes: int = 0
    _is_to_stop: bool = False
    _stage_since: float = 0.0

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of it."""
        return self.state in ("done", "stopped", "failed")

    @property
    def left_s(self) -> int | None:
        """About how many seconds the present stage still takes; None: it cannot be told yet."""
        if not 0 < self.done < self.total:
            return None
        return round((time.monotonic() - self._stage_since) / self.done * (self.total - self.done))

    def stop(self) -> None:
        """Let it end at its next piece; what was done until then is kept."""
        self._is_to_stop = True

    def turn(self, state: State, wrong: BroadcastError | None = None) -> None:
        """Go into another state."""
        self.wrong = wrong
        self.state = state
        self.changes += 1

    def say(self, sentence: Message) -> None:
        """Take note of what was said last."""
        self.said = sentence
        self.changes += 1

    def problem(self, file: Path, problem: Problem) -> None:
        """Take note of nothing: the script screen has the problems."""

    def step(self, stage: Message, done: int, total: int, what: str = "") -> None:
        """Tell how far a stage is."""
        self.go_on()
        if self.stage is None or self.stage.code != stage.code:
            self._stage_since = time.monotonic()
        self.stage, self.done, self.total = stage, done, total
        self.changes += 1

    def allows(self, engine: str, wanted: Sequence[Message]) -> bool | None:
        """Say that there is nobody to ask: trust is given at the command line."""

    def agrees(self, question: Message) -> bool | None:
        """Say that there is nobody to ask."""

    def go_on(self) -> None:
        """Return if the work is to go on. Raises StoppedError when it is to stop."""
        if self._is_to_stop:
            raise StoppedError


@dataclass(frozen=True, slots=True)
class Jobs:
    """The long work of one studio, by what it is done for: one piece at a time, and one beside."""

    _jobs: dict[str, Job] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _worker: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="studio-job")
    )
    _beside: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="studio-beside")
    )

    def start(self, name: str, work: Callable[[Job], object], *, beside: bool = False) -> Job:
        """Begin work for ``name``; what is at work for it already goes on instead.

        ``beside``: it is long, and what is begun otherwise does not wait for it.
        """
        with self._lock:
            job = self._jobs.get(name)
            if job is None or job.is_over:
                job = self._jobs[name] = Job()
                (self._beside if beside else self._worker).submit(_run, job, work)
            return job

    def end(self) -> None:
        """Stop all work at its next piece, and begin no more."""
        for job in list(self._jobs.values()):
            job.stop()
        for worker in (self._worker, self._beside):
            worker.shutdown(wait=True, cancel_futures=True)

    def of(self, name: str) -> Job | None:
        """Give the work for ``name`` that was begun last; None: there was none."""
        return self._jobs.get(name)


def _run(job: Job, work: Callable[[Job], object]) -> None:
    try:
        job.go_on()
        job.turn("working")
        work(job)
    except StoppedError as stopped:
        job.turn("stopped", stopped)
    except BroadcastError as error:
        job.turn("failed", error)
    except Exception as error:  # noqa: BLE001  whoever watches must not wait for ever
        job.turn(
            "failed",
            BroadcastError(
                Message(
                    "own-mistake",
                    "broadcast itself failed: {kind}: {what}",
                    kind=type(error).__name__,
                    what=str(error),
                )
            ),
        )
    else:
        job.turn("done")
    finally:
        hand_back()
