"""A programme's facts → its report: what a producer looks at before it goes on air."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from broadcast.messages import Message
from broadcast.model.units import clock_at
from broadcast.papers.facts import PlayedPart, SpokenPart, StudioFacts, Target
from broadcast.papers.markup import escaped, isolated, page
from broadcast.papers.timeline import timeline_svg
from broadcast.papers.words import (
    FAIL,
    LENGTH,
    LOUDNESS,
    PART,
    PASS,
    START,
    VOICE,
    WHO,
    Say,
    day_read,
    length_told,
    part_name,
    voice_kind,
    who,
)

_TITLE = Message("report", "Before it goes on air")
_FIGURES = Message("report.figures", "Figures")
_FILE = Message("report.file", "File")
_MEASURED = Message("report.measured", "Measured")
_WANTED = Message("report.wanted", "Wanted")
_VERDICT = Message("report.verdict", "Verdict")
_PEAK = Message("report.peak", "True peak")
_RUNS = Message("report.runs", "Running time")
_TOLD = Message("report.told", "What listeners are told")
_NOTICE = Message("report.notice", "Spoken")
_LINE = Message("report.line", "In the description")
_NOTHING = Message("report.told-nothing", "nothing: nobody's answers are in a synthetic voice")
_OFF = Message(
    "report.told-off",
    "nothing, though there are synthetic voices: disclosure is off in station.toml",
)
_DOUBTS = Message("report.doubts", "Doubts")
_NONE = Message("report.none", "There are none.")
_STALE = Message("report.stale", "Recordings that have other words than the script")
_SILENCES = Message("report.silences", "Silences of two seconds and more")
_TIMELINE = Message("report.timeline", "Timeline")
_PARTS = Message("report.parts", "Each part, as it is in the podcast")
_SHORT = Message("loudness.too-short", "too short")

_STYLE = """\
@page{size:A4;margin:12mm}
:root{color-scheme:light dark}
body{font:1rem/1.45 system-ui,"Segoe UI",Arial,sans-serif;margin:1.5em auto;max-width:64em;
padding:0 1em}
h1{font-size:1.4em;margin:0}h2{font-size:1.1em;margin:1.4em 0 .3em}p{margin:.3em 0}
table{border-collapse:collapse;width:100%;font-size:.9em}
th,td{border:1px solid #888;padding:.25em .5em;text-align:start;vertical-align:top}
@media(prefers-color-scheme:dark){body{background:#16181b;color:#eee}a{color:#8ab4f8}}
strong.fail{text-decoration:underline}
.wide{overflow-x:auto}.wide table{min-width:44em}svg{max-width:100%;min-width:44em;height:auto}
tr,li{break-inside:avoid}
@media print{body{margin:0;max-width:none;padding:0;font-size:9.5pt}.wide{overflow:visible}
.wide table{min-width:0}svg{min-width:0}a{color:inherit;text-decoration:none}}
"""


def report_html(facts: StudioFacts, say: Say, language: str) -> str:
    """Give the report; ``language`` is that of what ``say`` says.

    Times lead to that second of the podcast's audio, which lies beside it.
    """
    links = _Links(facts.audio)
    sections = (
        (_FIGURES, _figures(facts, say)),
        (_TOLD, _told(facts, say)),
        (_DOUBTS, _doubts(facts, say)),
        (_STALE, _stale(facts, say, links)),
        (_SILENCES, _silences(facts, say, links)),
        (_TIMELINE, f'<div class="wide" tabindex="0">{timeline_svg(facts, say, language)}</div>'),
        (_PARTS, _parts(facts, say, links)),
    )
    about = (facts.show, day_read(facts.date, language), facts.name)
    body = [
        f"<h1>{escaped(say(_TITLE))}: {isolated(facts.title)}</h1>",
        f"<p>{' · '.join(map(isolated, about))}</p>",
        *(f"<h2>{escaped(say(head))}</h2>\n{section}" for head, section in sections),
    ]
    return page(language, f"{say(_TITLE)}: {facts.title}", _STYLE, "\n".join(body))


def renamed_report(report: str, before: str, after: str) -> str:
    """Give a report whose audio has another name now."""
    return report.replace(_Links(before).begin, _Links(after).begin)


class _Links:
    """Leads to a second of an audio file that lies beside the page."""

    def __init__(self, audio: str) -> None:
        self.begin = f'<a href="{quote(audio)}#t='

    def to(self, ms: int) -> str:
        """Give the moment as a link to it."""
        return f'{self.begin}{ms / 1000:g}">{clock_at(ms)}</a>'


def _figures(facts: StudioFacts, say: Say) -> str:
    rows = [cells for target in facts.targets for cells in _measured(target, say)]
    table = _table((_FILE, _MEASURED, _WANTED, _VERDICT), rows, say)
    return f"<p>{escaped(say(_RUNS))}: {escaped(say(length_told(facts)))}</p>\n{table}"


def _measured(target: Target, say: Say) -> Iterator[tuple[str, ...]]:
    measured = target.measured
    loud = Message("report.lufs", "{lufs:.2f} LUFS", lufs=measured.integrated_lufs)
    aim = Message("report.aim", "{lufs:.1f} LUFS", lufs=float(target.lufs))
    peak = Message("report.dbtp", "{peak:.2f} dBTP", peak=measured.true_peak_dbtp)
    most = Message("report.at-most", "at most {peak:.1f} dBTP", peak=float(target.ceiling_dbtp))
    file = isolated(target.file)
    yield file, escaped(say(loud)), escaped(say(aim)), _verdict(target.is_as_loud, say)
    yield file, escaped(say(peak)), escaped(say(most)), _verdict(target.holds_the_ceiling, say)


def _verdict(right: bool, say: Say) -> str:
    return escaped(say(PASS)) if right else f'<strong class="fail">{escaped(say(FAIL))}</strong>'


def _told(facts: StudioFacts, say: Say) -> str:
    if not facts.disclosure:
        return f"<p>{escaped(say(_NOTHING))}</p>"
    if not facts.disclosed:
        return f'<p><strong class="fail">{escaped(say(_OFF))}</strong></p>'
    notice = " ".join(part.words for part in facts.spoken if part.name.kind == "notice")
    told = ((_NOTICE, notice), (_LINE, facts.disclosure))
    return "".join(
        f"<p>{escaped(say(where))}: {isolated(words)}</p>" for where, words in told if words
    )


def _doubts(facts: StudioFacts, say: Say) -> str:
    told = []
    for where, problem in facts.doubts:
        place = where
        if problem.line is not None:
            place = say(
                Message("report.line-of", "{file}, line {line}", file=where, line=problem.line)
            )
        hint = f"<br>{isolated(say(problem.hint))}" if problem.hint else ""
        told.append(f"{isolated(place)}: {isolated(say(problem.placed))}{hint}")
    return _listed(told, say)


def _stale(facts: StudioFacts, say: Say, links: _Links) -> str:
    stale = [
        f"{links.to(part.start_ms)} {escaped(say(part_name(part)))}: {isolated(part.speaker)}, "
        f"{isolated(part.voice)}"
        for part in facts.spoken
        if part.is_stale
    ]
    return _listed(stale, say)


def _silences(facts: StudioFacts, say: Say, links: _Links) -> str:
    told = (
        f"{links.to(start)}: "
        + escaped(say(Message("report.silent", "{seconds:.1f} s", seconds=(end - start) / 1000)))
        for start, end in facts.silences_ms
    )
    return _listed(list(told), say)


def _parts(facts: StudioFacts, say: Say, links: _Links) -> str:
    def row(part: SpokenPart | PlayedPart) -> tuple[str, ...]:
        seconds = (part.end_ms - part.start_ms) / 1000
        length = Message("report.seconds", "{seconds:.1f} s", seconds=seconds)
        head = (links.to(part.start_ms), escaped(say(length)), escaped(say(part_name(part))))
        if isinstance(part, PlayedPart):
            return (*head, isolated(who(part)), "", "", "")
        measured = part.lufs > float("-inf")
        lufs = Message("report.part-lufs", "{lufs:.1f} LUFS", lufs=part.lufs)
        peak = Message("report.part-peak", "{peak:.1f} dBTP", peak=part.true_peak_dbtp)
        voice = f"{escaped(say(voice_kind(part)))} ({isolated(part.voice)})"
        levels = (escaped(say(lufs if measured else _SHORT)), escaped(say(peak)))
        return (*head, isolated(part.speaker), voice, *levels)

    heads = (START, LENGTH, PART, WHO, VOICE, LOUDNESS, _PEAK)
    return _table(heads, map(row, facts.parts), say)


def _table(heads: Sequence[Message], rows: Iterable[Sequence[str]], say: Say) -> str:
    head = "".join(f'<th scope="col">{escaped(say(one))}</th>' for one in heads)
    body = "".join(f"<tr>{''.join(f'<td>{one}</td>' for one in row)}</tr>\n" for row in rows)
    return (
        f'<div class="wide" tabindex="0"><table><thead><tr>{head}</tr></thead>\n'
        f"<tbody>{body}</tbody></table></div>"
    )


def _listed(told: Sequence[str], say: Say) -> str:
    if not told:
        return f"<p>{escaped(say(_NONE))}</p>"
    return f"<ul>{''.join(f'<li>{one}</li>' for one in told)}</ul>"
