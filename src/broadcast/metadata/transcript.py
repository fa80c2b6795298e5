"""A timeline into captions, and captions into WebVTT and plain text."""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from broadcast.model import Caption, Timeline, samples_to_ms

LINE_CHARACTERS = 65
"""The longest line Apple Podcasts asks for in a transcript (Podcasts for Creators)."""
_LINES = 2

_PAUSE_MARKS = ".,;:?!…"

_SYNTHETIC = {
    "vi": ("Giọng đọc tổng hợp (máy tính): ", "giọng đọc tổng hợp"),
    "en": ("Synthetic (computer) voices: ", "synthetic voice"),
}


def captions(timeline: Timeline) -> tuple[Caption, ...]:
    """Give one caption for each sentence, in order of air, at the samples it is heard."""
    return tuple(
        Caption(
            speaker=take.turn.speaker,
            text=" ".join(span.written.split()),
            start=slot.start + span.start,
            end=slot.start + span.end,
            synthetic=take.kind == "synthetic",
        )
        for slot, take in timeline.takes
        for span in slot.segment.spans
    )


def webvtt(captions: Sequence[Caption], language: str = "vi") -> str:
    """Give the captions as WebVTT: cues of at most two lines of 65 characters, each with its voice.

    A NOTE at the head names the synthetic voices; the identifier of each synthetic cue ends in
    ``-synthetic``. (A class on the voice span would say it too, but programs that look for
    ``<v Name>`` literally would lose the name.) Source: W3C WebVTT.
    """
    blocks = ["WEBVTT"]
    speakers = list(dict.fromkeys(caption.speaker for caption in captions if caption.synthetic))
    if speakers:
        blocks.append("NOTE " + _escaped(_words(language)[0] + ", ".join(speakers)))
    number = 0
    for caption in captions:
        voice = _escaped(caption.speaker)
        for text, start, end in _shared(_cue_texts(caption.text), caption.start, caption.end):
            start_ms, end_ms = samples_to_ms(start), samples_to_ms(end)
            if end_ms <= start_ms:
                continue
            number += 1
            identifier = f"{number}-synthetic" if caption.synthetic else str(number)
            lines = [_escaped(line) for line in _lines(text)]
            blocks.append(
                f"{identifier}\n{_clock(start_ms)} --> {_clock(end_ms)}\n<v {voice}>"
                + "\n".join(lines)
            )
    return "\n\n".join(blocks) + "\n"


def plain_text(captions: Sequence[Caption], language: str = "vi") -> str:
    """Give the words for reading: a paragraph for each turn, after its speaker's name.

    A turn that a synthetic voice speaks is marked so beside the name.
    """
    paragraphs = []
    for (speaker, synthetic), said in groupby(
        captions, lambda each: (each.speaker, each.synthetic)
    ):
        mark = f" ({_words(language)[1]})" if synthetic else ""
        paragraphs.append(f"{speaker}{mark}: " + " ".join(caption.text for caption in said))
    return "\n\n".join(paragraphs) + "\n" if paragraphs else ""


def _shared(texts: Sequence[str], start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Give each text its part of the time, in proportion to its characters."""
    characters = sum(len(text) for text in texts)
    said = 0
    for text in texts:
        text_start = start + (end - start) * said // characters
        said += len(text)
        yield text, text_start, start + (end - start) * said // characters


def _cue_texts(text: str) -> list[str]:
    """Cut a long sentence where it breathes into the fewest parts of like length that fit a cue."""
    parts = -(-len(_lines(text)) // _LINES)
    if parts <= 1:
        return [text]
    before = parts // 2
    middle = len(text) * before / parts

    def cost(space: int) -> float:
        breath = len(text) / parts / 4 if text[space - 1] in _PAUSE_MARKS else 0
        return abs(space - middle) - breath

    def fits(space: int) -> bool:
        first, second = _lines(text[:space]), _lines(text[space:])
        return len(first) <= _LINES * before and len(second) <= _LINES * (parts - before)

    spaces = [match.start() for match in re.finditer(r"(?<=\S) (?=\S)", text)]
    cuts = sorted(spaces, key=cost) or [round(middle)]
    cut = next(filter(fits, cuts), cuts[0])
    return _cue_texts(text[:cut].strip()) + _cue_texts(text[cut:].strip())


@lru_cache(maxsize=4096)
def _lines(text: str) -> tuple[str, ...]:
    return tuple(textwrap.wrap(text, LINE_CHARACTERS, break_on_hyphens=False))


def _words(language: str) -> tuple[str, str]:
    return _SYNTHETIC.get(language.split("-")[0].lower(), _SYNTHETIC["en"])


def _escaped(text: str) -> str:
    return html.escape(" ".join(text.split()), quote=False)


def _clock(ms: int) -> str:
    seconds, ms = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}.{ms:03d}"
