"""The README and the pages of docs/ as text: sections, tables, code and links."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = [
    *(ROOT / name for name in ("README.md", "README.vi.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def text_of(page: str) -> str:
    """Give a page's text by its place in the repository."""
    return (ROOT / page).read_text("utf-8")


def headings_in(text: str) -> list[str]:
    """Give the headings of a page, in order."""
    return _HEADING.findall(_FENCE.sub("", text))


def sections_of(page: str) -> dict[str, str]:
    """Give what stands under each heading of a page, up to the next heading."""
    _, *parts = _HEADING.split(text_of(page))
    return {heading: body.strip() for heading, body in zip(parts[::2], parts[1::2], strict=True)}


def rows_of(section: str) -> list[list[str]]:
    """Give the cells of each row of a section's table, without its head."""
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def blocks_of(text: str) -> list[str]:
    """Give a page's blocks of code, indented or fenced."""
    fenced = [block.partition("\n")[2].rpartition("\n")[0] for block in _FENCE.findall(text)]
    indented = re.findall(r"(?:^ {4,}\S.*\n)+", _FENCE.sub("", text), re.MULTILINE)
    return fenced + [re.sub(r"^ +", "", block, flags=re.MULTILINE) for block in indented]


def spans_in(text: str) -> list[str]:
    """Give a page's code within sentences and tables, each on one line."""
    prose = re.sub(r"^ {4,}\S.*$", "", _FENCE.sub("", text), flags=re.MULTILINE)
    return [" ".join(span.split()) for span in re.findall(r"`([^`]+)`", prose)]


def links_in(text: str) -> list[tuple[str, str]]:
    """Give where a page leads to within the repository: a file, and a place in it."""
    links = re.findall(r"\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]*))?\)", _FENCE.sub("", text))
    return [(file, place) for file, place in links]


def anchor_of(heading: str) -> str:
    """Give the name by which links find a heading, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
