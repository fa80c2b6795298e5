"""A published WebVTT transcript into the lines that a listening page shows."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_CUE = re.compile(
    r"(?:(?P<identifier>[^\n]*)\n)?"
    r"(?P<start>(?:\d+:)?\d\d:\d\d\.\d{3}) +--> +(?P<end>(?:\d+:)?\d\d:\d\d\.\d{3})[^\n]*\n"
    r"(?:<v(?:\.[^ >]*)? (?P<speaker>[^>]*)>)?(?P<text>.*)",
    re.DOTALL,
)
_TAG = re.compile(r"<[^>]*>")
_SENTENCE_END = re.compile(r"[.!?…:;]['\"”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class TranscriptLine:
    """A sentence, who says it, when, and whether a synthetic voice does."""

    speaker: str
    text: str
    start_ms: int
    end_ms: int
    synthetic: bool


def transcript_lines(vtt: str) -> tuple[TranscriptLine, ...]:
    """Give the transcript's sentences; cues that are parts of one are put together again."""
    lines: list[TranscriptLine] = []
    for cue in _cues(vtt):
        last = lines[-1] if lines else None
        if (
            last
            and (last.speaker, last.synthetic) == (cue.speaker, cue.synthetic)
            and last.end_ms == cue.start_ms
            and not _SENTENCE_END.search(last.text)
        ):
            lines[-1] = replace(last, text=f"{last.text} {cue.text}", end_ms=cue.end_ms)
        else:
            lines.append(cue)
    return tuple(lines)


def _cues(vtt: str) -> Iterator[TranscriptLine]:
    for block in re.split(r"\n{2,}", vtt.replace("\r\n", "\n").strip()):
        cue = _CUE.fullmatch(block)
        if cue:
            yield TranscriptLine(
                speaker=html.unescape(cue["speaker"] or ""),
                text=" ".join(html.unescape(_TAG.sub("", cue["text"])).split()),
                start_ms=_ms(cue["start"]),
                end_ms=_ms(cue["end"]),
                synthetic=(cue["identifier"] or "").endswith("-synthetic"),
            )


def _ms(clock: str) -> int:
    *hours, minutes, seconds = clock.split(":")
    whole, ms = seconds.split(".")
    return ((int(hours[0]) if hours else 0) * 3600 + int(minutes) * 60 + int(whole)) * 1000 + int(
        ms
    )
