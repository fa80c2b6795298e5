"""What papers tell of a programme, written by hand, and what somebody may have written into it."""

from __future__ import annotations

from broadcast.messages import Message
from broadcast.model import ChapterMark, Credit, Loudness, Problem
from broadcast.model.script import TurnName
from broadcast.papers.facts import PlayedPart, SpokenPart, StudioFacts, Target

EVIL = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "]]></svg><svg onload=alert(1)>",
    "' onmouseover='alert(1)",
    "</style><script>1</script>",
    "\u202etxt.exe\u2066 \x00\x0b",
    '=HYPERLINK("http://x";"y")',
    "+1",
    "-1",
    "@SUM(1)",
)


def facts_with(text: str) -> StudioFacts:
    """A programme that has one text wherever somebody may have written one."""
    doubt = Problem(3, "warning", Message("x", "{text}", text=text), Message("y", "{t}", t=text))
    return StudioFacts(
        *(text, text, text),
        date="2025-09-06",
        language=text,
        audio=f"{text}.mp3",
        duration_ms=9_000,
        running_time_ms=None,
        spoken=(
            SpokenPart(TurnName("notice"), text, text, 0, 900, text, True, True, -16.0, -2.0),
            SpokenPart(TurnName("lead"), text, text, 1_000, 2_000, text, False, True, -16.0, -2.0),
        ),
        played=(PlayedPart("music", text, text, text, 3_000, 5_000, False),),
        chapters=(ChapterMark(0, text, text),),
        credits=(Credit(text, "author"),),
        targets=(Target("podcast", text, Loudness(-16, -1.5), -16, -1),),
        short_term_lufs=(-16.0, -70.0, -15.0),
        silences_ms=((2_000, 5_000),),
        disclosure=text,
        disclosed=True,
        doubts=((text, doubt),),
    )
