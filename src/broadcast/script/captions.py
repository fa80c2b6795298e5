"""Captions with times, SRT or WebVTT, turned into lines of a script: cues joined to sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from broadcast.messages import Message
from broadcast.model import Document, Dropped, FrontMatter, Line, Person
from broadcast.script import reasons
from broadcast.script.labels import label_of
from broadcast.script.text_file import clean

_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_TIMES = re.compile(rf"\s*{_TIME}\s*-+>\s*{_TIME}(?:\s.*)?")
_HEAD = re.compile(r"WEBVTT(?:[ \t].*)?")
_BLOCK = re.compile(r"(NOTE|STYLE|REGION)(?:[ \t]+(.*))?")
_IDENTIFIER = re.compile(r"\s*\d+(?:-\w+)?\s*")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s+([^<>]{1,200})>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:[a-z]\w*(?:\.[^\s<>]*)?(?:\s[^<>]{0,200})?|\d[\d:.]*)>|\{\\[^{}]{0,80}\}", re.IGNORECASE
)
_DASH = re.compile(r"[-–—]\s*(?=\w)")
_SENTENCE_END = (".", "?", "!", "…", ":", ";", "”", '"')
_MOST_HEAD_LINES = 12


@dataclass(slots=True)
class _CaptionLine:
    """A line in the making: where it begins, who speaks where a voice tag says so, its words.

    ``goes_on``: nothing says that another speaker begins here, only a sentence has ended.
    """

    number: int
    speaker: str
    words: list[str]
    goes_on: bool = False


def are_captions(text: str) -> bool:
    """Whether a text begins as captions do: with WEBVTT, or with a number and a line of times."""
    head = [line for line in text[:4_000].lstrip("\ufeff").splitlines() if line.strip()]
    if head and _HEAD.fullmatch(head[0].strip()):
        return True
    return len(head) > 2 and (
        _TIMES.fullmatch(head[0]) is not None
        or (_IDENTIFIER.fullmatch(head[0]) is not None and _TIMES.fullmatch(head[1]) is not None)
    )


def read_captions(lines: tuple[Line, ...], file: Path) -> Document:
    """Give the words of captions without numbers and times, each speaker's on lines of their own.

    A voice tag (WebVTT, W3C 2019, 4.2.2) names the speaker. Words go on from cue to cue until a
    dash or a label begins another speaker's or the voice changes; where nothing names a speaker,
    until a sentence ends.
    """
    reading = _CaptionReader()
    for cue in _cues(lines, reading.dropped):
        reading.take(cue)
    kept = tuple(_written(reading.lines, by_sentence=not reading.names_speakers))
    people = tuple(Person(name=name) for name in dict.fromkeys(reading.speakers))
    dropped = tuple(reading.dropped)
    return Document(file, kept, FrontMatter(people=people), dropped=dropped, heard=True)


class _CaptionReader:
    """One reading of captions."""

    def __init__(self) -> None:
        self.lines: list[_CaptionLine] = []
        self.dropped: list[Dropped] = []
        self.speakers: list[str] = []
        self.names_speakers = False
        self._voice = ""

    def take(self, cue: list[Line]) -> None:
        """Take the lines of one cue."""
        self._voice = ""
        for line in cue:
            text, at = line.text, 0
            for tag in _VOICE.finditer(text):
                self._add(line.number, text[at : tag.start()])
                self._voice = clean(unescape(tag[1])).strip()
                self.speakers.append(self._voice)
                self.names_speakers = True
                at = tag.end()
            self._add(line.number, text[at:])

    def _add(self, number: int, written: str) -> None:
        words = " ".join(unescape(_TAG.sub("", written)).split())
        if not words:
            return
        above = self.lines[-1] if self.lines else None
        ended = above is None or above.words[-1].endswith(_SENTENCE_END)
        labelled = label_of(Line(number, words)) is not None
        dashed = ended and _DASH.match(words) is not None
        self.names_speakers = self.names_speakers or labelled or dashed
        if above is None or above.speaker != self._voice or labelled or dashed:
            self.lines.append(_CaptionLine(number, self._voice, [words]))
        elif ended:
            self.lines.append(_CaptionLine(number, self._voice, [words], goes_on=True))
        else:
            above.words.append(words)


def _cues(lines: tuple[Line, ...], dropped: list[Dropped]) -> Iterator[list[Line]]:
    """Give the lines of words of each cue; notes and style sheets are dropped."""
    cue: list[Line] = []
    block: Message | None = None
    for at, line in enumerate(lines):
        text = line.text.strip()
        below = lines[at + 1].text if at + 1 < len(lines) else ""
        if not text:
            block = None
        elif _TIMES.fullmatch(text):
            yield cue
            cue, block = [], None
        elif _TIMES.fullmatch(below) and (_IDENTIFIER.fullmatch(text) or _parted(lines, at)):
            if not _IDENTIFIER.fullmatch(text):
                dropped.append(Dropped(line.number, text, reasons.CAPTION_NAME))
        elif at < _MOST_HEAD_LINES and not cue and _HEAD.fullmatch(text):
            block = reasons.CAPTIONS_HEAD
            if text != "WEBVTT":
                dropped.append(Dropped(line.number, text, block))
        elif block or (_BLOCK.fullmatch(text) and _parted(lines, at)):
            block = block or reasons.CAPTIONS_NOTE
            dropped.append(Dropped(line.number, text, block))
        else:
            cue.append(line)
    yield cue


def _parted(lines: tuple[Line, ...], at: int) -> bool:
    return at == 0 or not lines[at - 1].text.strip()


def _written(lines: list[_CaptionLine], *, by_sentence: bool) -> Iterator[Line]:
    joined: list[_CaptionLine] = []
    for line in lines:
        if line.goes_on and not by_sentence:
            joined[-1].words += line.words
        else:
            joined.append(line)
    speaker = ""
    for line in joined:
        words = " ".join(line.words)
        if line.speaker and line.speaker != speaker:
            words = f"{line.speaker}: {words}"
        speaker = line.speaker
        yield Line(line.number, "")
        yield Line(line.number, words)
