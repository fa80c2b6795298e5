"""The script screen: the text beside what is understood, and what is mended is in the file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from starlette.testclient import TestClient

from broadcast.errors import UsageError
from broadcast.model import Script
from broadcast.production.desk.check_script import check
from broadcast.production.desk.mend_script import mend, written_script
from broadcast.production.desk.read_script import script_of
from broadcast.production.desk.read_station import station_of
from broadcast.script.mending_head import ReadAs
from broadcast.script.mending_lines import LeftOut
from broadcast.script.mending_turns import Joined, SaidBy
from broadcast.script.written_text import ScriptPlace
from broadcast.studio.quiet import Quiet
from broadcast.studio.understood import Understanding
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


def send(client: TestClient, what: str, **fields: str) -> tuple[int, dict[str, Any]]:
    body = json.dumps({"seen": seen(client), **fields})
    answer = client.post(f"/programmes/{NAME}/{what}", content=body, headers=OWN_PAGE)
    return answer.status_code, answer.json()


def said_by(client: TestClient, turn: int, who: str, **fields: str) -> tuple[int, dict[str, Any]]:
    place = {"turn": str(turn), "paragraph": "0", "words": "0", **fields}
    return send(client, "mend", act="said-by", name=who, **place)


def said(folder: Path) -> list[tuple[str, str]]:
    workspace = Workspace(folder)
    (file,) = [one for one in workspace.scripts.iterdir() if one.is_file()]
    return [(turn.speaker, turn.text) for turn in script_of(station_of(workspace), file).turns]


def test_each_turn_stands_beside_its_lines_in_its_speaker_s_colour(client: TestClient) -> None:
    page = screen(client)
    rows = [row for row in page.xpath("//ol[@id='rows']/li") if row.xpath(".//article")]
    assert len(rows) == 4
    assert f"{ASKER}: {ASK}" in rows[0].text_content()
    assert [row.xpath(".//h3")[0].text for row in rows] == [ASKER, LAM, ASKER, LAM]
    colours = [row.xpath(".//article/@class")[0].split()[-1] for row in rows]
    assert colours == ["who-1", "who-2", "who-1", "who-2"]


def test_what_is_said_otherwise_than_written_has_its_reading(
    client: TestClient, tmp_path: Path
) -> None:
    file_of(tmp_path).write_text(SCRIPT.replace("một tháng", "30 ngày"), "utf-8")
    (reading,) = screen(client).xpath("//button[@data-read]")
    assert (reading.get("data-read"), reading.get("data-said")) == ("30", "ba mươi")


def test_a_line_that_is_left_out_says_why_and_can_be_kept(
    client: TestClient, tmp_path: Path
) -> None:
    file_of(tmp_path).write_text(SCRIPT + "\nẢnh: Minh Hải\n", "utf-8")
    (at,) = screen(client).xpath("//button[@data-act='keep']/@data-at")
    assert at == "0"
    assert send(client, "mend", act="keep", line="11")[0] == 200
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
        {"act": "said-by", "turn": "x", "paragraph": "0", "words": "0", "name": LAM},
        {"act": "said-by", "turn": "0", "paragraph": "0", "words": "0"},
        {"act": "said-by", "turn": "0", "paragraph": "0", "words": "0", "name": "  "},
        {"act": "said-by", "turn": "0", "paragraph": "0", "words": "0", "name": "a: b"},
        {"act": "said-by", "turn": "0", "paragraph": "0", "words": "0", "name": "x" * 201},
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


def test_a_word_file_is_mended_in_a_clean_script_beside_and_kept(
    client: TestClient, tmp_path: Path
) -> None:
    word = word_file("".join(paragraph(run(line)) for line in SCRIPT.split("\n")))
    file_of(tmp_path).unlink()
    (tmp_path / f"scripts/{NAME}.docx").write_bytes(word)
    assert len(screen(client).xpath("//article")) == 4
    before = said(tmp_path)
    assert said_by(client, 1, "Bà Lê Thị Hoa")[0] == 200
    assert (tmp_path / f"scripts/originals/{NAME}.docx").read_bytes() == word
    assert sorted(one.name for one in (tmp_path / "scripts").iterdir()) == [
        f"{NAME}.txt",
        "originals",
    ]
    assert said(tmp_path) == [before[0], ("Bà Lê Thị Hoa", FIRST), *before[2:]]


def test_a_line_left_out_of_a_word_file_is_told_to_be_written_by_hand(
    client: TestClient, tmp_path: Path
) -> None:
    lines = f"{SCRIPT}\nẢnh: Minh Hải".split("\n")
    word = word_file("".join(paragraph(run(line)) for line in lines))
    file_of(tmp_path).unlink()
    (tmp_path / f"scripts/{NAME}.docx").write_bytes(word)
    (at,) = screen(client).xpath("//button[@data-act='keep']/@data-at")
    assert send(client, "mend", act="keep", line=at)[0] == 422
    assert (tmp_path / f"scripts/{NAME}.docx").read_bytes() == word


def test_letters_in_an_older_encoding_are_mended_in_a_clean_script(
    client: TestClient, tmp_path: Path
) -> None:
    old = SCRIPT.encode("utf-16")
    file_of(tmp_path).write_bytes(old)
    assert said_by(client, 1, "Bà Lê Thị Hoa")[0] == 200
    assert (tmp_path / f"scripts/originals/{NAME}.txt").read_bytes() == old
    assert said(tmp_path)[1] == ("Bà Lê Thị Hoa", FIRST)


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


def rows(client: TestClient, **given: str) -> dict[str, Any]:
    answer = client.post(f"/programmes/{NAME}/rows", content=json.dumps(given), headers=OWN_PAGE)
    assert answer.status_code == 200
    return dict(answer.json())


def keys_of(given: dict[str, Any]) -> list[str]:
    return [row["key"] for row in given["rows"]]


def test_a_page_is_sent_the_rows_alone_that_it_does_not_have(client: TestClient) -> None:
    everything = rows(client)
    assert [row["lines"] for row in everything["rows"] if row["turn"] is not None] == [
        [3],
        [5],
        [7],
        [9],
    ]
    assert everything["new"].keys() == {*keys_of(everything)}
    assert rows(client, has=" ".join(keys_of(everything)))["new"] == {}
    has = " ".join(keys_of(everything))
    place = {"turn": "3", "paragraph": "0", "words": "0"}
    status, given = send(client, "mend", act="said-by", name="Bà Hoa", **place, has=has)
    assert status == 200
    (new,) = given["new"].values()
    assert "Bà Hoa" in new
    assert keys_of(given)[:-1] == keys_of(everything)[:-1]


def test_a_line_that_comes_in_above_changes_numbers_and_no_row(
    client: TestClient, tmp_path: Path
) -> None:
    before = rows(client)
    file_of(tmp_path).write_text(SCRIPT.replace("\n\n", "\n\n\n\n", 1), "utf-8")
    after = rows(client, has=" ".join(keys_of(before)))
    assert after["new"] == {}
    assert [row["lines"] for row in after["rows"]] != [row["lines"] for row in before["rows"]]


def test_what_a_page_shows_after_a_change_is_what_check_gives(
    client: TestClient, tmp_path: Path
) -> None:
    workspace = Workspace(tmp_path)
    understanding = Understanding(workspace)
    text = file_of(tmp_path).read_text("utf-8").replace("một tháng", "30 ngày, UBND báo,")
    file_of(tmp_path).write_text(text, "utf-8")
    for change in (
        SaidBy(ScriptPlace(1), "Bà Lê Thị Hoa"),
        ReadAs("30", "ba chục"),
        Joined(ScriptPlace(2)),
        LeftOut(ScriptPlace(1)),
    ):
        seen = written_script(workspace, NAME).seen
        new = mend(
            workspace, NAME, change, seen, Quiet(), lambda file: understanding.of(file).script
        )
        understanding.take(new)
        assert understanding.of(file_of(tmp_path)) == check(
            workspace, file_of(tmp_path), readings=True
        )


def test_a_reading_is_written_for_this_script_or_for_the_station(
    client: TestClient, tmp_path: Path
) -> None:
    text = SCRIPT.replace("một tháng", "30 ngày")
    file_of(tmp_path).write_text(text, "utf-8")

    def said_for_30() -> str:
        (found,) = screen(client).xpath("//button[@data-read='30']/@data-said")
        return str(found)

    reading = {"act": "read", "name": "30"}
    assert send(client, "mend", **reading, other="ba chục", where="station")[0] == 200
    assert "30\tba chục" in (tmp_path / "lexicon.tsv").read_text("utf-8")
    assert file_of(tmp_path).read_text("utf-8") == text
    assert said_for_30() == "ba chục"
    assert send(client, "mend", **reading, other="ba mươi tròn", where="script")[0] == 200
    assert file_of(tmp_path).read_text("utf-8").endswith(text)
    assert said_for_30() == "ba mươi tròn"
    assert send(client, "mend", **reading, other="", where="script")[0] == 200
    assert said_for_30() == "ba chục"


def test_each_problem_has_its_remedy_at_its_line(client: TestClient, tmp_path: Path) -> None:
    text = SCRIPT.replace("Nhanh hơn", "Nhanh hơn QZX") + "\nTổ dân phố: Bà con đều mừng.\n"
    file_of(tmp_path).write_text(text, "utf-8")
    page = screen(client)
    for note in page.xpath("//div[@data-problem]"):
        assert note.xpath(".//button[@data-remedy]"), note.text_content()
    lone = page.xpath("//button[@data-act='as-words']")
    if lone:
        row = lone[0].xpath("ancestor::li[div[@class]]")[0]
        assert "Tổ dân phố" in row.text_content()


def test_a_script_changed_while_its_change_was_tried_is_left_alone(
    tmp_path: Path,
) -> None:
    workspace = small_station(tmp_path)
    others = SCRIPT + "\nPhóng viên: Xin cảm ơn ông.\n"

    def read_slowly(file: Path) -> Script:
        script = script_of(station_of(workspace), file)
        file.write_text(others, "utf-8")
        return script

    seen_before = written_script(workspace, NAME).seen
    with pytest.raises(UsageError) as told:
        mend(workspace, NAME, SaidBy(ScriptPlace(1), "Bà Hoa"), seen_before, Quiet(), read_slowly)
    assert told.value.message.code == "mend.changed-elsewhere"
    assert file_of(tmp_path).read_text("utf-8") == others


UNLABELLED = """\
Cầu mới qua sông

Thưa ông, bao giờ cầu thông xe?

Cầu thông xe đúng ngày lễ, thưa chị.

Còn đường vào cầu thì sao, thưa ông?

Đường cũng xong cùng lúc. Bà con đi lại dễ hơn nhiều.
"""


def test_what_cannot_be_changed_alone_is_changed_in_a_script_written_anew(
    client: TestClient, tmp_path: Path
) -> None:
    file_of(tmp_path).write_text(UNLABELLED, "utf-8")
    before = said(tmp_path)
    status, told = said_by(client, 2, "Bà Hoa")
    assert (status, told["code"]) == (422, "mend.not-alone")
    assert file_of(tmp_path).read_text("utf-8") == UNLABELLED
    assert said_by(client, 2, "Bà Hoa", anew="yes")[0] == 200
    assert said(tmp_path) == [*before[:2], ("Bà Hoa", before[2][1]), before[3]]
    assert (tmp_path / f"scripts/originals/{NAME}.txt").read_text("utf-8") == UNLABELLED
    assert send(client, "undo")[0] == 200
    assert file_of(tmp_path).read_text("utf-8") == UNLABELLED
