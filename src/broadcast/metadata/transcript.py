"""A timeline into the transcript: what is said, by whom, when, and how well that is known."""

from __future__ import annotations

from broadcast.messages.listeners import part_in_full
from broadcast.model import Timeline, TranscriptSentence, samples_to_ms


def transcript(timeline: Timeline, language: str = "vi") -> tuple[TranscriptSentence, ...]:
    """Give every sentence that is heard, in order of air.

    A synthetic one is spoken by itself, so its times are exact; those of a recorded turn were found
    in it, or share its time by their lengths. Who speaks is named as listeners are told it, in
    ``language``.
    """
    return tuple(
        TranscriptSentence(
            turn=take.turn.id,
            speaker=part_in_full(take.turn.speaker, language),
            text=" ".join(span.written.split()),
            start_ms=samples_to_ms(slot.start + span.start),
            end_ms=samples_to_ms(slot.start + span.end),
            timing=span.timing,
            synthetic=take.kind == "synthetic",
        )
        for slot, take in timeline.takes
        for span in slot.segment.spans
    )
