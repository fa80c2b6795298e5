"""Lines that a mail program or a typewriter broke are paragraphs again; poems stay lines."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from broadcast.model import Document, Line
from broadcast.script.entries import entries_of
from broadcast.script.parse import parse
from broadcast.script.read import read_text_document
from broadcast.script.unwrap import unwrapped

INTERVIEWS = Path(__file__).parent / "data" / "interviews"

ANSWERS = {
    "typed, first lines indented": (
        """\
     Chúng tôi gặp ông Lê Văn Tám ở bến Nổi vào một
buổi chiều gió. Ông kể chuyện vá lưới, chuyện biển,
và chuyện cái loa của xã.
     PV: Thưa ông, cái loa ấy bây giờ còn nói không?
     Ông Lê Văn Tám: Còn. Sáng nào nó cũng gọi tôi
dậy trước gà. Tôi bảo nó nói nhỏ thôi, mà nó có nghe
đâu.
     PV: Ông nghe gì nhiều nhất?
     Ông Lê Văn Tám: Tin bão. Rồi đến giá cá. Giá cá
thì tôi nghe để cãi với nhà tôi.
""",
        [
            (
                "Còn. Sáng nào nó cũng gọi tôi dậy trước gà. Tôi bảo nó nói nhỏ thôi, "
                "mà nó có nghe đâu."
            ),
            "Tin bão. Rồi đến giá cá. Giá cá thì tôi nghe để cãi với nhà tôi.",
        ],
    ),
    "typed, words behind the labels": (
        """\
PV:         Thưa ông, vụ này bà con trồng giống gì mà
            lúa đứng cây như vậy?
Ông Tám:    Giống cũ thôi. Chúng tôi cấy thưa, bón ít,
            giữ nước nông. Cây lúa nó tự đứng.
PV:         Bà con có sợ mất năng suất không ạ?
Ông Tám:    Sợ chứ. Vụ đầu chỉ có bốn nhà dám làm, các
            nhà khác đứng trên bờ cười.
""",
        [
            "Giống cũ thôi. Chúng tôi cấy thưa, bón ít, giữ nước nông. Cây lúa nó tự đứng.",
            "Sợ chứ. Vụ đầu chỉ có bốn nhà dám làm, các nhà khác đứng trên bờ cười.",
        ],
    ),
    "a mail that is quoted": (
        """\
> PV: Thưa bác, nghề vá lưới học trong bao
> lâu thì làm được ạ?
>
> Ông Lê Văn Tám: Ba năm. Năm đầu chỉ ngồi
> xỏ kim. Năm thứ hai mới được sờ vào tấm
> lưới của người ta.
>
> PV: Bây giờ còn ai học không?
>
> Ông Lê Văn Tám: Còn hai đứa cháu tôi, mà
> chúng nó thích điện thoại hơn.
""",
        [
            "Ba năm. Năm đầu chỉ ngồi xỏ kim. Năm thứ hai mới được sờ vào tấm lưới của người ta.",
            "Còn hai đứa cháu tôi, mà chúng nó thích điện thoại hơn.",
        ],
    ),
    "a broken mail around a text that is not": (
        """\
Kính gửi ban biên tập,

Em gửi bài phỏng vấn về nghề vá lưới, nhờ các
anh chị xem giúp em phần lời dẫn, nếu dài thì
cứ cắt bớt ạ.

PV: Thưa bác, nghề vá lưới học trong bao lâu thì làm được, và phải học những gì trước?

Ông Lê Văn Tám: Ba năm. Năm đầu ngồi xỏ kim, năm thứ hai mới được sờ tấm lưới, mà phải rửa tay.

PV: Bây giờ còn ai học không?

Ông Lê Văn Tám: Còn hai đứa cháu tôi.
""",
        [
            ("Ba năm. Năm đầu ngồi xỏ kim, năm thứ hai mới được sờ tấm lưới, mà phải rửa tay."),
            "Còn hai đứa cháu tôi.",
        ],
    ),
    "a list, without an empty line anywhere": (
        """\
