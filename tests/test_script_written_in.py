"""A script in another language than it will be read in is told, and no other is."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from broadcast.model import Script
from broadcast.script.parse import parse
from broadcast.script.read import read_document, read_text_document
from broadcast.script.written_in import other_language

HERE = Path(__file__).parent
SCRIPTS = sorted(
    [
        *(file for file in (HERE / "golden_scripts").iterdir() if file.suffix not in ("", ".json")),
        *(HERE.parent / "scripts").iterdir(),
    ]
)
SENTENCES = {
    "fr": "Le marché est de retour sur le quai et les visiteurs sont contents. Nous avons du pain.",
    "de": "Der Markt ist wieder am Hafen, und das ist für uns eine Freude. Wir haben auch Fisch.",
    "es": "El mercado está de nuevo en el muelle, y también los quesos. Es una alegría para todos.",
    "id": "Pasar itu sudah kembali ke tepi sungai. Ini adalah kegembiraan besar untuk kami.",
    "km": "ផ្សារបានបើកវិញហើយ តើអ្នកសប្បាយចិត្តទេ",
    "lo": "ຕະຫຼາດເປີດຄືນແລ້ວ ເຈົ້າດີໃຈບໍ",
    "th": "ตลาดเปิดอีกครั้งแล้ว คุณดีใจไหม",
    "zh": "市场星期六重新开放，大家都很高兴。",
    "ja": "市場は土曜日に再び開きました。みんな喜んでいます。",
    "ko": "시장이 토요일에 다시 열렸습니다. 모두 기뻐합니다.",
    "ru": "Рынок снова открыт с субботы. Все очень рады.",
}
INTERPRETED = """\
PV: Xin chào ông Smith, ông thấy Phan Thiết thế nào?
Ông Smith: I love it. The people are very kind and the food is great.
Người dịch: Tôi rất thích. Người dân rất tốt và đồ ăn ngon.
PV: Ông sẽ quay lại chứ?
Ông Smith: Yes, of course, we will be back with my family in May.
Người dịch: Vâng, tất nhiên, tôi sẽ trở lại cùng gia đình vào tháng năm.
"""


def split(text: str, language: str = "vi", name: str = "a.txt") -> Script:
    return parse(read_text_document(text, Path(name)), language=language)


def language_of(file: Path) -> str:
    told = file.with_suffix(".json")
    if told.is_file():
        return str(json.loads(told.read_text(encoding="utf-8"))["language"])
    return "en" if file.stem == "river-market" else "vi"


def words_of(file: Path) -> list[str]:
    return [turn.text for turn in parse(read_document(file), language=language_of(file)).turns]


def without_marks(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(one for one in apart if not unicodedata.combining(one))


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_a_script_is_known_by_its_words_and_never_doubted_in_its_own_language(file: Path) -> None:
    words, own = words_of(file), language_of(file)
    other = {"vi": "en-GB", "en": "vi-VN"}[own]
    assert other_language(words, own) is None
    found = other_language(words, other)
    assert found is not None
    assert found.tag == own
    for at in range(len(words)):
        assert other_language(words[at : at + 1], own) is None
        assert other_language(words[at : at + 4], own) is None


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_vietnamese_typed_without_marks_is_still_vietnamese(file: Path) -> None:
    words = [without_marks(text) for text in words_of(file)]
    if language_of(file) == "vi":
        assert other_language(words, "vi") is None
        assert other_language(words, "en") is not None


@pytest.mark.parametrize(("language", "words"), SENTENCES.items())
def test_other_languages_are_known_by_their_words_or_letters(language: str, words: str) -> None:
    found = other_language([words], "vi")
    assert found is not None
    assert found.tag == language
    assert other_language([words], language) is None


@pytest.mark.parametrize(
    ("expected", "words"),
    [
        ("ms", SENTENCES["id"]),  # Malay has the same words
        ("uk", SENTENCES["ru"]),
        ("yue", SENTENCES["zh"]),
        ("tyz", "Ông bà và các cháu không được đi, những người này đã về rồi."),
        ("vi", "Il mercato è tornato sul molo, e con lui i formaggi. Che gioia per noi tutti!"),
        ("vi", "OK."),
        ("vi", "Sao ạ?"),
        ("vi", "👍👍👍 5/10"),
        ("vi", "AIDS, WHO, UNESCO, The Voice, Facebook, YouTube, The New York Times"),
        ("vi", "Bài “We are the champions of the world and we will be” vang lên. Tôi khóc."),
        (
            "en",
            "The song “Quê hương là chùm khế ngọt” is known to all. It means that home is dear.",
        ),
        ("en", "Mr Nguyễn Văn An of Phan Thiết and Mrs Trần Thị Bình met the mayor, Đỗ Văn Lâm."),
    ],
)
def test_nothing_is_said_where_it_is_not_plain(expected: str, words: str) -> None:
    assert other_language([words], expected) is None


def test_a_talk_through_an_interpreter_is_in_the_shows_language() -> None:
    assert split(INTERPRETED).problems == ()


ENGLISH = "PV: What has changed on the quay?\nÔng An: It was closed, and now it is open for all.\n"


def test_it_is_told_with_what_to_write_where() -> None:
    (told,) = split(ENGLISH).problems
    assert (told.line, told.level) == (None, "warning")
    assert str(told.message) == "this script looks English, and it will be read in Vietnamese (vi)"
    assert "“language: en” at its head" in (str(told.hint or ""))
    assert "import" not in (str(told.hint or ""))
    assert split(f"---\nlanguage: en\n---\n{ENGLISH}").problems == ()
    (told,) = split(f"---\nlanguage: vi-VN\n---\n{ENGLISH}", "en").problems
    assert "Vietnamese (vi-VN)" in str(told.message)


def test_a_file_without_room_for_a_head_is_to_become_a_text(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text(
        "<html><body><article><h1>The quay</h1><p>Reporter: What has changed on the quay?</p>"
        "<p>Mr An: It was closed, and now it is open for all.</p></article></body></html>",
        encoding="utf-8",
    )
    (told,) = parse(read_document(page), language="vi").problems
    assert "broadcast import" in (str(told.hint or ""))
