"""A long recording laid along its script → a page to listen to each cut, two seconds either side.

It plays the recording itself from where it lies: nothing is copied, and it is for this computer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape
from pathlib import Path

from broadcast.align.heard_script import HeardScript
from broadcast.messages import Message
from broadcast.messages.rendering import clock
from broadcast.model import Turn
from broadcast.model.naming import short_name
from broadcast.production.booth.borders import cuts_of

_AROUND_MS = 2_000
_WORDS = 10
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:50rem;margin:1rem auto;padding:0 1rem;"
    "color-scheme:light dark}audio{width:100%}h2{margin:1.5rem 0 0;font-size:1.1rem}"
    "p{margin:.2rem 0}section{border-left:.3rem solid #2a7;padding-left:.8rem}"
    "section.unsure{border-color:#c60}"
)


def cut_page(
    turns: Sequence[Turn],
    script: HeardScript,
    place: Callable[[int], tuple[Path, int]],
    status: Callable[[int], Message],
    told: Callable[[Message], str],
) -> str:
    """Give the page; ``place`` tells of a moment in which file it lies and where in that.

    ``status`` says how a turn is heard, ``told`` puts a message into the user's language.
    """
    return "\n".join(_lines(turns, script, place, status, told)) + "\n"


def _lines(
    turns: Sequence[Turn],
    script: HeardScript,
    place: Callable[[int], tuple[Path, int]],
    status: Callable[[int], Message],
    told: Callable[[Message], str],
) -> Iterator[str]:
    title = escape(told(Message("cuts.title", "Where the turns are cut")))
    yield f'<!doctype html>\n<html><meta charset="utf-8"><title>{title}</title>'
    yield '<meta name="viewport" content="width=device-width">'
    yield f"<style>{_STYLE}</style><h1>{title}</h1>"
    yield f"<p>{escape(told(_HOW))}</p>"
    for at, (turn, heard) in enumerate(zip(turns, script.turns, strict=True)):
        words = turn.text.split()
        yield f'<section class="{"sure" if heard.is_sure else "unsure"}">'
        yield f"<h2>{escape(told(short_name(turn.name)))}. {escape(turn.speaker)}: "
        yield f"{escape(told(status(at)))}</h2>"
        for cut in cuts_of(turn, heard, script):
            for moment, said in (
                (cut.begin_ms, f"▸ {' '.join(words[:_WORDS])} …"),
                (cut.end_ms, f"… {' '.join(words[-_WORDS:])} ◂"),
            ):
                file, inside_ms = place(moment)
                begin, end = max(0, inside_ms - _AROUND_MS), inside_ms + _AROUND_MS
                source = f"{file.resolve().as_uri()}#t={begin / 1000:.3f},{end / 1000:.3f}"
                yield f"<p>{clock(moment)} {escape(said)}</p>"
                yield f'<audio controls preload="none" src="{escape(source)}"></audio>'
        yield "</section>"
    yield "</html>"


_HOW = Message(
    "cuts.how",
    "Each sound begins two seconds before a cut and ends two seconds after it. If a cut is wrong, "
    "change it in the file of borders, and use that.",
)
