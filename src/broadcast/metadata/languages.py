"""A language tag such as "vi" or "en-GB" into the three-letter code that ID3 knows."""

from __future__ import annotations

from broadcast.language import Language

UNKNOWN = "XXX"
"""What ID3v2.4 (4.2, 4.8) asks for where the language is not known."""


def iso_639_2(language: str) -> str:
    """Give the ISO 639-2/T code of a language tag (BCP 47), "XXX" when there is none."""
    return Language.tagged(language).three_letters or UNKNOWN
