"""A script: its lines, and what is understood of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from broadcast.messages import Message
from broadcast.model.remedies import Remedy
from broadcast.model.station import Person
from broadcast.model.units import CueKind, Level, MusicPart, Role, TurnKind


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a script: its 1-based number, its text in NFC, and which parts are bold."""

    number: int
    text: str
    bold: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the head of a script says about the episode; ``cover`` is a file in the station."""

    title: str | None = None
    date: str | None = None
    language: str | None = None
    people: tuple[Person, ...] = ()
    lexicon: Mapping[str, str] = field(default_factory=dict)
    season: int | None = None
    episode: int | None = None
    description: str | None = None
    expires: str | None = None
    cover: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A script in any format, read into lines; ``dropped`` is what its format sets apart.

    ``heard``: its lines are what was said, as captions are, with nothing of a page around them.
    """

    file: Path
    lines: tuple[Line, ...]
    front: FrontMatter = field(default_factory=FrontMatter)
    problems: tuple[Problem, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    heard: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about the input that a producer should know, at a line (None: the whole file).

    ``turn`` is the number of the turn that it is about, None where it is about none or several.
    ``whose`` names that turn where no line tells it: its name is then said before the message.
    ``remedies`` are what the hint says, for whoever would have it done.
    """

    line: int | None
    level: Level
    message: Message
    hint: Message | None = None
    turn: int | None = None
    whose: TurnName | None = None
    remedies: tuple[Remedy, ...] = ()

    @property
    def placed(self) -> Message:
        """The message with the name of its turn before it, where no line tells the turn."""
        if self.whose is None:
            return self.message
        return Message("turn.placed", "{turn}: {what}", turn=self.whose.said, what=self.message)

    @property
    def code(self) -> str:
        """What names its message for programs."""
        return self.message.code

    def document(self) -> dict[str, object]:
        """Give it as every ``--json`` has it: ``code`` for programs, ``message`` for people."""
        return {
            "line": self.line,
            "level": self.level,
            "code": self.code,
            "message": self.placed,
            "turn": self.turn,
        }


@dataclass(frozen=True, slots=True)
class Dropped:
    """Words of the file that will not be spoken, and why."""

    line: int
    text: str
    why: Message


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person in a script: the fullest label found, all its labels, and how it was recognised.

    ``person`` is the personal name in ``name`` ("": it names nobody), ``title`` what stands with
    it: form of address, degree, post, body.
    """

    name: str
    role: Role
    labels: tuple[str, ...]
    known_by: Message
    person: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or bullet of a turn and the line it begins on."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class TurnName:
    """What tells a turn from the others of its script: its number, or its kind if it has none."""

    kind: TurnKind
    n: int | None = None

    @property
    def said(self) -> Message:
        """How it is named to a producer: "turn 3", "lead"."""
        if self.n is not None:
            return Message("turn.numbered", "turn {n}", n=self.n)
        return _NAMES[self.kind]


_NAMES: Mapping[TurnKind, Message] = {
    "opening": Message("turn.opening", "opening"),
    "notice": Message("turn.notice", "notice"),
    "lead": Message("turn.lead", "lead"),
    "turn": Message("turn.turn", "turn"),
    "byline": Message("turn.byline", "byline"),
    "closing": Message("turn.closing", "closing"),
}


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's uninterrupted words.

    ``n`` numbers the interview turns 1…N and is None for the other kinds. ``id`` depends on the
    speaker and the words alone.
    """

    kind: TurnKind
    speaker: str
    role: Role
    paragraphs: tuple[Paragraph, ...]
    id: str
    n: int | None = None

    @property
    def name(self) -> TurnName:
        """What it is called among the turns of its script."""
        return TurnName(self.kind, self.n)

    @property
    def is_standing(self) -> bool:
        """Whether its words are the station's, not the script's."""
        return self.kind in ("opening", "notice", "closing")

    @property
    def text(self) -> str:
        """The words, paragraphs joined by newlines."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    @property
    def line(self) -> int:
        """The line the turn begins on (0: it is not in the script)."""
        return self.paragraphs[0].line


@dataclass(frozen=True, slots=True)
class Question:
    """What a reporter's turn asks: ``turn`` is its id, ``text`` the sentence that asks.

    ``core`` is what is left of it without address and courtesies.
    """

    turn: str
    core: str
    text: str


@dataclass(frozen=True, slots=True)
class Cue:
    """An instruction in the script; it takes effect after turn ``after`` (0: before the first).

    ``part`` is which of the station's music it asks for by its name, ``written`` how it is written.
    """

    line: int
    kind: CueKind
    after: int
    file: str | None = None
    start_ms: int | None = None
    end_ms: int | None = None
    part: MusicPart | None = None
    written: str = ""


@dataclass(frozen=True, slots=True)
class Script:
    """A script understood: what is said by whom, what is not said and why, and what is doubtful.

    ``turns`` are in order of air: the lead if there is one, the interview turns, the byline.
    ``questions`` are what the reporters' turns ask, if they do.
    """

    file: Path
    language: str
    title: str | None
    turns: tuple[Turn, ...]
    speakers: tuple[Speaker, ...] = ()
    cues: tuple[Cue, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    problems: tuple[Problem, ...] = ()
    front: FrontMatter = field(default_factory=FrontMatter)
    questions: tuple[Question, ...] = ()

    def of_kind(self, kind: TurnKind) -> tuple[Turn, ...]:
        """The turns of one kind, in order."""
        return tuple(turn for turn in self.turns if turn.kind == kind)