PV: Thưa ông, cái loa ấy bây giờ còn chạy
tốt không ạ?
Ông Lê Văn Tám: Còn. Tôi lau nó mỗi tuần
một lần. Các việc phải làm là:
- lau màng loa bằng một cái khăn thật khô;
- xem dây có bị chuột cắn hay không, vì ở
bến này chuột nhiều hơn người.
PV: Cảm ơn ông!
""",
        [
            (
                "Còn. Tôi lau nó mỗi tuần một lần. Các việc phải làm là:\n"
                "- lau màng loa bằng một cái khăn thật khô;\n"
                "- xem dây có bị chuột cắn hay không, vì ở bến này chuột nhiều hơn người."
            )
        ],
    ),
    "a poem in small letters": (
        """\
PV: Ông đọc cho nghe bài thơ đi ạ.

Ông Lê Văn Tám: Chiều về bến Nổi gió lên
con thuyền nằm ngủ bên thềm sóng xô
lưới ai phơi trắng đôi bờ
mà sao cá vẫn ngẩn ngơ ngoài khơi

PV: Hay quá! Ông làm bài ấy bao giờ?

Ông Lê Văn Tám: Năm ngoái, lúc chờ nước lớn.
""",
        [
            (
                "Chiều về bến Nổi gió lên\ncon thuyền nằm ngủ bên thềm sóng xô\n"
                "lưới ai phơi trắng đôi bờ\nmà sao cá vẫn ngẩn ngơ ngoài khơi"
            ),
            "Năm ngoái, lúc chờ nước lớn.",
        ],
    ),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_answers_are_paragraphs_again(name: str) -> None:
    text, answers = ANSWERS[name]
    script = parse(read_text_document(text, Path("a.txt")), language="vi")
    assert [turn.text for turn in script.turns if turn.role == "official"] == answers


def _paragraphs(lines: list[str]) -> list[str]:
    document = Document(
        Path("a.txt"), tuple(Line(number, line) for number, line in enumerate(lines, start=1))
    )
    return [" ".join(entry.text.split()) for entry in unwrapped(entries_of(document))]


def _interviews() -> list[list[str]]:
    """The texts of all sets that are written in paragraphs, without their empty lines."""
    texts = [
        [" ".join(line.split()) for line in file.read_text("utf-8").splitlines() if line.split()]
        for file in sorted(INTERVIEWS.glob("*/*.txt"))
        if file.name != "expected.txt"
    ]
    return [lines for lines in texts if max(map(len, lines)) > 150]


@pytest.mark.parametrize("width", [40, 52, 64, 72, 78, 90, 100])
@pytest.mark.parametrize("spaced", [True, False])
def test_interviews_broken_at_any_width_are_themselves_again(width: int, *, spaced: bool) -> None:
    right = whole = 0
    for lines in _interviews()[::4]:
        broken: list[str] = []
        for line in lines:
            broken += textwrap.wrap(line, width, break_on_hyphens=False, break_long_words=False)
            broken += [""] * spaced
        found = set(_paragraphs(broken))
        paragraphs = _paragraphs(lines)
        right += sum(paragraph in found for paragraph in paragraphs)
        whole += len(paragraphs)
    assert whole > 500
    # Without empty lines nobody can tell where a paragraph ends that fills its last line.
    assert right >= whole * (0.985 if spaced else 0.87)


def test_texts_in_paragraphs_stay_as_they_are() -> None:
    for lines in _interviews():
        assert len(_paragraphs(lines)) == len(lines)


@pytest.mark.parametrize("lines", [["- [pause 2s]"], ["\\"], ["[nhạc]", "[nhạc]"]])
def test_lines_without_words_are_no_page(lines: list[str]) -> None:
    assert _paragraphs(lines) == [""] * len(lines)
