"""A line of a script, turned into the speaker's label it may begin with, if it has one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from broadcast.messages import Message
from broadcast.model import Line, Role
from broadcast.script import vocabulary
from broadcast.script.label_forms import Form, Sureness, form_of
from broadcast.script.names import Words
from broadcast.text import folded


@dataclass(frozen=True, slots=True)
class Label:
    """A label as written, where the words begin in the line, and what the label says."""

    text: str
    rest: int
    form: Form


Declared = Mapping[str, Role | None]
_NOBODY: Declared = {}
_TIME = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])]?"
_MARKS = r"[-–—―*•●▪◦·»>+→■□►▶✓]++"
_FULL_STOP = r"\.(?=\s)"
_NUMBER = r"\d{1,3}\s?[.)/](?!\d)|(?:[IVX]{1,4}|[a-h])[.)](?=\s)|\(\d{1,3}\)"
LIST_MARK = re.compile(rf"\A\s*(?:(?:{_MARKS}|{_FULL_STOP}|{_NUMBER})\s*+)++(?=\S)")
"""What may stand before a question or a point: dashes, stars, bullets, numbers."""
_ROW = r"\d{1,3}(?=\t)"
_BEFORE = re.compile(rf"\s*(?:(?:{_TIME}|{_MARKS}|{_FULL_STOP}|{_NUMBER}|{_ROW})\s*+)*+")
SPEECH_DASH = re.compile(r"[-–—]\s+(?=[^\W\d_])")
_INITIALS = re.compile(r"(?:[^\W\d_]\.\s?)+[^\W\d_]")
_COLON = re.compile(r"[:：](?!//)")
_DASH = re.compile(r"\s[-–—]\s")
_LONGEST = 180
_LONGEST_BEFORE_DASH = 60
_MOST_BEFORE_STOP = 10
_AROUND = " \t*_~`"


def label_of(line: Line, declared: Declared = _NOBODY) -> Label | None:
    """Find the speaker's label ``line`` begins with.

    ``declared`` maps the folded names and aliases that the station or the front matter gives to
    their roles: they are labels whatever they look like.
    """
    before = _BEFORE.match(line.text)
    start = before.end() if before is not None else 0
    colon = _colon(line.text, start)
    tab = line.text.find("\t", start, start + _LONGEST)
    if tab > start and (colon is None or tab < colon):
        # A table with the speakers in its first column.
        colon = tab
    if colon is not None:
        found = _with_colon(line.text, start, colon, declared)
        return found or _with_dash(line.text[:colon], start) or _bold(line, start, declared)
    return _with_dash(line.text, start) or _bold(line, start, declared)


def _colon(text: str, start: int) -> int | None:
    """Where the label's colon stands: not in brackets, a time or an address."""
    for found in _COLON.finditer(text, start, start + _LONGEST):
        at = found.start()
        if text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit():
            continue
        piece = text[start:at]
        if piece.count("(") + piece.count("[") > piece.count(")") + piece.count("]"):
            continue
        return at
    return None


def _skipped(text: str, at: int, signs: str) -> int:
    while at < len(text) and text[at] in signs:
        at += 1
    return at


def _with_colon(text: str, start: int, colon: int, declared: Declared) -> Label | None:
    written = text[start:colon].strip(_AROUND + ".,–—-")
    if written[:1] + written[-1:] in {"[]", "()"}:
        written = written[1:-1].strip()
    rest = _skipped(text, colon + 1, _AROUND)
    if SPEECH_DASH.match(text, rest):
        rest = _skipped(text, rest + 1, _AROUND)
    if _INITIALS.fullmatch(written) and text[start:colon].rstrip(_AROUND).endswith("."):
        written += "."
    form = _form(written, declared)
    if form is None:
        return None
    if form.family == "question":
        # "Câu 1: PV: …": the inner label says more.
        inner = label_of(Line(0, text[rest:]), declared)
        if inner is not None and inner.form.sureness is Sureness.SURE:
            return Label(inner.text, rest + inner.rest, inner.form)
    if form.sureness < Sureness.SURE and text[rest : rest + 1].islower():
        return None
    return Label(written, rest, form)


def _form(written: str, declared: Declared) -> Form | None:
    if not written:
        return None
    form = form_of(written)
    if declared and folded(written) in declared:
        known_by = Message("label.given", "the station or the front matter names it")
        known = form or Form(Sureness.SURE, known_by)
        role = declared[folded(written)] or known.role
        return replace(known, sureness=Sureness.SURE, known_by=known_by, role=role, declared=True)
    return form


def _with_dash(text: str, start: int) -> Label | None:
    """ "PV – Thưa ông …", before a capital; a name before a dash may be a mere mention."""
    found = _DASH.search(text, start, start + _LONGEST_BEFORE_DASH)
    if found is None or not text[found.end() : found.end() + 1].isupper():
        return None
    written = text[start : found.start()].strip(_AROUND)
    form = _form(written, _NOBODY)
    if form is None or form.sureness is not Sureness.SURE:
        return None
    if form.person:
        job = Words.of(text[found.end() :][:_LONGEST])
        if job.opening(vocabulary.JOBS | vocabulary.DEGREES):
            return None
        form = replace(form, sureness=Sureness.MAYBE)
    elif not form.family:
        return None
    return Label(written, found.end(), form)


def _bold(line: Line, start: int, declared: Declared) -> Label | None:
    """A bold label without a colon, the words after it plain or on the next line."""
    first, last = line.bold[0] if line.bold else (0, 0)
    if last - first > _LONGEST or first > start or last <= start:
        return None
    bold = line.text[start:last].strip(_AROUND)
    if bold.endswith(".") and len(bold.split()) > _MOST_BEFORE_STOP:
        # "Chị Võ Thị Bảy, 41 tuổi, là thuyền trưởng đầu tiên của cảng." is a lead in bold.
        return None
    written = bold.strip(_AROUND + ".")
    form = _form(written, declared)
    if form is None or form.sureness is not Sureness.SURE:
        return None
    return Label(written, _skipped(line.text, last, _AROUND + "-–—."), form)
