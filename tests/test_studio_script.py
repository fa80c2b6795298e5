"""The script screen: the text beside what is understood, and what is mended is in the file."""

from __future__ import annotations

import json
from pathlib import Path

import lxml.html
import pytest
from starlette.testclient import TestClient

from broadcast.production.desk.read_script import script_of
from broadcast.production.desk.read_station import station_of
from broadcast.workspace import Workspace
from productions_by_hand import ASK, FIRST, LAM, NAME, SCRIPT
from studio_at_hand import OWN_PAGE, browser_in, small_station
from test_studio_safety import HOSTILE
from word_files import paragraph, run, word_file

PAGE = f"/programmes/{NAME}/script"
ASKER = "Phóng viên"


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    return browser_in(small_station(tmp_path))


def file_of(folder: Path) -> Path:
    return folder / f"scripts/{NAME}.txt"


def screen(client: TestClient, page: str = PAGE) -> lxml.html.HtmlElement:
    answer = client.get(page)
    assert answer.status_code == 200
    return lxml.html.fromstring(answer.text)


def seen(client: TestClient) -> str:
    return str(client.get(f"/programmes/{NAME}/seen").json()["seen"])


def send(client: TestClient, what: str, **fields: str) -> tuple[int, dict[str, str]]:
    body = json.dumps({"seen": seen(client), **fields})
    answer = client.post(f"/programmes/{NAME}/{what}", content=body, headers=OWN_PAGE)
    return answer.status_code, answer.json()


def said_by(client: TestClient, turn: int, who: str, **fields: str) -> tuple[int, dict[str, str]]:
    place = {"turn": str(turn), "paragraph": "0", "words": "0", **fields}
    return send(client, "mend", act="said-by", who=who, **place)


def said(folder: Path) -> list[tuple[str, str]]:
    workspace = Workspace(folder)
    (file,) = [one for one in workspace.scripts.iterdir() if one.is_file()]
    return [(turn.speaker, turn.text) for turn in script_of(station_of(workspace), file).turns]


def test_each_turn_stands_beside_its_lines_in_its_speaker_s_colour(client: TestClient) -> None:
    page = screen(client)
    rows = [row for row in page.xpath("//ol[@class='pairs']/li") if row.xpath(".//article")]
    assert len(rows) == 4
    assert f"{ASKER}: {ASK}" in rows[0].text_content()
    assert [row.xpath(".//h3")[0].text for row in rows] == [ASKER, LAM, ASKER, LAM]
    colours = [row.xpath(".//article/@class")[0].split()[-1] for row in rows]
    assert colours == ["who-1", "who-2", "who-1", "who-2"]


def test_what_is_said_otherwise_than_written_has_its_reading(
    client: TestClient, tmp_path: Path
) -> None:
    file_of(tmp_path).write_text(SCRIPT.replace("một tháng", "30 ngày"), "utf-8")
    (figure,) = screen(client).xpath("//span[starts-with(@class,'fig')]/@title")
    assert figure == "ba mươi"


def test_a_line_that_is_left_out_says_why_and_can_be_kept(
    client: TestClient, tmp_path: Path
) -> None:
    file_of(tmp_path).write_text(SCRIPT + "\nẢnh: Minh Hải\n", "utf-8")
    (line,) = screen(client).xpath("//button/@data-keep")
    assert send(client, "mend", act="keep", line=line)[0] == 200
    assert file_of(tmp_path).read_text("utf-8") == SCRIPT + "\n\\Ảnh: Minh Hải\n"


def test_somebody_else_says_a_turn_and_undo_takes_it_back(
    client: TestClient, tmp_path: Path
) -> None:
    assert said_by(client, 3, "Bà Lê Thị Hoa")[0] == 200
    assert said(tmp_path)[3][0] == "Bà Lê Thị Hoa"
    assert send(client, "undo")[0] == 200
    assert file_of(tmp_path).read_text("utf-8") == SCRIPT
    status, told = send(client, "undo")
    assert (status, told["told"]) == (422, "There is no change to take back.")


def test_undo_goes_back_step_by_step_also_in_a_studio_started_anew(
    client: TestClient, tmp_path: Path
) -> None:
    texts = [SCRIPT]
    for who in ("Bà Lê Thị Hoa", "Ông Vũ Văn Tám", "Bà Lê Thị Hoa"):
        assert said_by(client, 3, who)[0] == 200
        texts.append(file_of(tmp_path).read_text("utf-8"))
    again = browser_in(Workspace(tmp_path))
    for text in reversed(texts[:-1]):
        assert send(again, "undo")[0] == 200
        assert file_of(tmp_path).read_text("utf-8") == text


