"""Sentences stand where their words are heard, and WebVTT says so to every reader."""

from __future__ import annotations

import io

import webvtt

from broadcast.metadata import transcript as transcripts
from broadcast.metadata.transcript import LINE_CHARACTERS, plain_text, transcript
from broadcast.model import FRAME, Span, Timeline, TranscriptSentence, samples_to_ms
from timelines_by_hand import (
    ANSWER_1,
    GUEST,
    LEAD,
    QUESTION_1,
    interview_turns,
    slot_of,
    timeline_of,
    turn,
)


def read(sentences: tuple[TranscriptSentence, ...]) -> webvtt.WebVTT:
    return webvtt.from_buffer(io.StringIO(transcripts.webvtt(sentences)))


def sentence(speaker: str, text: str, start_ms: int, end_ms: int) -> TranscriptSentence:
    return TranscriptSentence("a1", speaker, text, start_ms, end_ms, "exact", synthetic=True)


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


def test_an_independent_reader_finds_the_words_voices_and_times() -> None:
    timeline = timeline_of(interview_turns(), recorded=frozenset({4}))
    made = transcript(timeline)
    found = read(made)
    assert [cue.voice for cue in found][:3] == ["Phát thanh viên", "Phóng viên", GUEST]
    assert [" ".join(cue.text.split()) for cue in found][:3] == [LEAD, QUESTION_1, ANSWER_1]
    speech_ms = samples_to_ms(90 * FRAME)
    for n, cue in enumerate(found):
        assert cue.start == f"00:00:{n * 2.4:06.3f}"
        assert cue.end == f"00:00:{n * 2.4 + speech_ms / 1000:06.3f}"


def test_lines_fit_and_cues_have_at_most_two() -> None:
    long = " ".join(["Năm 2025, phường đã hoàn thành 12/12 chỉ tiêu, vượt kế hoạch,"] * 9) + " hết."
    timeline = Timeline((slot_of(turn("turn", "official", GUEST, long, 2), 0),))
    found = read(transcript(timeline))
    assert len(found) > 4
    for cue in found:
        lines = cue.text.split("\n")
        assert len(lines) <= 2
        assert all(len(line) <= LINE_CHARACTERS for line in lines)
    assert " ".join(" ".join(cue.text.split()) for cue in found) == long
    starts, ends = [cue.start for cue in found], [cue.end for cue in found]
    assert starts[1:] == ends[:-1]


def test_markup_in_words_and_names_stays_words() -> None:
    text = transcripts.webvtt((sentence('Lan & <b> "Hoa"', "1 < 2 & 3 --> 4", 0, 1_000),))
    assert '<v Lan &amp; &lt;b&gt; "Hoa">1 &lt; 2 &amp; 3 --&gt; 4' in text
    assert text.count("-->") == 1


def test_the_note_names_the_synthetic_voices_alone() -> None:
    timeline = timeline_of(interview_turns(), recorded=frozenset({2, 4}))
    note = transcripts.webvtt(transcript(timeline)).split("\n\n")[1]
    assert note == "NOTE Giọng đọc tổng hợp (máy tính): Phát thanh viên, Phóng viên"
    assert GUEST not in note


def test_each_synthetic_cue_is_marked() -> None:
    timeline = timeline_of(interview_turns(), recorded=frozenset({4}))
    marks = {cue.text: cue.identifier for cue in read(transcript(timeline))}
    assert marks[ANSWER_1].endswith("-synthetic")
    assert marks["Chúc bà con mạnh khỏe."].isdigit()


def test_a_sentence_without_length_makes_no_cue() -> None:
    text = transcripts.webvtt((sentence("A", "…", 1_000, 1_000),))
    assert "-->" not in text


def test_plain_text_is_a_paragraph_for_each_turn_with_its_mark() -> None:
    timeline = timeline_of(interview_turns(), recorded=frozenset({2}))
    paragraphs = plain_text(transcript(timeline)).split("\n\n")
    assert paragraphs[2] == f"{GUEST}: {ANSWER_1}"
    assert paragraphs[4] == f"{GUEST} (giọng đọc tổng hợp): Chúc bà con mạnh khỏe.\n".strip()
