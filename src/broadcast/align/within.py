"""A recording of one turn laid along its sentences → where each of them is heard."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from broadcast.align.alignment import Alignment, align
from broadcast.align.prior import Prior
from broadcast.align.recorded import Recorded
from broadcast.align.reference import Reference

# How far below the null words lie in the prior's space. It is known that the turn is said here, so
# little is asked: on joined clips of ten people, each held out of the prior, 179 of 180 sentences
# were found so, all within half a second, where the proportion of letters is 0.76 s off in the
# median (bench/align.py). Whether other words are said does not show in so short a recording.
_TURN_GAP = 0.2
_SENTENCE_GAP = 0.0
# Said so much faster or slower than the others, a sentence has lost or swallowed something.
_PACES = (0.5, 2.0)
_BREAK_MS = 1


class SentenceTime(NamedTuple):
    """Where a sentence is heard, in ms from the recording's start."""

    begin_ms: int
    end_ms: int


def sentence_times(
    one: Recorded, spoken: Reference, prior: Prior, sentences: int
) -> tuple[SentenceTime | None, ...]:
    """Give where the sentences of a recorded turn are heard; None: it is not known of that one."""
    found = align(one, spoken, prior)
    if found is None or found.first.gap < _TURN_GAP:
        return (None,) * sentences
    gaps = _gaps(found, spoken)
    begins, ends = found.times.begin_ms, found.times.end_ms
    heard = np.isfinite(begins) & np.isfinite(ends) & (ends > begins)
    pace = np.where(heard, (ends - begins) / np.maximum(1, spoken.lengths), np.nan)
    usual = float(np.nanmedian(pace)) if heard.any() else 1.0
    sure = heard & (gaps > _SENTENCE_GAP)
    sure &= (pace > usual * _PACES[0]) & (pace < usual * _PACES[1])
    times: list[SentenceTime | None] = []
    if spoken.lengths[sure].sum() < spoken.lengths.sum() / 2:  # what is alike is so by chance
        return (None,) * sentences
    reached = 0
    for sentence in range(sentences):
        units = np.flatnonzero(spoken.sentences == sentence)
        if not len(units) or not sure[units[0]] or not sure[units[-1]]:
            times.append(None)
            continue
        begin = max(reached, round(begins[units[0]]))
        end = max(begin + _BREAK_MS, round(ends[units[-1]]))
        times.append(SentenceTime(begin, end))
        reached = end
    return tuple(times)


def _gaps(found: Alignment, spoken: Reference) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Give how far below the null each unit lies where the second pass found it."""
    way, first = found.second.way, found.first
    rows = np.flatnonzero(found.second.matched)
    costs = first.space.costs_of(rows, way.path[rows])
    units = found.second.units[rows]
    counts = np.bincount(units, minlength=len(spoken))
    sums = np.bincount(units, costs, minlength=len(spoken))
    return np.where(counts > 0, first.null - sums / np.maximum(1, counts), -np.inf)


Filled = list[tuple[int, int, bool]]


def without_holes(
    times: Iterable[SentenceTime | None], weights: Iterable[int], length_ms: int
) -> Filled:
    """Give every sentence its begin, its end, and whether it was found, in ms.

    Those that were not share what is left between their neighbours, in proportion to ``weights``.
    """
    known = list(times)
    shares = [max(1, weight) for weight in weights]
    filled: Filled = []
    at, reached = 0, 0
    while at < len(known):
        time = known[at]
        if time is not None:
            filled.append((time.begin_ms, time.end_ms, True))
            reached, at = time.end_ms, at + 1
            continue
        end = next((n for n in range(at, len(known)) if known[n] is not None), len(known))
        following = known[end] if end < len(known) else None
        until = max(reached, following.begin_ms if following else length_ms)
        whole, said = sum(shares[at:end]), 0
        for share in shares[at:end]:
            begin = reached + (until - reached) * said // whole
            said += share
            filled.append((begin, reached + (until - reached) * said // whole, False))
        reached, at = until, end
    return filled
