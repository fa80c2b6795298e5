"""Written English, and the numbers of other languages, are said in full."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from broadcast.spoken import Lexicon, built_in_lexicon, limits_of, northern, say

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


@pytest.mark.parametrize(
    ("language", "written", "spoken"),
    [
        ("fr", "Il y a 1.250 personnes.", "Il y a mille deux cent cinquante personnes."),
        ("fr", "Il y a 1 250 personnes.", "Il y a mille deux cent cinquante personnes."),
        ("fr-CH", "Soit 98,7 %.", "Soit nonante-huit virgule sept %."),
        ("de", "1.250,5 Liter", "eintausendzweihundertfünfzig Komma fünf Liter"),
        ("es", "El 0252", "El cero dos cinco dos"),
        ("ja", "1,250人", "千二百五十 人"),
    ],
)
def test_other_languages_have_their_numbers_said(language: str, written: str, spoken: str) -> None:
    assert say(written, language=language, lexicon=Lexicon(), style=northern).text == spoken
    assert f"“{language}”" in str(limits_of(language))


def test_english_and_vietnamese_are_read_in_full() -> None:
    assert limits_of("vi") is limits_of("en-GB") is None


def test_a_number_too_large_for_a_language_stays_and_is_told() -> None:
    spoken = say("9" * 50, language="es", lexicon=Lexicon(), style=northern)
    assert spoken.text == "9" * 50
    assert spoken.readings[0].doubt


def test_capitals_a_voice_might_take_for_a_word_are_told() -> None:
    line = "NATO and the BBC met HOPAX and the WHO."
    spoken = say(line, language="en", lexicon=LEXICON, style=northern)
    assert spoken.text == "NATO and the BBC met HOPAX and the W H O."
    assert [each.written for each in spoken.readings if each.doubt] == ["HOPAX"]
    headline = "LATEST NEWS: RAVEN WINS"
    spoken = say(headline, language="en", lexicon=LEXICON, style=northern)
    assert (spoken.text, spoken.readings) == (headline, ())


def test_an_english_date_in_figures_that_could_be_another_says_so() -> None:
    spoken = say("They met on 3/4.", language="en", lexicon=LEXICON, style=northern)
    assert (spoken.text, bool(spoken.readings[0].doubt)) == ("They met on March fourth.", True)


def test_a_language_nobody_counts_in_is_left_and_said_so() -> None:
    spoken = say("Ka 45 nga.", language="xx", lexicon=Lexicon(), style=northern)
    assert spoken.text == "Ka 45 nga."
    assert [each.written for each in spoken.leftovers] == ["45"]
