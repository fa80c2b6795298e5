"""What one line of a script says of itself, each fact by the function that tells it."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from broadcast.script import (
    addressing,
    asking,
    boxes,
    furniture,
    newsroom_lines,
    official_papers,
    picture_captions,
    set_phrases,
)
from broadcast.script import credits as script_credits

Fact = Callable[[str], object]

HOLDS: dict[Fact, list[str]] = {
    set_phrases.is_thanks: [
        "Trân trọng cám ơn thầy.",
        "Vâng, cảm ơn chị nhiều!",
        "Cảm ơn ông.",
        "Xin cảm ơn PGS!",
        "Xin cảm ơn ông về cuộc trò chuyện thú vị này và chúc ông nhiều sức khỏe.",
        "Chúc anh thành công!",
        "Cảm ơn anh, hẹn gặp lại ở mùa giải sau.",
        "Xin cảm ơn nhà văn Vũ Thị Hạ!",
        "XIN TRÂN TRỌNG CẢM ƠN THƯỢNG TỌA!",
        "Thay mặt bạn đọc của báo, xin cảm ơn hai vị.",
        "Thank you, Mayor.",
        "Thanks so much for coming in.",
        "Ann Lee, thank you very much.",
    ],
    set_phrases.is_guests_thanks: [
        "Cảm ơn nhà báo.",
        "Tôi xin cảm ơn Đài đã quan tâm.",
        "Cảm ơn chị đã hỏi.",
        "Cảm ơn anh nhà báo.",
        "Thanks for having me.",
        "Thank you for the question.",
    ],
    set_phrases.ends_in_thanks: ["Chuyện còn dài. Xin cảm ơn bác sĩ!"],
    addressing.is_vocative: [
        "Vì sao trạm bơm dừng lâu thế, thưa bà?",
        "Theo ông, gốc rễ ở đâu?",
        "Bạch Hòa thượng, chùa dựng năm nào?",
        "Chị Yến này, nhà mình bắt đầu từ đâu?",
        "Sao năm nay chuột nhiều dữ vậy chú",
        "Minister, who pays for it?",
        "So, Commissioner, who pays for it?",
    ],
    asking.is_request: [
        "Xin anh cho biết mùa này ra sao.",
        "Mời chị chia sẻ đôi điều.",
        "Ông có thể nói rõ hơn.",
        "PGS chỉ giúp bà con cách ủ phân.",
        "Tell me about the bridge.",
    ],
    asking.has_question_words: [
        "Vậy còn chuyện học phí thì sao.",
        "How did you find it",
        "What would you change",
    ],
    asking.ends_as_question: ["Vậy còn chuyện học phí thì sao.", "Giờ nghỉ anh nói gì với các em."],
    asking.asks_nobody: [
        "Ai ngờ nước lên nhanh thế?",
        "Biết làm sao được?",
        "Vui như thế, phải không nào?",
        "Why not?",
    ],
    asking.speaks_of_self: [
        "Chúng tôi trồng lại từ đầu.",
        "Em tập mỗi sáng.",
        "I grew up here.",
        "It was my idea.",
    ],
    script_credits.is_byline: [
        "AN BÌNH thực hiện",
        "Thực hiện: Lê Thu",
        "Thực hiện: Nhóm PV",
        "N.T.H (ghi)",
        "Bài, ảnh: Thu Hà",
        "PHẠM AN (lược ghi)",
        "THÁI AN (THỰC HIỆN)",
        "Thái An (thực hiện)",
        "Interview by Ann Lee",
        "By Ann Lee, Harbour Gazette",
        "Words: Ann Lee. Pictures: Tom Ray",
        "Mỹ Lệ - CTV xã Gò Dưa",
        "Thu Hà Theo Báo Đất Bãi",
    ],
    script_credits.is_credit_word: ["THỰC HIỆN", "Bài và ảnh:"],
    script_credits.is_outlet_credit: ["(Theo Báo Nước Lặng)", "Theo Tạp chí Gốm"],
    picture_captions.has_picture_credit: [
        "Bà con gặt lúa. Ảnh: T.L",
        "Bà con gặt lúa (Ảnh: NVCC)",
        "Bà con gặt lúa - Ảnh: HẢI ĐĂNG",
        "Bà con gặt lúa. Ảnh minh họa",
        "Bà con gặt lúa. Ảnh Báo Cao Nguyên",
        "The weir at dusk. Photograph: Ann Lee",
    ],
    picture_captions.is_credit_alone: ["Ảnh:", "Ảnh"],
    picture_captions.is_like_caption: [
        "Nghệ nhân Hứa Văn Điền bên khung nón của gia đình",
        "Chợ nổi nhìn từ cầu Cái Răng",
        "Từ trái sang: anh Ba, chị Tư, em Năm",
        "Nghệ nhân Thạch Sô Vanh.",
        "Bác sĩ Trịnh Quốc Bửu trong buổi khám ở Gò Công năm 2019.",
    ],
    boxes.opens_box: [
        "Vài nét về ông Hứa Văn Điền",
        "TIỂU SỬ",
        "THÔNG TIN THÊM",
        "Quy định của Bộ Y tế về khám lưu động",
        "CẦU BẾN SẮN QUA CÁC CON SỐ",
        "About the author",
    ],
    boxes.is_portrait: [
        "Chị Thạch Thị Bảo Ngân sinh năm 1990 tại xã Gò Dưa.",
        "Ann Lee was born in 1961 and graduated from Durham.",
    ],
    boxes.is_footnote: ["(1) Tên gọi cũ của xã.", "1): Theo lời kể.", "* Chú thích", "Ghi chú:"],
    newsroom_lines.is_chat: ["Chị ơi em gửi bài nha 😊", "ok em", "Dạ em gửi chị duyệt ạ"],
    newsroom_lines.is_note_on_editing: ["This interview has been edited for length and clarity."],
    newsroom_lines.is_editors_note: ["LTS: Nhân dịp đầu năm, báo mở chuyên trang."],
    newsroom_lines.newsroom_line: [
        "Show notes",
        "[AD BREAK]",
        "This episode is supported by Brackwater Boots.",
        "Subscribe to our newsletter",
        "5 min read",
        "Thời gian đọc: 7 phút",
    ],
    official_papers.official_line: [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "ỦY BAN NHÂN DÂN XÃ ĐỒNG VÔNG",
        "TRUNG TÂM VĂN HÓA, THÔNG TIN VÀ TRUYỀN THANH HUYỆN GÒ DƯA",
        "BAN TUYÊN GIÁO VÀ DÂN VẬN TỈNH ỦY",
        "Số: 17/BB-UBND",
        "Đồng Vông, ngày 12 tháng 6 năm 2025",
        "(đã ký)",
        "THƯ KÝ                    CHỦ TRÌ",
    ],
    furniture.furniture_in: [
        "Chia sẻ Facebook Zalo In bài Gửi email",
        "THỜI SỰ | KINH TẾ | ĐỜI SỐNG",
        "[00:01:05]",
        "Updated 3:42 p.m.",
        "Was this page helpful? Yes / No",
        "Subjects: ferries, whale rules.",
        "TT\tGIÂY\tHÌNH\tTIẾNG",
    ],
}

FAILS: dict[Fact, list[str]] = {
    set_phrases.is_thanks: [
        "Cảm ơn nhà báo.",
        "Tôi xin cảm ơn Đài đã quan tâm.",
        "Cảm ơn anh Hoàng. Anh giữ máy nhé. Mời chị Yến.",
        "Chúc mừng anh. Nói thật, sau 20 phút tôi đã định ra về.",
        "Thank you for having me.",
        "Thanks for coming down in this weather. I'm here with the harbour master.",
        "Chúng tôi cảm ơn và ghi nhận công sức của bà con.",
        "Cảm ơn ông, vậy còn học phí thì sao?",
    ],
    set_phrases.is_guests_thanks: ["Xin cảm ơn ông!", "Thank you, Mayor."],
    addressing.is_vocative: ["Theo ông Vũ Đăng Khoát, gốc rễ ở trường.", "Ông ấy thưa kiện mãi."],
    asking.is_request: ["Ông Lộc cho biết thêm: vụ này lãi.", "Tôi xin nghỉ một hôm."],
    asking.ends_as_question: ["Tôi chẳng giấu ai.", "Nhà nào cũng có."],
    asking.asks_nobody: ["Why did you stay?", "Ông có lo không?", "Bao giờ thì xong?"],
    asking.speaks_of_self: ["Các em học đến trưa.", "Em Ngân học lớp 4."],
    script_credits.is_byline: [
        "KẾ HOẠCH THỰC HIỆN",
        "NỘI DUNG PHỎNG VẤN",
        "PHỎNG VẤN CUỐI TUẦN",
        "Chúng tôi đang thực hiện",
        "By Monday, everything was gone.",
    ],
    picture_captions.has_picture_credit: ["Ảnh của ông treo ở đình.", "Tôi chụp ảnh, quay phim."],
    picture_captions.is_like_caption: [
        "Tôi ngồi bên bếp.",
        "Ông có lo cho con cháu trong nhà không?",
        "Năm nay lúa tốt.",
    ],
    boxes.opens_box: ["Trích nước từ kênh vào ruộng mất ba ngày", "Nhân vật: Ông Hứa Văn Điền kể"],
    boxes.is_portrait: ["Tôi sinh năm 1990 tại xã Gò Dưa.", "Chị Ngân có 14 thợ."],
    boxes.is_footnote: ["12 hộ đã về lại.", "1. Ông học nghề từ bao giờ?"],
    newsroom_lines.is_chat: ["Em tập mỗi sáng.", "Tôi nhận bằng năm 1990."],
    official_papers.official_line: [
        "Ủy ban nhân dân xã đã họp.",
        "Ngày 12 tháng 6 năm 2025, cầu thông xe.",
        "Số 17 là nhà tôi.",
    ],
    furniture.furniture_in: ["Tôi đọc tin mỗi sáng.", "Nghe đến đó, tôi khóc."],
}


def rows(table: dict[Fact, list[str]]) -> list[tuple[Fact, str]]:
    return [(fact, line) for fact, lines in table.items() for line in lines]


def named(value: object) -> str | None:
    return getattr(value, "__name__", None)


@pytest.mark.parametrize(("fact", "line"), rows(HOLDS), ids=named)
def test_it_holds_of_the_line(fact: Fact, line: str) -> None:
    assert fact(line)


@pytest.mark.parametrize(("fact", "line"), rows(FAILS), ids=named)
def test_it_does_not_hold_of_the_line(fact: Fact, line: str) -> None:
    assert not fact(line)


def test_evidence_of_asking_is_told_apart() -> None:
    asked = asking.asks_guest("Vì đâu mà nên nỗi ấy, theo ông?")
    assert asked == asking.Asking(mark=True, vocative=True, second_person=True, question_words=True)
    assert asked.strength == 4
    assert not asking.asks_guest("Năm nay lúa tốt.")


def test_the_guest_is_known_by_a_name_given() -> None:
    assert not addressing.is_vocative("Nhài, chặng nào khó nhất?")
    assert addressing.is_vocative("Nhài, chặng nào khó nhất?", names=["Nhài"])
    assert asking.asks_guest("Sắp tới Nhài định chèo ở đâu?", names=["Nhài"]).second_person


HARD = (
    "Xin cảm ơn ông ",
    "Ảnh: A. ",
    "(((( ",
    "PGS.TS. ",
    "An - ",
    "? ",
    "\t",
    "1:23 ",
    "_ ",
    "a ",
)


@pytest.mark.parametrize("fact", [*HOLDS, asking.asks_guest], ids=named)
def test_a_line_of_20_kb_takes_time_in_step_with_its_length(fact: Fact) -> None:
    fact("một dòng để các danh sách được đọc")
    for unit in HARD:
        line = (unit * 20_000)[:20_000]
        began = time.process_time()
        fact(line)
        assert time.process_time() - began < 1.0
