"""One glance tells what is real, what is not yet, and what is doubtful."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from broadcast.model import Problem, Recording, Stretch
from broadcast.recordings import (
    Found,
    KnownTake,
    Part,
    Row,
    Takes,
    first_words,
    record_sheet_html,
    take_place,
    takes_document,
    totals,
    what_changed,
)
from broadcast.recordings.sheet import changed_words
from interview_turns import ASK, HOA, LAN, THANKS, TREES, TREES_2, script

TURNS = script((LAN, ASK), (HOA, TREES_2), (LAN, THANKS), lead="Mời quý vị nghe.")
OLD = KnownTake((Part("02.wav", "a"),), HOA, TREES, TURNS[2].id)
THREE = KnownTake((Part("03.wav", "b"), Part("03 tiếp.wav", "c")), LAN, THANKS, TURNS[3].id)
ASIDE = KnownTake((Part("03 nháp.wav", "d"),), LAN, THANKS, TURNS[3].id, use=False)
GONE = KnownTake((Part("05.wav", "e"),), HOA, "Chào chị.", "gone")


def recording(take: KnownTake, *, stale: bool = False) -> Recording:
    stretches = tuple(Stretch(Path(part.file), part.digest, 0, 1_000) for part in take.files)
    return Recording(stretches, take.words, stale)


ROWS = (
    Row(TURNS[0], (), None, None, 5_000, 5_000),
    Row(TURNS[1], (), None, None, 10_000, 10_000),
    Row(
        TURNS[2],
        (OLD,),
        OLD,
        recording(OLD, stale=True),
        60_000,
        69_000,
        -21.0,
        (Problem(5, "warning", "turn 2: 02.wav is clipped in 14 places"),),
    ),
    Row(TURNS[3], (ASIDE, THREE), THREE, recording(THREE), 2_000, 2_000),
)
FOUND = Found(
    recordings={row.turn.id: row.recording for row in ROWS if row.recording},
    takes=Takes((OLD, THREE, ASIDE, GONE)),
    known=Takes(),
    rows=ROWS,
    orphans=(GONE,),
    unpaired=("New Recording 4.wav",),
    problems=(),
)


def test_the_total_says_how_much_is_real() -> None:
    assert str(totals(ROWS)) == "2 of 4 turns real, 83 % of airtime"
    assert str(totals(())) == "0 of 0 turns real, 0 % of airtime"


def test_a_rows_words_and_take() -> None:
    assert first_words(TREES) == "Năm qua phường đã trồng hơn hai nghìn…"
    assert first_words(THANKS) == THANKS
    assert [take_place(row) for row in ROWS] == ["", "", "1 of 1", "2 of 2"]
    assert [what_changed(row) for row in ROWS] == ["", "", "hai → ba", ""]


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ("Năm qua, phường đã trồng", "năm qua phường đã TRỒNG!", ""),
        ("trồng hai nghìn cây", "trồng ba trăm cây", "hai nghìn → ba trăm"),
        ("trồng cây dừa", "trồng thêm cây", "+ thêm; − dừa"),
        ("", "Vâng.", "+ Vâng."),
    ],
)
def test_changes_are_said_word_by_word(before: str, after: str, changes: str) -> None:
    assert changed_words(before, after) == changes


def test_the_document_is_what_the_contract_says() -> None:
    document = json.loads(json.dumps(takes_document(FOUND)))
    assert [turn["kind"] for turn in document["turns"]] == [
        "synthetic",
        "synthetic",
        "recorded",
        "recorded",
    ]
    needed = {"n", "id", "speaker", "kind", "stale", "file", "takes", "doubts"}
    assert all(needed <= turn.keys() for turn in document["turns"])
    lead, _, second, third = document["turns"]
    assert (lead["n"], lead["file"], lead["takes"]) == (None, None, [])
    assert (second["stale"], second["file"]) == (True, "02.wav")
    assert second["doubts"] == ["turn 2: 02.wav is clipped in 14 places"]
    assert third["file"] == "03.wav + 03 tiếp.wav"
    assert [take["used"] for take in third["takes"]] == [False, True]
    assert [orphan["file"] for orphan in document["orphans"]] == ["05.wav"]


class _Page(HTMLParser):
    """The text under each kind of element, and every address in the page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.language = ""
        self.texts: dict[str, list[str]] = {}
        self.addresses: list[str] = []
        self._open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._open.append(f"{tag}.{given['class']}" if given.get("class") else tag)
        self.language = given.get("lang") or self.language
        self.addresses += [str(given[name]) for name in ("src", "href") if name in given]

    def handle_data(self, data: str) -> None:
        if data.strip() and self._open:
            self.texts.setdefault(self._open[-1], []).append(data.strip())

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop().split(".")[0] != tag:
            pass


def test_the_studios_page_has_what_is_left_by_speaker_and_nothing_from_elsewhere() -> None:
    page = _Page(record_sheet_html("Bãi biển <sạch>", ROWS, language="vi"))
    assert page.language == "vi"
    assert page.texts["h1"] == ["Phiếu thu âm: Bãi biển <sạch>"]
    assert page.texts["h2"] == [LAN, HOA]
    assert page.texts["h3"] == ["Lời dẫn", "Lượt 1", "Lượt 2"]
    assert page.texts["p.words"] == ["Mời quý vị nghe.", ASK, TREES_2]
    assert page.texts["p"] == ["Còn 3 trên 4 lượt lời phải thu, khoảng 1:15"]
    assert page.texts["p.again"] == ["Đã thu, nhưng lời đã sửa: hai → ba"]
    assert page.texts["b"] == ["lead", "01", "02"]
    assert page.addresses == []


def test_the_page_is_english_for_other_languages_and_says_when_nothing_is_left() -> None:
    page = _Page(record_sheet_html("A market", ROWS[1:], language="en-GB"))
    assert page.texts["h3"] == ["Turn 1", "Turn 2"]
    assert page.texts["p"] == ["2 of 3 turns still to record, about 1:10"]
    done = _Page(record_sheet_html("A market", ROWS[3:], language="en-GB"))
    assert done.texts["p"] == ["Nothing is left to record: every turn has a real voice."]
    assert "h3" not in done.texts
