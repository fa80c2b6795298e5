"""A line, told by what asks in it, what asks nobody, and who speaks of himself."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from broadcast.script.addressing import (
    address_at,
    is_named,
    is_third_person,
    is_vocative,
    opens_clause,
    speaks_to,
    words_of,
)
from broadcast.script.names import Words
from broadcast.script.phrase_patterns import PhrasePattern
from broadcast.script.sentences import sentences
from broadcast.script.vocabulary import words_for
from broadcast.text import remembering_texts

_AFTER_SO = {"so", "and", "well", "now", "but"}


@dataclass(frozen=True, slots=True)
class Asking:
    """What in a line turns to somebody and asks; each is evidence by itself.

    ``mark``: it ends with a question mark. ``mark_within``: a question mark stands before its end.
    ``vocative``: "thưa ông", "Minister, …". ``second_person``: "ông", "you". ``request``: "xin ông
    cho biết", "tell me". ``question_words``: "vì sao", "how did". ``no_mark``: it ends as a
    question does, with a full stop or nothing.
    """

    mark: bool = False
    mark_within: bool = False
    vocative: bool = False
    second_person: bool = False
    request: bool = False
    question_words: bool = False
    no_mark: bool = False

    @property
    def strength(self) -> int:
        """How many kinds of evidence there are, from 0 to 6."""
        return sum(
            (
                self.mark or self.mark_within,
                self.vocative,
                self.second_person,
                self.request,
                self.question_words,
                self.no_mark,
            )
        )

    def __bool__(self) -> bool:
        """Whether the line both asks and turns to somebody, or requests an answer."""
        asks = self.mark or self.question_words or self.no_mark or self.mark_within
        return self.request or ((self.vocative or self.second_person) and asks)


def asks_guest(text: str, names: Collection[str] = ()) -> Asking:
    """Tell how ``text`` turns to the guest and asks: "Vì đâu mà nên nỗi ấy, theo ông?".

    ``names`` are those by which the guest is known to be called: "Nhài", "Minister".
    """
    last = _bare_end(text)
    asked = _asking_part(text)
    marked = "?" in asked
    return Asking(
        mark=last.endswith("?"),
        mark_within="?" in last[:-1],
        vocative=is_vocative(text, names),
        second_person=speaks_to(asked, names, anywhere=marked),
        request=is_request(text, names),
        question_words=has_question_words(asked),
        no_mark=ends_as_question(text),
    )


def is_question(text: str) -> bool:
    """Whether a turn asks: a question mark in it, or a beginning that turns to somebody."""
    return "?" in text or _begins_asking(text[:_LONGEST_BEGINNING])


def asks_at_end(text: str) -> bool:
    """Whether a turn ends in a question that is more than polite, or bids somebody speak."""
    if _LAST_ASKED.search(text.strip()):
        return _POLITE.fullmatch(" ".join(text.split())) is None
    if _begins_asking(text[:_LONGEST_BEGINNING]) or is_request(text):
        return True
    # "what was your first job", as people type to each other.
    unmarked = text.rstrip()[-1:].isalnum() and len(words_of(text)) <= _MOST_OF_SHORT
    return unmarked and has_question_words(text)


@remembering_texts
def _begins_asking(text: str) -> bool:
    begin = words_of(text)
    return begin.length_at(0, "turning_to") > 0 or is_request(begin.text)


_LONGEST_BEGINNING = 80
_LAST_ASKED = re.compile(r"(?:^|[.?!…:]\s+)[^.?!…]*\?[\s”\"’')*_]*$")
_POLITE = PhrasePattern(
    r"\W*(?:(?:oh|well|hello|hi|good (?:morning|afternoon|evening)|chào|dạ|vâng)\b"
    r"[^.?!]{0,40}[,.!]\s*)?"
    r"(?:how (?:are|have) you(?: all)?(?: been| today| doing| keeping)?"
    r"|(?:and|what about|how about) (?:you|yourself)|are you well|you (?:well|all right)"
    r"|is (?:that|this) [^?]{0,25} for me|can (?:you|everyone) hear me|isn't it|right|okay|you know"
    r"|(?:«honorifics»|nhà báo)?\s*(?:vẫn |có )?khỏe (?:không|chứ)"
    r"|(?:thế )?còn (?:«honorifics»|nhà báo)|phải không|đúng không)[^?]{0,30}\?\W*"
)


_MOST_WITHOUT_MARK = 45
"""Words of a question without a mark: in more, an answer tells what somebody asked."""


def _asking_part(text: str) -> str:
    """The sentences with a question mark; else the last one of a line that is not long."""
    if "?" in text:
        return " ".join(one for one in sentences(text) if "?" in one)
    if len(words_of(text)) > _MOST_WITHOUT_MARK:
        return ""
    return text


_MOST_OF_SHORT = 14


def _bare_end(text: str) -> str:
    return text.rstrip(" \"”'’)*_!")


def is_request(text: str, names: Collection[str] = ()) -> bool:
    """Whether ``text`` bids somebody speak: "Mời chị chia sẻ…", "Tell me about…"."""
    words = words_of(text)
    if any(opens_clause(words, at) for at in words.places("requests")):
        return True
    for at in words.places("request_openings"):
        length = words.length_at(at, "request_openings")
        if opens_clause(words, at) and _is_bidden(words, at + length, names):
            return True
    verbs = ("request_verbs", "request_verbs_or_reports") if "?" in text else ("request_verbs",)
    if not any(map(words.has, verbs)):
        return False
    return any(
        opens_clause(words, at) and _asks_by_address(words, at, verbs, names)
        for at in range(len(words))
    )


def _asks_by_address(words: Words, at: int, verbs: Sequence[str], names: Collection[str]) -> bool:
    """Whether somebody is addressed at ``at`` and one of ``verbs`` follows, his name between."""
    length = address_at(words, at, names)
    if not length or is_third_person(words, at):
        return False
    after = at + length
    if not words.length_at(after, "request_verbs") and (
        after < len(words) and words.first_letter(after).isupper()
    ):
        after += 1
    return any(words.length_at(after, name) for name in verbs)


def _is_bidden(words: Words, at: int, names: Collection[str]) -> bool:
    length = address_at(words, at, names)
    if not length or words.length_at(at, "listeners"):
        return False
    return not words.length_at(at, "third_persons") or words.keys[at] in {"các", "hai"}


def has_question_words(text: str) -> bool:
    """Whether words ask by themselves: "vì sao", "ra sao", "How did …", "Is that …"."""
    words = words_of(text)
    keys = words.keys
    if words.has("question_words"):
        return True
    if any(
        _begins_question(words, at) and _asks_in_english(keys, at + 1)
        for at in words.places("english_question_words")
    ):
        return True
    return any(
        _begins_question(words, at) and not _SUBJECTS.isdisjoint(keys[at + 1 : at + 2])
        for at in words.places("english_question_verbs")
    )


def _begins_question(words: Words, at: int) -> bool:
    return opens_clause(words, at) or words.keys[at - 1] in _AFTER_SO


_SUBJECTS = {
    "you", "your", "it", "that", "this", "there", "the", "they", "he", "she", "we", "those",
    "these", "people", "anyone", "anybody", "any",
}  # fmt: skip


def _asks_in_english(keys: Sequence[str], at: int) -> bool:
    """Whether a verb comes soon after the question word: "How many eels did you", "Why change"."""
    return any(
        (key,) in words_for("english_question_verbs") or key in {"you", "about"}
        for key in keys[at : at + 4]
    )


def ends_as_question(text: str) -> bool:
    """Whether ``text`` ends as a question does without its mark: "Chuyện học phí thì sao."."""
    words = words_of(text)
    if _bare_end(text)[-1:] in {"…", ":", "?"} or not 1 < len(words) <= _MOST_WITHOUT_MARK:
        return False
    for length in range(min(4, len(words) - 1), 0, -1):
        if words.keys[-length:] in words_for("question_ends"):
            return _is_asked(words, length)
    if len(words) > _MOST_OF_SHORT or _says_i(text):
        return False
    # "Giờ nghỉ anh nói gì với cầu thủ."
    near = range(max(1, len(words) - 4), len(words) - 1)
    return any(
        words.keys[at] in {"gì", "nào", "sao", "đâu", "ai"}
        and _is_asked(words, len(words) - at)
        and "cũng" not in words.keys[at:]
        for at in near
    )


_NEGATIONS = {"không", "chẳng", "chả", "chưa", "đâu", "hề", "khỏi", "đừng", "chớ", "dù", "bất"}


def _is_asked(words: Words, length: int) -> bool:
    """Whether the ending asks: "chẳng ai", "không gì", "bất cứ đâu" deny."""
    before = words.keys[max(0, len(words) - length - 6) : len(words) - length]
    last = words.keys[-length:]
    if last in {("không",), ("chưa",)}:
        return len(words) > 2
    return not _NEGATIONS & set(before)


def speaks_of_self(text: str) -> bool:
    """Whether ``text`` says "I" or "we": "chúng tôi", "mình"; "em" only where no other is meant."""
    words = words_of(text)
    keys = words.keys
    if words.has("first_persons"):
        return True
    if not words.has("first_persons_by_age"):
        return False
    if "?" in text or has_question_words(text):
        return False
    return any(
        opens_clause(words, at)
        and not is_third_person(words, at)
        and not is_named(words, at, 1)
        and (keys[at] in {"em", "mình", "cháu"} or words.length_at(at + 1, "verbs_of_self") > 0)
        for at in words.places("first_persons_by_age")
    )


_QUOTED = re.compile(r"[“\"][^“”\"]{0,400}[”\"]")


def asks_nobody(text: str) -> bool:
    """Whether a question is rhetorical beyond doubt: "Biết làm sao được?", "Why not?"."""
    plain = _QUOTED.sub(" ", text)
    words = words_of(plain)
    if "?" not in plain or not (words.has("rhetorical") or words.has("first_persons")):
        return False
    if is_vocative(plain) or is_request(plain):
        return False
    asked = [one for one in sentences(plain) if "?" in one]
    for words in map(words_of, asked):
        for at in words.places("rhetorical"):
            length = words.length_at(at, "rhetorical")
            if opens_clause(words, at) or at + length == len(words):
                return True
    if any(speaks_to(one) for one in asked):
        return False
    answered = not _bare_end(plain).endswith("?")
    return any(_says_i(one) for one in ([plain] if answered else asked))


def _says_i(text: str) -> bool:
    return words_of(text).has("first_persons")
