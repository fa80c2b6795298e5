"""What the user sees: plain sentences, problems with their place, progress; on any terminal."""

from __future__ import annotations

import codecs
import os
import sys
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING

from broadcast.errors import BroadcastError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID
    from rich.table import Table

    from broadcast.model import Problem

_COLOUR = {"error": "red", "warning": "yellow", "note": "cyan"}


def make_output_legible() -> None:
    """Write letters that the terminal's encoding lacks as their nearest plain ones.

    A Vietnamese text on a Western or ASCII terminal loses its marks instead of stopping the
    program or turning into question marks. A stream that was closed (``>&-``) takes everything
    and keeps nothing.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nowhere = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115
            setattr(sys, name, nowhere)
    codecs.register_error("legible", _plain_letters)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="legible")


def _plain_letters(error: UnicodeError) -> tuple[str, int]:
    from text_unidecode import unidecode

    if not isinstance(error, UnicodeEncodeError):
        raise error
    # Bytes of a file name that are no text in the system's encoding: most often they are UTF-8.
    letters = error.object[error.start : error.end]
    whole = letters.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return unidecode(whole).encode("ascii", "replace").decode("ascii"), error.end


def out() -> Console:
    """Give the console for results."""
    return _console(stderr=False)


def err() -> Console:
    """Give the console for progress and messages."""
    return _console(stderr=True)


def _console(*, stderr: bool) -> Console:
    from rich.console import Console

    class Steady(Console):
        """Goes on in silence when its reader is gone (``| head``): the work is still wanted."""

        def on_broken_pipe(self) -> None:
            nobody_reads_on(self.file)

    return Steady(stderr=stderr, highlight=False, markup=False, emoji=False, soft_wrap=True)


def nobody_reads_on(stream: IO[str]) -> None:
    """Let what is still written to ``stream`` go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def print_error(error: BroadcastError) -> None:
    """Say what went wrong, where, and what to do."""
    console = err()
    console.print("error", style="bold red", end=": ")
    console.print(str(error))
    if error.hint:
        console.print(f"  {error.hint}")


def print_problem(console: Console, file: Path | str, problem: Problem) -> None:
    """Say one problem as file:line: level: message, and what to do."""
    where = f"{file}:{problem.line}" if problem.line is not None else str(file)
    console.print(f"{where}: ", end="")
    console.print(problem.level, style=_COLOUR[problem.level], end=": ")
    console.print(problem.message)
    if problem.hint:
        console.print(f"  {problem.hint}")


class Telling:
    """Tells how the work goes: a bar with time left on a terminal, plain lines elsewhere."""

    def __init__(self) -> None:
        self.console = err()
        self._bar: Progress | None = None
        self._tasks: dict[str, TaskID] = {}
        self._told: dict[str, int] = {}

    def __enter__(self) -> Telling:
        # A dumb terminal cannot draw a line anew, nor can a pipe that colour is forced upon.
        if self.console.is_interactive and sys.stderr.isatty():
            from rich.progress import (
                BarColumn,
                MofNCompleteColumn,
                Progress,
                TextColumn,
                TimeRemainingColumn,
            )
            from rich.table import Column

            # The figures stay whole on any terminal: bar and words get what room is left.
            rest = Column(ratio=1, no_wrap=True, overflow="ellipsis")
            self._bar = Progress(
                TextColumn("{task.description:>9}"),
                BarColumn(bar_width=max(4, min(24, (self.console.width - 30) // 2))),
                MofNCompleteColumn(table_column=Column(no_wrap=True)),
                TimeRemainingColumn(table_column=Column(no_wrap=True)),
                TextColumn("{task.fields[what]}", markup=False, table_column=rest),
                console=self.console,
                transient=True,
                expand=True,
            )
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._bar:
            self._bar.stop()

    def say(self, sentence: str) -> None:
        """Tell one plain sentence."""
        self.console.print(sentence)

    def problem(self, file: Path, problem: Problem) -> None:
        """Tell something about an input file."""
        print_problem(self.console, file, problem)

    def go_on(self) -> None:
        """Return: who wants it to end presses Ctrl-C."""

    def step(self, stage: str, done: int, total: int, what: str = "") -> None:
        """Tell that ``done`` of ``total`` pieces of a stage are done."""
        if self._bar is None:
            self._tell_in_quarters(stage, done, total)
            return
        if stage not in self._tasks:
            self._tasks[stage] = self._bar.add_task(stage, total=total, what=what)
        self._bar.update(self._tasks[stage], completed=done, total=total, what=what)

    def _tell_in_quarters(self, stage: str, done: int, total: int) -> None:
        quarter = done * 4 // total
        if quarter > self._told.get(stage, 0):
            self._told[stage] = quarter
            self.console.print(f"{stage}: {done} of {total}")


def print_json(document: object) -> None:
    """Print one JSON document on stdout, and nothing else; no letter is lost in any encoding."""
    import json

    unicode = sys.stdout.encoding.lower().startswith("utf")
    sys.stdout.write(json.dumps(document, ensure_ascii=not unicode, indent=2) + "\n")
    sys.stdout.flush()


def make_table(*columns: str, right: tuple[str, ...] = ()) -> Table:
    """Give an empty table that fits any terminal."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, justify="right" if column in right else "left")
    return table


def clock(milliseconds: int) -> str:
    """Write a duration as m:ss, or h:mm:ss."""
    seconds = round(milliseconds / 1000)
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def shortened(text: str, width: int) -> str:
    """Give the first words of ``text`` on one line."""
    line = " ".join(text.split())
    if len(line) <= width:
        return line
    return line[: width - 1].rsplit(" ", 1)[0] + "…"


def ending(name: str, width: int) -> str:
    """Give the last words of ``name``, which are the person's own after all titles."""
    if len(name) <= width:
        return name
    return "…" + name[-(width - 1) :].partition(" ")[2]
