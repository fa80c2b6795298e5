"""Recordings joined from clips of people, with where each is heard, and a prior without them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from broadcast.align.alignment import align
from broadcast.align.frames import HZ, Frames, frames_of
from broadcast.align.moments import Moments
from broadcast.align.prior import Prior, shipped_prior
from broadcast.align.recorded import Recorded, recorded
from broadcast.align.reference import Reference, reference, sounds_of
from broadcast.model import Utterance, Voice
from broadcast.speech.espeak import Espeak

Samples = np.ndarray[Any, np.dtype[np.float32]]
CLIPS = Path(__file__).parent / "data" / "spoken_vi"


@dataclass(frozen=True, eq=False)
class Clip:
    """Somebody's sentence, and where in its sound it is heard, in ms."""

    words: str
    samples: Samples
    begin_ms: float
    end_ms: float


@dataclass(frozen=True, eq=False)
class Joined:
    """Clips one after another in a noisy room; ``begins_ms`` tell where each is heard."""

    samples: Samples
    begins_ms: tuple[float, ...]
    ends_ms: tuple[float, ...]

    def heard(self) -> Recorded:
        return recorded(frames_of(self.samples, HZ))


@cache
def clips() -> tuple[Clip, ...]:
    """All clips, in the order of ``words.tsv``."""
    rows = (line.split("\t") for line in (CLIPS / "words.tsv").read_text("utf-8").splitlines())
    return tuple(_clip(CLIPS / name, words) for name, words in rows)


def _clip(file: Path, words: str) -> Clip:
    samples = soundfile.read(file, dtype="float32")[0]
    energy = np.convolve(np.square(samples), np.ones(160) / 160, "same")[::160]
    loud = np.flatnonzero(10 * np.log10(energy + 1e-9) > _near_loudest(energy))
    return Clip(words, samples, float(loud[0]) * 10, float(loud[-1] + 1) * 10)


def _near_loudest(energy: Samples) -> float:
    return float(np.percentile(10 * np.log10(energy + 1e-9), 95)) - 25


def joined(
    which: Sequence[Clip], *, snr_db: float, seed: int, pause_s: tuple[float, float]
) -> Joined:
    """Join clips of one loudness with pauses, in white noise."""
    chance = np.random.default_rng(seed)
    pieces, begins, ends = [np.zeros(HZ, np.float32)], [], []
    for clip in which:
        at_ms = sum(map(len, pieces)) * 1000 / HZ
        begins.append(at_ms + clip.begin_ms)
        ends.append(at_ms + clip.end_ms)
        level = np.sqrt(np.square(clip.samples).mean())
        pieces += [clip.samples * (0.07 / level), np.zeros(int(chance.uniform(*pause_s) * HZ))]
    sound = np.concatenate(pieces)
    power = np.square(sound[np.abs(sound) > 0.01]).mean()
    noise = chance.standard_normal(len(sound)) * np.sqrt(power / 10 ** (snr_db / 10))
    return Joined((sound + noise).astype(np.float32), tuple(begins), tuple(ends))


_ENGINE = Espeak()


@cache
def said(words: str) -> Frames:
    """What is heard of the embedded voice."""
    wav = _ENGINE.speak(Utterance(words, Voice("espeak", "vi", "vi")))
    return sounds_of(*soundfile.read(BytesIO(wav), dtype="float32"))


def spoken(turns: Sequence[Sequence[Clip]]) -> Reference:
    """The words of clips, a turn each, as the embedded voice says them."""
    return reference([[clip.words for clip in turn] for turn in turns], said)


@cache
def prior_of(which: tuple[Clip, ...]) -> Prior:
    """A prior that knows these speakers and nobody else."""
    learnt: Prior | None = None
    for seed, snr_db in ((1, 25.0), (2, 18.0)):
        one = joined(which, snr_db=snr_db, seed=seed, pause_s=(0.3, 2.0)).heard()
        found = align(one, spoken([[clip] for clip in which]), shipped_prior())
        assert found is not None
        assert found.pairs is not None
        learnt = found.pairs.plus(learnt)
    assert learnt is not None
    return learnt


def prior_without(which: tuple[Clip, ...]) -> Prior:
    """The prior that comes with the program, less what these speakers taught it."""
    shipped, taught = shipped_prior(), prior_of(which)
    return Prior(_less(shipped.coarse, taught.coarse), _less(shipped.fine, taught.fine))


def _less(whole: Moments, part: Moments) -> Moments:
    sums = (getattr(whole, name) - getattr(part, name) for name in ("x", "y", "xx", "yy", "xy"))
    return Moments(whole.count - part.count, *sums)
