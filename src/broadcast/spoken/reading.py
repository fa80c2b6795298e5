"""A line of written text in any language → the words that are said for it."""

from __future__ import annotations

from functools import lru_cache

from broadcast.language import Language
from broadcast.messages import Message
from broadcast.spoken.grammar import Grammar, Spoken
from broadcast.spoken.lexicon import Lexicon
from broadcast.spoken.style import Style


def say(text: str, *, language: str, lexicon: Lexicon, style: Style) -> Spoken:
    """Give the words said for ``text``, one line for one line, and the list of all readings.

    ``language`` is a tag like "vi" or "en-GB". Vietnamese and English are read in full; of other
    languages only the lexicon's words and the numbers are, and the rest is left to the engine.
    Text without figures, signs or known abbreviations comes back letter for letter.
    """
    return grammar_of(language).spoken(text, lexicon, style)


def limits_of(language: str) -> Message | None:
    """Tell what is not read in a language, in a sentence (None where everything is)."""
    if Language.tagged(language).primary in ("vi", "en"):
        return None
    return Message(
        "spoken.numbers-alone",
        "In “{language}” only numbers and the lexicon's words are put into words; "
        "the rest is left to the voice.",
        language=language,
    )


@lru_cache(maxsize=64)
def grammar_of(language: str) -> Grammar:
    """Give the grammar that reads a language; one is loaded when it is first asked for."""
    tongue = Language.tagged(language).primary
    if tongue == "vi":
        from broadcast.spoken.vi.grammar import VIETNAMESE

        return VIETNAMESE
    if tongue == "en":
        from broadcast.spoken.en.grammar import ENGLISH

        return ENGLISH
    from broadcast.spoken.elsewhere import grammar_for

    return grammar_for(language)
