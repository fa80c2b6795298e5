"""Chapters: one for the introduction, one for each question, nothing between or beyond."""

from __future__ import annotations

import json

from broadcast.metadata.chapters import TITLE_CHARACTERS, chapters, chapters_json, with_ends
from broadcast.model import Question, Timeline, samples_to_ms
from timelines_by_hand import (
    ANSWER_1,
    BYLINE,
    GUEST,
    PRESENTER,
    QUESTION_1,
    QUESTION_2,
    REPORTER,
    interview_turns,
    timeline_of,
    turn,
)

CORE_1 = "Năm 2025 phường Mũi Sò đã làm được những gì…"
QUESTIONS = (
    Question("turn-1", "N" + QUESTION_1.removeprefix("Thưa bà, n"), QUESTION_1),
    Question("turn-3", QUESTION_2, QUESTION_2),
)


def titles(timeline: Timeline, language: str = "vi") -> list[str]:
    made = chapters(timeline, "Cả chương trình", language, QUESTIONS)
    return [chapter.title for chapter in made]


def asked_alone(question: str) -> Timeline:
    return timeline_of(
        (
            turn("turn", "reporter", REPORTER, question, 1),
            turn("turn", "official", GUEST, ANSWER_1, 2),
        )
    )


def test_an_interview_has_an_introduction_and_a_chapter_for_each_question() -> None:
    assert titles(timeline_of(interview_turns())) == [
        "Giới thiệu",
        CORE_1,
        QUESTION_2,
    ]


def test_a_title_is_cut_where_a_phrase_ends_and_the_question_is_told_in_full() -> None:
    made = chapters(timeline_of(interview_turns()), "x", "vi", QUESTIONS)
    assert len(made[1].title) <= TITLE_CHARACTERS
    assert [one.subtitle for one in made] == ["", QUESTION_1, ""]


def test_what_stands_before_a_long_question_goes_before_the_question_does() -> None:
    core = "Sau ba năm thực hiện phong trào, phường đã đạt được những kết quả gì?"
    (asked,) = chapters(asked_alone(core), "x", "vi", [Question("turn-1", core, core)])
    assert asked.title == "Phường đã đạt được những kết quả gì?"
    why = "Vì sao năm nay nước về muộn như vậy, lúa còn kịp làm đòng không?"
    (asked,) = chapters(asked_alone(why), "x", "vi", [Question("turn-1", why, why)])
    assert asked.title == "Vì sao năm nay nước về muộn như vậy…"


def test_a_turn_whose_core_is_not_known_is_its_own_title() -> None:
    made = chapters(timeline_of(interview_turns()), "x", "vi")
    assert made[1].title.startswith("Thưa bà, năm 2025")
    assert len(made[1].title) <= TITLE_CHARACTERS


def test_the_introduction_is_named_in_the_language_of_the_script() -> None:
    assert titles(timeline_of(interview_turns()), "en-GB")[0] == "Introduction"


def test_chapters_cover_the_programme_without_gaps() -> None:
    timeline = timeline_of(interview_turns())
    made = chapters(timeline, "x", "vi")
    assert [one.start_ms for one in made] == [0, 2_400, 7_200]
    ends = [end_ms for _, end_ms in with_ends(made, samples_to_ms(timeline.samples))]
    assert ends == [2_400, 7_200, samples_to_ms(timeline.samples)]


def test_what_follows_the_255th_chapter_belongs_to_it() -> None:
    turns = [
        turn("turn", *who, text, n)
        for n in range(1, 602, 2)
        for who, text, n in (
            (("reporter", REPORTER), f"Câu {n}?", n),
            (("official", GUEST), "Có.", n + 1),
        )
    ]
    assert len(chapters(timeline_of(tuple(turns)), "x", "vi")) == 255


def test_notice_and_opening_belong_to_the_introduction() -> None:
    opening = turn("opening", "presenter", PRESENTER, "Đây là Đài Truyền thanh Mũi Sò.")
    notice = turn("notice", "presenter", PRESENTER, "Giọng tổng hợp.")
    made = chapters(timeline_of((opening, notice, *interview_turns())), "x", "vi")
    assert (made[0].title, made[1].start_ms) == ("Giới thiệu", 7_200)


def test_without_a_lead_the_first_question_is_the_first_chapter() -> None:
    assert titles(timeline_of(interview_turns()[1:])) == [CORE_1, QUESTION_2]


def test_thanks_that_are_answered_with_thanks_open_no_chapter() -> None:
    answered = (*interview_turns()[:-1], turn("turn", "official", GUEST, "Cảm ơn đài.", 6))
    assert titles(timeline_of(answered))[-1] == QUESTION_2


def test_a_request_without_a_question_mark_is_a_question() -> None:
    request = turn("turn", "reporter", REPORTER, "Xin bà cho biết kế hoạch năm tới.", 1)
    answer = turn("turn", "official", GUEST, ANSWER_1, 2)
    (asked,) = chapters(timeline_of((request, answer)), "x", "vi")
    assert asked.title == "Xin bà cho biết kế hoạch năm tới."


def test_a_programme_without_questions_is_one_chapter_with_its_title() -> None:
    byline = turn("byline", "presenter", PRESENTER, BYLINE)
    assert titles(timeline_of((byline,))) == ["Cả chương trình"]
    assert titles(Timeline(())) == []


def test_the_json_document_gives_seconds_in_version_1_2() -> None:
    timeline = timeline_of(interview_turns())
    made = chapters(timeline, "x", "vi", QUESTIONS)
    duration_ms = samples_to_ms(timeline.samples)
    document = json.loads(chapters_json(made, duration_ms, "Năm mới"))
    assert document["version"] == "1.2.0"
    assert document["title"] == "Năm mới"
    assert [entry["startTime"] for entry in document["chapters"]] == [0, 2.4, 7.2]
    assert document["chapters"][-1]["endTime"] == duration_ms / 1000
    assert {key for entry in document["chapters"] for key in entry} == {
        "startTime",
        "endTime",
        "title",
    }  # fmt: skip  the format has no more
