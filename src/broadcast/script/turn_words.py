"""The words of a turn, judged: whether they thank who answered, or open a programme."""

from __future__ import annotations

from broadcast.script.phrase_patterns import PhrasePattern

_THANKS = PhrasePattern(r"\b(?:(?:cảm|cám) ơn|xin chúc|thank you|thanks)\b(?P<whom>[^.?!]{0,60})")
_THANKED = PhrasePattern(
    r"\b(?:«honorifics»|các|những|vị|cuộc|trò chuyện|chia sẻ|tiến sĩ|bác sĩ|(?:so|very) much"
    r"|(?:to )?all\b|both|everyone|everybody"
    r"|for (?:your time|joining|coming|talking|speaking)|dr|professor)\b"
)
_GREETS = PhrasePattern(
    r"\b(?:you(?:'|’)?(?:re| are) (?:tuned|listening|with)|welcome|we cross to|my guest|nice to see"
    r"|(?:thanks|thank you) for (?:joining|coming|being)|(?:joins|joined|joining) (?:us|me)"
    r"|with us (?:now|today)|(?:morning|afternoon|evening|hello|hi),? (?:all|everyone|everybody)"
    r"|let(?:'|’)s get (?:straight )?(?:in)?to|kính (?:thưa|chào) quý|xin chào"
    r"|chào (?:mừng|các bạn|cả nhà)|trước hết|chúc mừng|mời quý vị)\b",
    flags=0,
)
"""In small letters: sought without regard to case, it takes twice as long."""
_MOST_OF_THANKS = 30


def thanks(text: str) -> bool:
    """Whether a short turn thanks whoever answered: "Cảm ơn ông!", "Thank you, Ms. Osei."."""
    found = _THANKS.search(text)
    if found is None or len(text.split()) > _MOST_OF_THANKS:
        return False
    whom = found["whom"]
    return _THANKED.search(whom) is not None or whom.startswith(", ")


def greets(text: str) -> bool:
    """Whether a turn opens a programme or brings in somebody: "You are with Lake FM"."""
    return _GREETS.search(" ".join(text.casefold().split())) is not None
