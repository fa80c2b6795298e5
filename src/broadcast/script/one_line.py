"""Lines that hold a question and its answer, parted before the label of who answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from broadcast.model import Line
from broadcast.script.entries import WrittenLine
from broadcast.script.label_forms import Sureness, label_key
from broadcast.script.labels import LIST_MARK, Label, label_of

_AFTER_SENTENCE = re.compile(
    r"[.?!…][”\"’*_]{0,4}(?P<who>\s*\([^()?]{2,80}\)[.,]?)?(?P<gap>\s+)"
    r"(?=(?:[-–—]\s*)?(?:[*_]{0,3})[^\W_])"
)
_TELLS = re.compile(
    r"\b(?:hỏi|nói|bảo|kể|đáp|rằng|thưa|ask(?:ed|s)?|sa(?:id|ys?)|told|tell)(?:\s+\w+){0,3}\s*:",
    re.IGNORECASE,
)
_LONGEST_LABEL = 190
_LONGEST_QUESTION = 1_500
"""Letters; a question that an answer follows on its line is no longer."""


def parted(entries: Sequence[WrittenLine]) -> tuple[WrittenLine, ...]:
    """Part each line where somebody's label stands behind a question: the pieces keep its number.

    What is told within an answer ("Tôi hỏi: đi đâu? Ông Tám: về") and what stands in quotation
    marks stays as it is.
    """
    places = {at: found for at, entry in enumerate(entries) if (found := _places(entry))}
    if not places:
        return tuple(entries)
    often = Counter(label_key(label.text) for found in places.values() for _, label in found)
    often.update(
        label_key(label.text)
        for entry in entries
        if entry.text and (label := label_of(entry.line)) is not None
    )
    result: list[WrittenLine] = []
    for at, entry in enumerate(entries):
        result += _pieces(entry, _cuts(entry, places[at], often)) if at in places else (entry,)
    return tuple(result)


_LONGEST_LINE = 20_000
"""Letters; no paragraph with a question and its answer is longer."""


def _places(entry: WrittenLine) -> list[tuple[int, Label]]:
    """Where a sure label with a colon stands behind a sentence, outside quotation marks."""
    text = entry.text
    if "?" not in text or ":" not in text or entry.verbatim or entry.heading:
        return []
    found, opened, at = [], 0, 0
    for end in _AFTER_SENTENCE.finditer(text, 0, _LONGEST_LINE):
        begin = end.end()
        between = text[at:begin]
        opened += (
            between.count("“") - between.count("”") + between.count('"') % 2 * (-1 if opened else 1)
        )
        at = begin
        if opened > 0:
            continue
        label = label_of(Line(entry.number, text[begin : begin + _LONGEST_LABEL]))
        if label is not None and _is_sure(text[begin : begin + _LONGEST_LABEL], label):
            found.append((begin, label))
    return found


def _is_sure(text: str, label: Label) -> bool:
    form = label.form
    if form.sureness is not Sureness.SURE or not (form.person or form.says_part):
        return False
    rest = text[label.rest :].lstrip("*_“\"'‘ ")
    return ":" in text[: label.rest] and rest[:1] != "" and not rest[0].islower()


def _cuts(
    entry: WrittenLine, places: Sequence[tuple[int, Label]], often: Counter[str]
) -> list[int]:
    text, cuts = entry.text, list[int]()
    own = label_of(entry.line)
    spoken = {label_key(own.text)} if own is not None else set()
    for at, label in places:
        key = label_key(label.text)
        if cuts:
            if key in spoken or text[max(0, at - _LONGEST_LABEL) : at].rstrip(" )*_").endswith("?"):
                cuts.append(at)
        elif at > _LONGEST_QUESTION:
            break
        elif _is_answered(text[:at], own, label, often[key]):
            cuts.append(at)
            spoken.add(key)
    return cuts


def _is_answered(before: str, own: Label | None, label: Label, times: int) -> bool:
    """Whether ``label`` answers the question ``before`` it, which begins with the label ``own``."""
    words = before[own.rest :] if own is not None else before
    plain = words.rstrip(' *_”"’')
    named = plain.endswith((")", ").", "),"))
    if named:
        plain = plain[: plain.rindex("(")].rstrip(' *_”"’')
    if not plain.endswith("?") or _TELLS.search(words):
        return False
    if own is None:
        return named or LIST_MARK.match(before) is not None or times >= 2
    if label_key(own.text) == label_key(label.text):
        return False
    return own.form.role in ("reporter", "presenter") or times >= 2


def _pieces(entry: WrittenLine, cuts: Sequence[int]) -> Iterator[WrittenLine]:
    """Give the pieces of a line; its cues go with the last."""
    text = entry.text
    edges = [0, *cuts, len(text)]
    for first, last in pairwise(edges):
        words = text[first:last].rstrip()
        bold = tuple(
            (max(begin, first) - first, min(end, first + len(words)) - first)
            for begin, end in entry.line.bold
            if begin < first + len(words) and end > first
        )
        yield replace(
            entry,
            line=Line(entry.number, words, bold),
            written=entry.written if not cuts else words,
            after_gap=entry.after_gap or first > 0,
            found=entry.found if last == len(text) else (),
            answered=bool(cuts) and first == 0,
        )
