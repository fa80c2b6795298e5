"""The name of a file in feed/ → its type, and whether pages of other sites may read it."""

from __future__ import annotations

from collections.abc import Mapping

from broadcast.feed.published import FILE_ENDINGS, FILE_TYPES, OTHER_TYPES

_TYPES: Mapping[str, str] = {
    ".xml": "application/rss+xml",
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".txt": "text/plain",
    ".md": "text/plain",
    **OTHER_TYPES,
    **{FILE_ENDINGS[kind]: type_ for kind, type_ in FILE_TYPES.items()},
}
_LONGEST_FIRST = sorted(_TYPES, key=len, reverse=True)
# Web players on other sites fetch transcripts and chapters from here (PSP-1, hosting).
_READ_FROM_OTHER_SITES = (
    ".xml",
    FILE_ENDINGS["chapters"],
    *(ending for kind, ending in FILE_ENDINGS.items() if kind.startswith("transcript")),
)


def type_of(name: str) -> str:
    """Give a file's type by the end of its name, as a host says it."""
    kind = next((_TYPES[end] for end in _LONGEST_FIRST if name.lower().endswith(end)), "")
    if not kind:
        return "application/octet-stream"
    return kind if kind.startswith(("audio/", "image/")) else f"{kind}; charset=utf-8"


def served_types() -> Mapping[str, str]:
    """Give the type of each ending that a file in feed/ may have, the longest ending first."""
    return {end: _TYPES[end] for end in _LONGEST_FIRST if end.startswith(".")}


def is_read_from_other_sites(name: str) -> bool:
    """Whether pages of other sites may read a file of that name."""
    return name.lower().endswith(_READ_FROM_OTHER_SITES)
