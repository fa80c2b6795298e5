"""The Vietnamese pages show the program's messages as it prints them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from babel.messages.pofile import read_po

from doc_pages import ROOT, rows_of, sections_of, spans_in

PAGES = sorted((ROOT / "docs" / "vi").glob("*.md"))
CATALOGUE = ROOT / "src" / "broadcast" / "messages" / "locale" / "vi" / "LC_MESSAGES"
_PRINTED = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_VALUE = re.compile(r"\{[^}]*\}")
_PLACE = re.compile(r"^(?:.*?: )?(?:lỗi|cảnh báo|lưu ý): ")


def lines_of_the_catalogue() -> Iterator[re.Pattern[str]]:
    with (CATALOGUE / "broadcast.po").open("rb") as file:
        catalogue = read_po(file)
    for entry in catalogue:
        forms = [entry.string] if isinstance(entry.string, str) else entry.string
        for line in (line for form in forms if entry.id for line in form.splitlines()):
            words = _VALUE.split(line)
            if sum(map(len, words)) >= 8:  # a message of values alone would match anything
                yield re.compile(".+".join(map(re.escape, words)))


SAID = list(lines_of_the_catalogue())


def sentences_shown() -> list[tuple[str, str]]:
    shown = [
        (page.name, line.strip())
        for page in PAGES
        for block in _PRINTED.findall(page.read_text("utf-8"))
        for line in block.splitlines()
        if line.endswith((".", "?"))
    ]
    told = rows_of(sections_of("docs/vi/README.md")["Máy nói gì"])
    return shown + [("README.md", spans_in(row[0])[0]) for row in told]


@pytest.mark.parametrize(("page", "sentence"), sentences_shown())
def test_a_sentence_that_a_page_shows_as_printed_is_in_the_catalogue(
    page: str, sentence: str
) -> None:
    words = _PLACE.sub("", sentence)
    without_stop = words.removesuffix(".")  # some get it when they are printed
    found = [one for one in SAID if one.fullmatch(words) or one.fullmatch(without_stop)]
    assert found, f"{page}: {sentence}"


def test_there_are_sentences_of_several_pages() -> None:
    assert len({page for page, _ in sentences_shown()}) >= 3
