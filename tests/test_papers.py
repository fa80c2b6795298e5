"""The papers of a studio, read by independent readers and held to episode.json."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from lxml import etree
from lxml import html as lxml_html
from mutagen.id3 import TIT2, TPE1
from mutagen.wave import WAVE

from broadcast.messages.rendering import ENGLISH
from broadcast.model import Loudness
from broadcast.papers.cue_sheet import cue_sheet_csv, cue_sheet_html
from broadcast.papers.drawn_timeline import DrawnTimeline, read_timeline
from broadcast.papers.facts import Target
from broadcast.papers.report import report_html
from broadcast.papers.timeline import timeline_file, timeline_svg
from broadcast.production.public.rename import rename
from papers_by_hand import EVIL, facts_with
from productions_by_hand import (
    AGAIN,
    FIRST,
    LAM,
    MORNING,
    NAME,
    Production,
    openings,
    production_in,
    write,
)

SVG = "{http://www.w3.org/2000/svg}"
RATE_HZ = 48_000
LEAD = "Cầu mới nối hai bờ sông Vân đã xong, phóng viên có cuộc trao đổi sau."
SCRIPT = f"""\
Cầu mới qua sông Vân

{LEAD}

Phóng viên: Thưa ông, bao giờ cầu thông xe?

{LAM}: {FIRST}

[nhạc: music/cau.wav 0:01-0:03]

Phóng viên: {AGAIN}

{LAM}: Mời bà con đến dự lễ khánh thành.

[tiếng động: chợ sớm]

