"""Chapters: one for the introduction, one for each question, nothing between or beyond."""

from __future__ import annotations

import itertools
import json

from broadcast.metadata.chapters import TITLE_CHARACTERS, chapters, chapters_json
from broadcast.model import FRAME, RATE_HZ, Timeline
from timelines_by_hand import (
    ANSWER_1,
    BYLINE,
    GUEST,
    PRESENTER,
    QUESTION_2,
    REPORTER,
    interview_turns,
    timeline_of,
    turn,
)


def titles(timeline: Timeline, language: str = "vi") -> list[str]:
    return [chapter.title for chapter in chapters(timeline, "Cả chương trình", language)]


def test_an_interview_has_an_introduction_and_a_chapter_for_each_question() -> None:
    assert titles(timeline_of(interview_turns())) == [
        "Giới thiệu",
        "Thưa bà, năm 2025 phường Mũi Sò đã làm được những gì cho bà…",
        QUESTION_2,
    ]


def test_a_title_is_cut_between_words_and_kept_short() -> None:
    title = titles(timeline_of(interview_turns()))[1]
    assert len(title) <= TITLE_CHARACTERS + 1
    assert title.endswith("cho bà…")


def test_the_introduction_is_named_in_the_language_of_the_script() -> None:
    assert titles(timeline_of(interview_turns()), "en-GB")[0] == "Introduction"


def test_chapters_cover_the_programme_without_gaps() -> None:
    timeline = timeline_of(interview_turns())
    made = chapters(timeline, "x", "vi")
    assert made[0].start == 0
    assert made[-1].end == timeline.samples
    assert all(one.end == two.start for one, two in itertools.pairwise(made))
    assert [chapter.start for chapter in made] == [0, 100 * FRAME, 300 * FRAME]


def test_notice_and_opening_belong_to_the_introduction() -> None:
    opening = turn("opening", "presenter", PRESENTER, "Đây là Đài Truyền thanh Mũi Sò.")
    notice = turn("notice", "presenter", PRESENTER, "Giọng tổng hợp.")
    made = chapters(timeline_of((opening, notice, *interview_turns())), "x", "vi")
    assert (made[0].title, made[0].end) == ("Giới thiệu", 300 * FRAME)


def test_without_a_lead_the_first_question_is_the_first_chapter() -> None:
    assert titles(timeline_of(interview_turns()[1:])) == [
        "Thưa bà, năm 2025 phường Mũi Sò đã làm được những gì cho bà…",
        QUESTION_2,
    ]


def test_thanks_that_are_answered_with_thanks_open_no_chapter() -> None:
    answered = (*interview_turns()[:-1], turn("turn", "official", GUEST, "Cảm ơn đài.", 6))
    assert titles(timeline_of(answered))[-1] == QUESTION_2


def test_a_request_without_a_question_mark_is_a_question() -> None:
    request = turn("turn", "reporter", REPORTER, "Xin bà cho biết kế hoạch năm tới.", 1)
    answer = turn("turn", "official", GUEST, ANSWER_1, 2)
    assert titles(timeline_of((request, answer))) == ["Xin bà cho biết kế hoạch năm tới."]


def test_a_programme_without_questions_is_one_chapter_with_its_title() -> None:
    byline = turn("byline", "presenter", PRESENTER, BYLINE)
    assert titles(timeline_of((byline,))) == ["Cả chương trình"]
    assert titles(Timeline(())) == []


def test_the_json_document_gives_seconds_in_version_1_2() -> None:
    timeline = timeline_of(interview_turns())
    document = json.loads(chapters_json(chapters(timeline, "x", "vi"), "Năm mới"))
    assert document["version"] == "1.2.0"
    assert document["title"] == "Năm mới"
    assert [entry["startTime"] for entry in document["chapters"]] == [0, 2.4, 7.2]
    assert document["chapters"][-1]["endTime"] == timeline.samples / RATE_HZ
