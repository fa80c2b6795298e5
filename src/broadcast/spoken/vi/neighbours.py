"""The words beside a number that decide what it is: a date, a document, a count of something."""

from __future__ import annotations

import re

from broadcast.spoken.grammar import Place

DAY_WORDS = (
    " ngày", " sáng", " trưa", " chiều", " tối", " đêm", " hôm", " dịp", " lễ", " mùng", " mồng",
    " rạng sáng", " hôm nay", " hôm qua", " thứ hai", " thứ ba", " thứ tư", " thứ năm", " thứ sáu",
    " thứ bảy", " chủ nhật", " thứ 2", " thứ 3", " thứ 4", " thứ 5", " thứ 6", " thứ 7", " kỷ niệm",
    " cn", " t2", " t3", " t4", " t5", " t6", " t7",
    " tết", " quốc khánh", " quốc tế lao động", " sn", " sinh", " mất", " vào ngày", " lúc",
)  # fmt: skip
DAYS_IN_BRACKETS = tuple(
    f" {word} (" for word in ("nay", "qua", "mai", "kia", "mốt", "tới", "vừa qua", "cùng ngày")
) + tuple(f"{word} (" for word in DAY_WORDS)
SPAN_WORDS = (" từ", " đến", " vào", " trước", " sau", " tới", " hết", " qua", " trong", " kể từ")
# Days the country marks every year; written bare they are dates (Law on Labour 45/2019, art. 112,
# and the customary memorial days).
HOLIDAYS = {
    (3, 2), (27, 2), (8, 3), (26, 3), (15, 4), (30, 4), (1, 5), (7, 5), (15, 5), (19, 5), (1, 6),
    (5, 6), (21, 6), (28, 6), (27, 7), (19, 8), (2, 9), (10, 10), (13, 10), (20, 10), (9, 11),
    (20, 11), (22, 12), (24, 12), (1, 1),
}  # fmt: skip
# 26-3 is a date after a day word even where 26/3 is the commoner way of writing it.
LIST_TAIL = re.compile(r"(?:[\d/.-]+\s*(?:,|và|hoặc|đến|tới|-|–|hay)\s*)+$")
_FUNCTION_WORDS = frozenset((
    "và", "đến", "tại", "của", "năm", "là", "với", "có", "đã", "sẽ", "được", "ở", "trên", "trong",
    "cho", "để", "khi", "theo", "vừa", "qua", "này", "tới", "do", "từ", "thì", "mà", "cùng",
    "như", "về", "ra", "diễn", "tổ", "hằng", "hàng", "đang", "bị", "vào", "nhân", "các", "những",
    "một", "tỉnh", "thành", "ông", "bà", "hay", "hoặc", "trước", "sau", "sắp", "nhằm", "đoàn",
    "chúng", "tôi", "người", "chưa", "không", "vẫn", "phải", "thì", "mới", "nếu", "nên", "cũng",
    "đều", "rồi", "chỉ", "lại", "nay", "ấy", "đó", "mọi", "bắt", "khai", "hoàn", "kết", "họ", "nó",
))  # fmt: skip


DATE_AFTER = (
    "âm lịch", "dương lịch", "hằng năm", "hàng năm", "năm nay", "năm ngoái", "tới ", "vừa qua",
    "sắp tới", "vừa rồi", "năm 1", "năm 2", "(âm lịch", "nhân dịp", "mới đây",
)  # fmt: skip


NO_DATE_BEFORE = (
    " chiếm", " khoảng", " giảm", " tăng", " hơn", " gần", " bằng", " quá", " ít nhất", " xấp xỉ",
    " tỷ lệ", " tỉ lệ", " tỷ lệ chọi", " xác suất", " số nhà", " điểm", " đạt", " chỉ", " còn",
    " mất", " hẻm", " ngõ", " kiệt", " ngách", " dưới", " cỡ", " địa chỉ", " nhà", " nhà số",
    " thìa", " tỷ số",
)  # fmt: skip
NAMED_AFTER_DAYS = (
    " đường", " phố", " trường", " công viên", " quảng trường", " phong trào", " cầu", " nhà máy",
    " nông trường", " bệnh viện", " rạp", " công ty", " ngã tư", " giải thưởng", " bến xe",
    " đại lộ",
)  # fmt: skip


