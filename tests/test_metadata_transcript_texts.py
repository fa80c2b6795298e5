"""The transcript that is read: plain text, HTML and JSON, as strangers take them."""

from __future__ import annotations

import json
from typing import Literal

import msgspec
from lxml import html

from broadcast.metadata.transcript import transcript
from broadcast.metadata.transcript_texts import plain_text, transcript_html, transcript_json
from broadcast.model import TranscriptSentence
from timelines_by_hand import ANSWER_1, GUEST, QUESTION_1, interview_turns, timeline_of

MIXED = transcript(timeline_of(interview_turns(), recorded=frozenset({2})))


class Segment(msgspec.Struct, forbid_unknown_fields=True):
    """A segment as the Podcast Namespace has it, with our own two fields."""

    speaker: str
    startTime: float  # noqa: N815
    endTime: float  # noqa: N815
    body: str
    timing: Literal["exact", "aligned", "estimated"]
    synthetic: bool


class Document(msgspec.Struct, forbid_unknown_fields=True):
    """JSON transcript 1.0.0."""

    version: Literal["1.0.0"]
    segments: list[Segment]


def test_plain_text_is_a_paragraph_for_each_turn_with_its_mark() -> None:
    paragraphs = plain_text(MIXED).split("\n\n")
    assert paragraphs[2] == f"{GUEST}: {ANSWER_1}"
    assert paragraphs[4] == f"{GUEST} (giọng đọc tổng hợp): Chúc bà con mạnh khỏe."


def test_json_has_a_segment_for_each_sentence() -> None:
    found = msgspec.json.decode(transcript_json(MIXED), type=Document).segments
    assert [one.body for one in found] == [one.text for one in MIXED]
    assert [one.startTime for one in found] == [one.start_ms / 1000 for one in MIXED]
    assert all(one.endTime > one.startTime for one in found)
    assert [(one.speaker, one.timing, one.synthetic) for one in found[1:3]] == [
        ("Phóng viên", "exact", True),
        (GUEST, "estimated", False),
    ]


def test_what_is_not_heard_is_no_segment_and_nothing_said_is_an_empty_list() -> None:
    nothing = TranscriptSentence("a1", "A", "…", 5, 5, "exact", synthetic=True)
    assert json.loads(transcript_json((nothing,))) == {"version": "1.0.0", "segments": []}


def test_html_has_the_speaker_the_time_and_the_words_of_each_turn() -> None:
    page = html.document_fromstring(transcript_html(MIXED, "Năm <mới>", "vi").encode())
    assert page.get("lang") == "vi"
    assert page.findtext("head/title") == "Năm <mới>"
    body = page.find("body")
    assert [one.tag for one in body] == ["cite", "time", "p"] * (len(body) // 3)
    turns = list(zip(body[::3], body[1::3], body[2::3], strict=True))
    assert [tuple(each.text for each in one) for one in turns][1:3] == [
        ("Phóng viên (giọng đọc tổng hợp):", "0:02", QUESTION_1),
        (f"{GUEST}:", "0:04", ANSWER_1),
    ]
    assert turns[1][1].get("datetime") == "PT2.4S"


def test_html_begins_as_the_strictest_reader_asks() -> None:
    assert transcript_html(MIXED, "a", "vi").startswith("<!--")
