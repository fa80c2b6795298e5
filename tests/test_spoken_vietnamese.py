"""Written Vietnamese is said as a newsreader says it."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from broadcast.spoken import Spoken, Style, built_in_lexicon, northern, say
from broadcast.text import folded

HERE = Path(__file__).parent
LEXICON = built_in_lexicon("vi")


def said(text: str, style: Style = northern) -> Spoken:
    return say(text, language="vi", lexicon=LEXICON, style=style)


def heard(text: str) -> str:
    return folded(text)


def cases(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("case", cases("spoken_vi.tsv"), ids=lambda case: case["context"][:50])
def test_the_cases_of_a_real_interview_and_their_like(case: dict[str, str]) -> None:
    context, written = case["context"], case["written"]
    wanted = [case["spoken"], *filter(None, case["alternatives"].split("|"))]
    whole = [
        heard(context.replace(written, f" {'' if one == '(silent)' else one} ", 1))
        for one in wanted
    ]
    assert heard(said(context).text) in whole


def test_nothing_is_left_for_the_engine_to_guess() -> None:
    for case in cases("spoken_vi.tsv"):
        assert not re.search(r"[\d%/&@#$€°+=]", said(case["context"]).text)
