"""A draft → its picture: who speaks when on lanes, music, chapters, loudness, all in per cent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from broadcast.messages.rendering import clock
from broadcast.model import ChapterMark
from broadcast.papers.drawn_timeline import DrawnTimeline, read_timeline
from broadcast.production.desk.draft import Draft
from broadcast.production.desk.draft_record import LoudnessFacts
from broadcast.studio.hear_rows import HearRow
from broadcast.studio.script_rows import letter_of

LANE_PX, BAR_PX, TOP_PX, LOUD_PX = 30, 22, 32, 48
"""How high a lane, a bar in it, what is above the first and the loudness are drawn."""
_WIDE = 1000
_LOUDEST_LUFS, _SOFTEST_LUFS = -5.0, -45.0
_MOST_TICKS = 8
_STEPS_S = (10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600)


@dataclass(frozen=True, slots=True)
class MapLane:
    """Somebody who speaks, and how far down their lane is drawn."""

    name: str
    letter: str
    colour: int
    role: str
    y: int


@dataclass(frozen=True, slots=True)
class MapBar:
    """Something that is heard, from ``x`` on, ``width`` long, both in per cent."""

    x: str
    width: str
    y: int
    colour: int = 0
    is_synthetic: bool = False
    place: str = ""


@dataclass(frozen=True, slots=True)
class MapMark:
    """Something at a moment of the programme, with its words and how much room they have."""

    x: str
    words: str
    room: str = "100%"


@dataclass(frozen=True, slots=True)
class ProgrammeMap:
    """The whole picture; ``loudness`` is a path 1000 wide, ``aim_y`` where its target is."""

    duration_ms: int
    lanes: tuple[MapLane, ...]
    bars: tuple[MapBar, ...]
    played: tuple[MapBar, ...]
    music_y: int
    chapters: tuple[MapMark, ...]
    ticks: tuple[MapMark, ...]
    loudness: str
    loud_y: int
    aim_y: int
    height: int
    measured: LoudnessFacts | None


def programme_map(draft: Draft, rows: Sequence[HearRow]) -> ProgrammeMap:
    """Give the picture of a draft; what of it was changed since is drawn as the draft has it."""
    record = draft.record
    whole_ms = max(1, record.duration_ms)
    known = {row.turn.id: row for row in rows}
    lanes: dict[str, MapLane] = {}
    bars = []
    colours = {row.turn.speaker: row.colour for row in rows}
    for turn in record.turns:
        lane = lanes.get(turn.speaker)
        if lane is None:
            lane = lanes[turn.speaker] = MapLane(
                turn.speaker,
                letter_of(turn.speaker),
                colours.get(turn.speaker, len(lanes) % 4 + 1),
                turn.role,
                TOP_PX + LANE_PX * len(lanes),
            )
        bars.append(
            MapBar(
                _percent(turn.start_ms, whole_ms),
                _percent(turn.end_ms - turn.start_ms, whole_ms),
                lane.y,
                lane.colour,
                turn.take.kind == "synthetic",
                known[turn.id].place if turn.id in known else "",
            )
        )
    drawn = _drawn(draft)
    music_y = TOP_PX + LANE_PX * len(lanes)
    loud_y = music_y + LANE_PX * bool(drawn.played_ms)
    measured = record.loudness.get("podcast")
    return ProgrammeMap(
        duration_ms=record.duration_ms,
        lanes=tuple(lanes.values()),
        bars=tuple(bars),
        played=tuple(
            MapBar(_percent(begin, whole_ms), _percent(end - begin, whole_ms), music_y)
            for begin, end in drawn.played_ms
        ),
        music_y=music_y,
        chapters=tuple(_chapters(record.chapters, whole_ms)),
        ticks=tuple(_ticks(whole_ms)),
        loudness=_path(drawn.loudness, whole_ms),
        loud_y=loud_y,
        aim_y=loud_y + round(_depth(measured.target_lufs)) if measured else 0,
        height=loud_y + (LOUD_PX if drawn.loudness else 0) + 22,
        measured=measured,
    )


def _chapters(chapters: Sequence[ChapterMark], whole_ms: int) -> Iterator[MapMark]:
    """Give chapters with their titles, each cut off where the next begins."""
    ends = [*(mark.start_ms for mark in chapters[1:]), whole_ms]
    for number, (mark, end_ms) in enumerate(zip(chapters, ends, strict=False), 1):
        yield MapMark(
            _percent(mark.start_ms, whole_ms),
            f"{number}. {mark.title}",
            _percent(end_ms - mark.start_ms, whole_ms),
        )


def _drawn(draft: Draft) -> DrawnTimeline:
    name = draft.record.files.timeline
    try:
        text = (draft.folder / name).read_text("utf-8", "replace") if name else ""
    except OSError:
        text = ""  # a picture without music is better than none
    return read_timeline(text, draft.record.duration_ms)


def _percent(ms: float, whole_ms: int) -> str:
    return f"{100 * ms / whole_ms:.2f}%"


def _depth(lufs: float) -> float:
    held = min(max(lufs, _SOFTEST_LUFS), _LOUDEST_LUFS)
    return (_LOUDEST_LUFS - held) / (_LOUDEST_LUFS - _SOFTEST_LUFS) * LOUD_PX


def _path(loudness: Sequence[tuple[int, float]], whole_ms: int) -> str:
    if not loudness:
        return ""
    points = [f"{_WIDE * ms / whole_ms:.1f} {_depth(lufs):.1f}" for ms, lufs in loudness]
    first, last = points[0].partition(" ")[0], points[-1].partition(" ")[0]
    return f"M{first} {LOUD_PX}L" + "L".join(points) + f"L{last} {LOUD_PX}z"


def _ticks(whole_ms: int) -> list[MapMark]:
    whole_s = whole_ms / 1000
    step_s = next((s for s in _STEPS_S if whole_s / s <= _MOST_TICKS), _STEPS_S[-1])
    moments = range(0, int(whole_s) + 1, step_s)
    return [MapMark(_percent(s * 1000, whole_ms), clock(s * 1000)) for s in moments]
