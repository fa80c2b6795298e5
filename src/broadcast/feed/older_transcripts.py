"""A WebVTT transcript that version 0.1.0 wrote, whose sentences stand nowhere else, into these."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from msgspec.structs import replace

from broadcast.model import TranscriptSentence

_CUE = re.compile(
    r"(?:(?P<identifier>[^\n]*)\n)?"
    r"(?P<start>(?:\d{1,4}:)?\d\d:\d\d\.\d{3}) +--> +(?P<end>(?:\d{1,4}:)?\d\d:\d\d\.\d{3})[^\n]*\n"
    r"(?:<v(?:\.[^ >]*)? (?P<speaker>[^>]*)>)?(?P<text>.*)",
    re.DOTALL,
)
_TAG = re.compile(r"<[^>]*>")
_SENTENCE_END = re.compile(r"[.!?…:;]['\"”’»)\]]*$")


def sentences_of_vtt(vtt: str) -> tuple[TranscriptSentence, ...]:
    """Give the transcript's sentences; cues that are parts of one are put together again.

    Where words without a full stop were followed at once by other words, both are one sentence:
    the file does not tell them apart.
    """
    sentences: list[TranscriptSentence] = []
    for cue in _cues(vtt):
        last = sentences[-1] if sentences else None
        if (
            last
            and (last.speaker, last.synthetic) == (cue.speaker, cue.synthetic)
            and last.end_ms == cue.start_ms
            and not _SENTENCE_END.search(last.text)
        ):
            text = f"{last.text} {cue.text}"
            sentences[-1] = replace(last, text=text, end_ms=cue.end_ms)
        else:
            sentences.append(cue)
    return tuple(sentences)


def _cues(vtt: str) -> Iterator[TranscriptSentence]:
    for block in re.split(r"\n{2,}", vtt.replace("\r\n", "\n").strip()):
        cue = _CUE.fullmatch(block)
        if cue:
            synthetic = (cue["identifier"] or "").endswith("-synthetic")
            yield TranscriptSentence(
                turn="",
                speaker=html.unescape(cue["speaker"] or ""),
                text=" ".join(html.unescape(_TAG.sub("", cue["text"])).split()),
                start_ms=_ms(cue["start"]),
                end_ms=_ms(cue["end"]),
                timing="exact" if synthetic else "estimated",
                synthetic=synthetic,
            )


def _ms(clock: str) -> int:
    *hours, minutes, seconds = clock.split(":")
    whole, ms = seconds.split(".")
    return ((int(hours[0]) if hours else 0) * 3600 + int(minutes) * 60 + int(whole)) * 1000 + int(
        ms
    )
