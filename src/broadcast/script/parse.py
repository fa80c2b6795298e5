"""A Document, turned into a Script: who says what, what is not said, and what is doubtful."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from broadcast.language import same_language
from broadcast.messages.listeners import People, words_for
from broadcast.model import (
    Cue,
    Document,
    Dropped,
    FrontMatter,
    Paragraph,
    Person,
    Role,
    Script,
    Turn,
    TurnKind,
)
from broadcast.script import reasons
from broadcast.script.arrange import Arrangement, SpokenLine, TurnLines, aired, arranged
from broadcast.script.check import problems_of
from broadcast.script.decoder import Decision, decide
from broadcast.script.entries import WrittenLine, entries_of
from broadcast.script.facts import Facts, facts_of
from broadcast.script.guest import Surroundings, guest_of
from broadcast.script.label_forms import Form, Sureness
from broadcast.script.names import has_words, is_vietnamese
from broadcast.script.one_line import parted
from broadcast.script.paragraphs import paragraphs_of
from broadcast.script.question_core import question_of
from broadcast.script.speakers import LabelledPerson, LabelledTurn, as_speaker, speakers_of
from broadcast.script.unwrap import unwrapped
from broadcast.text import folded


def parse(document: Document, *, language: str, people: tuple[Person, ...] = ()) -> Script:
    """Split a script into turns, in order of air: lead, interview, byline.

    ``people`` are those the station names; the front matter's come before them. Everything wrong
    or doubtful is collected in the script's problems; nothing is raised.
    """
    read = read_lines(document, people)
    return understood(read, decide(read.facts), language=language)


@dataclass(frozen=True, slots=True)
class ReadLines:
    """A document's lines with their facts, and the people whom station and script name."""

    document: Document
    people: tuple[Person, ...]
    entries: tuple[WrittenLine, ...]
    facts: tuple[Facts, ...]


def read_lines(document: Document, people: tuple[Person, ...] = ()) -> ReadLines:
    """Give the lines of a document with all that is known of them before it is decided."""
    people = (*document.front.people, *people)
    entries = parted(unwrapped(entries_of(document)))
    lines = [entry for entry in entries if entry.text]
    return ReadLines(document, people, entries, facts_of(lines, people, document.front.title))


def understood(read: ReadLines, decisions: Sequence[Decision], *, language: str) -> Script:
    """Put together what was decided of the lines of a document."""
    document, people = read.document, read.people
    parts = arranged(read.entries, read.facts, decisions)
    spoken = [one for block in parts.blocks for one in _spoken(block)]
    language = document.front.language or language
    title = document.front.title or parts.title
    lead, byline = _paragraphs(parts.lead), _paragraphs(parts.bylines)
    heard = (
        one.text for many in (lead, *(one.paragraphs for one in spoken), byline) for one in many
    )
    unmarked = same_language(language, "vi") and not is_vietnamese(language, [title or ""], heard)
    unnamed = words_for("en" if unmarked else language).people
    voices, owners = speakers_of(_said(spoken, unnamed, parts), people)
    presenter = _presenter(voices, people, unnamed.presenter)
    numbering = _Identities()
    turns: list[Turn] = []
    if lead:
        turns.append(numbering.turn("lead", presenter, "presenter", lead))
    for n, (one, owner) in enumerate(zip(spoken, owners, strict=True), start=1):
        voice = voices[owner]
        turns.append(numbering.turn("turn", voice.name, voice.role, one.paragraphs, voice.key, n))
    if byline:
        turns.append(numbering.turn("byline", presenter, "presenter", byline))
    speakers = tuple(as_speaker(voice) for voice in voices)
    decided = tuple(zip(read.facts, decisions, strict=True))
    return Script(
        file=document.file,
        language=language,
        title=title,
        turns=tuple(turns),
        speakers=speakers,
        cues=tuple(_cues(read.entries, spoken)),
        dropped=tuple(_dropped(document, parts)),
        problems=problems_of(document, parts, turns, speakers, language, decided),
        front=_dated(document.front, parts),
        questions=tuple(question_of(one) for one in turns if one.n and one.role == "reporter"),
    )


def _dated(front: FrontMatter, parts: Arrangement) -> FrontMatter:
    """A front matter without a date has that on which the script says it is broadcast."""
    if front.date is not None or (found := aired(parts)) is None:
        return front
    return replace(front, date=found[1].isoformat())


@dataclass(frozen=True, slots=True)
class _Uninterrupted:
    """Words of a block that no cue interrupts, and the lines they are from."""

    block: TurnLines
    lines: tuple[SpokenLine, ...]
    paragraphs: tuple[Paragraph, ...]


def _spoken(block: TurnLines) -> Iterator[_Uninterrupted]:
    """Give the words of a block, parted where a cue stands between them."""
    parts: list[list[SpokenLine]] = [[]]
    for line in block.lines:
        if has_words(line.words):
            parts[-1].append(line)
        if parts[-1] and _interrupts(line.entry):
            parts.append([])
    for part in filter(None, parts):
        yield _Uninterrupted(block, tuple(part), _paragraphs(part))


