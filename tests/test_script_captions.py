"""Captions with times as scripts: SRT, WebVTT, and the program's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcast.metadata.captions import webvtt
from broadcast.model import Script, TranscriptSentence
from broadcast.script.parse import parse
from broadcast.script.read import read_document

SAID = [
    ("Phóng viên", "Thưa bà, năm nay được mùa không?"),
    ("Bà Lựu", "Được mùa. Bà con ai cũng vui, nhất là khi giá lúa đã lên lại từ đầu vụ này."),
    ("Phóng viên", "Xin cảm ơn bà!"),
]
SRT = """\
1
00:00:01,000 --> 00:00:04,200
PV: Thưa bà,
<i>năm nay</i> được mùa không?

2
00:00:04,400 --> 00:00:08,000
Bà Lựu: {\\an8}Được

3
00:00:08,100 --> 00:00:11,000
1.240 tạ. Bà con

4
00:00:11,100 --> 00:00:13,000
ai cũng vui.

5
00:00:13,100 --> 00:00:15,000
PV: Xin cảm ơn bà!
"""


def read(folder: Path, name: str, text: str) -> Script:
    file = folder / name
    file.write_bytes(text.encode())
    return parse(read_document(file), language="vi")


def turns(script: Script) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.text) for turn in script.of_kind("turn")]


@pytest.mark.parametrize("name", ["a.srt", "a.txt"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_srt_is_read_without_its_numbers_and_times(tmp_path: Path, name: str, newline: str) -> None:
    script = read(tmp_path, name, SRT.replace("\n", newline))
    assert turns(script) == [
        ("PV", "Thưa bà, năm nay được mùa không?"),
        ("Bà Lựu", "Được 1.240 tạ. Bà con ai cũng vui."),
        ("PV", "Xin cảm ơn bà!"),
    ]
    assert [turn.line for turn in script.of_kind("turn")] == [3, 8, 20]
    assert script.title is None
    assert not script.dropped


@pytest.mark.parametrize("name", ["goc.vtt", "goc.txt"])
@pytest.mark.parametrize("synthetic", [True, False])
def test_the_programs_own_transcript_reads_back_to_its_turns(
    tmp_path: Path, name: str, synthetic: bool
) -> None:
    sentences = [
        TranscriptSentence(
            str(at), speaker, text, at * 9_000, at * 9_000 + 8_000, "exact", synthetic
        )
        for at, (speaker, text) in enumerate(SAID)
    ]
    script = read(tmp_path, name, webvtt(sentences))
    assert turns(script) == SAID
    assert [turn.role for turn in script.of_kind("turn")] == ["reporter", "official", "reporter"]
    assert [one.text.startswith("NOTE") for one in script.dropped] == [True] * (1 + 2 * synthetic)


def test_a_voice_tag_names_the_speaker_whatever_the_name(tmp_path: Path) -> None:
    text = (
        "WEBVTT - bản tin\n\nSTYLE\n::cue { color: red }\n\n"
        "mở đầu\n00:01.000 --> 00:02.000 line:0\n"
        "<v.loud Lê Thu>Được mùa <c.vang>không</c>\n\n"
        "00:02.000 --> 00:03.000\n<v Lê Thu>ạ?</v>\n\n"
        "00:03.000 --> 00:04.000\n<v A Páo>Được &amp; vui.\n"
    )
    script = read(tmp_path, "a.vtt", text)
    assert turns(script) == [("Lê Thu", "Được mùa không ạ?"), ("A Páo", "Được & vui.")]
    assert [(one.line, one.text) for one in script.dropped] == [
        (1, "WEBVTT - bản tin"),
        (3, "STYLE"),
        (4, "::cue { color: red }"),
        (6, "mở đầu"),
    ]


def test_a_dash_begins_another_speaker(tmp_path: Path) -> None:
    text = "1\n00:00:01,000 --> 00:00:04,000\n- Được mùa không?\n- Được chứ, ai cũng vui.\n\n"
    text += "2\n00:00:05,000 --> 00:00:06,000\n- Có ai buồn không?\n- Không ai cả.\n"
    assert [words for _, words in turns(read(tmp_path, "a.srt", text))] == [
        "Được mùa không?",
        "Được chứ, ai cũng vui.",
        "Có ai buồn không?",
        "Không ai cả.",
    ]


def test_dashes_part_two_who_speak_in_turn_also_from_caption_to_caption(tmp_path: Path) -> None:
    cues = ("- Chào bác.\n- Chào cô.", "- Bác làm gì thế?", "- Tôi đan lưới,\nđan từ hôm qua.")
    text = "\n".join(
        f"{at}\n00:00:0{at},000 --> 00:00:0{at + 1},000\n{cue}\n" for at, cue in enumerate(cues, 1)
    )
    script = read(tmp_path, "a.srt", text)
    assert [(turn.role, turn.text) for turn in script.turns] == [
        ("reporter", "Chào bác."),
        ("official", "Chào cô."),
        ("reporter", "Bác làm gì thế?"),
        ("official", "Tôi đan lưới, đan từ hôm qua."),
    ]
    assert script.title is None


def test_a_script_that_mentions_an_arrow_is_no_captions(tmp_path: Path) -> None:
    script = read(tmp_path, "a.txt", "PV: Từ 2 --> 3 tạ?\nBà Lựu: Từ 00:01 --> 00:02 đấy.\n")
    assert turns(script) == [("PV", "Từ 2 --> 3 tạ?"), ("Bà Lựu", "Từ 00:01 --> 00:02 đấy.")]
