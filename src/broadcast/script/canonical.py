"""A Script, turned into clean text that reads back to the same turns, for editing by hand."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import Path

import yaml

from broadcast.errors import BroadcastError
from broadcast.model import Cue, Person, Script
from broadcast.script.cues import cues_in
from broadcast.script.names import is_vietnamese
from broadcast.script.parse import parse
from broadcast.script.read import read_text_document
from broadcast.text import folded

_CLEAN = Path("clean.txt")
_MOST_READINGS = 4
"""Each marks what the one before it read otherwise; seldom is there a second."""
_LEADS = (
    ("Lời dẫn", "Sapo", "Mở đầu", "Giới thiệu"), ("Lead", "Intro", "Standfirst", "Lời dẫn")
)  # fmt: skip
"""What may stand before a lead, in Vietnamese and in English: the first that nobody is called."""
_ParagraphPlace = tuple[int, int]
"""The place of a turn among all turns of a script, and of a paragraph in it."""


def canonical_text(script: Script, people: Sequence[Person] = ()) -> str:
    """Write a script with its speakers in the front matter and each turn under its full name.

    Words that would be taken for something else have a backslash before them: the text is read
    back, and what did not come back the same is marked. Reading it gives the same title, lead,
    turns, roles, byline and cues. ``people`` are those the station names.
    """
    marked: set[_ParagraphPlace] = set()
    for _ in range(_MOST_READINGS):
        text, lines = _written(script, marked)
        again = _read_back(text, script, tuple(people))
        if again is not None and _same(again, script):
            return text
        changed = _changed(again, script, lines) - marked if again is not None else set()
        if not changed:
            break
        marked |= changed
    return _written(script, _paragraph_places(script))[0]


def _read_back(text: str, script: Script, people: tuple[Person, ...]) -> Script | None:
    try:
        document = read_text_document(text, _CLEAN)
    except BroadcastError:
        # The letters of the script are those of no text, as in a page full of ruined ones.
        return None
    return parse(document, language=script.language, people=people)


def _same(again: Script, script: Script) -> bool:
    return (
        again.title == script.title
        and [(one.kind, one.role, one.id, one.text) for one in again.turns]
        == [(one.kind, one.role, one.id, one.text) for one in script.turns]
        and [(one.kind, one.after, one.file, one.part) for one in again.cues]
        == [(one.kind, one.after, one.file, one.part) for one in script.cues]
    )


def _paragraph_places(script: Script) -> set[_ParagraphPlace]:
    return {
        (at, place) for at, turn in enumerate(script.turns) for place in range(len(turn.paragraphs))
    }


def _changed(
    again: Script, script: Script, lines: dict[_ParagraphPlace, int]
) -> set[_ParagraphPlace]:
    """Give the paragraphs that were read as something else than what they are."""
    found = {
        one.line: (turn.kind, turn.speaker, place == 0, one.text)
        for turn in again.turns
        for place, one in enumerate(turn.paragraphs)
    }
    return {
        (at, place)
        for at, turn in enumerate(script.turns)
        for place, one in enumerate(turn.paragraphs)
        if turn.kind != "byline"
        and found.get(lines[at, place]) != (turn.kind, turn.speaker, place == 0, one.text)
    }


def _written(
    script: Script, marked: Collection[_ParagraphPlace]
) -> tuple[str, dict[_ParagraphPlace, int]]:
    """Write the text with a backslash before ``marked`` paragraphs; say on which line each is."""
    said = (turn.text for turn in script.turns)
    vietnamese = is_vietnamese(script.language, [script.title or ""], said)
    byline = "Ký tên" if vietnamese else "Byline"
    called = {folded(speaker.name) for speaker in script.speakers}
    leads = _LEADS[0 if vietnamese else 1]
    lead = next((one for one in leads if folded(one) not in called), leads[0])
    lines = ["---", *_front_matter(script).split("\n"), "---", ""]
    place_of: dict[_ParagraphPlace, int] = {}
    told = script.cues
    for at, turn in enumerate(script.turns):
        if turn.kind != "lead":
            after = len(script.turns) if turn.kind == "byline" else (turn.n or 1) - 1
            due = [cue for cue in told if cue.after <= after]
            told = told[len(due) :]
            lines += [line for cue in due for line in (_cue(cue), "")]
        label = {"lead": lead, "byline": byline}.get(turn.kind, turn.speaker)
        for place, paragraph in enumerate(turn.paragraphs):
            text = paragraph.text
            if turn.kind == "byline":
                text = f"{label}: {text}"
            elif (at, place) in marked:
                text = f"\\{text}"
                if place == 0:
                    lines.append(f"{label}:")
            elif place == 0:
                text = f"{label}: {text}"
            lines += [text, ""]
            place_of[at, place] = len(lines) - 1
    lines += [line for cue in told for line in (_cue(cue), "")]
    return "\n".join(lines).rstrip() + "\n", place_of


def _front_matter(script: Script) -> str:
    front = script.front
    given = {person.name: person for person in front.people}
    speaking = {speaker.name for speaker in script.speakers}
    people = [
        Person(
            speaker.name,
            speaker.role,
            given[speaker.name].aliases if speaker.name in given else (),
            given[speaker.name].voices if speaker.name in given else {},
            gender=given[speaker.name].gender if speaker.name in given else None,
        )
        for speaker in script.speakers
    ]
    people += [person for person in front.people if person.name not in speaking]
    values: dict[str, object] = {
        "title": script.title,
        "date": front.date,
        "expires": front.expires,
        "language": front.language,
        "season": front.season,
        "episode": front.episode,
        "description": front.description,
        "people": [_without_empty(_person(person)) for person in people],
        "lexicon": dict(front.lexicon),
    }
    return str(
        yaml.safe_dump(_without_empty(values), allow_unicode=True, sort_keys=False, width=1e6)
    ).rstrip()


def _person(person: Person) -> dict[str, object]:
    return {
        "name": person.name,
        "role": person.role,
        "aliases": list(person.aliases),
        "voices": dict(person.voices),
        "gender": person.gender,
    }


def _without_empty(values: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in values.items() if value not in (None, [], {})}


def _cue(cue: Cue) -> str:
    if cue.kind == "pause":
        return "[pause]" if cue.end_ms is None else f"[pause {cue.end_ms}ms]"
    if cue.file is None:
        return _as_written(cue)
    where = ""
    if cue.start_ms is not None:
        where = f" {_clock(cue.start_ms)}"
        where += f"-{_clock(cue.end_ms)}" if cue.end_ms is not None else ""
    return f"[{cue.part or cue.kind}: {cue.file}{where}]"


def _as_written(cue: Cue) -> str:
    """Write a cue that names no file in its own words, which say what is to be played."""
    written = "[" + re.sub(r"[\[\]()]", " ", cue.written).strip(" -–—•*_#.:…") + "]"
    left, found = cues_in(written, 0)
    meant = (cue.kind, cue.part)
    same = [one.instruction for one in found if one.instruction is not None]
    if not left and [(one.kind, one.part) for one in same if one.file is None] == [meant]:
        return written
    return f"[{cue.part or cue.kind}]"


def _clock(ms: int) -> str:
    minutes, rest = divmod(ms, 60_000)
    return f"{minutes}:{rest // 1000:02d}.{rest % 1000:03d}"
