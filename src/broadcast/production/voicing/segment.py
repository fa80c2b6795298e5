"""A take, or what is played with takes → its segment, mastered once and kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from broadcast.audio.master import (
    SegmentFacts,
    master,
    segment_facts,
    segment_from_facts,
    segment_key,
)
from broadcast.cache import Cache
from broadcast.messages import Message
from broadcast.model import Insert, Segment, Sound, Take

LEVELLING = Message("stage.levelling", "levelling")


def segment_of(take: Take, sound: Sound, cache: Cache, neighbour: Take | None = None) -> Segment:
    """Give a take's segment; ``neighbour`` is the one beside which a short take is levelled.

    Raises BroadcastError naming a file that cannot be used.
    """
    key = segment_key(take, sound, neighbour)
    return kept(take, key, cache, lambda path: master(take, sound, path, neighbour))


def kept(source: Take | Insert, key: str, cache: Cache, made: Callable[[Path], Segment]) -> Segment:
    """Give a segment from the cache, or make it and keep it there."""
    audio, facts = cache.make_with(key, SegmentFacts, lambda path: segment_facts(made(path)))
    # What is kept is rounded: as it is found later, so it is used now.
    return segment_from_facts(facts, source, audio, key)
