"""A programme's facts → its cue sheet, for the studio's desk and for tables of what was played."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from broadcast.messages import Message
from broadcast.messages.rendering import clock
from broadcast.model.units import clock_at, timecode
from broadcast.papers.facts import PlayedPart, SpokenPart, StudioFacts
from broadcast.papers.markup import cell, escaped, isolated, page
from broadcast.papers.words import (
    LENGTH,
    LOUDNESS,
    PART,
    START,
    VOICE,
    WHO,
    Say,
    credit_lines,
    day_read,
    length_told,
    level,
    part_name,
    voice_kind,
    who,
)

_AT_ENDS = 6
"""How many words tell where a part begins and ends, as a cut's out cue has."""
_TITLE = Message("cue-sheet", "Cue sheet")
_SHOW = Message("cue-sheet.show", "Show")
_DATE = Message("cue-sheet.date", "Date")
_CATCHLINE = Message("cue-sheet.catchline", "Catchline")
_RUNS = Message("cue-sheet.runs", "Running time")
_CUE = Message("cue-sheet.cue", "Cue")
_IN = Message("cue-sheet.in", "IN words")
_OUT = Message("cue-sheet.out", "OUT words")
_TOTAL = Message("cue-sheet.total", "Total")
_MUSIC = Message("cue-sheet.music", "Music used")
_PIECE = Message("cue-sheet.piece", "Title")
_ARTIST = Message("cue-sheet.artist", "Artist")
_FILE = Message("cue-sheet.file", "File")
_SECONDS = Message("cue-sheet.seconds", "Seconds")
_CREDITS = Message("cue-sheet.credits", "Credits")
_TOLD = Message("cue-sheet.told", "Listeners are told")
_START_MS = Message("cue-sheet.start-ms", "Start (ms)")
_LENGTH_MS = Message("cue-sheet.length-ms", "Length (ms)")

_STYLE = """\
@page{size:A4;margin:12mm}
body{font:11pt/1.35 system-ui,"Segoe UI",Arial,sans-serif;margin:1.5em auto;max-width:62em;
padding:0 1em;color:#111;background:#fff}
h1{font-size:1.3em;margin:0 0 .4em}h2{font-size:1em;margin:1em 0 .3em}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1em 1em;margin:0}
dt{font-weight:600}dd{margin:0}
table{border-collapse:collapse;width:100%;font-size:.86em}
th,td{border:1px solid #777;padding:.2em .4em;text-align:start;vertical-align:top}
th{background:#eee}td.n{text-align:end;white-space:nowrap;font-variant-numeric:tabular-nums}
tr.played{font-style:italic}tr{break-inside:avoid}thead{display:table-header-group}
.cue{white-space:pre-line;border-inline-start:3px solid #777;margin:0;padding:.1em .8em}
.wide{overflow-x:auto;margin-top:1em}.wide table{min-width:48em}
@media(max-width:40em){dl{display:block}dd{margin:0 0 .5em}}
@media print{body{margin:0;max-width:none;padding:0;font-size:9.5pt}.wide{overflow:visible}
.wide table{min-width:0}}
"""


def in_words(words: str) -> str:
    """Give the first words of a part, as its cue sheet has them."""
    said = words.split()
    return " ".join(said[:_AT_ENDS]) + (" …" if len(said) > _AT_ENDS else "")


def out_words(words: str) -> str:
    """Give the last words of a part."""
    said = words.split()
    return ("… " if len(said) > _AT_ENDS else "") + " ".join(said[-_AT_ENDS:])


def cue_sheet_html(facts: StudioFacts, say: Say, language: str) -> str:
    """Give the cue sheet to print, on A4; ``language`` is that of what ``say`` says."""
    lead = "\n".join(part.words for part in facts.spoken if part.name.kind == "lead")
    body = [
        f"<h1>{escaped(say(_TITLE))}: {isolated(facts.title)}</h1>",
        f"<dl>{''.join(_facts(facts, say, language))}</dl>",
    ]
    if lead:
        body += [f"<h2>{escaped(say(_CUE))}</h2>", f'<p class="cue">{isolated(lead)}</p>']
    heads = (PART, WHO, VOICE, _IN, _OUT, START, LENGTH, _TOTAL)
    body.append(_table(heads, (_row(part, say) for part in facts.parts), say))
    if facts.played:
        of_music = (_PIECE, _ARTIST, _FILE, START, _SECONDS)
        body.append(f"<h2>{escaped(say(_MUSIC))}</h2>")
        body.append(_table(of_music, map(_music_row, facts.played), say))
    return page(language, f"{say(_TITLE)}: {facts.title}", _STYLE, "\n".join(body))


