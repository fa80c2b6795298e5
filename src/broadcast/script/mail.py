"""The lines of a mail, told apart from the script sent in it: head, greeting, note, signature."""

from __future__ import annotations

from collections.abc import Sequence

from broadcast.messages import Message
from broadcast.script import reasons
from broadcast.script.entries import WrittenLine
from broadcast.script.phrase_patterns import PhrasePattern

_FIELD = PhrasePattern(r"(?:«mail_fields»|«mail_fields_of_scripts»)\s*:")
_FORWARDED = PhrasePattern(r"[-\s]*«mail_forwarded»[-\s:]*")
_GREETING = PhrasePattern(r"«mail_greetings»\b[^.?:]{0,60}(?:[,!.]|:?[^.?:,]{0,40})")
_NOTE = PhrasePattern(r"(?:dạ,?\s+)?(?:«note_writers»\s+«note_verbs»\b|«mail_notes»\b)")
_FAREWELL = PhrasePattern(r"(?:--|«mail_farewells»[,.!]?)")
_QUOTES = PhrasePattern(r"(?:vào|lúc|on)\b.{5,200}«mail_wrote»\s*:")


def of_mail(entries: Sequence[WrittenLine]) -> dict[int, Message]:
    """Give the lines of a mail around a script, by their places, with why they are not read."""
    return {**_head(entries), **_quoted(entries)}


def _head(entries: Sequence[WrittenLine]) -> dict[int, Message]:
    """The head of a mail with the greeting and the note below it, where there are any."""
    at = 0
    while at < len(entries) and not _opens(entries[at]):
        if len(entries[at].text.split()) > 12:
            return {}
        at += 1
    fields = _run(entries, at)
    if not any(one.furniture is reasons.MAIL_HEAD for one in fields):
        fields = []
    found = {at + place: reasons.MAIL_HEAD for place in range(len(fields))}
    at += len(fields)
    if at < len(entries) and (fields or entries[at].text.rstrip().endswith(",")):
        found |= _note(entries, at)
    return found


def _opens(entry: WrittenLine) -> bool:
    text = entry.text.strip()
    return not entry.verbatim and (
        _FIELD.match(text) is not None
        or _FORWARDED.fullmatch(text) is not None
        or (_GREETING.fullmatch(text) is not None and text.endswith(","))
    )


def _run(entries: Sequence[WrittenLine], at: int) -> list[WrittenLine]:
    """The fields from ``at`` on, without an empty line between them."""
    run: list[WrittenLine] = []
    for entry in entries[at:]:
        text = entry.text.strip()
        forwarded = _FORWARDED.fullmatch(text) is not None
        if entry.verbatim or not (_FIELD.match(text) or forwarded):
            break
        if run and entry.after_gap and not _FORWARDED.fullmatch(run[-1].text.strip()):
            break
        run.append(entry)
    return run


def _note(entries: Sequence[WrittenLine], begin: int) -> dict[int, Message]:
    found = {}
    for at, entry in enumerate(entries[begin:], start=begin):
        if entry.verbatim:
            break
        text = entry.text.strip()
        if len(text.split()) <= 14 and _GREETING.fullmatch(text):
            found[at] = reasons.MAIL_GREETING
        elif entry.ends_sentence and _NOTE.match(text):
            found[at] = reasons.MAIL_NOTE
        elif entry.furniture is None:
            break
    return found


def _quoted(entries: Sequence[WrittenLine]) -> dict[int, Message]:
    """An older mail quoted below the script: "… đã viết:" and lines that begin with ">"."""
    for at, entry in enumerate(entries):
        if entry.verbatim or entry.text[-1:] != ":" or not _QUOTES.fullmatch(entry.text.strip()):
            continue
        quoted = [n for n in range(at + 1, len(entries)) if entries[n].written.startswith(">")]
        if quoted and len(quoted) <= at:
            return dict.fromkeys((at, *quoted), reasons.MAIL_QUOTED)
    return {}


def is_farewell(text: str) -> bool:
    """Whether the signature of a mail begins here: "Trân trọng,", "--"."""
    return _FAREWELL.fullmatch(text.strip()) is not None
