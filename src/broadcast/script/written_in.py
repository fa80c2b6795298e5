"""The words of a script → the language they are written in, where that is plain."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable
from functools import cache

from broadcast.language import Language

_MOST_CHARACTERS = 10_000
"""More of a script tells nothing new."""
# Measured on 168 interviews: of the words that are no names, 27 of 100 and more in English ones are
# among these, 57 in Vietnamese ones and 16 in those typed without marks; another language's, 6.
_LEAST_SHARE, _LEAST_WORDS, _TIMES_THE_OTHER = 0.13, 3, 4
# The commonest words that are none, or a rare one, in the other languages here.
_COMMON = {
    "vi": """
        và của là có không được những các người cho với trong này đã một để khi đến thì tôi chúng
        cũng nhiều từ ở ra về vào lên như rất phải làm việc năm còn nếu bị vì nên mà hay hoặc theo
        sẽ đang rồi đó đây gì sao ông bà anh chị mình họ mọi mỗi trên dưới sau trước lại chỉ nhưng
        thưa vâng ạ dạ xin cảm ơn hơn chưa luôn từng khác nào thế bằng giữa cả nhau nữa vẫn đều
    """,
    "en": """
        the of and is was were are be been for that with have has had this they them you your from
        but not what who when which there we our will would at as by his her she their how about
        did does if or because some all out up more than my these those where why could just very
        its it's don't i'm yes thank then only into over it
    """,
    "fr": """
        les des est et dans pour que qui une sur pas avec cette nous vous ils elle sont été aux
        mais ont leur par je c'est d'un d'une où comme très être
    """,
    "de": """
        der und das ist nicht ein eine mit dem des von zu auf für sich auch wir ich sie haben wird
        werden sind wie aber oder bei über einen einer nur sehr
    """,
    "es": """
        el los las y que del una por para está más pero como su sus fue también muy nos cuando esta
        este estos entre sobre desde porque qué hasta
    """,
    "id": """
        yang dengan untuk ini itu tidak akan pada adalah kami kita saya mereka dalam oleh juga sudah
        telah karena seperti atau lebih banyak para tersebut
    """,
}
# Vietnamese is typed without marks too; these of its words are then English, or one of the others.
_NOT_UNMARKED = "a o on day the to do ca la ve va no con ho den de tu ma cam"
# Letters by how their Unicode names begin, and the languages written in them.
_LETTERS = {
    "KHMER": ("km",),
    "LAO": ("lo",),
    "THAI": ("th",),
    "MYANMAR": ("my", "shn"),
    "HANGUL": ("ko",),
    "HIRAGANA": ("ja",),
    "KATAKANA": ("ja",),
    "CJK": ("zh", "ja", "cmn", "hak", "nan", "wuu", "yue"),
    "CYRILLIC": ("ru", "ba", "be", "bg", "cv", "kk", "ky", "mk", "mn", "sr", "tg", "tt", "uk"),
    "CHAM": ("cjm", "cja"),
    "TAI VIET": ("blt", "twh"),
}
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_QUOTED = re.compile(r"“[^”\n]*”|\"[^\"\n]*\"|«[^»\n]*»")
_FIRST_LETTER = re.compile(r"(?:^|[.!?…:]\s)[^\w\n]*\w", re.MULTILINE)
_VIETNAMESE = re.compile("[ăđơư\u1ea0-\u1ef9]")
# Neither Latin nor Vietnamese.
_OTHER_LETTER = re.compile(r"[\u0370-\u1dff\u2c00-\ud7ff\uf900-\ufdff\U00010000-\U0003ffff]")


def other_language(texts: Iterable[str], expected: str) -> Language | None:
    """Give the language that texts are plainly written in where it is not the ``expected`` one.

    None says that it is the expected one or cannot be told: too few words, words of both, or a
    language with relatives that nothing is known of here.
    """
    text = unicodedata.normalize("NFC", "\n".join(texts)[:_MOST_CHARACTERS])
    wanted = Language.tagged(expected).primary
    letters = [letter for letter in _OTHER_LETTER.findall(text) if letter.isalpha()]
    if letters and len(letters) > sum(map(str.isalpha, text)) / 2:
        written = _of_letters(letters)
        return None if not written or wanted in written else Language(written[0])
    if wanted not in _COMMON and not any(wanted in written for written in _LETTERS.values()):
        return None
    return _of_words(_plain_words(text), wanted)


def _of_letters(letters: Iterable[str]) -> tuple[str, ...]:
    kinds = Counter(
        kind
        for letter in letters
        for kind in _LETTERS
        if unicodedata.name(letter, "").startswith(f"{kind} ")
    )
    if kinds["HIRAGANA"] + kinds["KATAKANA"] > kinds["CJK"] / 4:
        return _LETTERS["HIRAGANA"]
    return _LETTERS[kinds.most_common(1)[0][0]] if kinds else ()


def _of_words(words: Collection[str], wanted: str) -> Language | None:
    found = {
        tag: [
            word for word in words if word in common or (tag == "vi" and _VIETNAMESE.search(word))
        ]
        for tag, common in _common_words().items()
    }
    most = max(found, key=lambda tag: len(found[tag]))
    plain = (
        len(set(found[most])) >= _LEAST_WORDS
        and len(found[most]) >= _LEAST_SHARE * len(words)
        and len(found[most]) >= _TIMES_THE_OTHER * len(found.get(wanted, ()))
    )
    return Language(most) if plain and most != wanted else None


def _plain_words(text: str) -> list[str]:
    """The words that are neither quoted nor names: those in small letters.

    The first word of a sentence is one of them, and all are where most are in capitals or quotes.
    """
    unquoted = _QUOTED.sub(" ", text)
    text = unquoted if 2 * len(unquoted) >= len(text) else text
    text = _FIRST_LETTER.sub(lambda first: first[0].lower(), text.replace("’", "'"))
    words = _WORD.findall(text)
    small = [word for word in words if word[0].islower()]
    return small if 2 * len(small) >= len(words) else [word.casefold() for word in words]


@cache
def _common_words() -> dict[str, frozenset[str]]:
    common = {tag: frozenset(words.split()) for tag, words in _COMMON.items()}
    unmarked = {_without_marks(word) for word in common["vi"]} - {*_NOT_UNMARKED.split()}
    return {**common, "vi": common["vi"] | unmarked}


def _without_marks(word: str) -> str:
    parts = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(part for part in parts if not unicodedata.combining(part))
