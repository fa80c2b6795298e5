"""Words → how long they take to say, estimated before anything is spoken."""

from __future__ import annotations

from collections.abc import Sequence

from broadcast.language import for_language
from broadcast.model import Pauses, Sentence

# Words a second, pauses between sentences left out, of the offline voice at its own rate.
# Vietnamese writes every syllable as a word. Measured by bench/build.py.
_WORDS_A_SECOND = {"vi": 3.9}
_WORDS_A_SECOND_ELSEWHERE = 2.6


def expected_ms(said: Sequence[Sentence], language: str, pauses: Pauses) -> int:
    """Estimate how long a turn's sentences take to say, with the pauses between them."""
    words = sum(len(sentence.spoken.split()) for sentence in said)
    return words_ms(words, language) + pauses.sentence_ms * max(0, len(said) - 1)


def words_ms(words: int, language: str) -> int:
    """Estimate how long so many words take to say."""
    rate = for_language(_WORDS_A_SECOND, language, _WORDS_A_SECOND_ELSEWHERE)
    return round(words / rate * 1000)
