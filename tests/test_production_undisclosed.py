"""A station may say nothing of its synthetic voices: it is asked once, and that is on record."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import feedparser
import pytest
from mutagen.id3 import ID3

from broadcast.errors import BroadcastError
from broadcast.production.public.publish import publish
from productions_by_hand import (
    FIRST,
    MORNING,
    NAME,
    SECOND,
    Notebook,
    Production,
    new_production,
)

OFF = 'disclosure = "off"\n'


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Production:
    made = new_production(tmp_path / "station", monkeypatch)
    made.set(OFF)
    return made


def kinds(here: Production) -> set[str]:
    return {turn["kind"] for turn in here.episode()["turns"]}


def entry(here: Production) -> Any:
    publish(here.workspace, NAME, None, MORNING, here.reporter)
    (only,) = feedparser.parse((here.workspace.feed / "feed.xml").read_bytes()).entries
    return only


def test_it_is_asked_once_for_an_episode_and_the_answer_is_on_record(here: Production) -> None:
    reporter = Notebook(answer=True)
    here.build(reporter=reporter)
    here.write(here.script().read_text("utf-8").replace("ông", "bác"))
    here.build(reporter=reporter)
    ((question,),) = reporter.asked
    assert "disclosure is off" in question
    assert here.episode()["asked"]["undisclosed_at"] == "2025-09-06T07:00:00+07:00"


@pytest.mark.parametrize("answer", [None, False])
def test_nothing_is_built_where_nobody_agrees(here: Production, answer: bool | None) -> None:
    with pytest.raises(BroadcastError, match="nobody has agreed") as caught:
        here.build(reporter=Notebook(answer=answer))
    assert caught.value.exit_status == 1
    assert "--yes" in str(caught.value.hint)
    assert here.engine.spoken == []


def test_who_agrees_beforehand_is_not_asked(here: Production) -> None:
    reporter = Notebook()
    here.build(reporter=reporter, agrees=True)
    assert reporter.asked == []
    assert here.episode()["asked"]["undisclosed_at"]


def test_words_to_listeners_go_and_marks_for_machines_stay(here: Production) -> None:
    here.build(agrees=True)
    told = entry(here)
    assert "notice" not in kinds(here)
    assert "tổng hợp" not in told.summary
    assert "ai-content" in (here.workspace.feed / "feed.xml").read_text("utf-8")
    tags = ID3(here.workspace.draft(NAME) / f"{NAME}.mp3")
    assert str(tags["TXXX:ai-content"]) == "true"
    assert not any("tổng hợp" in str(comment) for comment in tags.getall("COMM"))
    assert "tổng hợp" in (here.workspace.draft(NAME) / f"{NAME}.vtt").read_text("utf-8")
    page = here.workspace.feed / "episodes" / f"{NAME}.html"
    assert 'role="note"' in page.read_text("utf-8")


def test_published_it_is_on_record_since_when_nothing_is_said(here: Production) -> None:
    here.build(agrees=True)
    given = publish(here.workspace, NAME, None, MORNING, here.reporter).episode
    assert given.undisclosed_at == MORNING
    here.set("")
    here.build()
    assert "notice" in kinds(here)
    given = publish(here.workspace, NAME, None, MORNING, here.reporter).episode
    assert given.undisclosed_at is None


def test_where_every_answer_is_real_there_is_nothing_to_ask(here: Production) -> None:
    here.record("02.wav", FIRST)
    here.record("04.wav", SECOND)
    reporter = Notebook()
    draft = here.build(reporter=reporter).draft
    assert reporter.asked == []
    assert draft.record.undisclosed_at is None
