"""The turns that are still to be recorded → one printable page for the studio."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from broadcast.recordings.find import Row
from broadcast.recordings.sheet import totals, what_changed


class _Words(NamedTuple):
    heading: str
    total: str
    nothing: str
    turn: str
    lead: str
    byline: str
    about: str
    save_as: str
    again: str


_VIETNAMESE = _Words(
    heading="Phiếu thu âm",
    total="Còn {left} trên {all} lượt lời phải thu, khoảng {length}",
    nothing="Không còn gì phải thu: mọi lượt lời đều đã có giọng thật.",
    turn="Lượt {n}",
    lead="Lời dẫn",
    byline="Lời kết",
    about="khoảng {length}",
    save_as="đặt tên tệp bắt đầu bằng <b>{name}</b>",
    again="Đã thu, nhưng lời đã sửa: {changes}",
)
_ENGLISH = _Words(
    heading="Record sheet",
    total="{left} of {all} turns still to record, about {length}",
    nothing="Nothing is left to record: every turn has a real voice.",
    turn="Turn {n}",
    lead="Lead",
    byline="Byline",
    about="about {length}",
    save_as="begin the file’s name with <b>{name}</b>",
    again="Recorded, but the words have changed: {changes}",
)

_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{heading}: {title}</title>
<style>
body {{ font: 1rem/1.4 system-ui, sans-serif; margin: 2rem auto; max-width: 48rem;
  padding: 0 1rem; color: #111; background: #fff; }}
h1 {{ margin: 0; font-size: 1.6rem; }}
h2 {{ margin: 2.5rem 0 0; border-bottom: 3px solid; font-size: 1.5rem; }}
article {{ margin: 1.5rem 0; break-inside: avoid-page; }}
header p, .about {{ margin: 0; color: #444; }}
h3 {{ display: inline; font-size: 1.2rem; }}
.box {{ display: inline-block; width: 1em; height: 1em; border: 2px solid; margin-right: .5em;
  vertical-align: -.15em; }}
.words {{ font-size: 1.6rem; line-height: 1.6; margin: .5rem 0; orphans: 3; widows: 3; }}
.again {{ border-left: 4px solid; padding-left: .6em; margin: .4rem 0; }}
@media print {{ body {{ margin: 0; max-width: none; padding: 0; }} @page {{ margin: 18mm; }} }}
</style>
</head>
<body>
<header>
<h1>{heading}: {title}</h1>
<p>{total}</p>
</header>
<main>
{body}
</main>
</body>
</html>
"""


def record_sheet_html(title: str, rows: Sequence[Row], *, language: str) -> str:
    """Give a page with every turn that has no recording, or one of other words, in large type.

    Turns are grouped by speaker, in the order in which they first speak. The page needs nothing
    but itself; its words are Vietnamese or, for every other ``language``, English.
    """
    words = _VIETNAMESE if language.lower().split("-")[0] == "vi" else _ENGLISH
    left = [row for row in rows if row.recording is None or row.stale]
    length = _length(sum(row.expected_ms for row in left))
    total = words.total.format(left=len(left), all=totals(rows).turns, length=length)
    speakers = dict.fromkeys(row.turn.speaker for row in left)
    body = "\n".join(
        _speaker_html(speaker, [row for row in left if row.turn.speaker == speaker], words)
        for speaker in speakers
    )
    return _PAGE.format(
        language=escape(language),
        heading=words.heading,
        title=escape(title),
        total=total if left else words.nothing,
        body=body,
    )


def _speaker_html(speaker: str, rows: Sequence[Row], words: _Words) -> str:
    turns = "\n".join(_turn_html(row, words) for row in rows)
    heading = f"<h2>{escape(speaker)}</h2>\n" if speaker else ""
    return f"<section>\n{heading}{turns}\n</section>"


def _turn_html(row: Row, words: _Words) -> str:
    turn = row.turn
    kinds = {"lead": words.lead, "byline": words.byline}
    name = words.turn.format(n=turn.n) if turn.n is not None else kinds.get(turn.kind, turn.kind)
    about = words.about.format(length=_length(row.expected_ms))
    save_as = words.save_as.format(name=turn.kind if turn.n is None else f"{turn.n:02}")
    changes = what_changed(row)
    again = (
        f'<p class="again">{words.again.format(changes=escape(changes))}</p>\n' if changes else ""
    )
    paragraphs = "\n".join(
        f'<p class="words">{escape(paragraph.text)}</p>' for paragraph in turn.paragraphs
    )
    return (
        f'<article>\n<h3><span class="box"></span>{escape(name)}</h3>\n'
        f'<p class="about">{about} · {save_as}</p>\n{again}{paragraphs}\n</article>'
    )


def _length(duration_ms: int) -> str:
    minutes, seconds = divmod(round(duration_ms / 1000), 60)
    return f"{minutes}:{seconds:02}"
