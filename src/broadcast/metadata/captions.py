"""A transcript's sentences into captions: WebVTT and SubRip (SRT), cue by cue."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from broadcast.messages.listeners import words_for
from broadcast.metadata.phrases import cues
from broadcast.model import Timing, TranscriptSentence
from broadcast.model.units import timecode

VTT_CHARACTERS = 65
"""The longest line Apple Podcasts asks for in a transcript (Podcasts for Creators)."""
SRT_CHARACTERS = 42
"""The longest line that subtitles in Latin letters have by custom (Netflix, BBC, EBU)."""


@dataclass(frozen=True, slots=True)
class _Caption:
    """Lines of a sentence and when they are heard, in ms; ``number`` counts from 1."""

    number: int
    sentence: TranscriptSentence
    lines: tuple[str, ...]
    start_ms: int
    end_ms: int


def webvtt(sentences: Sequence[TranscriptSentence], language: str = "vi") -> str:
    """Give a transcript as WebVTT: cues of at most two lines of 65 characters, with their voices.

    Notes at the head name the synthetic voices, and tell of the cues by number which are synthetic
    ("synthetic: 1-4, 9") and how well their times are known ("timing: exact 1-8; estimated 9").
    They stand nowhere else, for programs that read line by line show what stands between cues, and
    identifiers that are no numbers; and with a class on the voice span they would lose the name.
    Source: W3C WebVTT.
    """
    made = list(_cues(sentences, VTT_CHARACTERS, language))
    blocks = ["WEBVTT"]
    speakers = list(dict.fromkeys(one.speaker for one in sentences if one.synthetic))
    if speakers:
        note = words_for(language).transcript.synthetic_voices
        blocks.append("NOTE " + _escaped(note.format(speakers=", ".join(speakers))))
        blocks.append("NOTE synthetic: " + _numbers(c.number for c in made if c.sentence.synthetic))
    if made:
        blocks.append("NOTE timing: " + _timings(made))
    blocks += [
        f"{cue.number}\n{timecode(cue.start_ms)} --> {timecode(cue.end_ms)}\n"
        f"<v {_escaped(cue.sentence.speaker)}>" + "\n".join(map(_escaped, cue.lines))
        for cue in made
    ]
    return "\n\n".join(blocks) + "\n"


def subrip(sentences: Sequence[TranscriptSentence], language: str = "vi") -> str:
    """Give a transcript as SubRip (SRT): cues of at most two lines of 42 characters.

    Who speaks is named where that changes, with a mark if the voice is synthetic: the format has
    no other place for it. Source: Podcast Namespace, transcripts, SRT.
    """
    return "\n".join(
        f"{cue.number}\n{timecode(cue.start_ms, ',')} --> {timecode(cue.end_ms, ',')}\n"
        + "\n".join(cue.lines)
        + "\n"
        for cue in _cues(sentences, SRT_CHARACTERS, language, named=True)
    )


def _cues(
    sentences: Sequence[TranscriptSentence], width: int, language: str, *, named: bool = False
) -> Iterator[_Caption]:
    """Give each sentence's cues, which share its time by the length of their words."""
    number, last = 0, None
    for one in sentences:
        if one.end_ms <= one.start_ms:
            continue
        name, text = "", one.text
        if named:
            text, speaks = _TAG.sub("‹", text), (one.speaker, one.synthetic)
            name, last = _name(one, language) if speaks != last else "", speaks
        parts = cues(text, width, language, name)
        said, whole, length_ms = (
            0,
            sum(part.characters for part in parts),
            one.end_ms - one.start_ms,
        )
        for part in parts:
            start_ms = one.start_ms + length_ms * said // whole
            said += part.characters
            end_ms = one.start_ms + length_ms * said // whole
            if end_ms > start_ms:
                number += 1
                yield _Caption(number, one, part.lines, start_ms, end_ms)


# Players take "<b>" for a tag and show nothing of it.
_TAG = re.compile(r"<(?= *[/a-zA-Z])")
_BESIDE = re.compile(r"\s*[,(–—]|\s-\s")


def _name(one: TranscriptSentence, language: str) -> str:
    """Give who speaks as SRT has it, in at most one line."""
    badge = words_for(language).pages.synthetic  # shorter than what texts have room for
    mark = f" ({badge[:1].lower()}{badge[1:]})" if one.synthetic else ""
    name = " ".join(_TAG.sub("‹", one.speaker).split())
    room = max(0, SRT_CHARACTERS - len(mark) - 1)
    if len(name) > room:
        name = _BESIDE.split(name, maxsplit=1)[0] or name
    if len(name) > room:  # a post before a name is what can be spared
        words = name.split(" ")
        while len(words) > 1 and len(" ".join(words)) >= room:
            del words[0]
        name = "…" + " ".join(words)[: room - 1]
    return f"{name}{mark}:" if name else ""


def _timings(cues: Sequence[_Caption]) -> str:
    """Say of which cues the times are exact, of which aligned, of which estimated."""
    numbers: dict[Timing, list[int]] = {}
    for cue in cues:
        numbers.setdefault(cue.sentence.timing, []).append(cue.number)
    return "; ".join(f"{timing} {_numbers(those)}" for timing, those in sorted(numbers.items()))


def _numbers(numbers: Iterable[int]) -> str:
    """Give rising numbers in short: "1-4, 9"."""
    runs = groupby(enumerate(numbers), lambda one: one[1] - one[0])
    ends = [[number for _, number in run] for _, run in runs]
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in ends)


def _escaped(text: str) -> str:
    return html.escape(" ".join(text.split()), quote=False)
