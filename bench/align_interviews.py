"""How well whole interviews are heard, with what goes wrong in them; spoken by the offline voice.

    python bench/align_interviews.py [FILE…]     scripts; else those on which nothing was tried

No person is heard here: voices of eSpeak's, of other accents, pitch and pace than the one that says
the script, in noise. What is shown is whether turns that are missing, read twice, out of place or
beside other talk are told, and whether anything wrong is taken; not how people are understood.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
import soxr

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from broadcast.align.alignment import align
from broadcast.align.frames import HZ, frames_of
from broadcast.align.heard_script import HeardScript
from broadcast.align.prior import shipped_prior
from broadcast.align.recorded import recorded
from broadcast.align.reference import reference
from broadcast.align.verdicts import heard_script
from broadcast.model import Utterance, Voice
from broadcast.script.parse import parse
from broadcast.script.read import read_document
from broadcast.script.sentences import sentences
from broadcast.speech.espeak import Espeak
from people_by_hand import clips, said

Samples = np.ndarray[Any, np.dtype[np.float32]]
Turns = list[list[str]]

GIVEN = Path(__file__).parent.parent / "tests" / "data" / "interviews" / "given"
UNSEEN = [GIVEN / f"full_{n:02}.txt" for n in range(10, 18)]
VOICES = ("vi-vn-x-south+f3", "vi-vn-x-central+m4", "vi-vn-x-south+m7")
MOST_TURNS = 14
ENGINE = Espeak()


@dataclass
class Made:
    """A recording with where each turn is said (several times, or never)."""

    samples: Samples
    at_ms: dict[int, list[tuple[float, float]]] = field(default_factory=dict)
    other: list[tuple[float, float]] = field(default_factory=list)


def turns_of(file: Path) -> Turns:
    script = parse(read_document(file), language="vi")
    said = [sentences(turn.text) for turn in script.turns if turn.n is not None]
    return said[:MOST_TURNS]


@cache
def voiced(words: str, voice: str, rate: int) -> Samples:
    wav = ENGINE.speak(Utterance(words, Voice("espeak", voice, "vi", rate=rate)))
    samples, hz = soundfile.read(BytesIO(wav), dtype="float32")
    return np.asarray(soxr.resample(samples, hz, HZ), np.float32)


def made(
    turns: Turns,
    order: Sequence[int],
    *,
    seed: int,
    snr_db: float = 20.0,
    adlibs: dict[int, Samples] | None = None,
    bed_db: float | None = None,
) -> Made:
    """Say turns in an order, with talk before some of them, in noise."""
    chance = np.random.default_rng(seed)
    pieces: list[Samples] = [np.zeros(HZ, np.float32)]
    one = Made(pieces[0])
    rates = [int(chance.integers(135, 200)) for _ in VOICES]

    def put(sound: Samples) -> tuple[float, float]:
        loud = np.flatnonzero(np.abs(sound) > 0.02 * np.abs(sound).max())
        at = sum(map(len, pieces))
        pieces.append(sound)
        return (at + loud[0]) * 1000 / HZ, (at + loud[-1]) * 1000 / HZ

    def rest(least: float, most: float) -> None:
        pieces.append(np.zeros(int(chance.uniform(least, most) * HZ), np.float32))

    for turn in order:
        if adlibs and turn in adlibs:
            one.other.append(put(adlibs[turn]))
            rest(0.3, 1.5)
        who = turn % 2
        spans = []
        for sentence in turns[turn]:
            spans.append(put(voiced(sentence, VOICES[who], rates[who])))
            rest(0.15, 0.7)
        one.at_ms.setdefault(turn, []).append((spans[0][0], spans[-1][1]))
        rest(0.3, 2.5)
    sound = np.concatenate(pieces)
    power = float(np.square(sound[np.abs(sound) > 0.01]).mean())
    noise = np.cumsum(chance.standard_normal(len(sound))) * 0.02
    noise = (
        noise
        - np.convolve(noise, np.ones(400) / 400, "same")
        + chance.standard_normal(len(sound)) * 0.15
    )
    sound = sound + noise * np.sqrt(power / 10 ** (snr_db / 10) / np.square(noise).mean())
    if bed_db is not None:
        bed = music(len(sound), chance)
        sound = sound + bed * np.sqrt(power / 10 ** (bed_db / 10))
    one.samples = sound.astype(np.float32)
    return one


def music(count: int, chance: np.random.Generator) -> Samples:
    """Plucked notes, four in two seconds, of one power."""
    times = np.arange(HZ) / HZ
    sound = np.zeros(count + HZ)
    for begin in range(0, count, HZ // 2):
        hz = 220 * 2 ** (chance.integers(0, 24) / 12)
        for n in range(1, 6):
            sound[begin : begin + HZ] += np.sin(2 * np.pi * hz * n * times) / n * np.exp(-3 * times)
    sound = sound[:count]
    return np.asarray(sound / sound.std(), np.float32)


def heard_in(samples: Samples, turns: Turns) -> HeardScript:
    one, spoken = (
        recorded(frames_of(samples, HZ)),
        reference(turns, said),
    )
    return heard_script(align(one, spoken, shipped_prior()), spoken, one)


class Row:
    """What became of one kind of recording."""

    def __init__(self, name: str) -> None:
        self.name, self.verdicts, self.statuses = name, Counter[str](), Counter[str]()
        self.starts: list[float] = []
        self.silently = self.taken = self.gone = self.gone_told = self.false = 0
        self.others = self.others_told = self.twice = self.twice_told = 0

    def add(self, one: Made, heard: HeardScript) -> None:
        self.verdicts[heard.verdict] += 1
        for turn, place in enumerate(heard.turns):
            spans = one.at_ms.get(turn, [])
            self.statuses[place.status] += 1
            self.gone += not spans
            self.gone_told += not spans and place.status == "missing"
            self.false += bool(spans) and place.status == "missing"
            if len(spans) > 1:
                self.twice += 1
                self.twice_told += place.status == "twice" or any(
                    extra.begin_ms < span[1] - 500 and extra.end_ms > span[0] + 500
                    for extra in heard.extra
                    for span in spans
                )
            if not place.is_sure or place.begin_ms is None or place.end_ms is None:
                continue
            off = min((abs(place.begin_ms - a) for a, _ in spans), default=1e6)
            end = min((abs(place.end_ms - b) for _, b in spans), default=1e6)
            self.starts.append(off)
            self.silently += max(off, end) > 500
            self.taken += heard.verdict == "right"
        for begin, end in one.other:
            if end - begin >= 6000:
                self.others += 1
                self.others_told += any(
                    extra.begin_ms < end - 500 and extra.end_ms > begin + 500
                    for extra in heard.extra
                )

    def told(self) -> None:
        off = np.array(self.starts or [np.nan])
        print(
            f"{self.name}: {dict(self.verdicts)} {dict(self.statuses)}; starts median "
            f"{np.median(off):.0f} ms, within 200 ms {np.mean(off <= 200):.0%}, 500 ms "
            f"{np.mean(off <= 500):.0%}; silently wrong {self.silently}; taken by default "
            f"{self.taken}; missing told {self.gone_told} of {self.gone}, falsely {self.false}; "
            f"other talk told {self.others_told} of {self.others}; "
            f"read twice told {self.twice_told} of {self.twice}",
            flush=True,
        )


def main(files: Sequence[Path]) -> None:
    scripts = [turns for file in files if len(turns := turns_of(file)) >= 5]
    rows: dict[str, Row] = {}

    def row(name: str, one: Made, turns: Turns) -> None:
        rows.setdefault(name, Row(name)).add(one, heard_in(one.samples, turns))

    people = [clip.samples for clip in clips()]
    for seed, turns in enumerate(scripts):
        chance = np.random.default_rng(seed)
        every = list(range(len(turns)))
        some = sorted(map(int, chance.choice(every[1:-1], 2, replace=False)))
        for snr_db in (22.0, 12.0):
            row(f"all said, {snr_db:.0f} dB", made(turns, every, seed=seed, snr_db=snr_db), turns)
        left = [turn for turn in every if turn not in some]
        row("two missing", made(turns, left, seed=seed), turns)
        talk = {
            turn: np.concatenate([people[(3 * n + k + seed) % 10] for k in range(3)]) * 0.5
            for n, turn in enumerate(some)
        }
        row("people talk before two", made(turns, every, seed=seed, adlibs=talk), turns)
        twice = sorted([*every, *some])
        row("two read twice", made(turns, twice, seed=seed), turns)
        swapped = list(every)
        at = some[0]
        swapped[at], swapped[at - 1] = swapped[at - 1], swapped[at]
        row("two neighbours swapped", made(turns, swapped, seed=seed), turns)
        row("music under all, 15 dB", made(turns, every, seed=seed, bed_db=15.0), turns)
        other = scripts[(seed + 1) % len(scripts)]
        row("another interview", Made(made(turns, every, seed=seed).samples), other)
        shuffled = [int(turn) for turn in chance.permutation(every)]
        row("turns shuffled", made(turns, shuffled, seed=seed), turns)
        alone = Made(music(60 * HZ, chance) * np.float32(0.1))
        row("music alone", alone, turns)
    for one in rows.values():
        one.told()


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or UNSEEN)