DOCUMENTS = (
    " tt", " nđ", " nq", " qđ", " ct", " tt số", " nđ số", " nq số", " qđ số", " ct số",
    " nghị định", " thông tư", " nghị quyết", " quyết định", " chỉ thị", " luật số",
    " nghị định số", " thông tư số", " nghị quyết số", " quyết định số", " chỉ thị số",
    " kế hoạch số", " văn bản số", " công văn số", " luật", " thông báo số", " kết luận số",
    " pháp lệnh số",
)  # fmt: skip
# What a fraction is a part of: 1/3 dân số.
PART_AFTER = (
    "dân số", "diện tích", "số ", "tổng", "thế giới", "chặng", "thời gian", "quãng", "sản lượng",
    "khối lượng", "nhu cầu", "lực lượng", "kinh phí", "vốn", "ngân sách", "giá trị", "cuộc đời",
    "đời", "nước ", "lượng", "giá ", "quân số", "thu nhập", "chi phí", "đoạn", "tài sản",
    "trái đất", "bề mặt", "dung tích", "công suất", "chiều", "mức", "độ ", "thị phần", "kim ngạch",
    "doanh thu", "cơ thể", "trọng lượng", "cốc", "thìa", "muỗng", "chén", "quả", "lít",
    "nhân loại", "trữ lượng", "quỹ đất", "kế hoạch", "chỉ tiêu", "đất ", "lao động cả", "trong số",
    "trong tổng", "của ", "phần ", "giờ ", "tuần ", "vòng ", "ngày ", "tháng ", "thế kỷ", "dân ",
    "cả nước", "mặt", "toàn", "so với", "công việc", "nhiệm kỳ", "học phí", "tiền", "lương", "quỹ",
    "gia tài", "rừng",
)  # fmt: skip


def ahead(*words: str) -> tuple[str, ...]:
    """Give words as they begin what comes after a place: whole, with a space behind them."""
    return tuple(f"{word} " for word in words)


# What is counted one by one, never in parts.
COUNTED = ahead(
    "đảng viên", "chi bộ", "đồng chí", "xã", "phường", "thị trấn", "huyện", "tỉnh", "thôn", "hộ",
    "người", "đại biểu", "chỉ tiêu", "tiêu chí", "đơn vị", "phiếu", "công dân", "học sinh", "em",
    "cháu", "trường", "lớp", "dự án", "công trình", "ca", "vụ", "trận", "điểm", "tổ chức",
    "cơ quan", "cơ sở", "khu phố", "khu dân cư", "ấp", "bản", "thành viên", "ủy viên", "cán bộ",
    "giáo viên", "sinh viên", "hội viên", "đoàn viên", "tàu", "phương tiện", "sản phẩm", "hồ sơ",
    "nhiệm vụ", "lượt", "bàn", "quận", "tổ", "doanh nghiệp", "hợp tác xã", "nội dung", "kiến nghị",
    "ý kiến", "đảng bộ", "địa phương", "nhà", "căn", "mẫu", "bệnh nhân", "thí sinh", "đội",
    "tuyến", "km", "gia đình", "thành phố", "buổi", "cuộc", "môn", "chỗ", "quốc gia",
    "nước thành viên", "huy chương",
)  # fmt: skip


def counts(place: Place) -> bool:
    """Whether a word that can be counted follows (255/250 đảng viên)."""
    first = place.after.split()
    return bool(first) and first[0].isalpha() and first[0] not in _FUNCTION_WORDS
