"""A line of a script, turned into the speaker's label it may begin with, if it has one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from broadcast.messages import Message
from broadcast.model import Line, Role
from broadcast.script import vocabulary
from broadcast.script.chat import SENT, STAMP, is_chat_note
from broadcast.script.form import Form, Sureness
from broadcast.script.label_forms import form_of
from broadcast.script.label_parts import tells_how
from broadcast.script.names import Words
from broadcast.script.no_labels import asks_and_answers
from broadcast.text import folded


@dataclass(frozen=True, slots=True)
class Label:
    """A label as written, where the words begin in the line, and what the label says."""

    text: str
    rest: int
    form: Form


Declared = Mapping[str, Role | None]
_NOBODY: Declared = {}
_CLOCK = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_TIME = rf"[\[(]?{_CLOCK}[\])]?"
# Word's bullets, as they are when pasted: Courier's "o", Wingdings' letters, before a tab.
_LETTER_MARKS = r"(?:o|q|v|ü|Ø|§)(?=\t)|o(?=[ \t]{2})|[§Ø](?=\s)"
_MARKS = r"[-–—―*•●▪◦·»>+→■□►▶✓➢➤❖❑❒◻○◆◇★☞‣⁃]++"
_FULL_STOP = r"\.(?=\s)"
_NUMBER = (
    r"\d{1,3}\s?[.)/](?!\d)|\d{1,2}(?:\.\d{1,2}){1,2}[.)](?=\s)"
    r"|(?:[IVX]{1,4}|[a-h])[.)](?=\s)|\(\d{1,3}\)"
)
LIST_MARK = re.compile(rf"\A\s*(?:(?:{_MARKS}|{_LETTER_MARKS}|{_FULL_STOP}|{_NUMBER})\s*+)++(?=\S)")
"""What may stand before a question or a point: dashes, stars, bullets, numbers."""
_ROW = r"\d{1,3}(?=\t)"
_BEFORE = re.compile(
    rf"\s*(?:(?:{_TIME}|{_MARKS}|{_LETTER_MARKS}|{_FULL_STOP}|{_NUMBER}|{_ROW})\s*+)*+"
)
_STAMP = re.compile(STAMP)
_BEFORE_STAMP = frozenset("[0123456789")
_SHOT = re.compile(r"\s*\d{1,3}\t\s*\d{1,3}(?:[\"”″'’s]|:\d{2})[^\t]*\t[^\t]*\t\s*")
"""The cells before the words in a script for the screen: number, length, picture."""
_TIME_AFTER = re.compile(
    rf"(?:\s+{_CLOCK}(?:\s?[AP]M)?|\s*[\[(]{_CLOCK}(?:\s?[AP]M)?[\])])\s*:?\s*\Z"
)
_TIME_BEFORE = re.compile(rf"\s*(?:[\[(]{_CLOCK}[\])]|\d{{1,2}}:\d{{2}}:\d{{2}})\s+")
_IN_BRACKETS = re.compile(r"\[([^\[\]]{1,60})\]|\(([^()]{1,40})\)")
SPEECH_DASH = re.compile(r"[-–—]\s+(?=[^\W\d_])")
_LETTER_AND_STOP = re.compile(r"[*_]{0,2}([QA])\.[*_]{0,2}\s+(?=[^\W\d_]|[“\"'‘(\[$£€\d])")
_INITIALS = re.compile(r"(?:[^\W\d_]\.\s?)+[^\W\d_]")
_DASH = re.compile(r"\s[-–—]\s")
_LONGEST = 180
_LONGEST_BEFORE_DASH = 60
_LONGEST_ALONE = 80
_LONGEST_TIME = 14
_LONGEST_ROW_NUMBER = 5
_MOST_BEFORE_STOP = 10
_MOST_OF_SENDER = 6
_AROUND = " \t*_~`"
_POSTS = vocabulary.JOBS | vocabulary.DEGREES
_OPENING = ("[", "(")
_CLOSING = ("]", ":")


def label_of(line: Line, declared: Declared = _NOBODY) -> Label | None:
    """Find the speaker's label ``line`` begins with.

    ``declared`` maps the folded names and aliases that the station or the front matter gives to
    their roles: they are labels whatever they look like.
    """
    text = line.text
    start = _start(text)
    if text[:1] in _BEFORE_STAMP and (stamp := _STAMP.match(text)) is not None:
        return _in_chat(text, stamp.end(), declared)
    if text[-1:] in _CLOSING and (sent := _sent(text)) is not None:
        return sent
    colon = _colon(text, start)
    tab = text.find("\t", start, start + _LONGEST)
    if tab > start and (colon is None or tab < colon):
        if Words.of(text[start:tab]).is_one_of(vocabulary.TABLE_HEADS):
            return None
        # A table with the speakers in its first column.
        colon = tab
    if ":" in (text[:_LONGEST_TIME] if start else text[-_LONGEST_TIME:]):
        alone = _with_time(text, start)
        if alone is not None:
            return alone
    if colon is not None:
        found = _with_colon(text, start, colon, declared)
        found = found or _with_dash(text[:colon], start)
    else:
        found = _with_dash(text, start)
    if found is None:
        found = _with_stop(text, start)
    if found is None and line.bold:
        found = _bold(line, start, declared)
    if found is None and text[start : start + 1] in _OPENING:
        found = _in_brackets(text, start)
    return found


def _start(text: str) -> int:
    """Where the words begin, behind marks, numbers, times and the cells of other columns."""
    if "\t" in text[:_LONGEST_ROW_NUMBER] and (cells := _SHOT.match(text)) is not None:
        return cells.end()
    if text[:2].isalpha() and text[0] not in "IVX":
        return 0
    before = _BEFORE.match(text)
    return 0 if before is None else before.end()


def _colon(text: str, start: int) -> int | None:
    """Where the label's colon stands: not in brackets, a time or an address."""
    at = text.find(":", start, start + _LONGEST)
    while at >= 0:
        piece = text[start:at]
        in_time = text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()
        in_brackets = piece.count("(") + piece.count("[") > piece.count(")") + piece.count("]")
        if not in_time and not in_brackets and not text.startswith("//", at + 1):
            return at
        at = text.find(":", at + 1, start + _LONGEST)
    return None


