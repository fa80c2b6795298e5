"""A reporter's turn → the question at its core, without address, courtesies and thanks."""

from __future__ import annotations

from broadcast.model import Question, Turn
from broadcast.script.addressing import address_at, words_of
from broadcast.script.asking import ends_as_question, has_question_words, is_request
from broadcast.script.phrase_patterns import PhrasePattern
from broadcast.script.sentences import sentences
from broadcast.text import remembering_texts

_WORDS_OF_A_CORE = 4
"""A question of fewer words ("Vì sao vậy?") means something only with what stands before it."""
_LONGEST = 2_000
"""Letters of the longest sentence that anybody asks; of more there is no core to look for."""


def question_of(turn: Turn) -> Question:
    """Give the sentence of a turn that asks, and what it asks: "Thưa ông, …" and the like fall off.

    A question that says nothing by itself ("Why is that?") has the sentence before it as its core.
    """
    said = sentences(" ".join(turn.text.split()))
    asked = next(filter(_asks, said), None)
    if asked is None:
        asked = next((one for one in said if is_request(one) or has_question_words(one)), None)
    if asked is None:
        asked = next((one for one in said if not _is_courtesy(one)), said[0] if said else "")
    core = core_of(asked)
    if len(core.split()) < _WORDS_OF_A_CORE:
        before = said[: said.index(asked)]
        told = next((one for one in reversed(before) if not _is_courtesy(one)), None)
        if told is not None and len(core_of(told).split()) >= _WORDS_OF_A_CORE:
            core = core_of(told)
    return Question(turn.id, core, asked)


@remembering_texts
def core_of(sentence: str) -> str:
    """Give what is left of a sentence that asks without address and courtesies, capitalised."""
    if len(sentence) > _LONGEST:
        return sentence.strip()
    left, requested = _with_addresses(sentence.strip(_AROUND)), False
    shorter = True
    while shorter:
        shorter = False
        for pattern, is_request_for in _BEGINNINGS:
            found = pattern.match(left)
            if found and left[found.end() :].strip(_AROUND + ".,;:?!…"):
                left = left[found.end() :].lstrip(_AROUND + ",;:.")
                requested, shorter = requested or is_request_for, True
    for pattern in _ENDINGS:
        found = pattern.search(left)
        if found and left[: found.start()].strip():
            left = left[: found.start()] + ("?" if "?" in found[0] else "")
    if requested:
        found = _MAY_YOU.search(left)
        left = left[: found.start()] if found and left[: found.start()].strip() else left
    left = _BETWEEN.compiled.sub(",", left)
    left = left.replace(_OPEN, "").replace(_CLOSE, "")
    if requested and not _is_question(left):
        left = left.rstrip("?")
    left = left.rstrip(" .,;:!…" + _AROUND)
    return left[:1].upper() + left[1:] or sentence.strip()


def _is_question(left: str) -> bool:
    """Whether what somebody is bidden to tell is a question by itself: in English it is none."""
    if _IN_ENGLISH.match(left):
        return False
    return has_question_words(left) or ends_as_question(left.rstrip("?"))


def _with_addresses(sentence: str) -> str:
    """Give the sentence with what addresses somebody enclosed, a name behind it too."""
    words = words_of(sentence)
    made, told, at = [], 0, 0
    while at < len(words):
        others = words.length_at(at, "third_persons") or words.length_at(at, "told_to")
        length = 0 if others else address_at(words, at)
        if not length:
            at += others or 1
            continue
        begin, last = words.spans[at][0], at + length
        while last < len(words) and words.first_letter(last).isupper():
            if sentence[words.spans[last - 1][1] : words.spans[last][0]].strip(". "):
                break
            last += 1
        end = words.spans[last - 1][1]
        made += [sentence[told:begin], _OPEN, sentence[begin:end], _CLOSE]
        told, at = end, last
    return "".join([*made, sentence[told:]])


def _asks(sentence: str) -> bool:
    """Whether a sentence asks with its mark, and more than politely."""
    return sentence.rstrip(_AROUND).endswith("?") and not _is_courtesy(sentence)


def _is_courtesy(sentence: str) -> bool:
    return _COURTESY.match(sentence) is not None