Thực hiện: An Nhiên. Kỹ thuật: Lê Tùng
"""


def tune(file: Path, seconds: float = 4.0) -> Path:
    """A chord whose file says what it is called."""
    file.parent.mkdir(exist_ok=True)
    times = np.arange(round(RATE_HZ * seconds)) / RATE_HZ
    soundfile.write(file, 0.2 * sum(np.sin(2 * np.pi * hz * times) for hz in (220, 277)), RATE_HZ)
    tagged = WAVE(file)
    tagged.add_tags()
    tagged.tags.add(TIT2(encoding=3, text="Quê hương"))
    tagged.tags.add(TPE1(encoding=3, text="Đoàn ca kịch"))
    tagged.save()
    return file


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    """A programme of synthetic and real voices with music, a stale take and a doubt."""
    with production_in(tmp_path_factory.mktemp("papers")) as made:
        tune(made.root / "music" / "cau.wav")
        made.write(SCRIPT)
        made.record("02.wav", FIRST)
        made.build()
        made.write(SCRIPT.replace("đúng ngày lễ", "đúng ngày Quốc khánh"))
        made.build(running_time_ms=60_000)
        yield made


def paper(station: Production, file: str) -> str:
    return (station.workspace.draft(NAME) / file).read_text("utf-8")


def rows(station: Production) -> list[dict[str, str]]:
    data = (station.workspace.draft(NAME) / "cue-sheet.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(data.decode("utf-8-sig").splitlines()))


def tables(page: str) -> list[list[list[str]]]:
    document = lxml_html.document_fromstring(page)
    return [
        [["".join(cell.itertext()) for cell in row] for row in table.iter("tr")]
        for table in document.iter("table")
    ]


def test_the_table_has_every_turn_as_episode_json_has_it(station: Production) -> None:
    turns = station.episode()["turns"]
    spoken = [row for row in rows(station) if not row["Tệp"]]
    assert [(int(row["Bắt đầu (ms)"]), int(row["Thời lượng (ms)"])) for row in spoken] == [
        (turn["start_ms"], turn["end_ms"] - turn["start_ms"]) for turn in turns
    ]
    assert [row["Phần"] for row in spoken if row["Phần"].isdecimal()] == ["1", "2", "3", "4"]
    kinds = {"synthetic": "giọng tổng hợp", "recorded": "giọng thật"}
    assert [row["Giọng"] for row in spoken] == [kinds[turn["take"]["kind"]] for turn in turns]
    for row, turn in zip(spoken, turns, strict=True):
        begin, end = row["Lời đầu"].removesuffix(" …"), row["Lời cuối"].removeprefix("… ")
        words = FIRST if turn["take"]["stale"] else turn["text"]
        assert words.startswith(begin)
        assert words.endswith(end)
        assert begin and end
        assert row["Độ to"] == ("" if turn["lufs"] is None else str(turn["lufs"]))
    assert {row["Chương trình"] for row in spoken} == {"Tiếng nói Vân Hải"}
    assert {row["Ngày"] for row in spoken} == {"2025-09-06"}


def test_music_is_told_with_title_artist_and_seconds(station: Production) -> None:
    (music,) = [row for row in rows(station) if row["Tệp"]]
    assert (music["Tên bản nhạc"], music["Tác giả, người biểu diễn"]) == (
        "Quê hương",
        "Đoàn ca kịch",
    )
    assert (music["Tệp"], music["Số giây"]) == ("music/cau.wav", "2")
    _, of_music = tables(paper(station, "cue-sheet.html"))
    assert of_music[1][:3] == ["Quê hương", "Đoàn ca kịch", "music/cau.wav"]


def test_the_sheet_tells_show_day_lead_length_loudness_and_credits(station: Production) -> None:
    document = lxml_html.document_fromstring(paper(station, "cue-sheet.html"))
    facts = dict(
        zip(
            [one.text_content() for one in document.iter("dt")],
            [one.text_content() for one in document.iter("dd")],
            strict=True,
        )
    )
    record = station.episode()
    measured = record["loudness"]["podcast"]
    assert facts["Chương trình"] == "Tiếng nói Vân Hải"
    assert facts["Ngày"] == "6 tháng 9, 2025"
    assert f"{measured['integrated_lufs']:.1f}".replace(".", ",") in facts["Độ to"]
    assert facts["Độ to"].endswith("đạt" if measured["passes"] else "KHÔNG ĐẠT")
    assert facts["Nhóm thực hiện"] == "Thực hiện: An Nhiên · Kỹ thuật: Lê Tùng"
    missing_s = round((60_000 - record["duration_ms"]) / 1000)
    assert f"ngắn hơn thời lượng đã định 1:00 là {missing_s} giây" in facts["Thời lượng"]
    assert LEAD in document.find_class("cue")[0].text_content()


def test_the_timeline_has_each_part_where_episode_json_has_it(station: Production) -> None:
    drawn = etree.fromstring(paper(station, "timeline.svg").encode())
    record = station.episode()
    bars = [bar for bar in drawn.iter(f"{SVG}rect") if bar.find(f"{SVG}title") is not None]
    assert len(bars) == len(record["turns"]) + 1
    fills = {"synthetic": "url(#tl-hatched)", "recorded": "currentColor"}
    scale = (985 - 200) / record["duration_ms"]
    wanted = [
        (
            200 + turn["start_ms"] * scale,
            (turn["end_ms"] - turn["start_ms"]) * scale,
            fills[turn["take"]["kind"]],
        )
        for turn in record["turns"]
    ]
    found = sorted(
        (float(bar.get("x")), float(bar.get("width")), bar.get("fill"))
        for bar in bars
        if bar.get("fill") != "url(#tl-dotted)"
    )
    for (x, width, fill), (at, wide, kind) in zip(found, wanted, strict=True):
        assert (x, width, fill) == (pytest.approx(at, abs=0.1), pytest.approx(wide, abs=0.1), kind)
    assert drawn.get("role") == "img"
    named = {one.get("id"): one.text for one in drawn if one.get("id")}
    assert drawn.get("aria-labelledby").split() == list(named)
    assert LAM in named["tl-desc"]
    for chapter in record["chapters"]:
        assert chapter["title"] in named["tl-desc"]


def test_the_loudness_that_is_drawn_is_that_of_the_programme(station: Production) -> None:
    drawn = etree.fromstring(paper(station, "timeline.svg").encode())
    (line,) = drawn.iter(f"{SVG}polyline")
    heights = [float(point.split(",")[1]) for point in line.get("points").split()]
    (target,) = [p for p in drawn.iter(f"{SVG}path") if p.get("stroke-dasharray")]
    wanted = float(re.search(r" ([\d.]+)H", target.get("d"))[1])  # type: ignore[index]
    assert abs(float(np.median(heights)) - wanted) < 8  # 4 LU of 40 on 80 px


@pytest.mark.parametrize("text", ["Cầu mới", *EVIL])
def test_music_and_loudness_are_read_out_of_the_drawing_as_they_were_drawn(text: str) -> None:
    facts = facts_with(text)
    drawn = read_timeline(timeline_file(facts, ENGLISH.text, "en"), facts.duration_ms)
    (played,) = drawn.played_ms
    assert played == pytest.approx((3_000, 5_000), abs=10)
    moments, levels = zip(*drawn.loudness, strict=True)
    assert moments == pytest.approx((1_500, 2_500, 3_500), abs=10)
    assert levels == pytest.approx((-16.0, -45.0, -15.0), abs=0.1)


@pytest.mark.parametrize("text", ["", "no drawing", "<rect/>" * 3, '<polyline points="1,2 x"/>'])
def test_of_what_is_no_drawing_of_ours_nothing_is_read(text: str) -> None:
    assert read_timeline(text, 9_000) == DrawnTimeline()


def test_the_report_leads_to_the_second_and_tells_verdicts_doubts_and_stale_takes(
    station: Production,
) -> None:
    page, record = paper(station, "report.html"), station.episode()
    document = lxml_html.document_fromstring(page)
    links = [link.get("href") for link in document.iter("a")]
    for turn in record["turns"]:
        assert f"{NAME}.mp3#t={turn['start_ms'] / 1000:g}" in links
    assert all((station.workspace.draft(NAME) / link.split("#")[0]).is_file() for link in links)
    figures, parts = tables(page)
    measured = record["loudness"]["podcast"]
    loud = abs(measured["integrated_lufs"] - measured["target_lufs"]) <= 0.2
    assert [row[3] for row in figures[1:]] == ["đạt" if loud else "KHÔNG ĐẠT", "đạt"]
    assert len(parts) == 1 + len(record["turns"]) + 1
    text = document.text_content()
    assert "chợ sớm" in text
    assert record["disclosure"] in text
    assert any(turn["take"]["stale"] for turn in record["turns"])
    assert "02.wav" in text


def test_a_build_of_what_has_not_changed_reads_no_paper_and_no_music(
    station: Production, tmp_path: Path
) -> None:
    copied = station.copied_to(tmp_path / "station")
    copied.settle()
    copied.build()
    with openings() as opened:
        assert not copied.build().reasons
    assert not {"cue-sheet.html", "cue-sheet.csv", "timeline.svg", "report.html"} & opened.keys()


def test_a_doubt_that_comes_is_in_the_report(station: Production, tmp_path: Path) -> None:
    copied = station.copied_to(tmp_path / "station")
    text = copied.script().read_text("utf-8")
    write(copied.script(), text.replace("chợ sớm", "bến đò"))
    assert copied.build().reasons
    assert "bến đò" in paper(copied, "report.html")


def test_a_renamed_programme_has_a_report_that_leads_to_its_sound(
    station: Production, tmp_path: Path
) -> None:
    copied = station.copied_to(tmp_path / "station")
    rename(copied.workspace, NAME, "cue", MORNING, copied.reporter)
    assert copied.draft("cue").is_whole()
    folder = copied.workspace.draft("cue")
    links = re.findall(r'href="([^"#]+)#t=', (folder / "report.html").read_text("utf-8"))
    assert set(links) == {"cue.mp3"}
    assert (folder / "cue-sheet.html").is_file()


def shape(root: Any) -> list[tuple[str, list[str]]]:
    """The elements of a document and their attributes' names, whatever its texts are."""
    return [(str(one.tag), list(one.attrib)) for one in root.iter()]


