"""Written telephone and account numbers → their figures one by one, in groups."""

from __future__ import annotations

import re

from broadcast.spoken.grammar import Place, Said, rule
from broadcast.spoken.vi.neighbours import COUNTED, DOCUMENTS, ahead, counts
from broadcast.spoken.vi.numbers import digits
from broadcast.spoken.vi.units import CURRENCIES, MAGNITUDES, TIME_AND_COUNT, UNITS

_PHONE_WORDS = (
    " điện thoại", " số máy", " hotline", " đường dây nóng", " tổng đài", " sđt", " đt", " zalo",
    " fax", " đầu số", " di động", " số điện thoại", " điện thoại số", " liên hệ", " đtdđ", " tel",
    " hot line", " số nóng", " gọi số", " gọi đến số", " gọi tới số", " gọi vào số", " viber",
    " máy", " nhắn tin", " đường dây nóng số", " tổng đài số", " gọi ngay", " whatsapp",
)  # fmt: skip
_CALL_WORDS = (
    " gọi", " cảnh sát", " cấp cứu", " cứu hỏa", " cứu thương", " gọi tới", " gọi đến",
    " công an", " tổng đài quốc gia", " trực", " quốc gia", " chữa cháy", " trẻ em", " qua số",
    " cứu nạn", " đài",
)  # fmt: skip
_SHORT = frozenset({"111", "112", "113", "114", "115", "116", "1022", "1080", "1068", "119", "117"})
_SHORT_LIST = re.compile(r"(?:1\d{2,3}\s*(?:,|và|hoặc|hay|-)\s*)+$")
_ACCOUNT_WORDS = (
    " tài khoản", " số tài khoản", " stk", " mã số thuế", " mst", " cccd", " cmnd", " căn cước",
    " số cccd", " số cmnd", " căn cước công dân số", " mã số", " mã đơn", " mã vạch", " số hiệu",
    " số thẻ", " mã hồ sơ", " mã otp", " mã bưu chính", " mã pin",
)  # fmt: skip
_HOTLINE_WORDS = (
    " gọi", " tổng đài", " đường dây nóng", " hotline", " liên hệ", " điện thoại", " cskh", " bấm",
    " số máy", " khách hàng",
)  # fmt: skip
_COUNTED = (
    *COUNTED,
    *ahead(*TIME_AND_COUNT, *MAGNITUDES, *(unit.casefold() for unit in (*UNITS, *CURRENCIES))),
    *ahead("đô", "mét", "ki"),
)
_SENT = (" gửi", " gửi đến", " gửi tới", " gửi về", " gửi vào", " đến", " tới")
_GROUPS = re.compile(r"\d+")


def _grouped(written: str) -> str:
    """Say figures in the groups they are written in; ten in one go as four, three, three."""
    groups = _GROUPS.findall(written)
    if len(groups) == 1 and len(groups[0]) > 5:
        whole = groups[0]
        head = len(whole) - 6 if len(whole) > 8 else len(whole) - 4
        groups = [whole[:head], *re.findall(r"\d{3,4}", whole[head:])]
        if "".join(groups) != whole:
            groups = [whole]
    return ", ".join(digits(group) for group in groups)


def _phone(place: Place) -> Said | None:
    written = place.match[0]
    figures = "".join(_GROUPS.findall(written))
    if written.startswith("+"):
        return place.said(f"cộng {_grouped(written)}") if 9 <= len(figures) <= 13 else None
    if figures[0] == "0":
        return place.said(_grouped(written)) if 9 <= len(figures) <= 12 else None
    return place.said(_grouped(written))


def _bracketed(place: Place) -> str | None:
    """(0252) 3822 123, (+84) 252 3822 123, (84.252) 3822 123."""
    if place.match[0].startswith("(84") and len(re.sub(r"\D", "", place.match[0])) < 10:
        return None
    return ("cộng " if place.match[0][1] == "+" else "") + _grouped(place.match[0])


def _service(place: Place) -> Said | None:
    """1900 1234, 1800-6601; not the years 1900-1945, nor 1800-2000 lượt."""
    if place.follows(" năm", " giai đoạn", " khoảng", " hơn"):
        return None
    one, dash, other = place.match[0].partition("-")
    if dash and other.isdecimal() and not place.follows(*_PHONE_WORDS):
        if place.after.startswith(_COUNTED):
            return None
        near = place.text[max(0, place.start - 40) : place.start].casefold()
        years = int(one) < int(other) <= 2100 and len(other) == 4
        if years and not any(word in f" {near}" for word in _HOTLINE_WORDS):
            return None
    return place.said(_grouped(place.match[0]))


def _called(place: Place) -> Said | None:
    written = place.match[0].rstrip(" .-")
    figures = "".join(_GROUPS.findall(written))
    end = place.start + len(written)
    if place.follows(*_ACCOUNT_WORDS) and len(figures) > 4:
        return place.said(_grouped(written), end=end)
    counted = re.match(
        r"[ ]?(?:%|triệu|nghìn|ngàn|tỷ|người|cuộc|lượt|lần|giờ|phút|ngày)", place.text[end:]
    )
    if counted or len(figures) < 3 or place.text[end : end + 1].isalpha():
        return None
    if place.follows(*_PHONE_WORDS):
        return place.said(_grouped(written), end=end)
    near = f" {place.text[max(0, place.start - 40) : place.start].casefold()}"
    called = _SHORT_LIST.sub("", near).rstrip().endswith(_CALL_WORDS) or (
        any(word in near for word in (" gọi", " tổng đài", " đường dây nóng", " hotline"))
        and near.rstrip().endswith((" hoặc", " hay", " và", " số", ",", "-", "/"))
    )
    sms = len(figures) == 4 == len(written) and place.follows(*_SENT) and not counts(place)
    if sms and any(word in near for word in (" tin", " nhắn", " soạn")):
        return place.said(digits(written), end=end)
    numbered = place.follows(" số") and not place.follows(*DOCUMENTS)
    long = len(written) > 5 and written.isdecimal() and not counts(place)
    if numbered and (long or written in ("1022", "1080")):
        return place.said(digits(written), end=end)
    if written in _SHORT and called:
        return place.said(digits(written), end=end)
    return None


PHONE_RULES = (
    rule("phone", r"0\d{1,4}(?:(?: - |[ .-])\d{1,7}){1,4}(?![\d/]|,\d)|0\d{8,10}(?!\d)", _phone),
    rule(
        "phone",
        r"84[ .-][2-9]\d{1,2}(?:[ .-]\d{3,4}){2}(?!\d)"
        r"|1[89]00[ .-]?\d{2,4}(?:[ .-]?\d{2,4})?(?![\d/]|[.,]\d)",
        _service,
    ),
    rule("phone", r"\d{2,16}(?:[ .-]\d{2,7})*(?![\d/]|,\d)", _called),
)
PLUS_PHONE_RULES = (
    rule("phone", r"\+\d{1,3}(?:[ .-]?\(?\d{1,4}\)?)(?:[ .-]?\d{2,5}){1,4}(?!\d)", _phone),
)
BRACKET_PHONE_RULES = (
    rule(
        "phone",
        r"\((?:0\d{1,3}|\+84)\)(?:(?: - |[ .-]?)\d{1,7}){1,4}(?!\d)"
        r"|\(\+?84(?:[ .-]\d{1,3}\)|\)[ .-]?\d{1,3}(?!\d))(?:[ .-]{0,2}\d{1,8}){1,4}(?!\d)",
        _bracketed,
    ),
)
