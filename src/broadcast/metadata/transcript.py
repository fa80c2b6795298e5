"""A timeline into the transcript's sentences, and these into WebVTT and plain text."""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from broadcast.messages.listeners import part_in_full, words_for
from broadcast.model import Timeline, TranscriptSentence, samples_to_ms

LINE_CHARACTERS = 65
"""The longest line Apple Podcasts asks for in a transcript (Podcasts for Creators)."""
_LINES = 2

_PAUSE_MARKS = ".,;:?!…"


def transcript(timeline: Timeline, language: str = "vi") -> tuple[TranscriptSentence, ...]:
    """Give every sentence that is heard, in order of air.

    A synthetic one is spoken by itself, so its times are exact; those of a recorded turn share its
    time by their lengths. Who speaks is named as listeners are told it, in ``language``.
    """
    return tuple(
        TranscriptSentence(
            turn=take.turn.id,
            speaker=part_in_full(take.turn.speaker, language),
            text=" ".join(span.written.split()),
            start_ms=samples_to_ms(slot.start + span.start),
            end_ms=samples_to_ms(slot.start + span.end),
            timing="exact" if take.kind == "synthetic" else "estimated",
            synthetic=take.kind == "synthetic",
        )
        for slot, take in timeline.takes
        for span in slot.segment.spans
    )


def webvtt(sentences: Sequence[TranscriptSentence], language: str = "vi") -> str:
    """Give a transcript as WebVTT: cues of at most two lines of 65 characters, with their voices.

    A NOTE at the head names the synthetic voices; the identifier of each synthetic cue ends in
    ``-synthetic``. (A class on the voice span would say it too, but programs that look for
    ``<v Name>`` literally would lose the name.) Source: W3C WebVTT.
    """
    blocks = ["WEBVTT"]
    speakers = list(dict.fromkeys(one.speaker for one in sentences if one.synthetic))
    if speakers:
        note = words_for(language).transcript.synthetic_voices
        blocks.append("NOTE " + _escaped(note.format(speakers=", ".join(speakers))))
    number = 0
    for one in sentences:
        voice = _escaped(one.speaker)
        for text, start_ms, end_ms in _shared(_cue_texts(one.text), one.start_ms, one.end_ms):
            if end_ms <= start_ms:
                continue
            number += 1
            identifier = f"{number}-synthetic" if one.synthetic else str(number)
            lines = [_escaped(line) for line in _lines(text)]
            blocks.append(
                f"{identifier}\n{_clock(start_ms)} --> {_clock(end_ms)}\n<v {voice}>"
                + "\n".join(lines)
            )
    return "\n\n".join(blocks) + "\n"


def plain_text(sentences: Sequence[TranscriptSentence], language: str = "vi") -> str:
    """Give the words for reading: a paragraph for each turn, after its speaker's name.

    A turn that a synthetic voice speaks is marked so beside the name.
    """
    paragraphs = []
    for (speaker, synthetic), said in groupby(
        sentences, lambda each: (each.speaker, each.synthetic)
    ):
        mark = f" ({words_for(language).transcript.synthetic_voice})" if synthetic else ""
        paragraphs.append(f"{speaker}{mark}: " + " ".join(one.text for one in said))
    return "\n\n".join(paragraphs) + "\n" if paragraphs else ""


def _shared(texts: Sequence[str], start_ms: int, end_ms: int) -> Iterator[tuple[str, int, int]]:
    """Give each text its part of the time, in proportion to its characters."""
    characters = sum(len(text) for text in texts)
    said = 0
    for text in texts:
        text_start_ms = start_ms + (end_ms - start_ms) * said // characters
        said += len(text)
        yield text, text_start_ms, start_ms + (end_ms - start_ms) * said // characters


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


def _escaped(text: str) -> str:
    return html.escape(" ".join(text.split()), quote=False)


def _clock(ms: int) -> str:
    seconds, ms = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}.{ms:03d}"
