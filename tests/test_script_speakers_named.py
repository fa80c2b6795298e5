"""Who is named in a speaker's label, and what stands with the name, as far as into the feed."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from lxml import etree

from broadcast.model import Script
from broadcast.script.parse import parse
from broadcast.script.personal_names import person_and_title
from broadcast.script.read import read_text_document
from conftest import StationFolder

PODCAST = {"podcast": "https://podcastindex.org/namespace/1.0"}
SCRIPT = """\
---
title: Vỉa hè cho người đi bộ
people:
  - name: Harbour master Jane Smith
    aliases: [Jane]
    role: official
---
PV Minh Anh: Thưa ông, vỉa hè Phan Thiết năm nay ra sao?

Bí thư Thành ủy Phan Thiết Phạm Văn Nam: Vỉa hè đã thông thoáng hơn.

Báo Bình Thuận: Bến cảng có đông khách không?

Jane: Khách đến mỗi ngày một đông.

Bạn đọc: Bao giờ thì lát đá xong?

H'Hen Niê - chủ quán cà phê: Tháng tới là xong.
"""


def cases(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def split(text: str) -> Script:
    return parse(read_text_document(text, Path("a.txt")), language="vi")


@pytest.mark.parametrize(
    "case",
    [
        *cases("speakers_named.tsv"),
        *cases("speakers_named_newsroom.tsv"),
        *cases("speakers_named_villages.tsv"),
    ],
    ids=lambda case: case["label"],
)
def test_a_label_is_parted_into_the_name_and_the_title(case: dict[str, str]) -> None:
    assert person_and_title(case["label"]) == (case["person"], case["title"])


@pytest.mark.parametrize(
    ("given", "person", "title"),
    [
        ("Harbour master Jane Smith", "Jane Smith", "Harbour master"),
        ("Trụ trì chùa Linh Sơn Thích Tâm An", "Thích Tâm An", "Trụ trì chùa Linh Sơn"),
        ("Trụ trì chùa, Đại đức Thích Tâm An", "Thích Tâm An", "Trụ trì chùa, Đại đức"),
        ("Phạm Văn Nam Bí thư Thành ủy", "Phạm Văn Nam", "Bí thư Thành ủy"),
        ("Út Trà Ôn bán vé số", "Út Trà Ôn bán vé số", ""),
        ("ông sáu", "sáu", "ông"),
        ("phóng viên", "", ""),
        ("Người dân", "", ""),
        ("Đài Phan Thiết", "", ""),
    ],
)
def test_whom_a_station_names_in_its_own_way_is_somebody(
    given: str, person: str, title: str
) -> None:
    assert person_and_title(given, declared=True) == (person, title)


def test_a_speaker_keeps_the_whole_label_beside_the_name() -> None:
    assert [(one.name, one.person, one.title) for one in split(SCRIPT).speakers] == [
        ("PV Minh Anh", "Minh Anh", "Phóng viên"),
        (
            "Bí thư Thành ủy Phan Thiết Phạm Văn Nam",
            "Phạm Văn Nam",
            "Bí thư Thành ủy Phan Thiết",
        ),
        ("Harbour master Jane Smith", "Jane Smith", "Harbour master"),
        ("Bạn đọc", "", ""),
        ("H'Hen Niê - chủ quán cà phê", "H'Hen Niê", "chủ quán cà phê"),
    ]


def test_a_man_and_a_woman_who_read_in_turn_are_nobody() -> None:
    read = (
        "Cẩm nang\nNam: Rầy nâu đang nở.\n{0}: Bà con thăm đồng.\nNam: Phun khi cần.\n{0}: Hết.\n"
    )
    told = [[one.person for one in split(read.format(who)).speakers] for who in ("Nữ", "Chị Tư")]
    assert told == [["", ""], ["Nam", "Tư"]]


def people_in_feed(station: StationFolder) -> list[str | None]:
    feed = etree.fromstring((station.root / "feed" / "feed.xml").read_bytes())
    return [person.text for person in feed.iterfind(".//item/podcast:person", PODCAST)]


def test_listeners_are_told_the_personal_names_alone(station: StationFolder) -> None:
    (station.root / "scripts" / "via-he.txt").write_text(SCRIPT, "utf-8", newline="\n")
    station.run("build", "scripts/via-he.txt")
    people = station.episode("via-he")["people"]
    assert {
        "name": "Bí thư Thành ủy Phan Thiết Phạm Văn Nam",
        "role": "official",
        "person": "Phạm Văn Nam",
        "title": "Bí thư Thành ủy Phan Thiết",
    } in people
    station.run("publish", "via-he")
    assert people_in_feed(station) == ["Minh Anh", "Phạm Văn Nam", "Jane Smith", "H'Hen Niê"]

    # A draft of before has labels alone: those that name a part are nobody's name.
    draft = station.root / "episodes" / "via-he" / "episode.json"
    document = json.loads(draft.read_text("utf-8"))
    document["people"] = [{"name": who["name"], "role": who["role"]} for who in people]
    for what_is_new in ("format", "sentences", "chapters"):
        del document[what_is_new]
    draft.write_text(json.dumps(document), "utf-8")
    station.run("publish", "via-he")
    assert people_in_feed(station) == [who["name"] for who in people if who["name"] != "Bạn đọc"]
