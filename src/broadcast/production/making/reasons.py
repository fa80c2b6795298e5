"""What a draft was made from, then and now → why it is made again, in a producer's words."""

from __future__ import annotations

from collections.abc import Sequence

from broadcast.production.desk.draft import MadeFrom, MadePart

_WHOLE = {
    "program": "a new version of broadcast",
    "engine": "another voice engine",
    "sound": "sound settings changed",
    "music": "music, clips or pauses changed",
    "episode": "title, date or other facts changed",
}


def reasons(before: MadeFrom | None, now: MadeFrom) -> tuple[str, ...]:
    """Give why a draft made from ``before`` must be made again from ``now``; none: it need not."""
    if before is None:
        return ("first build",)
    whole = [
        words for aspect, words in _WHOLE.items() if getattr(before, aspect) != getattr(now, aspect)
    ]
    return (*whole, *_parts(before.parts, now.parts))


def _parts(before: Sequence[MadePart], now: Sequence[MadePart]) -> list[str]:
    old_by_id = {part.id: part for part in before}
    old_by_place = {part.place: part for part in before}
    ids = {part.id for part in now}
    told, reworded = [], set()
    for part in now:
        old = old_by_id.get(part.id)
        replaced = old_by_place.get(part.place)
        if old is not None:
            why = _why(old, part)
            told += [f"{part.place}: {why}"] if why else []
        elif replaced is not None and replaced.id not in ids:
            told.append(f"{part.place}: words changed")
            reworded.add(replaced.id)
        else:
            told.append(f"{part.place}: new")
    gone = old_by_id.keys() - ids - reworded
    told += [f"{part.place}: gone" for part in before if part.id in gone]
    if not told and [part.id for part in before] != [part.id for part in now]:
        told.append("order of turns changed")
    return told


def _why(old: MadePart, new: MadePart) -> str | None:
    if old.recording != new.recording:
        if old.recording is None:
            return "recording found"
        return "recording gone" if new.recording is None else "another recording"
    if old.words != new.words:
        return "said otherwise"
    return "another voice" if old.voice != new.voice else None
