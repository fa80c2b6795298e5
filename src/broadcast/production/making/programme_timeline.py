"""Takes and what is played with them → the programme's timeline, as loud as it shall be.

Every segment is levelled by itself, or comes from the cache. Where music, beds or short turns leave
the whole beside its target, all are levelled once more, by as much louder or softer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from broadcast.audio.bed import bed_key, mix_bed, slots_inside
from broadcast.audio.loudness import joined_loudness
from broadcast.audio.master import (
    SegmentFacts,
    insert_key,
    master_insert,
    neighbours,
    segment_from_facts,
    segment_key,
)
from broadcast.audio.timeline import Placed, lay_out
from broadcast.cache import Cache
from broadcast.errors import BroadcastError
from broadcast.messages import Message
from broadcast.model import Insert, Segment, Sound, Take, Timeline
from broadcast.production.desk.work import Work
from broadcast.production.making.music import Played
from broadcast.production.voicing.heard_words import known_times, with_times
from broadcast.production.voicing.segment import LEVELLING, kept, segment_of
from broadcast.workers import in_parallel

_NEAR_LU = 0.12
"""How far a programme may lie from its target before it is levelled again: encoding adds 0.05."""
_STEP_LU = 0.1
"""By what all segments are moved: in steps, so that a swap seldom moves what it does not touch."""


def programme_timeline(
    takes: Sequence[Take],
    played: Played,
    sound: Sound,
    work: Work,
    language: str = "vi",
) -> Timeline:
    """Give the timeline of the programme, at ``sound.level_lufs``.

    ``language`` is that of the words, by which they are found in recordings.

    Raises BroadcastError naming a file that cannot be used.
    """

    def levelled_to(target_lufs: float) -> Timeline:
        levels = sound.of_segments(target_lufs)
        segments = _segments(takes, levels, work, language)
        placed = _in_order_of_air(segments, played, levels, work.cache)
        return lay_out(placed, sound.pauses, sound.running_time_ms)

    timeline = levelled_to(sound.level_lufs)
    missing = sound.level_lufs - joined_loudness(timeline).integrated_lufs
    if abs(missing) <= _NEAR_LU:
        return timeline
    return levelled_to(sound.level_lufs + round(missing / _STEP_LU) * _STEP_LU)


def _segments(takes: Sequence[Take], sound: Sound, work: Work, language: str) -> list[Segment]:
    """Master every take that was not mastered before, and find its words, a few at a time."""
    beside = neighbours(takes)

    def segment(take: Take) -> Segment:
        made = segment_of(take, sound, work.cache, beside.get(take.key))
        return with_times(made, take, language, work.cache)

    def known(take: Take) -> Segment | None:
        key = segment_key(take, sound, beside.get(take.key))
        found = work.cache.kept_with(key, SegmentFacts)
        if found is None:
            return None
        made = segment_from_facts(found[1], take, found[0], key)
        return known_times(made, take, language, work.cache)

    return in_parallel(
        segment,
        takes,
        work.jobs,
        lambda done, total, _: work.reporter.step(LEVELLING, done, total),
        size=lambda take: len(take.turn.text),
        known=known,
    )


def _in_order_of_air(
    segments: Sequence[Segment], played: Played, sound: Sound, cache: Cache
) -> list[Placed]:
    """Put music and clips between the turns and beds under them, and the pauses asked for after."""
    placed: list[Placed] = []
    beds = {bed.first: bed for bed in played.beds}
    at = 0
    while at <= len(segments):
        inserts = played.before.get(at, ())
        placed += [Placed(_insert_segment(insert, sound, cache)) for insert in inserts]
        end = beds[at].end if at in beds else at + 1
        turns = [
            Placed(segment, played.pauses_ms.get(n))
            for n, segment in enumerate(segments[at:end], at)
        ]
        if at in beds:
            *others, last = turns
            inner = lay_out([*others, Placed(last.segment)], replace(sound.pauses, at_end_ms=0))
            bedded = _bed_segment(inner, beds[at].music, sound, cache)
            turns = [Placed(bedded, last.pause_ms)]
        placed += turns
        at = end
    return placed


def _bed_segment(inner: Timeline, bed: Insert, sound: Sound, cache: Cache) -> Segment:
    key = bed_key(inner, bed, sound)
    with _naming(bed):
        made = kept(bed, key, cache, lambda path: mix_bed(inner, bed, sound, path))
    return replace(made, inside=slots_inside(inner, sound.music))


def _insert_segment(insert: Insert, sound: Sound, cache: Cache) -> Segment:
    key = insert_key(insert, sound)
    with _naming(insert):
        return kept(insert, key, cache, lambda path: master_insert(insert, sound, path))


@contextmanager
def _naming(insert: Insert) -> Iterator[None]:
    """Say of music that cannot be used where it is asked for: a script's line, or station.toml."""
    try:
        yield
    except BroadcastError as error:
        if not error.is_of_input or insert.asked_in is None:
            raise  # the disk failed, not the music
        raise BroadcastError(
            Message(
                "music.unusable",
                "{file} cannot be used: {why}",
                file=insert.file,
                why=error.message,
            ),
            file=insert.asked_in,
            line=insert.line,
            hint=error.hint,
        ) from error
