"""Written English, and the numbers of other languages, are said in full."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from broadcast.spoken import Lexicon, built_in_lexicon, northern, say

HERE = Path(__file__).parent
LEXICON = built_in_lexicon("en")


def cases() -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for name in ("spoken_en.tsv", "spoken_en_newsroom.tsv"):
        with (HERE / name).open(encoding="utf-8", newline="") as file:
            found += csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    return found


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["written"][:50])
def test_what_newsrooms_write(case: dict[str, str]) -> None:
    spoken = say(case["written"], language="en", lexicon=LEXICON, style=northern)
    assert spoken.text == case["spoken"]
    again = say(spoken.text, language="en", lexicon=LEXICON, style=northern)
    assert again.text == spoken.text


def test_plain_english_is_never_touched() -> None:
    line = "The mayor said: “We may march in May, and I am sure it’s well-known.”"
    spoken = say(line, language="en-GB", lexicon=LEXICON, style=northern)
    assert (spoken.text, spoken.readings) == (line, ())


def test_other_languages_have_their_numbers_said() -> None:
    spoken = say("Il y a 1.250 personnes.", language="fr", lexicon=Lexicon(), style=northern)
    assert spoken.text == "Il y a mille deux cent cinquante personnes."


def test_a_language_nobody_counts_in_is_left_and_said_so() -> None:
    spoken = say("Ka 45 nga.", language="xx", lexicon=Lexicon(), style=northern)
    assert spoken.text == "Ka 45 nga."
    assert [each.written for each in spoken.leftovers] == ["45"]
