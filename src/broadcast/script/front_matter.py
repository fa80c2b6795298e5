"""The head of a script between two --- lines, turned into what it says about the episode."""

from __future__ import annotations

import re

from broadcast.messages import Message
from broadcast.model import FrontMatter, Line, Problem

_FENCE = re.compile(r"---\s*")
_END = re.compile(r"(?:---|\.\.\.)\s*")


def split_front_matter(
    lines: tuple[Line, ...],
) -> tuple[FrontMatter, tuple[Line, ...], tuple[Problem, ...]]:
    """Part the front matter from the script's lines, which keep their numbers.

    YAML is read as plain text values: no tags, aliases or objects. What cannot be used is named in
    the problems with its line; the rest is used.
    """
    start = next((at for at, line in enumerate(lines) if line.text.strip()), None)
    if start is None or not _FENCE.fullmatch(lines[start].text):
        return FrontMatter(), lines, ()
    end = next((at for at in range(start + 1, len(lines)) if _END.fullmatch(lines[at].text)), None)
    if end is None:
        if start + 1 < len(lines) and re.match(r"[a-z]+\s*:", lines[start + 1].text):
            problem = Problem(
                lines[start].number,
                "error",
                Message("front.no-end", "the front matter that begins here has no end"),
                Message("front.no-end.hint", "Put a line with --- after it."),
            )
            return FrontMatter(), lines, (problem,)
        return FrontMatter(), lines, ()
    # YAML is slow to import, and most scripts have no front matter.
    from broadcast.script.front_values import FrontMatterReader

    reading = FrontMatterReader(first=lines[start].number + 1)
    text = "\n".join(line.text for line in lines[start + 1 : end])
    front = reading.front_matter(text)
    return front, lines[end + 1 :], tuple(reading.problems)
