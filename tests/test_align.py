"""Which words are heard where in a recording: each stage alone, and people heard by it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from broadcast.align.compare import LEAVE_OUT, compare, costs_along, space_of, way_along
from broadcast.align.frames import FrameMeter, frames_of
from broadcast.align.moments import maps_from, moments_of
from broadcast.align.prior import prior_bytes, prior_from, shipped_prior
from broadcast.align.recorded import recorded
from broadcast.align.states import States
from broadcast.align.viterbi import Costs, cheapest_way
from broadcast.align.within import SentenceTime, sentence_times, without_holes
from people_by_hand import clips, joined, prior_of, spoken

HALVES = (clips()[::2], clips()[1::2])
PAUSES_WITHIN_S = (0.15, 0.7)


def test_frames_are_the_same_however_the_sound_comes_in() -> None:
    sound = np.random.default_rng(1).standard_normal(16_000 * 3).astype(np.float32)
    meter = FrameMeter(16_000)
    for begin in range(0, len(sound), 7_001):
        meter.add(sound[begin : begin + 7_001], last=begin + 7_001 >= len(sound))
    frames, whole = meter.frames(), frames_of(sound, 16_000)
    assert len(frames) == len(whole) == (16_000 * 3 - 400) // 160 + 1
    np.testing.assert_allclose(frames.powers, whole.powers, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("hz", [90, 140, 220, 350])
def test_the_pitch_of_a_hum_is_its_own_or_a_whole_number_of_times_lower(hz: int) -> None:
    times = np.arange(16_000) / 16_000
    hum = sum(np.sin(2 * np.pi * hz * n * times) / n for n in range(1, 8))
    frames = frames_of(np.asarray(hum, np.float32), 16_000)
    times_lower = hz / (100 * 2 ** (float(np.median(frames.semitones)) / 12))
    assert times_lower == pytest.approx(round(times_lower), abs=0.05)
    assert np.median(frames.voicing) > 0.9


def test_moments_of_two_parts_are_those_of_the_whole_and_map_what_belongs_together() -> None:
    chance = np.random.default_rng(2)
    said = chance.standard_normal((4000, 30)).astype(np.float32)
    turned = np.linalg.qr(chance.standard_normal((30, 30)))[0].astype(np.float32)
    heard = said @ turned + chance.standard_normal((4000, 30)).astype(np.float32) * 0.1
    whole = moments_of(said[:3000], heard[:3000])
    parts = moments_of(said[:1000], heard[:1000]).plus(
        moments_of(said[1000:3000], heard[1000:3000])
    )
    np.testing.assert_allclose(parts.xy, whole.xy, atol=1e-6)
    maps = maps_from(whole)
    mine, theirs = maps.of_spoken(said[3000:]), maps.of_recorded(heard[3000:])
    alike = np.einsum("ij,ij->i", mine, theirs) / np.linalg.norm(mine, axis=1)
    assert np.median(alike / np.linalg.norm(theirs, axis=1)) > 0.9


def test_a_prior_is_read_as_it_was_written() -> None:
    prior = shipped_prior()
    again = prior_from(prior_bytes(prior))
    np.testing.assert_array_equal(again.fine.xy, prior.fine.xy)
    with pytest.raises(ValueError, match="no prior"):
        prior_from(b"PK\x03\x04 no archive")


def rows_of(count: int, seed: int) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    return np.random.default_rng(seed).standard_normal((count, 24)).astype(np.float32)


def test_units_are_found_between_what_is_no_part_of_the_script() -> None:
    lengths = [40, 30, 50, 35]
    states = States(rows_of(sum(lengths), 3), np.cumsum([0, *lengths[:-1]]), np.cumsum(lengths) - 1)
    units = [states.rows[a : b + 1] for a, b in zip(states.first, states.last, strict=True)]
    # Something else, unit 0, something else, unit 2 (1 is missing), unit 3.
    heard = np.concatenate([rows_of(25, 4), units[0], rows_of(60, 5), units[2], units[3]])
    heard = heard + rows_of(len(heard), 6) * 0.3
    silence = np.zeros(len(heard), np.float32)
    found = compare(space_of(heard, states.rows, silence), states)
    assert np.mean(found.units[:25] == -1) > 0.9
    said = [(25, 65, 0), (125, 175, 2), (175, 210, 3)]
    assert [np.mean(found.units[a:b] == unit) > 0.95 for a, b, unit in said] == [True] * 3


def test_a_long_script_is_gone_through_in_stretches_and_nothing_is_lost() -> None:
    count, length = 300, 30
    first = np.arange(count) * length
    states = States(rows_of(count * length, 7), first, first + length - 1)
    left_out = range(120, 130)
    order = np.concatenate(
        [np.arange(length) + u * length for u in range(count) if u not in left_out]
    )
    heard = states.rows[order] + rows_of(len(order), 8) * 0.3
    found = compare(space_of(heard, states.rows, np.zeros(len(heard), np.float32)), states)
    assert np.mean(found.way.path == order) > 0.99


@pytest.mark.parametrize("said", [3, 40, 120])
@pytest.mark.parametrize("rows_after", [10, 400])
def test_a_script_may_go_on_long_after_the_recording(
    said: int, rows_after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("broadcast.align.viterbi._BEAM", 60.0)
    count, length = 300, 30
    first = np.arange(count) * length
    states = States(rows_of(count * length, 7), first, first + length - 1)
    heard = np.concatenate([states.rows[: said * length], rows_of(rows_after, 9)])
    heard = heard + rows_of(len(heard), 8) * 0.3
    space = space_of(heard, states.rows, np.zeros(len(heard), np.float32))
    left_out = np.full(count, 10, np.float32)
    else_said = np.full(len(heard), 0.5, np.float32)
    costs = Costs(*space.weighed(), else_said, else_said * 4, 1.0, 1.0, left_out)
    way = cheapest_way(costs, states)
    assert np.mean(way.path[: said * length] == np.arange(said * length)) > 0.9


def test_what_ways_along_many_scripts_cost_is_what_each_costs_alone() -> None:
    lengths = np.array([12, 30, 5, 40, 21, 8, 33])
    first = np.cumsum([0, *lengths[:-1]])
    states = States(rows_of(lengths.sum(), 3), first, first + lengths - 1)
    begins = np.array([0, 2, 3, 6])  # of scripts of two, one, three and one units
    silence = np.zeros(110, np.float32)
    heard = np.concatenate([rows_of(20, 4), states.rows[47:108], rows_of(29, 5)])
    space = space_of(heard + rows_of(110, 6) * 0.5, states.rows, silence)
    found = costs_along(space, states, begins, -0.5)
    for n, (begin, end) in enumerate(zip(begins, [*begins[1:], len(first)], strict=True)):
        low, high = first[begin], first[end - 1] + lengths[end - 1]
        alone = States(
            states.rows[low:high],
            first[begin:end] - low,
            first[begin:end] + lengths[begin:end] - 1 - low,
        )
        way = way_along(replace(space, spoken=space.spoken[low:high]), alone, -0.5)
        left_out = [
            length
            for a, length in zip(alone.first, lengths[begin:end], strict=True)
            if not ((way.path >= a) & (way.path < a + length)).any()
        ]
        assert found[n] == pytest.approx(way.cost + LEAVE_OUT * sum(left_out), abs=1e-3)
    assert found.argmin() == 2


@pytest.mark.parametrize("half", [0, 1])
def test_sentences_of_people_whom_the_prior_does_not_know_are_found(half: int) -> None:
    off_ms, asked = [], 0
    for seed in (3, 4, 5):
        order = np.random.default_rng(seed).permutation(len(HALVES[half]))
        which = [HALVES[half][at] for at in order]
        answer = joined(which, snr_db=25 - 5 * (seed - 3), seed=seed, pause_s=PAUSES_WITHIN_S)
        times = sentence_times(
            answer.heard(), spoken([which]), prior_of(HALVES[1 - half]), len(which)
        )
        asked += len(which)
        for time, begin_ms in zip(times, answer.begins_ms, strict=True):
            if time is not None:
                off_ms.append(abs(time.begin_ms - begin_ms))
    assert len(off_ms) >= 0.9 * asked
    assert np.median(off_ms) <= 60
    assert np.mean(np.array(off_ms) <= 500) >= 0.98


def test_in_noise_and_in_silence_no_sentence_is_found() -> None:
    which = HALVES[0]
    noise = np.random.default_rng(1).standard_normal(16_000 * 12).astype(np.float32) * 0.05
    for sound in (noise, noise * 0):
        heard = joined(which, snr_db=20, seed=1, pause_s=(0.2, 0.5)).heard()
        assert None not in sentence_times(heard, spoken([which]), shipped_prior(), len(which))
        none = sentence_times(
            recorded(frames_of(sound, 16_000)), spoken([which]), shipped_prior(), len(which)
        )
        assert none == (None,) * len(which)


def test_what_is_not_found_shares_the_time_between_what_is() -> None:
    times = [None, SentenceTime(3000, 5000), None, None]
    assert without_holes(times, [9, 5, 10, 30], 9000) == [
        (0, 3000, False),
        (3000, 5000, True),
        (5000, 6000, False),
        (6000, 9000, False),
    ]