def cue_sheet_csv(facts: StudioFacts, say: Say) -> str:
    """Give the same as a table: a row for each part, music with its title, artist and seconds.

    It begins with a byte order mark, by which Excel knows UTF-8; nothing in it is a formula.
    """
    heads = (
        *(_SHOW, _DATE, _CATCHLINE, PART, WHO, VOICE, _IN, _OUT, START, LENGTH, _TOTAL),
        *(_START_MS, _LENGTH_MS, LOUDNESS, _PIECE, _ARTIST, _FILE, _SECONDS),
    )
    stream = io.StringIO("\ufeff")
    stream.seek(1)
    table = csv.writer(stream, lineterminator="\r\n")
    table.writerow(cell(say(head)) for head in heads)
    for part in facts.parts:
        length_ms = part.end_ms - part.start_ms
        said = (
            (say(voice_kind(part)), in_words(part.words), out_words(part.words))
            if isinstance(part, SpokenPart)
            else ("", "", "")
        )
        played = (
            (part.title, part.artist, part.file, str(round(length_ms / 1000)))
            if isinstance(part, PlayedPart)
            else ("", "", "", "")
        )
        texts = [facts.show, facts.date, facts.title, say(part_name(part)), who(part), *said]
        clocks = [
            _clock(ms) for ms in (part.start_ms, round(length_ms, -3), round(part.end_ms, -3))
        ]
        # A level is a number of our own: the sign before it begins no formula.
        lufs = _lufs(part)
        table.writerow(
            [*map(cell, texts), *clocks, part.start_ms, length_ms, lufs, *map(cell, played)]
        )
    return stream.getvalue()


def _facts(facts: StudioFacts, say: Say, language: str) -> Iterator[str]:
    """Give what stands at the sheet's head."""
    yield _fact(say(_SHOW), facts.show)
    yield _fact(say(_DATE), day_read(facts.date, language))
    yield _fact(say(_CATCHLINE), f"{facts.title} ({facts.name})")
    yield _fact(say(_RUNS), say(length_told(facts)))
    for target in facts.targets:
        yield _fact(say(LOUDNESS), f"{target.file}: {say(level(target))}")
    if credited := [f"{part}: {name}" for part, name in credit_lines(facts)]:
        yield _fact(say(_CREDITS), " · ".join(credited))
    if facts.disclosure and facts.disclosed:
        yield _fact(say(_TOLD), facts.disclosure)


def _fact(name: str, value: str) -> str:
    return f"<dt>{escaped(name)}</dt><dd>{isolated(value)}</dd>"


def _table(heads: tuple[Message, ...], rows: Iterator[str], say: Say) -> str:
    head = "".join(f'<th scope="col">{escaped(say(one))}</th>' for one in heads)
    return (
        f'<div class="wide" role="group" tabindex="0"><table><thead><tr>{head}</tr></thead>\n'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _row(part: SpokenPart | PlayedPart, say: Say) -> str:
    length_ms = part.end_ms - part.start_ms
    clocks = (clock_at(part.start_ms), clock(length_ms), clock(part.end_ms))
    times = "".join(f'<td class="n">{one}</td>' for one in clocks)
    if isinstance(part, PlayedPart):
        name = f"<td>{escaped(say(part_name(part)))}</td>"
        return f'<tr class="played">{name}<td colspan="4">{isolated(who(part))}</td>{times}</tr>\n'
    told = (
        *(escaped(say(part_name(part))), isolated(part.speaker)),
        escaped(say(voice_kind(part))),
        *(isolated(in_words(part.words)), isolated(out_words(part.words))),
    )
    return f"<tr>{''.join(f'<td>{one}</td>' for one in told)}{times}</tr>\n"


def _music_row(part: PlayedPart) -> str:
    seconds = round((part.end_ms - part.start_ms) / 1000)
    texts = "".join(f"<td>{isolated(one)}</td>" for one in (part.title, part.artist, part.file))
    times = f'<td class="n">{clock_at(part.start_ms)}</td><td class="n">{seconds}</td>'
    return f"<tr>{texts}{times}</tr>\n"


def _lufs(part: SpokenPart | PlayedPart) -> str:
    if isinstance(part, PlayedPart) or part.lufs == float("-inf"):
        return ""
    return f"{part.lufs:.1f}"


def _clock(ms: int) -> str:
    """Give a time as every table program reads it: hours, minutes, seconds."""
    return timecode(ms)[:8]
