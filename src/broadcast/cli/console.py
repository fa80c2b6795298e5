"""What the user sees: plain sentences, problems with their place, progress; on any terminal."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import IO, TYPE_CHECKING
from unicodedata import normalize

from broadcast.cli.interface import text_of
from broadcast.errors import BroadcastError
from broadcast.messages import Message
from broadcast.workspace import here

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from broadcast.model import Problem

# What would move the cursor or dress up the terminal: somebody else may have written the script.
_STEERING = dict.fromkeys({*range(32), *range(127, 160)} - {ord("\n"), ord("\t")})
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_LEVELS = {
    "error": (Message("level.error", "error"), "red"),
    "warning": (Message("level.warning", "warning"), "yellow"),
    "note": (Message("level.note", "note"), "cyan"),
}

# The words that are understood as an answer, with blanks between them.
_YES = Message("answer.yes", "y yes")
_NO = Message("answer.no", "n no")
_ASK_AGAIN = Message("answer.unclear", "Please answer y or n.")


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
    if not isinstance(error, UnicodeEncodeError):
        raise error
    # Bytes of a file name that are no text in the system's encoding: most often they are UTF-8.
    letters = error.object[error.start : error.end]
    whole = letters.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(map(_plain, whole)), error.end


def _plain(letter: str) -> str:
    """Give a letter as the terminal has it: its tone beside it (cp1258), else without marks."""
    from text_unidecode import unidecode

    parts = normalize("NFD", letter)
    tones = "".join(mark for mark in parts if mark in _TONES)
    beside = normalize("NFC", "".join(part for part in parts if part not in tones)) + tones
    try:
        beside.encode(sys.stdout.encoding or "ascii")  # an error names but the family of codecs
    except UnicodeEncodeError:
        plain: str = unidecode(letter)
        return plain.encode("ascii", "replace").decode("ascii")
    return beside


class Screen:
    """Shows messages in the user's language, and what is the user's own as it stands.

    Rich is loaded for tables, bars and colours alone: it takes as long as all that a build with
    nothing to do does of its own.
    """

    def __init__(self, *, stderr: bool) -> None:
        self._stderr = stderr
        self._rich: Console | None = None

    @property
    def console(self) -> Console:
        """What draws, and writes all that is shown once it was asked for."""
        if self._rich is None:
            self._rich = _console(stderr=self._stderr)
        return self._rich

    def say(self, message: Message, *, indent: int = 0) -> None:
        """Show a message on lines of its own, ``indent`` cells from the left."""
        margin = " " * indent
        self.write(margin + text_of(message).replace("\n", f"\n{margin}"))

    def write(self, text: str = "", *, end: str = "\n") -> None:
        """Show words that need no translation: a name, a file, a line of a script."""
        text = text.translate(_STEERING)
        if self._rich is not None:
            self._rich.out(text, end=end, highlight=False)
            return
        stream = sys.stderr if self._stderr else sys.stdout
        try:
            stream.write(text + end)
            stream.flush()
        except BrokenPipeError:
            nobody_reads_on(stream)

    def to_type(self, *words: str) -> None:
        """Show a command to copy; it is the same in every language."""
        self.write("  " + " ".join(f'"{word}"' if " " in word else word for word in words))

    def show(self, table: Table) -> None:
        """Show a table."""
        self.console.print(table)

    def level(self, level: str) -> None:
        """Begin a line with how grave what follows is."""
        name, colour = _LEVELS[level]
        self.console.print(text_of(name), style=colour, end=": ")


def out() -> Screen:
    """Give the screen for results."""
    return Screen(stderr=False)


def err() -> Screen:
    """Give the screen for progress and messages."""
    return Screen(stderr=True)


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


def on_terminal() -> bool:
    """Whether somebody is there to answer, and what comes in is not meant for another program."""
    return sys.stdin.isatty()


def agreed(question: Message) -> bool | None:
    """Ask for a yes or no; Enter is no, and None: nobody answers.

    The user's own language is understood, and English.
    """
    screen = err()
    yes = {*text_of(_YES).split(), "y", "yes"}
    no = {*text_of(_NO).split(), "n", "no", ""}
    while True:
        prompt = text_of(Message("answer.asked", "{question} [y/N]: ", question=question))
        screen.write(prompt, end="")
        line = sys.stdin.readline()
        if not line:  # input is no terminal and has ended
            screen.write()
            return None
        answer = normalize("NFC", line.strip().casefold())
        if answer in yes or answer in no:
            return answer in yes
        screen.say(_ASK_AGAIN)


def print_error(error: BroadcastError) -> None:
    """Say what went wrong, where, and what to do."""
    screen = err()
    screen.console.print(text_of(_LEVELS["error"][0]), style="bold red", end=": ")
    if error.file is not None:
        error.file = here(error.file)
    screen.say(error.placed)
    if error.hint:
        screen.say(error.hint, indent=2)


def print_problem(screen: Screen, file: Path | str, problem: Problem) -> None:
    """Say one problem as file:line: level: message, and what to do; a web address stays whole."""
    place = str(file) if "://" in str(file) else here(file)
    where = place if problem.line is None else f"{place}:{problem.line}"
    screen.write(f"{where}: ", end="")
    screen.level(problem.level)
    screen.say(problem.placed)
    if problem.hint:
        screen.say(problem.hint, indent=2)


def print_json(document: object) -> None:
    """Print one JSON document on stdout, and nothing else; no letter is lost in any encoding.

    Messages in it are shown in the user's language; what programs go by stands beside them.
    """
    import json

    unicode = sys.stdout.encoding.lower().startswith("utf")
    text = json.dumps(document, ensure_ascii=not unicode, indent=2, default=_shown)
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _shown(value: object) -> str:
    if isinstance(value, Message):
        return text_of(value)
    raise TypeError(f"{type(value).__name__} has no place in a document")


def make_table(*columns: Message, right: tuple[int, ...] = ()) -> Table:
    """Give an empty table that fits any terminal; ``right`` counts the columns of figures."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for number, column in enumerate(columns):
        table.add_column(text_of(column), justify="right" if number in right else "left")
    return table


def aligned(labels: Sequence[Message]) -> list[str]:
    """Give the texts of labels that stand below each other, as wide as the widest of them."""
    from rich.cells import cell_len, set_cell_size

    texts = [text_of(label) for label in labels]
    width = max(map(cell_len, texts))
    return [set_cell_size(text, width) for text in texts]


def shortened(text: str, width: int) -> str:
    """Give the first words of ``text`` on one line, whole letters of at most ``width`` cells."""
    line = " ".join(normalize("NFC", text).split())
    if len(line) <= width:
        return line
    head, blank, _ = line[: width - 1].rpartition(" ")
    return (head if blank else line[: width - 1]).rstrip(" ,;:–-") + _dots()


def _dots() -> str:
    """Give the sign that something is left out, as the terminal has it, so that columns stay."""
    try:
        "…".encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return "..."
    return "…"


def named(name: str, person: str, width: int) -> str:
    """Give somebody's name in ``width`` cells: what is left out is the office, not the person.

    ``person`` is the personal name within ``name``, "" where there is none: then it is an office,
    which begins with what tells most.
    """
    name, person = normalize("NFC", name), normalize("NFC", person)
    if len(name) <= width:
        return name
    if not person or person not in name:
        return shortened(name, width)
    dots = _dots()
    if len(person) < width:
        return person + dots if name.startswith(person) else dots + person
    return dots + person[-(width - 1) :].partition(" ")[2]
