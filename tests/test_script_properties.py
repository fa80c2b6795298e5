"""What holds for any text whatever: no crash, no lost words, a round trip without change."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from broadcast.errors import BroadcastError
from broadcast.model import Script
from broadcast.script.canonical import canonical_text
from broadcast.script.parse import parse
from broadcast.script.read import read_text_document

HEADS = st.sampled_from(
    [
        *(
            "PV: ",
            "Phóng viên: ",
            "- PV: ",
            "Hỏi: ",
            "Đáp: ",
            "MC Minh Anh: ",
            "Ông Nguyễn Văn An: ",
        ),
        *("Bà Hoa: ", "Chủ tịch UBND phường: ", "Minh Anh: ", "N.V.A: ", "A: ", "Q: ", "Lời dẫn: "),
        *("Năm 2023: ", "Thứ nhất: ", "Nguồn: ", "Xem thêm: ", "- ", "* ", "1. ", "# ", "**PV:** "),
        *(
            "[nhạc: ",
            "(cười) ",
            "Ảnh: ",
            "Câu 1: ",
            "Trả lời: ",
            "Tiêu đề: ",
            "Ký tên: ",
            "\\",
            "> ",
        ),
        *("Thưa ông, ", "Xin cảm ơn ông! ", "Tin liên quan", "https://a.vn ", "", "", ""),
    ]
)
BODIES = st.sampled_from(
    [
        "chúng tôi đã chuẩn bị xong", "Việc gì khó nhất?", "Chúng tôi sẽ cố gắng.", "Hồng Tú",
        "**vì sao ạ?**", "“Tôi rất vui.”", "thực hiện", "]", "[pause 2s]", "Vâng.",
        "12", "(vỗ tay)",
    ]
)  # fmt: skip
TAILS = st.sampled_from(["", ".", "?", "!", ":", " thực hiện.", "**", " [nghỉ 1 giây]"])
LINES = st.lists(st.tuples(HEADS, BODIES, TAILS, st.booleans()), min_size=1, max_size=14)


def split(text: str, name: str = "a.txt") -> Script:
    return parse(read_text_document(text, Path(name)), language="vi")


def accounted(script: Script) -> str:
    """Every word of the file that the script says it has used, dropped or complained about."""
    return "\n".join(
        [
            script.title or "",
            *(turn.text for turn in script.turns),
            *(one.text for one in script.dropped),
            *(str(problem.message) for problem in script.problems),
            *(label for speaker in script.speakers for label in speaker.labels),
        ]
    )


@given(LINES, st.sampled_from(["a.txt", "a.md"]))
@settings(max_examples=200, deadline=None)
def test_no_word_is_lost(lines: list[tuple[str, str, str, bool]], name: str) -> None:
    text = "\n".join(
        f"{head}{body} từ{at}{tail}" + ("\n" if gap else "")
        for at, (head, body, tail, gap) in enumerate(lines)
    )
    found = re.findall(r"từ\d+", accounted(split(text, name)))
    assert set(found) >= {f"từ{at}" for at in range(len(lines))}


@given(LINES)
@settings(max_examples=200, deadline=None)
def test_the_canonical_script_reads_back_to_the_same_turns(
    lines: list[tuple[str, str, str, bool]],
) -> None:
    script = split(
        "\n".join(f"{head}{body}{tail}" + ("\n" if gap else "") for head, body, tail, gap in lines)
    )
    assume(script.of_kind("turn"))
    again = split(canonical_text(script))
    assert again.title == script.title
    assert [
        (turn.kind, turn.n, turn.speaker, turn.role, turn.text, turn.id) for turn in again.turns
    ] == [(turn.kind, turn.n, turn.speaker, turn.role, turn.text, turn.id) for turn in script.turns]
    assert [(cue.kind, cue.after, cue.file, cue.start_ms, cue.end_ms) for cue in again.cues] == [
        (cue.kind, cue.after, cue.file, cue.start_ms, cue.end_ms) for cue in script.cues
    ]
    assert canonical_text(again) == canonical_text(script)


@given(st.text(max_size=400), st.sampled_from(["a.txt", "a.md"]))
@settings(max_examples=200, deadline=None)
def test_any_text_is_split_or_refused_in_words(text: str, name: str) -> None:
    try:
        document = read_text_document(text, Path(name))
    except BroadcastError as refused:
        assert refused.message
        return
    script = parse(document, language="vi")
    assert canonical_text(script)
