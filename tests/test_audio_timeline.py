"""Where everything is heard: slots of whole MP3 frames, with the pauses that were asked for."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.audio.timeline import SHORTEST_PAUSE, lay_out
from broadcast.model import (
    FRAME,
    RATE_HZ,
    Paragraph,
    Pauses,
    Segment,
    Take,
    Turn,
    TurnKind,
    ms_to_samples,
)

PAUSES = Pauses()


def segment(samples: int, speaker: str = "A", kind: TurnKind = "turn") -> Segment:
    turn = Turn(kind, speaker, "official", (Paragraph(1, "Vâng."),), "id")
    take = Take(turn, "synthetic", (), (), "key")
    return Segment(take, Path(), samples, (), (), "key")


@given(
    st.lists(st.integers(1, 20 * RATE_HZ), min_size=1, max_size=30),
    st.integers(0, 3_000),
)
def test_slots_follow_each_other_without_gap_in_whole_frames(
    lengths: list[int], pause_ms: int
) -> None:
    pauses = Pauses(same_speaker_ms=pause_ms, at_end_ms=pause_ms)
    timeline = lay_out([segment(samples) for samples in lengths], pauses)
    assert timeline.slots[0].start == 0
    assert all(before.end == after.start for before, after in pairwise(timeline.slots))
    assert timeline.samples == timeline.slots[-1].end
    for slot, samples in zip(timeline.slots, lengths, strict=True):
        assert slot.samples % FRAME == 0
        pause = slot.end - slot.speech_end
        assert pause >= SHORTEST_PAUSE
        wanted = ms_to_samples(pause_ms)
        assert abs(pause - wanted) <= FRAME / 2 or wanted < pause < SHORTEST_PAUSE + FRAME
        assert slot.segment.samples == samples


@pytest.mark.parametrize(
    ("before", "after", "pause_ms"),
    [
        (segment(RATE_HZ, "MC", "lead"), segment(RATE_HZ, "A"), PAUSES.after_lead_ms),
        (segment(RATE_HZ, "A"), segment(RATE_HZ, "B"), PAUSES.other_speaker_ms),
        (segment(RATE_HZ, "A"), segment(RATE_HZ, "A"), PAUSES.same_speaker_ms),
        (segment(RATE_HZ, "A"), segment(RATE_HZ, "MC", "byline"), PAUSES.before_byline_ms),
        (segment(RATE_HZ, "MC", "opening"), segment(RATE_HZ, "MC", "lead"), PAUSES.same_speaker_ms),
    ],
)
def test_the_pause_depends_on_who_and_what_follows(
    before: Segment, after: Segment, pause_ms: int
) -> None:
    first, second = lay_out([before, after], PAUSES).slots
    assert second.start - first.speech_end == pytest.approx(ms_to_samples(pause_ms), abs=FRAME / 2)
    ending = second.end - second.speech_end
    assert ending == pytest.approx(ms_to_samples(PAUSES.at_end_ms), abs=FRAME / 2)