def _skipped(text: str, at: int, signs: str) -> int:
    while at < len(text) and text[at] in signs:
        at += 1
    return at


def _with_colon(text: str, start: int, colon: int, declared: Declared) -> Label | None:
    written = text[start:colon]
    if ":" in written:
        written = _TIME_AFTER.sub("", written)
    written = written.strip(_AROUND + ".,–—-")
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
    if form.sureness < Sureness.SURE and text[rest : rest + 1].islower() and not written.islower():
        return None
    if form.sureness < Sureness.SURE and not form.person and _names_somebody(text[rest:]):
        return None
    return Label(written, rest, form)


def _names_somebody(rest: str) -> bool:
    """Whether "Chủ trì: Ông Đàm Quốc Khải" tells who is there."""
    if len(rest) > _LONGEST_ALONE or rest[-1:] in ".?!…":
        return False
    named = form_of(rest.strip())
    return named is not None and named.person != "" and named.sureness > Sureness.MAYBE


def _in_chat(text: str, start: int, declared: Declared) -> Label | None:
    """ "05/03/2024, 10:21 - Lan Anh: Dạ": who sent it, whatever they call themselves."""
    colon = _colon(text, start)
    if colon is None or is_chat_note(text):
        return None
    return _sender(text[start:colon], _skipped(text, colon + 1, _AROUND), declared)


def _sent(text: str) -> Label | None:
    """ "Lan Anh, [05.03.2024 10:21]", the words below."""
    found = SENT.fullmatch(text)
    return None if found is None else _sender(found["who"], len(text), _NOBODY)


def _sender(written: str, rest: int, declared: Declared) -> Label | None:
    """A name of any kind, "+84 90 123 456" too; in a programme of the day "9:00" is none."""
    written = written.strip(_AROUND)
    words = Words.of(written)
    if len(words) > _MOST_OF_SENDER or not (
        any(map(str.isalpha, written)) or written.startswith("+")
    ):
        return None
    known_by = Message("label.sender", "the chat says who wrote it")
    form = _form(written, declared) or Form(Sureness.LIKELY, known_by, person=str(words))
    return Label(written, rest, replace(form, sureness=max(form.sureness, Sureness.LIKELY)))


def _with_time(text: str, start: int) -> Label | None:
    """ "Gil Strand  00:21" or "[00:21] Gil Strand" on a line of its own, the words below."""
    if len(text) > _LONGEST_ALONE:
        return None
    found = _TIME_AFTER.search(text, start) if text[-1:] in "0123456789])M" else None
    if found is None and (":" in text[start:] or _TIME_BEFORE.match(text) is None):
        return None
    written = text[start : found.start() if found is not None else len(text)].strip(_AROUND)
    form = form_of(written)
    if form is None or not (form.person or form.says_part) or form.job.startswith(written):
        return None
    return Label(written, len(text), replace(form, sureness=Sureness.SURE))


def _in_brackets(text: str, start: int) -> Label | None:
    """ "[HOST] Good morning", "(PV) Thưa ông …": no colon, but who it is stands apart."""
    found = _IN_BRACKETS.match(text, start)
    if found is None:
        return None
    written = (found[1] or found[2]).strip()
    rest = _skipped(text, found.end(), _AROUND)
    form = None if tells_how(written) else form_of(written)
    if form is None or text[rest : rest + 1].islower():
        return None
    round_ones = found[1] is None
    if round_ones and not (form.family and form.sureness is Sureness.SURE):
        # "(Đài Hà Giang) - Từ ba tấn chè …" tells where it comes from.
        return None
    if form.sureness is Sureness.MAYBE and (rest == len(text) or _has_heading(written)):
        return None
    return Label(written, rest, form)


def _has_heading(written: str) -> bool:
    """ "THEME MUSIC" is played, and speaks to nobody."""
    words = Words.of(written)
    return any(words[at:].is_one_of(vocabulary.HEADINGS) for at in range(len(words)))


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
    if form is None or form.sureness is not Sureness.SURE or asks_and_answers(text[start:]):
        return None
    if form.person:
        job = Words.of(text[found.end() :][:_LONGEST])
        if job.opening(_POSTS):
            return None
        form = replace(form, sureness=Sureness.MAYBE)
    elif not form.family:
        return None
    return Label(written, found.end(), form)


def _with_stop(text: str, start: int) -> Label | None:
    """ "Q. Butter or margarine?", "A. Butter.": of a kind with others below, or else a district."""
    found = _LETTER_AND_STOP.match(text, start)
    form = form_of(found[1]) if found is not None else None
    if found is None or form is None:
        return None
    return Label(found[1], found.end(), form)


def is_letter_with_stop(text: str, label: Label) -> bool:
    """Whether ``label`` is the "Q." or "A." of ``text``."""
    return label.text in {"Q", "A"} and text[: label.rest].rstrip(_AROUND).endswith(".")


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
