"""Sentences stand where their words are heard, and say how well that is known."""

from __future__ import annotations

from broadcast.metadata.transcript import transcript
from broadcast.model import FRAME, Span, Timeline, samples_to_ms
from timelines_by_hand import GUEST, interview_turns, slot_of, timeline_of


def test_a_synthetic_sentence_stands_at_its_samples() -> None:
    answer = interview_turns()[2]
    spans = (
        Span("Chúng tôi đã sửa 12 cầu cảng.", 0, 50_001),
        Span("Bà con rất phấn khởi!", 66_000, 99_999),
    )
    made = transcript(Timeline((slot_of(answer, 10 * FRAME, spans=spans),)))
    assert [(each.start_ms, each.end_ms) for each in made] == [
        (samples_to_ms(10 * FRAME), samples_to_ms(10 * FRAME + 50_001)),
        (samples_to_ms(10 * FRAME + 66_000), samples_to_ms(10 * FRAME + 99_999)),
    ]
    assert [each.text for each in made] == [span.written for span in spans]
    assert all(each.synthetic and each.speaker == GUEST for each in made)
    assert {(each.turn, each.timing) for each in made} == {(answer.id, "exact")}


def test_how_well_a_time_is_known_is_said() -> None:
    timeline = timeline_of(interview_turns(), recorded=frozenset({4}))
    timings = {(one.synthetic, one.timing) for one in transcript(timeline)}
    assert timings == {(True, "exact"), (False, "estimated")}
