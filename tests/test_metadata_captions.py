"""WebVTT and SRT say to every reader who speaks what and when, in lines that can be read."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import av
import pysubs2
import pytest
import srt
import webvtt
from hypothesis import given
from hypothesis import strategies as st

from broadcast.metadata import captions
from broadcast.metadata.captions import SRT_CHARACTERS, VTT_CHARACTERS, subrip
from broadcast.metadata.transcript import transcript
from broadcast.model import FRAME, Timeline, TranscriptSentence, samples_to_ms
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

Cues = list[tuple[int, int, str]]
"""When each cue begins and ends in ms, and its words."""
LONG = " ".join(["Năm 2025, phường đã hoàn thành 12/12 chỉ tiêu, vượt kế hoạch,"] * 9) + " hết."
MIXED = transcript(timeline_of(interview_turns(), recorded=frozenset({2})))


def sentence(speaker: str, text: str, start_ms: int, end_ms: int) -> TranscriptSentence:
    return TranscriptSentence("a1", speaker, text, start_ms, end_ms, "exact", synthetic=True)


def said(*texts: str, speaker: str = "A") -> tuple[TranscriptSentence, ...]:
    made = [
        TranscriptSentence("a1", speaker, text, n * 10_000, n * 10_000 + 9_000, "exact", False)
        for n, text in enumerate(texts)
    ]
    return tuple(made)


def read(sentences: tuple[TranscriptSentence, ...]) -> webvtt.WebVTT:
    return webvtt.from_buffer(io.StringIO(captions.webvtt(sentences)))


def by_webvtt_py(text: str, _: Path) -> Cues:
    def ms(clock: str) -> int:
        hours, minutes, seconds = clock.split(":")
        return round((int(hours) * 60 + int(minutes)) * 60_000 + float(seconds) * 1_000)

    return [(ms(cue.start), ms(cue.end), cue.text) for cue in webvtt.from_string(text)]


def by_srt(text: str, _: Path) -> Cues:
    found = list(srt.parse(text, ignore_errors=False))
    assert [one.index for one in found] == list(range(1, len(found) + 1))
    return [
        (
            round(one.start.total_seconds() * 1000),
            round(one.end.total_seconds() * 1000),
            one.content,
        )
        for one in found
    ]


def by_pysubs2(text: str, file: Path) -> Cues:
    read = pysubs2.SSAFile.from_string(text, format_=file.suffix[1:])
    return [(one.start, one.end, one.plaintext) for one in read]


def by_ffmpeg(text: str, file: Path) -> Cues:
    file.write_text(text, "utf-8", newline="\n")
    with av.open(str(file)) as container:
        return [
            (packet.pts, packet.pts + packet.duration, bytes(packet).decode())
            for packet in container.demux()
            if packet.pts is not None and packet.size
        ]


def plain(text: str) -> str:
    return " ".join(re.sub("<v [^>]*>", "", text).split())


@pytest.mark.parametrize("reader", [by_webvtt_py, by_pysubs2, by_ffmpeg])
def test_three_readers_of_webvtt_find_the_same(
    reader: Callable[[str, Path], Cues], tmp_path: Path
) -> None:
    found = reader(captions.webvtt(MIXED), tmp_path / "a.vtt")
    assert " ".join(plain(text) for _, _, text in found) == " ".join(one.text for one in MIXED)
    assert {start for start, _, _ in found} >= {one.start_ms for one in MIXED}
    assert {end for _, end, _ in found} >= {one.end_ms for one in MIXED}


@pytest.mark.parametrize("reader", [by_srt, by_pysubs2, by_ffmpeg])
def test_three_readers_of_srt_find_the_same(
    reader: Callable[[str, Path], Cues], tmp_path: Path
) -> None:
    found = reader(subrip(MIXED), tmp_path / "a.srt")
    words = " ".join(plain(text) for _, _, text in found)
    for name in dict.fromkeys(one.speaker for one in MIXED):
        words = re.sub(rf"{name}(?: \(giọng tổng hợp\))?: ", "", words)
    assert words == " ".join(one.text for one in MIXED)
    assert {start for start, _, _ in found} >= {one.start_ms for one in MIXED}


def test_voices_are_named_in_every_cue_of_webvtt() -> None:
    made = transcript(timeline_of(interview_turns(), recorded=frozenset({4})))
    found = read(made)
    assert [cue.voice for cue in found][:2] == ["Phát thanh viên", "Phóng viên"]
    assert [" ".join(cue.text.split()) for cue in found][:3] == [LEAD, QUESTION_1, ANSWER_1]
    speech_ms = samples_to_ms(90 * FRAME)
    for n, cue in enumerate(found):
        assert cue.start == f"00:00:{n * 2.4:06.3f}"
        assert cue.end == f"00:00:{n * 2.4 + speech_ms / 1000:06.3f}"


def test_srt_names_who_speaks_where_that_changes() -> None:
    made = (*said("Một.", "Hai.", speaker="Lan"), *said("Ba.", speaker="Hoa"))
    assert [one.content for one in srt.parse(subrip(made))] == ["Lan: Một.", "Hai.", "Hoa: Ba."]


def test_srt_tells_that_a_voice_is_synthetic() -> None:
    (cue,) = srt.parse(subrip((sentence("Lan", "Một.", 0, 1_000),)))
    assert cue.content == "Lan (giọng tổng hợp): Một."


def test_a_name_that_is_longer_than_a_line_of_srt_spares_the_post_before_it() -> None:
    post = "Chủ tịch Ủy ban nhân dân phường Mũi Sò Trần Thị Hải Yến"
    (cue,) = srt.parse(subrip(said("Vâng, đúng vậy.", speaker=post)))
    name, words = cue.content.split("\n")
    assert name.startswith("…") and name.endswith("Trần Thị Hải Yến:")
    assert len(name) <= SRT_CHARACTERS
    assert words == "Vâng, đúng vậy."


def lines_of(cues: list[str], width: int) -> None:
    for cue in cues:
        assert 1 <= len(cue.split("\n")) <= 2
        assert max(map(len, cue.split("\n"))) <= width


def test_lines_fit_and_cues_have_at_most_two() -> None:
    made = transcript(Timeline((slot_of(turn("turn", "official", GUEST, LONG, 2), 0),)))
    found = read(made)
    lines_of([cue.text for cue in found], VTT_CHARACTERS)
    assert " ".join(" ".join(cue.text.split()) for cue in found) == LONG
    assert [cue.start for cue in found][1:] == [cue.end for cue in found][:-1]
    lines_of([one.content for one in srt.parse(subrip(made))], SRT_CHARACTERS)


@given(st.lists(st.text("aăâ ,.Đ5-(", min_size=1, max_size=160).filter(str.split), max_size=4))
def test_whatever_is_said_fits(texts: list[str]) -> None:
    found = list(srt.parse(subrip(said(*texts))))
    lines_of([one.content for one in found], SRT_CHARACTERS)
    words = "".join(one.content for one in found).replace("A: ", "", 1).split()
    assert "".join(words).removeprefix("A:") == "".join("".join(texts).split())


def test_the_parts_of_a_sentence_share_its_time_by_their_words() -> None:
    text = "Chúng tôi đã sửa mười hai cầu cảng trong năm qua, và bà con ngư dân rất phấn khởi."
    first, second = srt.parse(subrip(said(text, speaker="Trần Thị Hải Yến")))
    name, said_first = first.content.replace("\n", " ").split(": ")
    assert name == "Trần Thị Hải Yến"
    assert first.end == second.start
    # The name is not said, and takes no time.
    ms = round(first.end.total_seconds() * 1000)
    assert ms == 9_000 * (len(said_first) + 1) // (len(text) + 1)


def test_markup_in_words_and_names_stays_words() -> None:
    text = captions.webvtt((sentence('Lan & <b> "Hoa"', "1 < 2 & 3 --> 4", 0, 1_000),))
    assert '<v Lan &amp; &lt;b&gt; "Hoa">1 &lt; 2 &amp; 3 --&gt; 4' in text
    assert text.count("-->") == 1
    (cue,) = pysubs2.SSAFile.from_string(subrip(said("viết <b>chữ đậm</b>")), format_="srt")
    assert cue.plaintext == "A: viết ‹b>chữ đậm‹/b>"


def test_the_first_note_names_the_synthetic_voices_alone() -> None:
    timeline = timeline_of(interview_turns(), recorded=frozenset({2, 4}))
    note = captions.webvtt(transcript(timeline)).split("\n\n")[1]
    assert note == "NOTE Giọng đọc tổng hợp (máy tính): Phát thanh viên, Phóng viên"
    assert GUEST not in note


def test_notes_tell_of_which_cues_the_voice_is_synthetic_and_the_times_are_exact() -> None:
    timeline = timeline_of(interview_turns(), recorded=frozenset({4}))
    _, synthetic, timing = captions.webvtt(transcript(timeline)).split("\n\n")[1:4]
    assert synthetic == "NOTE synthetic: 1-4, 6-7"
    assert timing == "NOTE timing: estimated 5; exact 1-4, 6-7"
    assert captions.webvtt(said("Một.", "Hai.")).split("\n\n")[1] == "NOTE timing: exact 1-2"


def test_cues_are_named_by_the_numbers_in_the_notes() -> None:
    found = read(MIXED)
    assert [cue.identifier for cue in found] == [str(n) for n in range(1, len(found) + 1)]


def test_a_sentence_without_length_makes_no_cue() -> None:
    nothing = (sentence("A", "…", 1_000, 1_000),)
    assert "-->" not in captions.webvtt(nothing)
    assert subrip(nothing) == ""