@pytest.mark.parametrize("text", EVIL)
def test_what_anybody_wrote_comes_out_as_text(text: str) -> None:
    say, harmless = ENGLISH.text, facts_with("thường")
    for make in (cue_sheet_html, report_html):
        page = make(facts_with(text), say, "en")
        assert shape(lxml_html.document_fromstring(page)) == shape(
            lxml_html.document_fromstring(make(harmless, say, "en"))
        )
        assert "default-src 'none'" in page
    for draw in (timeline_file, timeline_svg):
        drawn = etree.fromstring(draw(facts_with(text), say, "en").encode())
        assert shape(drawn) == shape(etree.fromstring(draw(harmless, say, "en").encode()))
    table = cue_sheet_csv(facts_with(text), say)
    for row in csv.reader(table.removeprefix("\ufeff").splitlines()):
        assert len(row) == 18
        assert not [one for one in row if one.startswith(("=", "@", "+", "\t"))]
        assert not [one for one in row if one.startswith("-") and one != "-16.0"]
    every = (page, table, *(draw(facts_with(text), say, "en") for draw in (timeline_file,)))
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\x0b]", "".join(every))


def test_what_fails_is_told_in_words(station: Production) -> None:
    loud = Target("podcast", "a.mp3", Loudness(-14.0, -0.2), -16, -1)
    page = report_html(replace(facts_with("a"), targets=(loud,)), ENGLISH.text, "en")
    figures, _ = tables(page)
    assert [row[3] for row in figures[1:]] == ["FAIL", "FAIL"]
    hushed = replace(facts_with("a"), disclosed=False)
    assert "disclosure is off" in report_html(hushed, ENGLISH.text, "en")
