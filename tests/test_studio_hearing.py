"""A programme is built beside the studio's pages, told as it goes, and heard as it was levelled."""

from __future__ import annotations

import json
import shutil
import threading
import time
from pathlib import Path

import lxml.html
import pytest
from starlette.testclient import TestClient

from broadcast.errors import BroadcastError
from broadcast.messages import Message
from broadcast.production.desk.draft import read_draft
from broadcast.studio.jobs import Job, Jobs
from broadcast.workspace import Workspace
from productions_by_hand import MOST_WAIT_S, NAME
from station_at_hand import STATION
from studio_at_hand import OWN_PAGE, browser_in, small_station

PAGE = f"/programmes/{NAME}"
STAGE = Message("test.stage", "speaking")


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    return browser_in(small_station(tmp_path))


def events(client: TestClient) -> list[dict[str, object]]:
    """Watch a build until it is over."""
    answer = client.get(f"{PAGE}/progress")
    assert answer.headers["content-type"].startswith("text/event-stream")
    lines = answer.text.splitlines()
    return [json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: ")]


def built(client: TestClient) -> list[dict[str, object]]:
    assert client.post(f"{PAGE}/build", headers=OWN_PAGE).status_code == 202
    return events(client)


def test_a_build_is_told_until_it_is_done_and_every_turn_is_heard_where_it_is(
    client: TestClient, tmp_path: Path
) -> None:
    assert built(client)[-1]["state"] == "done"
    draft = read_draft(Workspace(tmp_path).draft(NAME))
    assert draft is not None
    page = lxml.html.fromstring(client.get(f"{PAGE}/script").text)
    buttons = page.xpath("//button[@data-hear][not(@data-seam)]")
    heard = [(int(one.get("data-hear")), int(one.get("data-to"))) for one in buttons]
    assert heard == [(turn.start_ms, turn.end_ms) for turn in draft.record.interview]
    (sound,) = page.xpath("//audio/@src")
    whole = client.get(sound)
    assert whole.content == (draft.folder / draft.record.files.audio).read_bytes()
    part = client.get(sound, headers={"range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, whole.content[100:200])


def test_a_draft_without_chapters_is_heard_too(tmp_path: Path) -> None:
    client = browser_in(Workspace(Path(shutil.copytree(STATION, tmp_path / "station"))))
    page = lxml.html.fromstring(client.get("/programmes/cau-xom-ben/hear").text)
    assert page.xpath("//*[@id='place']")
    assert not page.xpath("//*[@class='ct']")


def test_a_turn_that_was_changed_since_the_build_is_not_heard_in_its_old_words(
    client: TestClient, tmp_path: Path
) -> None:
    built(client)
    file = tmp_path / f"scripts/{NAME}.txt"
    file.write_text(file.read_text("utf-8").replace("dự lễ", "dự hội"), "utf-8")
    page = lxml.html.fromstring(client.get(f"{PAGE}/script").text)
    told = [bool(one.xpath(".//button[@data-hear]")) for one in page.xpath("//article")]
    assert told == [True, True, True, False]


def test_a_build_that_fails_says_what_and_what_to_do(client: TestClient, tmp_path: Path) -> None:
    script = tmp_path / f"scripts/{NAME}.txt"
    script.write_text("---\ndate: hôm kia\n---\n" + script.read_text("utf-8"), "utf-8")
    last = built(client)[-1]
    assert last["state"] == "failed"
    assert last["told"]
    assert last["hint"]


def test_what_was_never_built_has_no_progress_and_no_sound(client: TestClient) -> None:
    assert client.get(f"{PAGE}/progress").status_code == 404
    assert client.get(f"{PAGE}/audio/any").status_code == 404
    assert client.post(f"{PAGE}/stop", headers=OWN_PAGE).status_code == 404


def over(job: Job) -> Job:
    never, until = threading.Event(), time.monotonic() + MOST_WAIT_S
    while not job.is_over:
        assert time.monotonic() < until
        never.wait(0.01)
    return job


def test_work_that_is_at_work_goes_on_instead_of_being_begun_twice() -> None:
    jobs, go = Jobs(), threading.Event()
    first = jobs.start(NAME, lambda job: go.wait(MOST_WAIT_S))
    assert jobs.start(NAME, lambda job: None) is first
    go.set()
    assert over(first).state == "done"
    assert jobs.start(NAME, lambda job: None) is not first


def test_work_stops_at_its_next_piece() -> None:
    jobs, begun, go = Jobs(), threading.Event(), threading.Event()
    done = []

    def work(job: Job) -> None:
        for piece in range(3):
            job.step(STAGE, piece, 3)
            done.append(piece)
            begun.set()
            go.wait(MOST_WAIT_S)

    job = jobs.start(NAME, work)
    begun.wait(MOST_WAIT_S)
    job.stop()
    go.set()
    assert over(job).state == "stopped"
    assert done == [0]


def test_work_that_waits_its_turn_can_be_stopped_before_it_begins() -> None:
    jobs, go = Jobs(), threading.Event()
    jobs.start("first", lambda job: go.wait(MOST_WAIT_S))
    waiting = jobs.start("second", lambda job: pytest.fail("it was stopped"))
    waiting.stop()
    go.set()
    assert over(waiting).state == "stopped"


@pytest.mark.parametrize("error", [BroadcastError(Message("test.wrong", "wrong")), ValueError("x")])
def test_whatever_ends_work_is_told(error: Exception) -> None:
    def work(job: Job) -> None:
        raise error

    job = over(Jobs().start(NAME, work))
    assert job.state == "failed"
    assert job.wrong is not None


def test_an_end_of_the_studio_stops_all_work() -> None:
    jobs, begun = Jobs(), threading.Event()

    def work(job: Job) -> None:
        while True:
            job.go_on()
            begun.set()

    job = jobs.start(NAME, work)
    begun.wait(MOST_WAIT_S)
    jobs.end()
    assert job.state == "stopped"
