"""Vietnamese words with the tone on either of two vowels (hòa, hoà) → on the first."""

from __future__ import annotations

import re
import unicodedata

# What begins with one set of letters is found by scanning for them alone.
_SECOND_VOWEL_TONE = re.compile(
    r"[oOuU](?:(?<=[oO])[àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ]|(?<=[uU])(?<![qQ]\w)[ỳýỷỹỵỲÝỶỸỴ])(?!\w)"
)


def tone_on_first_vowel(text: str) -> str:
    """Give text with the tone of a final oa, oe, uy on its first vowel, as this room's tables do.

    Every letter keeps its position, so a place found in the one is a place in the other.
    """
    return _SECOND_VOWEL_TONE.sub(_moved_tone, text)


def _moved_tone(match: re.Match[str]) -> str:
    both = match[0]
    second = unicodedata.normalize("NFD", both[1])
    return unicodedata.normalize("NFC", both[0] + second[1]) + second[0]
