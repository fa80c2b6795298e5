"""What a draft was made from, then and now → why it is made again, in a producer's words."""

from __future__ import annotations

from collections.abc import Sequence

from broadcast.messages import Message
from broadcast.model.naming import about, name_at
from broadcast.production.desk.draft_record import MadeFrom, MadePart

NEW_VERSION = Message("reason.new-version", "a new version of broadcast")
_WHOLE = {
    "program": NEW_VERSION,
    "engine": Message("reason.engine", "another voice engine"),
    "sound": Message("reason.sound", "sound settings changed"),
    "music": Message("reason.music", "music, clips or pauses changed"),
    "episode": Message("reason.episode", "title, date or other facts changed"),
    "told": Message("reason.told", "doubts, or what air masters tell, changed"),
}
_WORDS = Message("reason.words", "words changed")
_NEW = Message("reason.new", "new")
_GONE = Message("reason.gone", "gone")
_FOUND = Message("reason.recording-found", "recording found")
_LOST = Message("reason.recording-gone", "recording gone")
_ANOTHER = Message("reason.another-recording", "another recording")
_SAID = Message("reason.said-otherwise", "said otherwise")
_VOICE = Message("reason.another-voice", "another voice")


def reasons(before: MadeFrom | None, now: MadeFrom) -> tuple[Message, ...]:
    """Give why a draft made from ``before`` must be made again from ``now``; none: it need not."""
    if before is None:
        return (Message("reason.first", "first build"),)
    whole = [why for what, why in _WHOLE.items() if getattr(before, what) != getattr(now, what)]
    return (*whole, *_parts(before.parts, now.parts))


def _parts(before: Sequence[MadePart], now: Sequence[MadePart]) -> list[Message]:
    old_by_id = {part.id: part for part in before}
    old_by_place = {part.place: part for part in before}
    ids = {part.id for part in now}
    told, reworded = [], set()
    for part in now:
        old = old_by_id.get(part.id)
        replaced = old_by_place.get(part.place)
        if old is not None:
            why = _why(old, part)
            told += [_of_part(part, why)] if why else []
        elif replaced is not None and replaced.id not in ids:
            told.append(_of_part(part, _WORDS))
            reworded.add(replaced.id)
        else:
            told.append(_of_part(part, _NEW))
    gone = old_by_id.keys() - ids - reworded
    told += [_of_part(part, _GONE) for part in before if part.id in gone]
    if not told and [part.id for part in before] != [part.id for part in now]:
        told.append(Message("reason.order", "order of turns changed"))
    return told


def _of_part(part: MadePart, why: Message) -> Message:
    return about(name_at(part.place), why)


def _why(old: MadePart, new: MadePart) -> Message | None:
    if old.recording != new.recording:
        if old.recording is None:
            return _FOUND
        return _LOST if new.recording is None else _ANOTHER
    if old.words != new.words:
        return _SAID
    return _VOICE if old.voice != new.voice else None
