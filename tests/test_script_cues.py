"""Cues as producers write them: in brackets or on a line of their own, with lengths and files."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcast.model import Script
from broadcast.script.canonical import canonical_text
from broadcast.script.cues import cues_in
from broadcast.script.names import has_words
from broadcast.script.parse import parse
from broadcast.script.read import read_text_document


def read(text: str) -> Script:
    return parse(read_text_document(text, Path("a.txt")), language="vi")


def cue(text: str) -> tuple[str, str | None, str | None]:
    """What a line is: the kind of its one cue, the station's music and the file that it names."""
    left, found = cues_in(text, 1)
    assert left == ""
    (one,) = found
    assert one.instruction is not None, one
    return one.instruction.kind, one.instruction.part, one.instruction.file


@pytest.mark.parametrize("around", ["({})", "[{}]", "{}", "- {}", "{}."])
@pytest.mark.parametrize(
    ("words", "kind", "part"),
    [
        ("Nhạc hiệu", "music", "intro"),
        ("NHẠC HIỆU", "music", "intro"),
        ("Nhạc cắt 5 giây", "music", "sting"),
        ("Nhạc dạo", "music", "sting"),
        ("lên nhạc nền", "bed", None),
        ("Nhạc nền", "bed", None),
        ("Hết nhạc nền", "bed end", None),
        ("Nhạc kết", "music", "outro"),
        ("Tiếng động", "clip", None),
        ("Trích băng chị Hai Lúa", "clip", None),
        ("Băng phỏng vấn", "clip", None),
        ("Băng phỏng vấn bà Sáu, dài 1 phút 20 giây", "clip", None),
    ],
)
def test_a_cue_is_one_in_any_brackets_and_on_a_line_of_its_own(
    around: str, words: str, kind: str, part: str | None
) -> None:
    assert cue(around.format(words)) == (kind, part, None)


@pytest.mark.parametrize(
    "line",
    [
        "(Băng phỏng vấn ông Nguyễn Văn Tám, trưởng thôn Đông, xã Hoà Bình, 45 giây)",
        "Băng: chị Lụa, tiểu thương chợ Đầm, 1'20\"",
        "Băng ông Tư: 50''",
        "(Tiếng động chợ quê buổi sớm 15s)",
        "[Băng: phỏng vấn ông Tám. 45,5 giây]",
        "(Trích băng anh Hùng, UBND TP.HCM (30 giây))",
    ],
)
def test_a_tape_told_of_in_words_is_a_clip_without_a_file(line: str) -> None:
    assert cue(line) == ("clip", None, None)


@pytest.mark.parametrize(
    ("line", "file"),
    [
        ("(Băng: bang/ong tam.wav, 45 giây)", "bang/ong tam.wav"),
        ("Băng: bang/ong-tam.mp3", "bang/ong-tam.mp3"),
        ("[băng ong-tam.m4a]", "ong-tam.m4a"),
        ("[clip: bang\\ong-tam.mp3 0:10-0:35]", "bang/ong-tam.mp3"),
        ("[tiếng động: cho/som.flac; 2 phút]", "cho/som.flac"),
    ],
)
def test_a_file_is_told_from_words_about_it(line: str, file: str) -> None:
    assert cue(line) == ("clip", None, file)


@pytest.mark.parametrize(
    "words",
    [
        "Nhạc sĩ Trần Tiến",
        "(Nhạc sĩ Trần Tiến)",
        "Ông Sơn (nhạc sĩ) sinh năm 1939.",
        "Bài viết kèm một đoạn phim ngắn (clip) được xem nhiều.",
        "Phần mở đầu (intro) rất hay.",
        "Băng giá phủ trắng Mẫu Sơn trong 10 giây",
        "Băng rôn, khẩu hiệu treo khắp phố.",
        "Nhạc hay lắm.",
        "Băng ghi âm hé lộ sự thật",
        "Tiếng động lạ trong đêm",
        "Nhạc hiệu của đài đã có từ 1976.",
        "Phát băng rôn cho bà con",
    ],
)
def test_words_that_begin_like_a_cue_are_words(words: str) -> None:
    assert cues_in(words, 1) == (words, [])


def test_a_cue_stands_where_it_is_written_and_keeps_its_words() -> None:
    script = read(
        "Nhạc hiệu\n\nPV: Thưa ông, lúa sao rồi?\n\nÔng Tám: Lúa tốt.\n\n"
        "(Băng phỏng vấn ông Tám, 45 giây)\n\nPV: Cảm ơn ông.\n"
    )
    assert [(one.kind, one.after, one.written) for one in script.cues] == [
        ("music", 0, "Nhạc hiệu"),
        ("clip", 2, "(Băng phỏng vấn ông Tám, 45 giây)"),
    ]
    assert [turn.text for turn in script.of_kind("turn")][1:] == ["Lúa tốt.", "Cảm ơn ông."]


def test_a_clean_copy_keeps_what_is_to_be_played() -> None:
    script = read(
        "PV: Lúa sao rồi?\n\nBăng phỏng vấn ông Tám, 45 giây\n\nÔng Tám: Lúa tốt.\n\n(Nhạc cắt)"
    )
    copy = canonical_text(script)
    assert "[Băng phỏng vấn ông Tám, 45 giây]" in copy
    again = read(copy)
    assert [(one.kind, one.after, one.part) for one in again.cues] == [
        (one.kind, one.after, one.part) for one in script.cues
    ]


@pytest.mark.parametrize("nothing", ["]", "…", "*", "[ ]"])
def test_a_byline_of_no_words_is_none(nothing: str) -> None:
    script = read(f"Ký tên: {nothing}\nPV: {nothing}\nMinh Anh: {nothing}?")
    assert script.of_kind("byline") == ()
    assert script.of_kind("turn") == () or has_words(script.of_kind("turn")[0].text)