_AROUND = " \t\"“”'’*_()"
# What addresses somebody is enclosed in these while patterns look for it: filled in from the
# table of titles and posts, each of them would take 20 ms to compile.
_OPEN, _CLOSE = "\ue000", "\ue001"
_YOU = f"{_OPEN}[^{_CLOSE}]*{_CLOSE}"
_HEARERS = rf"(?:với|cho|đến|tới|cùng)\s+(?:«told_to»|tôi|mình|{_YOU})(?:\s+«to_know»)*"
_TELL = (
    rf"(?:«telling»|cho\s+«told_to»)(?:\s+(?:{_HEARERS}|«telling_how»)(?=[\s,:?.]|$))*[,:]?\s+"
    r"(?!(?:gì|sao|ai|đâu|được|không|thế|ra)\b)"
)
_POLITELY = r"(?:«asked_politely»\s+)*"
_TELL_US = (
    r"«telling_english»(?:\s+«telling_whom»)?(?:\s+(?:please|first|briefly))?"
    r"(?:\s+«telling_how_english»)?\s+"
)

# What may stand before the core of a question, tried one after the other until none is left; and
# whether it bids somebody speak, so that what follows need not be a question.
_BEGINNINGS: tuple[tuple[PhrasePattern, bool], ...] = (
    (PhrasePattern(r"«before_questions»(?=[\s,.:])[\s,.:]*"), False),
    (PhrasePattern(rf"«turning_to»\s+{_YOU}[^,:?!]{{0,70}}[,:]\s*"), False),
    (PhrasePattern(rf"«turning_to»\s+{_YOU}\s+"), False),
    (PhrasePattern(rf"{_YOU}(?:\s+[^\s,.?!]+){{0,4}}\s+ơi\s*[,!]?\s+"), False),
    (PhrasePattern(rf"(?:theo|với)\s+{_YOU}(?:\s+thì)?\s*[,:]?\s+(?!(?:ấy|ta)\b)"), False),
    (PhrasePattern(rf"«in_your_view»(?:\s+(?:của\s+)?{_YOU})?,?\s+"), False),
    (PhrasePattern(rf"{_OPEN}[\x00-\x7f]*{_CLOSE},\s+"), False),  # "Minister, …"
    (PhrasePattern(rf"(?:«request_openings»\s+)?{_YOU}\s+{_POLITELY}{_TELL}"), True),
    (PhrasePattern(rf"«wishing_to_ask»(?:\s+thêm)?(?:\s+{_YOU})?[,:]?\s+(?:là\s+)?"), True),
    (PhrasePattern(rf"(?:«request_openings»|hãy|vui lòng)\s+{_POLITELY}{_TELL}"), True),
    (PhrasePattern(rf"«request_openings»\s+{_YOU}\s+{_POLITELY}"), True),
    (PhrasePattern(rf"{_YOU}\s+(?:hãy|vui lòng)\s+"), True),
    (PhrasePattern(rf"(?:«asking_leave»\s+)+{_TELL_US}"), True),
    (PhrasePattern(r"«telling_us»\s+(?:«telling_how_english»\s+)?"), True),
)
# What may stand behind it.
_ENDINGS = (
    PhrasePattern(rf",?\s+«turning_to»\s+{_YOU}[^,.:?!]{{0,60}}[?.!…]*$"),
    PhrasePattern(rf",\s*(?:theo\s+)?{_YOU}[?.!…]*$"),
    PhrasePattern(r",?\s+(?:please|«in_your_view»)[?.!…]*$"),
    PhrasePattern(r"(?:\s+«polite_ends»)+[?.!…]*$"),
)
_BETWEEN = PhrasePattern(rf",\s+(?:theo|thưa)\s+{_YOU},")
_IN_ENGLISH = PhrasePattern(r"«english_question_words»\b")
_MAY_YOU = PhrasePattern(r",?\s+(?:(?:có\s+)?được không|được chứ|không|for us)[?.!…]*$")
_COURTESY = PhrasePattern(r"\W*(?:«before_thanks»[,.]?\s+)*(?:«thanks»|«greetings»|«wishes»)\b")
