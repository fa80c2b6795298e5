"""The splitter on whole interviews: every paragraph in the right turn, nothing lost unsaid."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcast.errors import BroadcastError
from broadcast.model import Problem, Script
from broadcast.script.parse import parse
from broadcast.script.read import read_document, read_text_document

REAL = Path(__file__).parents[1].parent / "shared" / "cases" / "phan-thiet-2024.txt"

INTERVIEW = """\
Gỡ nút thắt giao thông nội thành

Nhân dịp đầu năm, phóng viên có cuộc trao đổi với bà Lê Thị Mơ, Phó Giám đốc Sở Giao thông.

Phóng viên: Thưa bà, việc gì khó nhất?

Bà Lê Thị Mơ - Phó Giám đốc Sở Giao thông: Khó nhất là giải phóng mặt bằng.

- Thứ nhất: rà soát quy hoạch.

PV: Xin cảm ơn bà!

Hồng Tú thực hiện.

Thống kê truy cập
Đang truy cập: 12
"""


def split(text: str, name: str = "a.txt") -> Script:
    return parse(read_text_document(text, Path(name)), language="vi")


def test_title_lead_turns_and_byline_are_told_apart() -> None:
    script = split(INTERVIEW)
    assert script.title == "Gỡ nút thắt giao thông nội thành"
    assert [(turn.kind, turn.role, turn.line) for turn in script.turns] == [
        ("lead", "presenter", 3),
        ("turn", "reporter", 5),
        ("turn", "official", 7),
        ("turn", "reporter", 11),
        ("byline", "presenter", 13),
    ]
    assert script.turns[2].text == (
        "Khó nhất là giải phóng mặt bằng.\n- Thứ nhất: rà soát quy hoạch."
    )
    assert script.turns[-1].text == "Hồng Tú thực hiện."
    assert script.problems == ()


def test_page_furniture_is_dropped_and_listed_with_line_and_reason() -> None:
    dropped = split(INTERVIEW).dropped
    assert [(one.line, one.text, one.why.code) for one in dropped] == [
        (15, "Thống kê truy cập", "dropped.section"),
        (16, "Đang truy cập: 12", "dropped.counter"),
    ]


def test_short_and_long_forms_of_a_label_are_one_speaker() -> None:
    script = split(INTERVIEW)
    assert [(one.name, one.labels) for one in script.speakers] == [
        ("Phóng viên", ("Phóng viên", "PV")),
        (
            "Bà Lê Thị Mơ - Phó Giám đốc Sở Giao thông",
            ("Bà Lê Thị Mơ - Phó Giám đốc Sở Giao thông",),
        ),
    ]
    assert [str(one.known_by) for one in script.speakers] == [
        "“Phóng viên” says the part (“Phóng viên”, “PV”)",
        "the title “Bà” and a name (“Bà Lê Thị Mơ - Phó Giám đốc Sở Giao thông”) and the answers",
    ]


def test_tone_placement_and_composition_do_not_part_a_speaker() -> None:
    import unicodedata

    text = "PV: Sao?\nBí thư Thành uỷ Lê Hoà: Vâng.\nPV: Rồi sao?\nBí thư Thành ủy Lê Hòa: Thôi.\n"
    for form in (text, unicodedata.normalize("NFD", text)):
        script = split(form)
        assert len(script.speakers) == 2
        assert len(script.turns) == 4


def test_a_turn_keeps_its_identity_when_others_come_and_go() -> None:
    before = {turn.text: turn.id for turn in split(INTERVIEW).turns}
    after = split(INTERVIEW.replace("PV: Xin", "PV: Còn gì nữa?\n\nBà Lê Thị Mơ: Hết.\n\nPV: Xin"))
    assert len(after.turns) == len(before) + 2
    assert {turn.text: turn.id for turn in after.turns if turn.text in before} == before


def test_equal_turns_have_identities_of_their_own() -> None:
    script = split("PV: Vâng.\nÔng An: Vâng.\nPV: Vâng.\nÔng An: Vâng.\n")
    assert len({turn.id for turn in script.turns}) == 4


def test_english_labels_are_read() -> None:
    script = parse(
        read_text_document(
            "The new harbour\n\nREPORTER: When does it open?\n\nDR. LEE: In May.\n", Path("a.txt")
        ),
        language="en",
    )
    assert script.title == "The new harbour"
    assert [(turn.speaker, turn.role) for turn in script.turns] == [
        ("REPORTER", "reporter"),
        ("DR. LEE", "official"),
    ]
    script = split("Q: Why?\nA: Because.\nQ: Really?\nA: Yes.\n")
    assert [turn.role for turn in script.turns] == ["reporter", "official"] * 2


def test_front_matter_names_the_people_and_wins() -> None:
    script = split(
        "---\ntitle: Tựa\npeople:\n  - name: Bà Trần Thị Na\n    role: official\n"
        "    aliases: [Cô Ba]\n---\nPV: Sao ạ?\nCô Ba: Vậy đó.\n"
    )
    assert script.title == "Tựa"
    assert script.turns[1].speaker == "Bà Trần Thị Na"


@pytest.mark.parametrize(
    ("written", "role"),
    [
        ("Official", "official"),
        ("Khách mời", "official"),
        ("guest", "official"),
        ("phóng viên", "reporter"),
        ("người dẫn chương trình", "presenter"),
    ],
)
def test_a_role_may_be_written_as_listeners_read_it(written: str, role: str) -> None:
    script = split(f"---\npeople:\n  - name: An\n    role: {written}\n---\nPV: Sao?\nAn: Vậy.\n")
    assert script.problems == ()
    assert script.front.people[0].role == role


@pytest.mark.parametrize(
    "head", ["language: EN_gb", "lang: eng-UK", "language: en-gb\nlang: EN-GB"]
)
def test_the_language_in_front_matter_is_kept_by_its_tag(head: str) -> None:
    script = split(f"---\n{head}\n---\nPV: Why?\nÔng An: Well.\n")
    assert (script.language, script.front.language) == ("en-GB", "en-GB")
    assert [str(one.message)[:26] for one in script.problems] == ["the language is given twic"] * (
        "\n" in head
    )


def test_a_language_nobody_knows_is_an_error_at_its_line() -> None:
    script = split("---\ntitle: Tựa\nlanguage: tiếg Anh\n---\nPV: Why?\nÔng An: Well.\n")
    assert script.language == "vi"
    assert [(one.line, one.level) for one in script.problems] == [(3, "error")]
    assert "tiếg Anh" in str(script.problems[0].message)
    assert str(script.problems[0].hint) == 'Did you mean "en" (English)?'


def test_unknown_keys_in_front_matter_are_named_with_their_line() -> None:
    script = split("---\ntitle: Tựa\ntitel: Nhầm\n---\nPV: Sao?\nÔng An: Vậy.\n")
    assert [(one.line, one.level) for one in script.problems] == [(3, "warning")]
    assert "titel" in str(script.problems[0].message)


def test_a_label_without_words_is_an_error_with_its_line() -> None:
    script = split("PV: Sao?\nÔng An:\nPV: Rồi sao?\nÔng An: Vậy.\n")
    assert [(one.line, one.level) for one in script.problems] == [(2, "error")]


@pytest.mark.parametrize("name", ["TS. Hoàng Văn Sáu", "TS.Hoàng Văn Sáu"])
def test_a_name_alone_above_the_words_of_another_is_no_label(name: str) -> None:
    script = split(
        "Lúa ngắn ngày về vùng trũng\n\n"
        "Ba xã vùng trũng vừa gặt xong vụ lúa ngắn ngày đầu tiên, năng suất cao hơn năm trước.\n\n"
        f"{name}\n\n"
        "Phóng viên: Thưa ông, giống lúa này hợp với đất nào?\n"
        "TS. Hoàng Văn Sáu: Đất trũng, chua nhẹ đều hợp cả.\n"
        "Phóng viên: Một vụ kéo dài bao lâu?\n"
        "TS. Hoàng Văn Sáu: Chừng chín mươi ngày là gặt được.\n"
    )
    assert [one for one in script.problems if one.level == "error"] == []
    assert [turn.text for turn in script.turns][-4:] == [
        "Thưa ông, giống lúa này hợp với đất nào?",
        "Đất trũng, chua nhẹ đều hợp cả.",
        "Một vụ kéo dài bao lâu?",
        "Chừng chín mươi ngày là gặt được.",
    ]


def test_a_caption_without_a_credit_is_left_out_and_listed() -> None:
    ask, answer = "PV: Ông trồng từ bao giờ?", "Ông Lê Văn Năm: Tôi trồng từ năm 2010."
    caption = "Ông Lê Văn Năm bên vườn rau hữu cơ của gia đình"
    for below in ("Mỗi năm tôi thu 200 triệu đồng.", "PV: Thu nhập ra sao?\nÔng Lê Văn Năm: Khá."):
        script = split("\n\n".join([ask, answer, caption, below]) + "\n")
        assert [(one.line, one.text) for one in script.dropped] == [(5, caption)]


def test_inferred_speakers_are_told_once_and_with_the_turn_if_it_is_one() -> None:
    asked = "PV: Ông trồng từ bao giờ?\n\nTôi trồng từ năm 2010.\n\n"
    (one,) = inferred(split(asked))
    assert (one.line, one.turn) == (3, 2)
    assert str(one.message) == (
        "this turn names no speaker, who was guessed from what follows a question"
    )
    (both,) = inferred(split(f"{asked}PV: Thu nhập ra sao?\n\nMỗi năm tôi thu 200 triệu đồng.\n"))
    assert (both.line, both.turn) == (3, None)
    assert str(both.message) == (
        "2 turns name no speaker, who was guessed from what follows a question"
    )
    (several,) = inferred(split(f"{asked}Thu nhập của ông ra sao?\n\nTôi thu 200 triệu đồng.\n"))
    assert str(several.message).endswith("what follows a question and a question to the guest")


def inferred(script: Script) -> list[Problem]:
    return [one for one in script.problems if one.code == "script.speaker-inferred"]


def test_problems_of_one_line_are_in_the_order_of_their_codes() -> None:
    told = split(
        "PV: Sao [pause 99s] lại thế [music: ../nhạc.mp3]?\n\nÔng An: Vậy <b>đấy</b>.\n"
    ).problems
    assert [(one.line, one.code, one.turn) for one in told] == [
        (1, "cue.path-leads-out", None),
        (1, "cue.too-long", None),
        (3, "script.markup", 2),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "(Chuyên mục An sinh xã hội, phát ngày 8/3)",
        "(Phát sóng ngày 14/5/2024)",
        "Phát thanh lúc 17h30 ngày 8/3",
        "Ghi chú của PV: bài này phát trước ngày 10/3.",
        "(Lưu ý cho MC: đọc chậm)",
        "Note to editor: cut the last answer.",
        "Ảnh minh họa. Nguồn: Internet",
        "Đăng ngày 05/08/2023 | 1.024 lượt xem",
        "Đăng bởi: Thu Hà - 12/03/2024",
        "12/03/2024 8:00:00 SA",
        "Khách mời: Bà Lê Thị Mơ, Phó Giám đốc Sở Giao thông",
        "Thời gian: 8h00 ngày 12/3/2024",
        "Địa điểm: Sở Giao thông",
        "Thời lượng dự kiến: 10 phút",
        "KỊCH BẢN PHỎNG VẤN",
        "ĐÀI TRUYỀN THANH - TRUYỀN HÌNH HUYỆN",
        "Chuyên mục Giao thông",
        "Facebook Twitter Zalo",
        "00:00 / 05:12",
    ],
)
def test_what_a_newsroom_writes_to_itself_is_not_read_as_the_lead(line: str) -> None:
    script = split(INTERVIEW.replace("\n\nNhân dịp", f"\n\n{line}\n\nNhân dịp"))
    assert [turn.text for turn in script.of_kind("lead")] == [
        turn.text for turn in split(INTERVIEW).of_kind("lead")
    ]
    assert (3, line) in [(one.line, one.text) for one in script.dropped]


@pytest.mark.parametrize(
    "line",
    [
        "MC: Thu Hà",
        "Đạo diễn: Quốc Anh",
        "Phóng viên thực hiện: Thu Hà",
        "M.T (thực hiện)",
        "Thu Hà (t/h)",
        "Thu Hà (Đài Truyền thanh huyện)",
        "Ghi chép của Thu Hà",
    ],
)
def test_who_made_the_piece_is_read_as_the_byline_above_and_below(line: str) -> None:
    above = split(INTERVIEW.replace("Nhân dịp", f"{line}\n\nNhân dịp", 1))
    below = split(INTERVIEW.replace("Hồng Tú thực hiện.", line))
    for script in (above, below):
        assert line in script.of_kind("byline")[0].text
        assert len(script.of_kind("turn")) == 3


@pytest.mark.parametrize("title", ["Phát 12 tấn gạo cho 300 hộ", "Phát động Tết trồng cây 2024"])
def test_a_title_about_giving_out_is_no_date_of_broadcast(title: str) -> None:
    assert split(f"{title}\n\nPV: Thưa bà, vì sao?\n\nBà Na: Vì dân.\n").title == title


def test_nameless_people_in_an_english_script_have_english_names() -> None:
    text = "A new pier\n\nWhy a pier?\n\nFor the boats.\n\nWho paid for it?\n\nWe did.\n"
    names = ["Reporter", "Guest"]
    for script in (split(text), split(f"---\nlanguage: en\n---\n{text}")):
        assert [speaker.name for speaker in script.speakers] == names


def test_the_closing_words_to_the_listeners_are_the_presenters() -> None:
    closing = "Vừa rồi, quý vị đã nghe cuộc trao đổi với bà Lê Thị Mơ."
    script = split(INTERVIEW.replace("Hồng Tú", f"{closing}\n\nHồng Tú"))
    assert [turn.role for turn in script.turns][-2:] == ["presenter", "presenter"]
    assert [turn.text for turn in script.turns][-3:] == [
        "Xin cảm ơn bà!",
        closing,
        "Hồng Tú thực hiện.",
    ]
    assert [(one.line, one.level) for one in script.problems] == [(13, "warning")]


def test_a_sign_inside_a_markdown_line_is_no_quote_mark() -> None:
    script = split("> **PV:** Mấy năm?\n\n> **Chị Nga:** Mười, 5 > 3 *năm* như dự tính.\n", "a.md")
    assert [turn.text for turn in script.turns] == ["Mấy năm?", "Mười, 5 > 3 năm như dự tính."]


def test_a_text_without_speakers_is_an_error() -> None:
    script = split("Hôm nay trời đẹp. Gió nhẹ.\n")
    assert [one.level for one in script.problems] == ["error"]
    assert script.of_kind("turn") == ()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\n \n", "no words"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "not a text file"),
        (b"Ph\xe3ng vi\xaan: th\xad a \xae\xe5ng ch\xdd\n" * 20, "not UTF-8"),
    ],
)
def test_what_is_no_text_is_refused_by_name(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "kịch bản.txt"
    file.write_bytes(content)
    with pytest.raises(BroadcastError, match=says) as caught:
        read_document(file)
    assert caught.value.file == file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_unicode_encoding_gives_the_same_script(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(INTERVIEW.replace("\n", "\r\n").encode(encoding))
    script = parse(read_document(file), language="vi")
    assert [turn.id for turn in script.turns] == [turn.id for turn in split(INTERVIEW).turns]


@pytest.mark.skipif(not REAL.exists(), reason="the real interview is not beside this repository")
def test_a_real_page_copied_from_the_web_is_split_right() -> None:
    script = parse(read_document(REAL), language="vi")
    assert script.title is not None
    assert script.title.startswith("Đồng chí Bí thư Thành ủy trả lời phỏng vấn")
    assert [turn.role for turn in script.of_kind("turn")] == [
        *("reporter", "official") * 3,
        "reporter",
    ]
    assert [len(turn.paragraphs) for turn in script.turns] == [1, 1, 6, 1, 5, 1, 2, 1, 1]
    assert script.of_kind("byline")[0].text == "Hồng Tú thực hiện."
    assert [one.line for one in script.dropped] == [47, 48, 49, 50, 51, 52, 53]
    assert script.problems == ()


@pytest.mark.parametrize(
    ("place", "kinds"),
    [(0, ["lead", "turn", "turn", "turn", "byline"]), (1, ["turn", "turn"])],
)
def test_the_examples_of_the_guide_are_read_as_it_says(place: int, kinds: list[str]) -> None:
    guide = (Path(__file__).parents[1] / "docs" / "scripts.md").read_text(encoding="utf-8")
    script = split(guide.split("```text\n")[1 + place].split("```")[0])
    assert [turn.kind for turn in script.turns] == kinds
    assert script.title
    assert script.problems == ()
    assert len(script.speakers) == 2
