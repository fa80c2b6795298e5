"""The board of the studio: every programme, what it is, and new ones from texts and files."""

from __future__ import annotations

import shutil
from pathlib import Path
from threading import Event

import lxml.html
import pytest
from starlette.testclient import TestClient

from broadcast.language import Language
from broadcast.messages.rendering import renderer_for
from broadcast.studio.jobs import Jobs
from broadcast.workspace import Workspace
from productions_by_hand import MOST_WAIT_S, NAME, SCRIPT
from station_at_hand import DRAFTS, STATION
from studio_at_hand import OWN_PAGE, browser_in, small_station
from word_files import paragraph, run, word_file

TITLE = "Cầu mới qua sông Vân"


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    return browser_in(small_station(tmp_path))


def make(client: TestClient, name: str, content: bytes) -> tuple[int, dict[str, str]]:
    answer = client.post("/programmes", params={"file": name}, content=content, headers=OWN_PAGE)
    return answer.status_code, answer.json()


def words_of(html: str) -> str:
    return " ".join(lxml.html.fromstring(html).text_content().split())


def test_a_script_that_was_never_built_is_on_the_board(client: TestClient) -> None:
    page = lxml.html.fromstring(client.get("/").text)
    (row,) = page.xpath("//li[@data-name]")
    assert row.get("data-name") == NAME
    assert "Not built yet" in row.text_content()


def test_a_row_has_title_people_and_length_of_its_script(client: TestClient) -> None:
    told = words_of(client.get(f"/programmes/{NAME}/row").text)
    assert TITLE in told
    assert "Ông Đỗ Văn Lâm" in told
    assert "Nothing in the way" in told


def test_the_board_says_of_every_episode_what_status_says(tmp_path: Path) -> None:
    shutil.copytree(STATION, tmp_path / "station")
    client = browser_in(Workspace(tmp_path / "station"))
    page = lxml.html.fromstring(client.get("/").text)
    rows = {
        row.get("data-name"): " ".join(row.text_content().split())
        for row in page.xpath("//li[@data-name]")
    }
    assert rows.keys() == {*DRAFTS}
    for name, told in rows.items():
        record = (tmp_path / "station/episodes" / name / "episode.json").read_text("utf-8")
        assert told.split()[0] in record
    assert "Published" in rows["lop-boi"] or "Changed since published" in rows["lop-boi"]


def test_a_programme_that_is_not_there_has_no_row(client: TestClient) -> None:
    assert client.get("/programmes/khong-co/row").status_code == 404


def test_a_pasted_text_becomes_a_script_as_it_was_written(
    client: TestClient, tmp_path: Path
) -> None:
    text = SCRIPT.replace(TITLE, "Đường làng Đông")
    status, given = make(client, "pasted.txt", text.encode())
    assert (status, given) == (201, {"address": "/programmes/duong-lang-dong/script"})
    assert (tmp_path / "scripts/duong-lang-dong.txt").read_text("utf-8") == text


def test_a_title_that_is_taken_gets_a_number_and_nothing_is_overwritten(
    client: TestClient, tmp_path: Path
) -> None:
    names = [make(client, "pasted.txt", SCRIPT.encode())[1]["address"] for _ in range(2)]
    assert names == [f"/programmes/cau-moi-qua-song-van{n}/script" for n in ("", "-2")]
    assert make(client, f"{NAME}.txt", SCRIPT.encode())[1]["address"] == (
        f"/programmes/{NAME}-2/script"
    )
    assert (tmp_path / f"scripts/{NAME}.txt").read_text("utf-8") == SCRIPT


def test_a_word_file_is_copied_clean_and_kept(client: TestClient, tmp_path: Path) -> None:
    word = word_file("".join(paragraph(run(line)) for line in SCRIPT.split("\n")))
    status, given = make(client, "Cầu mới.docx", word)
    assert (status, given["address"]) == (201, "/programmes/cau-moi-2/script")
    clean = (tmp_path / "scripts/cau-moi-2.txt").read_text("utf-8")
    assert f"title: {TITLE}" in clean
    assert (tmp_path / "scripts/originals/cau-moi-2.docx").read_bytes() == word
    assert "Nothing in the way" in client.get("/programmes/cau-moi-2/row").text


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("pasted.txt", b"Khong ai noi gi o day.", "Nobody is seen to speak"),
        ("pasted.txt", b"", "the file is empty"),
        ("bao-cao.pdf", b"%PDF-1.4", "this is a PDF"),
        ("bai.docx", b"PK\x03\x04 broken", ""),
        ("bai.txt", bytes(range(256)) * 40, ""),
    ],
)
def test_what_is_no_interview_is_told_and_nothing_is_made(
    client: TestClient, tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    status, given = make(client, name, content)
    assert status == 422
    assert told in given["told"]
    assert given["told"]
    assert [file.name for file in (tmp_path / "scripts").iterdir()] == [f"{NAME}.txt"]


def test_a_pasted_text_is_told_before_anything_is_made(client: TestClient, tmp_path: Path) -> None:
    answer = client.post("/understand?file=pasted.txt", content=SCRIPT.encode(), headers=OWN_PAGE)
    assert answer.json()["told"].startswith("Understood: 4 turns by 2 people, about 0:")
    assert [file.name for file in (tmp_path / "scripts").iterdir()] == [f"{NAME}.txt"]


def test_what_still_is_the_samples_is_listed_and_what_is_done_is_ticked(
    client: TestClient,
) -> None:
    page = lxml.html.fromstring(client.get("/").text)
    told = {" ".join(one.text_content().split()) for one in page.xpath("//details[@data-wide]//li")}
    assert "Done: The station's name" in told
    assert "To do: The public address (this machine's as yet)" in told


def test_it_speaks_vietnamese(tmp_path: Path) -> None:
    client = browser_in(small_station(tmp_path), renderer_for(Language("vi")))
    page = client.get("/").text
    assert '<html lang="vi">' in page
    assert "Chương trình mới" in page
    for english in ("Programme", "Choose", "First day", "Length"):
        assert english not in page


def test_two_scripts_of_one_name_are_on_the_board_and_wait_for_one_to_go(
    client: TestClient, tmp_path: Path
) -> None:
    (tmp_path / f"scripts/{NAME}.md").write_text(SCRIPT, "utf-8")
    assert client.get("/").status_code == 200
    assert client.get(f"/programmes/{NAME}/row").status_code == 200


def test_what_is_at_work_is_told_in_its_row_until_it_is_over(tmp_path: Path) -> None:
    jobs, over = Jobs(), Event()
    client = browser_in(small_station(tmp_path), jobs=jobs)
    job = jobs.start(NAME, lambda job: over.wait(MOST_WAIT_S))
    (row,) = lxml.html.fromstring(client.get("/").text).xpath("//li[@data-at-work]")
    assert row.get("data-name") == NAME
    assert row.xpath(".//button[@data-stop]")
    over.set()
    jobs.end()
    assert job.is_over
    assert "data-at-work" not in client.get(f"/programmes/{NAME}/row").text