def _paragraphs(lines: Sequence[SpokenLine]) -> tuple[Paragraph, ...]:
    return paragraphs_of([(line.entry, line.words) for line in lines])


def _interrupts(entry: WrittenLine) -> bool:
    """Whether a line asks for silence, a file or a bed; "[nhạc]" in a transcript asks for none."""
    asked = (found.instruction for found in entry.found)
    return any(one and (one.file or one.end_ms or one.kind.startswith("bed")) for one in asked)


def _said(
    spoken: Sequence[_Uninterrupted], unnamed: People, parts: Arrangement
) -> list[LabelledTurn]:
    """Say for each turn under which label its speaker is known, inferred ones included."""
    presents = _first(spoken, {"presenter"})
    asker = _first(spoken, {"reporter"}) or _first(spoken, {None, "official"}, asks=True)
    guest = _first(spoken, {None, "official"}, asks=False)
    around = _surroundings(spoken, parts)
    said = []
    for one in spoken:
        words = "\n".join(paragraph.text for paragraph in one.paragraphs)
        block = one.block
        if block.label is not None:
            said.append(LabelledTurn(block.label.text, block.label.form, words))
            continue
        assert block.sign is not None, "who has no label is inferred from a sign"
        if block.role == "presenter":
            form = Form(Sureness.SURE, block.sign, "presenter", "presenter")
            label, form = presents or (unnamed.presenter, form)
        elif block.role == "reporter":
            form = asker[1] if asker else Form(Sureness.SURE, block.sign, "reporter", "reporter")
            label = asker[0] if asker else unnamed.reporter
        else:
            label, form = guest or guest_of(around, block.sign, unnamed.official)
        said.append(LabelledTurn(label, form, words))
    return said


def _surroundings(spoken: Sequence[_Uninterrupted], parts: Arrangement) -> Surroundings:
    """What of the script may name a guest who has no label."""
    asked = [one for one in spoken if one.block.role != "official"]
    answers = [one for one in spoken if one.block.role == "official"]
    return Surroundings(
        title=parts.title or "",
        lead=tuple(line.words for line in parts.lead),
        captions=tuple(entry.text for entry, why in parts.left_out if why is reasons.CAPTION),
        questions=tuple(paragraph.text for one in asked for paragraph in one.paragraphs),
        answers=tuple(one.paragraphs[0].text for one in answers[:1]),
    )


def _first(
    spoken: Sequence[_Uninterrupted], roles: set[Role | None], *, asks: bool | None = None
) -> tuple[str, Form] | None:
    """The first label of one of the roles; by the facts of all lines it asks, or does not."""
    for one in spoken:
        label, facts = one.block.label, one.block.begin.facts
        if label is None or label.form.role not in roles:
            continue
        if asks is None or (facts is not None and facts.asks is asks):
            return label.text, label.form
    return None


def _presenter(voices: Sequence[LabelledPerson], people: Sequence[Person], otherwise: str) -> str:
    for voice in voices:
        if voice.role == "presenter":
            return voice.name
    for person in people:
        if person.role == "presenter":
            return person.name
    return otherwise


class _Identities:
    """Turn identities: a hash of speaker and words, with an ordinal among equal ones."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def turn(
        self,
        kind: TurnKind,
        speaker: str,
        role: Role,
        paragraphs: tuple[Paragraph, ...],
        person: tuple[str, ...] = (),
        n: int | None = None,
    ) -> Turn:
        # The personal name alone, so that a title or a job added to it changes nothing.
        who = " ".join(person) or folded(speaker)
        what = folded("\n".join(paragraph.text for paragraph in paragraphs))
        same = f"{who}\n{what}"
        ordinal = self._seen[same]
        self._seen[same] += 1
        digest = hashlib.sha256(f"{same}\n{ordinal}".encode()).hexdigest()[:10]
        return Turn(kind, speaker, role, paragraphs, digest, n)


def _cues(entries: Sequence[WrittenLine], spoken: Sequence[_Uninterrupted]) -> Iterator[Cue]:
    """Say after which turn each instruction takes effect: the last with words before it."""
    turn_of = {id(line.entry): n for n, one in enumerate(spoken, start=1) for line in one.lines}
    after = 0
    for entry in entries:
        after = turn_of.get(id(entry), after)
        for found in entry.found:
            if (cue := found.instruction) is not None:
                # A cue at the head of a turn's first line comes before the turn.
                where = (cue.file, cue.start_ms, cue.end_ms)
                yield Cue(entry.number, cue.kind, after, *where, cue.part, found.text)


def _dropped(document: Document, parts: Arrangement) -> list[Dropped]:
    dropped = [
        *document.dropped,
        *(Dropped(entry.number, entry.written, why) for entry, why in parts.left_out),
        *(
            Dropped(entry.number, found.text, found.why)
            for entry in parts.entries
            for found in entry.found
            if found.why is not None
        ),
    ]
    return sorted(dropped, key=lambda one: one.line)
