"""Where everything is heard: slots of whole MP3 frames, with the pauses that were asked for."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.audio.timeline import SHORTEST_PAUSE, STRETCH, Placed, lay_out
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
    return Segment(take, Path(), samples, (), (), -3.0, "key")


@given(
    st.lists(st.integers(1, 20 * RATE_HZ), min_size=1, max_size=30),
    st.integers(0, 3_000),
)
def test_slots_follow_each_other_without_gap_in_whole_frames(
    lengths: list[int], pause_ms: int
) -> None:
    pauses = Pauses(same_speaker_ms=pause_ms, at_end_ms=pause_ms)
    timeline = lay_out([Placed(segment(samples)) for samples in lengths], pauses)
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
    first, second = lay_out([Placed(before), Placed(after)], PAUSES).slots
    assert second.start - first.speech_end == pytest.approx(ms_to_samples(pause_ms), abs=FRAME / 2)
    ending = second.end - second.speech_end
    assert ending == pytest.approx(ms_to_samples(PAUSES.at_end_ms), abs=FRAME / 2)


@given(
    st.lists(st.integers(RATE_HZ // 5, 20 * RATE_HZ), min_size=2, max_size=30),
    st.floats(0.55, 1.9),
)
def test_pauses_close_or_stretch_to_hit_the_running_time(lengths: list[int], factor: float) -> None:
    placed = [Placed(segment(samples, speaker=str(n))) for n, samples in enumerate(lengths)]
    natural = lay_out(placed, PAUSES)
    speech = sum(lengths)
    wanted_ms = round((speech + (natural.samples - speech) * factor) / RATE_HZ * 1000)
    fitted = lay_out(placed, PAUSES, wanted_ms)
    assert fitted.samples / RATE_HZ * 1000 == pytest.approx(wanted_ms, abs=20)
    assert [slot.segment.samples for slot in fitted.slots] == lengths
    for before, after in zip(natural.slots, fitted.slots, strict=True):
        ratio = (after.end - after.speech_end) / (before.end - before.speech_end)
        assert STRETCH[0] - 0.1 < ratio < STRETCH[1] + 0.1


def test_beyond_the_limits_pauses_stop_and_the_programme_is_as_near_as_they_let_it() -> None:
    placed = [Placed(segment(5 * RATE_HZ, speaker=str(n))) for n in range(4)]
    natural = lay_out(placed, PAUSES)
    pauses = natural.samples - 20 * RATE_HZ
    shortest = lay_out(placed, PAUSES, 10_000)
    longest = lay_out(placed, PAUSES, 60_000)
    assert shortest.samples == pytest.approx(20 * RATE_HZ + pauses * STRETCH[0], abs=4 * FRAME)
    assert longest.samples == pytest.approx(20 * RATE_HZ + pauses * STRETCH[1], abs=4 * FRAME)


def test_stretching_makes_no_dead_air() -> None:
    pauses = Pauses(other_speaker_ms=2_000, at_end_ms=4_000)
    placed = [Placed(segment(5 * RATE_HZ, speaker=str(n))) for n in range(4)]
    slots = lay_out(placed, pauses, 60_000).slots
    silences = [(slot.end - slot.speech_end) / RATE_HZ for slot in slots]
    assert silences == pytest.approx([3, 3, 3, 4], abs=0.03)


def test_a_pause_that_was_asked_for_is_kept() -> None:
    placed = [Placed(segment(RATE_HZ, "A"), 5_000), Placed(segment(RATE_HZ, "B"))]
    for running_time_ms in (None, 7_600, 8_000):
        first, _ = lay_out(placed, PAUSES, running_time_ms).slots
        assert first.end - first.speech_end == pytest.approx(5 * RATE_HZ, abs=FRAME)