@pytest.mark.parametrize("what", ["mend", "undo", "clean"])
def test_a_change_from_elsewhere_is_never_written_over(
    client: TestClient, tmp_path: Path, what: str
) -> None:
    assert said_by(client, 3, "Bà Lê Thị Hoa")[0] == 200
    before = seen(client)
    others = SCRIPT + "\nPhóng viên: Xin cảm ơn ông.\n"
    file_of(tmp_path).write_text(others, "utf-8")
    place = {"act": "join", "turn": "1", "paragraph": "0", "words": "0"}
    status, told = send(client, what, **place, seen=before)
    assert status == 422
    assert "was changed elsewhere" in told["told"]
    assert file_of(tmp_path).read_text("utf-8") == others
    # Nor is it taken back by an undo that never saw it.
    assert send(client, "undo")[0] == 422
    assert file_of(tmp_path).read_text("utf-8") == others


def test_what_cannot_be_changed_alone_is_told_and_the_file_stays(
    client: TestClient, tmp_path: Path
) -> None:
    status, told = said_by(client, 1, "Thứ nhất")
    assert status == 422
    assert "by itself" in told["told"]
    assert file_of(tmp_path).read_text("utf-8") == SCRIPT


@pytest.mark.parametrize(
    "fields",
    [
        {"act": "said-by", "turn": "x", "paragraph": "0", "words": "0", "who": LAM},
        {"act": "said-by", "turn": "0", "paragraph": "0", "words": "0"},
        {"act": "said-by", "turn": "0", "paragraph": "0", "words": "0", "who": "  "},
        {"act": "said-by", "turn": "0", "paragraph": "0", "words": "0", "who": "a: b"},
        {"act": "said-by", "turn": "0", "paragraph": "0", "words": "0", "who": "x" * 201},
        {"act": "format", "turn": "0", "paragraph": "0", "words": "0"},
        {},
    ],
)
def test_what_no_page_of_ours_sends_changes_nothing(
    client: TestClient, tmp_path: Path, fields: dict[str, str]
) -> None:
    assert send(client, "mend", **fields)[0] == 422
    assert file_of(tmp_path).read_text("utf-8") == SCRIPT


@pytest.mark.parametrize("body", [b"", b"[]", b'{"seen": 1}', b"{" * 5_000, b"x" * 1_000_001])
def test_a_body_that_is_no_fields_is_refused(client: TestClient, body: bytes) -> None:
    answer = client.post(f"/programmes/{NAME}/mend", content=body, headers=OWN_PAGE)
    assert answer.status_code == 422


def test_a_word_file_is_shown_and_mended_in_a_clean_script_beside(
    client: TestClient, tmp_path: Path
) -> None:
    word = word_file("".join(paragraph(run(line)) for line in SCRIPT.split("\n")))
    file_of(tmp_path).unlink()
    (tmp_path / f"scripts/{NAME}.docx").write_bytes(word)
    page = screen(client)
    assert len(page.xpath("//article")) == 4
    assert not page.xpath("//button[@data-open]")
    assert said_by(client, 1, "Bà Lê Thị Hoa")[0] == 422
    before = said(tmp_path)
    assert send(client, "clean")[0] == 200
    assert (tmp_path / f"scripts/originals/{NAME}.docx").read_bytes() == word
    assert said(tmp_path) == before
    assert said_by(client, 1, "Bà Lê Thị Hoa")[0] == 200
    assert said(tmp_path)[1] == ("Bà Lê Thị Hoa", FIRST)


def test_letters_in_an_older_encoding_are_mended_in_a_clean_script(
    client: TestClient, tmp_path: Path
) -> None:
    old = SCRIPT.encode("utf-16")
    file_of(tmp_path).write_bytes(old)
    assert said_by(client, 1, "Bà Lê Thị Hoa")[0] == 422
    assert file_of(tmp_path).read_bytes() == old
    assert send(client, "clean")[0] == 200
    assert (tmp_path / f"scripts/originals/{NAME}.txt").read_bytes() == old
    assert said_by(client, 1, "Bà Lê Thị Hoa")[0] == 200


def test_words_of_a_hostile_script_stay_words(client: TestClient, tmp_path: Path) -> None:
    (tmp_path / "scripts/doc-hai.txt").write_text(HOSTILE, "utf-8")
    page = screen(client, "/programmes/doc-hai/script")
    assert [one.get("src") for one in page.xpath("//script")] == ["/files/script.js"]
    assert not page.xpath("//img | //b[@onclick] | //*[@onload] | //*[@style]")
    assert "<script>alert(1)</script>" in page.text_content()


def test_a_script_that_is_not_there_is_told(client: TestClient) -> None:
    answer = client.get("/programmes/khong-co/script")
    assert answer.status_code == 404
    assert "khong-co" in answer.text


def test_title_and_date_are_written_and_a_title_is_never_empty(
    client: TestClient, tmp_path: Path
) -> None:
    assert send(client, "mend", act="call", title="Cầu  mới", date="6/9/2025")[0] == 200
    page = screen(client)
    assert page.xpath("//h1")[0].text == "Cầu mới"
    assert page.xpath("//input[@id='date']/@value") == ["6/9/2025"]
    before = file_of(tmp_path).read_bytes()
    status, told = send(client, "mend", act="call", title=" ", date="")
    assert (status, told["told"][:26]) == (422, "A programme has a title, o")
    assert file_of(tmp_path).read_bytes() == before
