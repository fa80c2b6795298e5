"""The papers of a studio on a screen and on paper: nothing cut off, nothing runs, no fault."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from broadcast.language import Language
from broadcast.messages.rendering import renderer_for
from broadcast.model.script import TurnName
from broadcast.papers.cue_sheet import cue_sheet_html
from broadcast.papers.facts import SpokenPart, StudioFacts
from broadcast.papers.report import report_html
from browsing import OpenPage
from papers_by_hand import EVIL, facts_with
from test_accessible import WIDTHS, faults, is_too_wide

RAN = "window.ran"
WORDS = "Một câu hỏi dài về cầu mới và con đường qua làng. " * 4


def thirty_turns() -> StudioFacts:
    spoken = tuple(
        SpokenPart(TurnName("turn", n), "Chủ tịch UBND xã Trần Thị Nguyệt", WORDS, n * 9_000,
                   n * 9_000 + 8_000, "espeak vi", bool(n % 3), False, -16.0, -2.0)
        for n in range(1, 31)
    )  # fmt: skip
    return replace(facts_with("Cầu mới"), language="vi", spoken=spoken, duration_ms=300_000)


def laid_out(folder: Path, facts: StudioFacts, language: str = "vi") -> None:
    """Write both papers into a folder."""
    say = renderer_for(Language.tagged(language)).text
    for name, make in (("cue-sheet", cue_sheet_html), ("report", report_html)):
        (folder / f"{name}.html").write_text(make(facts, say, language), "utf-8")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the papers lie: they are opened from the disk."""
    folder = tmp_path_factory.mktemp("desk")
    laid_out(folder, thirty_turns())
    return f"{folder.as_uri()}/"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("paper", ["cue-sheet", "report"])
def test_a_paper_has_no_fault(
    desk: str, open_page: OpenPage, paper: str, width: int, scheme: str
) -> None:
    # Its policy forbids scripts, as it shall; what looks for faults comes in before it.
    page = open_page(
        f"{desk}{paper}.html",
        viewport={"width": width, "height": 740},
        color_scheme=scheme,
        bypass_csp=True,
    )
    assert faults(page) == []
    assert not is_too_wide(page)


def test_the_cue_sheet_of_thirty_turns_prints_on_two_pages(desk: str, open_page: OpenPage) -> None:
    page = open_page(f"{desk}cue-sheet.html")
    paper = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    assert 1 <= len(paper.pages) <= 2
    text = " ".join(" ".join(sheet.extract_text() for sheet in paper.pages).split())
    assert text.count("qua làng.") == 30
    assert text.count("Cộng") == len(paper.pages)  # the table's head comes again


@pytest.mark.parametrize("text", EVIL)
def test_nothing_that_somebody_wrote_runs(tmp_path: Path, open_page: OpenPage, text: str) -> None:
    laid_out(tmp_path, facts_with(text.replace("alert(1)", f"{RAN}=true")), "en")
    for paper in ("cue-sheet", "report"):
        page = open_page(f"{tmp_path.as_uri()}/{paper}.html", bypass_csp=True)
        assert not page.evaluate(f"Boolean({RAN})")
        shown = page.locator("h1").inner_text()
        assert " ".join(text.split()).strip("\u202e\u2066\x00\x0b ")[:6] in shown
