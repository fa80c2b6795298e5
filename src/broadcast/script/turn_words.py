"""The words of a turn, judged: whether they ask ("Which street comes first?"), thank or greet."""

from __future__ import annotations

import re

from broadcast.text import folded

_REQUEST = re.compile(
    r"(?:(?:xin |kính )?thưa|xin (?:hỏi|cho hỏi|cho biết|ông|bà|anh|chị|đồng chí|bác s[ĩỹ])"
    r"|(?:đề nghị|mời) (?:ông|bà|anh|chị|đồng chí|cho biết)|(?:cho tôi|tôi (?:muốn|xin)) hỏi"
    r"|(?:ông|bà|anh|chị|đồng chí) có thể)\b"
)
_YOU = "(?:ông|bà|anh|chị|em|cô|chú|bác|thầy)"
_TELL_US = re.compile(
    r"\b(?:tell (?:us|me|listeners)|talk us through|take us (?:back|through)|describe"
    r"|walk us through|remind us|explain (?:to us|that|how|why)|let's (?:start|talk|begin)"
    rf"|{_YOU} (?:kể|nói|cho biết|chia sẻ)\b.{{0,60}}(?:nghe|đi|nhé|chút|biết|rõ hơn))\b"
)
_POLITE = re.compile(
    r"\W*(?:(?:oh|well|hello|hi|good (?:morning|afternoon|evening)|chào|dạ|vâng)\b"
    r"[^.?!]{0,40}[,.!]\s*)?"
    r"(?:how (?:are|have) you(?: all)?(?: been| today| doing| keeping)?"
    r"|(?:and|what about|how about) (?:you|yourself)|are you well|you (?:well|all right)"
    r"|is (?:that|this) [^?]{0,25} for me|can (?:you|everyone) hear me|isn't it|right|okay|you know"
    rf"|(?:{_YOU}|nhà báo)?\s*(?:vẫn |có )?khỏe (?:không|chứ)"
    rf"|(?:thế )?còn (?:{_YOU}|nhà báo)|phải không|đúng không)[^?]{{0,30}}\?\W*"
)
_LAST_SENTENCE = re.compile(r"(?:^|[.?!…:]\s+)([^.?!…]*\?[\s”\"’')*_]*)$")
_THANKS = re.compile(
    r"\b(?:(?:cảm|cám) ơn|xin chúc|thank you|thanks)\b(?P<whom>[^.?!]{0,60})", re.IGNORECASE
)
_THANKED = re.compile(
    rf"\b(?:{_YOU}|cụ|các|những|vị|đồng chí|cuộc|trò chuyện|chia sẻ|tiến sĩ|bác sĩ|so much"
    r"|for (?:your time|joining|coming|talking|speaking)|mr|ms|mrs|dr|professor)\b"
)
_GREETS = re.compile(
    r"\b(?:you(?:'|’)?(?:re| are) (?:tuned|listening|with)|welcome|we cross to|my guest|nice to see"
    r"|(?:thanks|thank you) for (?:joining|coming|being)|(?:joins|joined|joining) (?:us|me)"
    r"|with us (?:now|today)"
    r"|let(?:'|’)s get (?:straight )?(?:in)?to|kính (?:thưa|chào) quý|xin chào"
    r"|chào mừng|trước hết|chúc mừng|mời quý vị)\b"
)
_MOST_OF_THANKS = 30


def is_question(text: str) -> bool:
    """Whether the words ask: a question mark, or a request to the person interviewed."""
    return "?" in text or _asks_without_mark(text)


def asks_at_end(text: str) -> bool:
    """Whether a turn ends in a question that is more than polite, or asks to be told something."""
    last = _LAST_SENTENCE.search(text.strip())
    if last is not None:
        return _POLITE.fullmatch(folded_with_marks(text)) is None
    return _asks_without_mark(text) or _TELL_US.search(folded_with_marks(text)) is not None


def thanks(text: str) -> bool:
    """Whether a short turn thanks whoever answered: "Cảm ơn ông!", "Thank you, Ms. Osei."."""
    found = _THANKS.search(text)
    if found is None or len(text.split()) > _MOST_OF_THANKS:
        return False
    whom = found["whom"]
    return _THANKED.search(folded_with_marks(whom)) is not None or whom.startswith(", ")


def greets(text: str) -> bool:
    """Whether a turn opens a programme or brings in somebody: "You are with Lake FM"."""
    return _GREETS.search(folded_with_marks(text)) is not None


def folded_with_marks(text: str) -> str:
    """The text in small letters, its punctuation kept."""
    return " ".join(text.casefold().split())


def _asks_without_mark(text: str) -> bool:
    return _REQUEST.match(folded(text[:80])) is not None
