"""What English pages, briefings and chats print is told from what is said in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcast.model import Document, Line
from broadcast.script.entries import entries_of
from broadcast.script.facts import Facts, facts_of
from broadcast.script.furniture import furniture_in


def facts_in(text: str) -> tuple[Facts, ...]:
    lines = tuple(Line(n, line) for n, line in enumerate(text.strip().split("\n"), 1))
    document = Document(Path("talk.txt"), lines)
    return facts_of([entry for entry in entries_of(document) if entry.text])


def labels_in(text: str) -> list[str | None]:
    return [None if one.label is None else one.label.text for one in facts_in(text)]


def test_q_and_a_with_a_full_stop_are_labels() -> None:
    assert labels_in("""
Q. Which of the two is older?
A. The one that leaks.
Q. And the other.
A. "New", said my father, and he meant 1930.
""") == ["Q", "A", "Q", "A"]


def test_a_district_and_a_point_of_a_list_are_no_questions() -> None:
    assert labels_in("""
Q. Bình Thạnh, TP.HCM
Người dân nói gì về con đường mới?
A. Bình mở quán đã ba năm.
""") == [None, None, None]


def test_the_time_of_a_message_is_no_cue_and_its_sender_a_label() -> None:
    facts = facts_in("""
[03/05/2024, 09:12:41] Mo: where did you go to school
[03/05/2024, 09:13:05] Gran Bea: In a tin chapel.
[03/05/2024, 09:14:30] Mo: who taught you
[03/05/2024, 09:15:02] Gran Bea: <Media omitted>
""")
    assert [one.label.text for one in facts[:3] if one.label] == ["Mo", "Gran Bea", "Mo"]
    assert facts[3].bound == {"left out"}
    assert not any(one.line.found for one in facts)


def test_the_words_of_a_label_with_a_time_are_below_it() -> None:
    facts = facts_in("""
Una Marsh  0:02
Say something for the level.
Piet Blom  0:05
Lentils.
Sam  0:07
Lovely, go.
Una Marsh  0:09
What did you see?
Piet Blom  0:12
Herring.
Sam  0:14
How many?
""")
    assert [one.bound for one in facts] == [{"label"}, {"asks on", "answers on"}] * 6


@pytest.mark.parametrize(
    "line",
    [
        "MARCH 3, 2019 · 6:10 PM ET",
        "Friday 6 May 2022 | Comments (12)",
        "Aired March 3, 2019 – 10:00 a.m. ET",
        "THIS IS A RUSH TRANSCRIPT. THIS COPY MAY NOT BE IN ITS FINAL FORM.",
        "Ada Orme is a staff writer. Her book is out in June.",
        "END OF SIDE 2",
        "Tickets £6 on the door",
        "For media enquiries: the press office",
        "RESOLVED that the clerk write to the county.",
        "Next up: Ramsey Rovers (A), Saturday",
    ],
)
def test_it_is_furniture(line: str) -> None:
    assert furniture_in(line) is not None


@pytest.mark.parametrize(
    "line",
    [
        "Harbour Board Press Briefing – March 3, 2019",
        "The plan was paid for by the council, and it may be revised.",
        "Did you make this yourself?",
        "I'd love to get in touch with him.",
        "Would you like to be in the band?",
        "Tickets are sold out, I am afraid.",
        "Previous owners told us that.",
        "It was resolved in May.",
    ],
)
def test_it_may_be_said(line: str) -> None:
    assert furniture_in(line) is None
