"""A Script, turned into clean text that reads back to the same turns, for editing by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from broadcast.model import Cue, Line, Person, Script
from broadcast.script.chat import is_chat_note
from broadcast.script.credits import is_byline, is_signature
from broadcast.script.cues import cues_in
from broadcast.script.furniture import furniture_in, is_headline
from broadcast.script.label_forms import form_of
from broadcast.script.labels import LIST_MARK, SPEECH_DASH, Declared, label_of
from broadcast.script.mail import is_of_a_mail
from broadcast.script.names import is_vietnamese
from broadcast.script.set_phrases import is_closing, is_thanks, opens_as_question
from broadcast.text import folded

_MARKUP = re.compile(r"[\\#*_~`<>&|]|\[|\]\(")


def canonical_text(script: Script) -> str:
    """Write a script with its speakers in the front matter and each turn under its full name.

    Words that could be taken for something else have a backslash before them. Reading the text
    gives the same title, lead, turns, roles, byline and cues.
    """
    lines = ["---", _front_matter(script), "---", ""]
    said = (turn.text for turn in script.turns)
    vietnamese = is_vietnamese(script.language, [script.title or ""], said)
    declared: Declared = {folded(speaker.name): speaker.role for speaker in script.speakers}
    one_sided = len({speaker.role == "official" for speaker in script.speakers}) < 2
    for turn in script.of_kind("lead"):
        word, first = "Lời dẫn:" if vietnamese else "Lead:", turn.paragraphs[0].text
        if _is_doubtful(first, declared):
            lines += [word, f"\\{first}", ""]
        else:
            lines += [f"{word} {first}", ""]
        lines += [line for one in turn.paragraphs[1:] for line in (f"\\{one.text}", "")]
    lines += _cues(script.cues, 0)
    for turn in script.of_kind("turn"):
        texts = [
            f"\\{one.text}"
            if one_sided
            or _is_doubtful(one.text, declared, labelled=place == 0)
            or (turn.n == 1 and is_like_title(one.text))
            or (place == 0 and SPEECH_DASH.match(one.text))
            else one.text
            for place, one in enumerate(turn.paragraphs)
        ]
        if texts[0].startswith("\\"):
            lines += [f"{turn.speaker}:"]
        else:
            texts[0] = f"{turn.speaker}: {texts[0]}"
        lines += [line for text in texts for line in (text, "")]
        lines += _cues(script.cues, turn.n or 0)
    for turn in script.of_kind("byline"):
        word = "Ký tên" if vietnamese else "Byline"
        lines += [line for one in turn.paragraphs for line in (f"{word}: {one.text}", "")]
    return "\n".join(lines).rstrip() + "\n"


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
        )
        for speaker in script.speakers
    ]
    people += [person for person in front.people if person.name not in speaking]
    values: dict[str, object] = {
        "title": script.title,
        "date": front.date,
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
    }


def _without_empty(values: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in values.items() if value not in (None, [], {})}


def _is_doubtful(text: str, declared: Declared, *, labelled: bool = False) -> bool:
    """Whether a line of these words could be read as anything but words.

    ``labelled``: it stands behind a speaker's label, so that who asks is no question.
    """
    left, found = cues_in(text, 0)
    return bool(
        found
        or left != text
        or _MARKUP.search(text)
        or text != text.strip()
        or label_of(Line(0, text), declared)
        or form_of(text)
        or is_chat_note(text)
        or furniture_in(text)
        or is_byline(text)
        or is_signature(text)
        or is_of_a_mail(text)
        or is_headline(text)
        or is_thanks(text)
        or (not labelled and is_closing(text))
        or (not labelled and opens_as_question(LIST_MARK.sub("", text, count=1)))
    )


def is_like_title(words: str) -> bool:
    """Whether ``words`` after the first name of a script are set as in a title: no full stop."""
    quoted = words[:1] in {"“", '"', "«", "'", "‘"} and words[-1:] in {"”", '"', "»", "'", "’"}
    return words != "" and (quoted or words[-1] not in ".?!…:;”\"’'")


def _cues(cues: tuple[Cue, ...], after: int) -> Iterator[str]:
    for cue in cues:
        if cue.after == after:
            yield _cue(cue)
            yield ""


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
