"""Words are found again in runs: which turns a take speaks, and which takes make a turn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.recordings.words_within import takes_within, turns_within

BOATS = "The boats leave at four when the tide is high enough for them."
PRICE = "What does a crate of herring cost now?"
CRATE = "Nineteen pounds, and in my father's day it was two and a pint."
YES = "Yes."
THANKS = "Thank you, Mr Hale."
ORGANISATION = "the Harbour and Inshore Fisheries Office of the County of Wend"


@pytest.mark.parametrize(
    ("words", "texts", "expected"),
    [
        (f"{BOATS}\n{PRICE}\n{CRATE}", [BOATS, PRICE, CRATE, THANKS], (0, 1, 2)),
        (f"{BOATS} {THANKS}", [PRICE, BOATS, THANKS], (1, 2)),
        (f"{BOATS} {YES} {CRATE}", [BOATS, YES, CRATE], (0, 2)),
        (BOATS.upper(), [PRICE, BOATS], (1,)),
        ("The boats leave at four now, most days.", [CRATE, BOATS], (1,)),
        (f"{BOATS} A boat at dusk.", [BOATS, CRATE], (0,)),
        # What comes back elsewhere, or was cut out of a turn, makes it no other turn.
        (f"{BOATS} {THANKS}", [BOATS, CRATE, PRICE, THANKS], (0,)),
        (f"{BOATS} So says {ORGANISATION}", [BOATS, PRICE, f"{CRATE} Ask {ORGANISATION}"], (0,)),
        # But a whole byline does.
        (f"{BOATS} By {ORGANISATION}", [BOATS, PRICE, f"By {ORGANISATION}"], (0, 2)),
        ("Nobody says these words at all.", [BOATS, PRICE], ()),
        (BOATS, [], ()),
        (YES, [YES], ()),
    ],
)
def test_turns_that_a_take_speaks(words: str, texts: list[str], expected: tuple[int, ...]) -> None:
    assert turns_within(words, texts) == expected


@pytest.mark.parametrize(
    ("words", "takes", "expected"),
    [
        (f"{BOATS}\n{CRATE}", [CRATE, PRICE, BOATS], (2, 0)),
        (BOATS, [BOATS, BOATS.replace("four", "five")], (0,)),
        (f"{BOATS} {THANKS}", [THANKS, BOATS], (1, 0)),
        (PRICE, [BOATS, CRATE], ()),
    ],
)
def test_takes_that_a_turn_is_made_of(
    words: str, takes: list[str], expected: tuple[int, ...]
) -> None:
    assert takes_within(words, takes) == expected


_WORDS = st.lists(st.sampled_from("abcdefg"), max_size=25).map(" ".join)


@given(_WORDS, st.lists(_WORDS, max_size=5))
def test_what_is_found_is_among_what_was_given(words: str, texts: list[str]) -> None:
    for found in (turns_within(words, texts), takes_within(words, texts)):
        assert len(set(found)) == len(found)
        assert set(found) <= set(range(len(texts)))
