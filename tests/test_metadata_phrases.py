"""Lines end where phrases end, and titles are cut there: never within a name, an amount, a word."""

from __future__ import annotations

import pytest

from broadcast.metadata.phrases import cues, cut, without_circumstance


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        # A mark comes first, then what begins a clause, then what begins a phrase.
        (
            "Chúng tôi đã sửa mười hai cầu cảng, bà con ngư dân rất phấn khởi",
            ["Chúng tôi đã sửa mười hai cầu cảng,", "bà con ngư dân rất phấn khởi"],
        ),
        (
            "Phường huy động đoàn viên ra quân vì bãi biển đã quá nhiều rác",
            ["Phường huy động đoàn viên ra quân", "vì bãi biển đã quá nhiều rác"],
        ),
        (
            "Tuổi trẻ toàn phường đã ra quân rất đông trong sáng thứ Bảy tuần này",
            ["Tuổi trẻ toàn phường đã ra quân rất đông", "trong sáng thứ Bảy tuần này"],
        ),
        # A name, an amount and a word of two syllables stay whole.
        (
            "Sáng nay tại hội trường nhà văn hóa bà Nguyễn Thị Minh Khai có mặt",
            ["Sáng nay tại hội trường nhà văn hóa", "bà Nguyễn Thị Minh Khai có mặt"],
        ),
        (
            "Ngân sách tỉnh đã cấp cho xã tổng cộng 12 triệu đồng mua cây giống",
            ["Ngân sách tỉnh đã cấp cho xã", "tổng cộng 12 triệu đồng mua cây giống"],
        ),
        (
            "Con đường ven kênh lên bến phà sạch sẽ suốt cả bốn mùa trong năm",
            ["Con đường ven kênh lên bến phà", "sạch sẽ suốt cả bốn mùa trong năm"],
        ),
        (
            "The council will rebuild the old harbour wall before the storms come",
            ["The council will rebuild the old", "harbour wall before the storms come"],
        ),
    ],
)
def test_a_cue_is_broken_at_a_phrase(text: str, lines: list[str]) -> None:
    language = "en" if text.isascii() else "vi"
    (cue,) = cues(text, 42, language)
    assert list(cue.lines) == lines


def all_lines(text: str, language: str, width: int = 42) -> list[str]:
    return [line for cue in cues(text, width, language) for line in cue.lines]


@pytest.mark.parametrize(
    ("text", "together"),
    [
        (
            "Đến dự có Phó Giáo sư, PGS. TS. Hồ Đắc Lâm và các em học sinh trường làng",
            "PGS. TS. Hồ",
        ),
        ("Theo kế hoạch thì từ nay cho đến hết quý II/2026 cả xã xong 14 km đường", "quý II/2026"),
        ("Bà con ở hai bên bờ kênh cùng nhau trồng hoa từ đầu tháng 8 năm 2025 đó", "năm 2025"),
        ("Nghị quyết do HĐND thành phố nhiệm kỳ này tức là khóa XII mới thông qua", "khóa XII"),
        ("Every morning long before dawn the ferry brings Mr. Hill and 40 crates", "Mr. Hill"),
        ("Tàu cá công suất lớn của ngư dân từ 120 - 150 mã lực đã về bến an toàn", "120 - 150"),
    ],
)
def test_what_is_one_is_not_parted(text: str, together: str) -> None:
    language = "en" if text.isascii() else "vi"
    for width in range(30, 60):
        assert any(together in line for line in all_lines(text, language, width)), width


@pytest.mark.parametrize("width", range(24, 66))
def test_no_line_is_a_short_word_by_itself(width: int) -> None:
    text = (
        "Mỗi tuần, phường huy động một trăm hai mươi đoàn viên ra quân lúc năm giờ rưỡi sáng "
        "thứ Bảy, và riêng quý hai thì chúng tôi đã thu gom gần bốn mươi tấn rác rồi đó ạ."
    )
    assert min(map(len, all_lines(text, "vi", width))) >= 7


def test_a_word_longer_than_a_line_is_cut() -> None:
    assert all_lines("x" * 100, "vi") == ["x" * 42, "x" * 42, "x" * 16]


def test_a_language_without_words_here_is_broken_at_marks() -> None:
    text = "Bonjour à tous les auditeurs, voici notre émission du samedi"
    assert all_lines(text, "fr")[0] == "Bonjour à tous les auditeurs,"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Kế hoạch năm tới", "Kế hoạch năm tới"),
        (
            "Người dân và các cơ sở kinh doanh ven biển tham gia thế nào?",
            "Người dân và các cơ sở kinh doanh ven biển…",
        ),
        (
            "Vai trò của người dân trong xây dựng nông thôn mới",
            "Vai trò của người dân trong xây dựng…",
        ),
        ("Donau" * 12, "Donau" * 8 + "Dona…"),
    ],
)
def test_a_title_is_cut_at_a_phrase(text: str, title: str) -> None:
    found = cut(text, 45, "vi")
    assert found == title
    assert len(found) <= 45


@pytest.mark.parametrize(
    ("sentence", "clause", "language"),
    [
        ("Sau ba năm, phường được gì?", "Phường được gì?", "vi"),
        ("Vì sao nước về muộn, và lúa có kịp không?", None, "vi"),
        ("Ai đi, ai ở lại?", None, "vi"),
        ("In 2025, what will change?", "What will change?", "en"),
        ("When did it open, and who paid?", None, "en"),
    ],
)
def test_the_main_clause_of_a_question(sentence: str, clause: str | None, language: str) -> None:
    assert without_circumstance(sentence, language) == (clause or sentence)
