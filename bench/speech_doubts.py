"""What is doubted of speech: of the embedded voice's as it is, and of the same speech damaged.

Sentences of the tests' scripts are spoken in ten voices at five rates, in Vietnamese and English.
Each is judged as it is, and damaged in each way at a place that a seed chooses; thresholds were
chosen on seed 1, and the figures are for the seeds named on the command line (2, 3, 4 else).
"""

from __future__ import annotations

import io
import random
import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from broadcast.model import Utterance, Voice
from broadcast.production.voicing.speech_doubts import Floats, doubt_of, pace_of
from broadcast.speech.espeak import Espeak
from broadcast.spoken import built_in_lexicon, say, style_from

ROOT = Path(__file__).parent.parent
VOICES = {
    "vi": ("+Alex", "+Annie", "+robert", "+belinda", "+m4", "+aunty", "-vn-x-south"),
    "en": ("+Alex", "+Annie", "-us+robert"),
}
RATES = (None, 120, 200, 240, 320)
EACH = 300
USUAL = 30
"""Sentences of a voice, at its rate, from which its usual pace is known."""


@dataclass(frozen=True)
class Said:
    utterance: Utterance
    samples: Floats
    rate_hz: int


def main() -> None:
    seeds = [int(one) for one in sys.argv[1:]] or [2, 3, 4]
    counts: dict[str, list[int]] = {}
    seconds = spoken_s = 0.0
    wrong: list[str] = []
    for seed in seeds:
        chance = random.Random(seed)
        said = spoken(chance)
        paces: dict[Voice, list[float]] = {}
        for one in said:
            pace = pace_of(one.samples, one.rate_hz, one.utterance.words)
            if pace:
                paces.setdefault(one.utterance.voice, []).append(pace)
        for one in said:
            known = paces.get(one.utterance.voice, [])[:USUAL]
            began = time.perf_counter()
            doubt = doubt_of(one.samples, one.rate_hz, one.utterance, known)
            seconds += time.perf_counter() - began
            spoken_s += len(one.samples) / one.rate_hz
            tally(counts, "as it is", doubt is not None)
            if doubt is not None:
                wrong.append(f"{doubt.code}: {one.utterance.voice} {one.utterance.words}")
            if len(one.samples) < 2.5 * one.rate_hz:
                continue
            for name, damaged in damages(one, chance):
                found = doubt_of(damaged, one.rate_hz, one.utterance, known)
                tally(counts, name, found is not None)
    for name, (doubted, of) in counts.items():
        print(f"{name:34}{doubted:6} of {of:6} doubted {100 * doubted / of:6.1f} %")
    print(f"judged at {spoken_s / seconds:.0f} times real time", *wrong, sep="\n")


def tally(counts: dict[str, list[int]], name: str, doubted: bool) -> None:
    count = counts.setdefault(name, [0, 0])
    count[0] += doubted
    count[1] += 1


def spoken(chance: random.Random) -> list[Said]:
    wanted = []
    for language, texts in sentences().items():
        lexicon, style = built_in_lexicon(language), style_from({})
        for n, text in enumerate(chance.sample(texts, min(EACH, len(texts)))):
            words = say(text, language=language, lexicon=lexicon, style=style).text
            voice = language + VOICES[language][n % len(VOICES[language])]
            rate = RATES[n % len(RATES)]
            if any(map(str.isalnum, words)):
                wanted.append(Utterance(words, Voice("espeak", voice, language, rate)))
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(speak, wanted))


def speak(utterance: Utterance) -> Said:
    samples, rate_hz = soundfile.read(io.BytesIO(Espeak().speak(utterance)), dtype="float32")
    return Said(utterance, samples, rate_hz)


def sentences() -> dict[str, list[str]]:
    found: dict[str, dict[str, None]] = {"vi": {}, "en": {}}
    for file in sorted((ROOT / "tests" / "golden_scripts").rglob("*.txt")):
        try:
            text = file.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        for one in re.split(r"(?<=[.!?…])\s+|\n+", text):
            if 5 < len(one) < 400:
                found["en" if one.isascii() else "vi"][one.strip()] = None
    return {language: list(texts) for language, texts in found.items()}


def damages(one: Said, chance: random.Random) -> list[tuple[str, Floats]]:
    samples, rate_hz = one.samples, one.rate_hz
    length = round(chance.uniform(0.8, 1.4) * rate_hz)
    at = chance.randrange(0, len(samples) - length)
    twice = np.concatenate([samples[: at + length], samples[at:]])
    half = len(samples) * 6 // 10
    start = chance.randrange(0, len(samples) - half)
    gone = np.concatenate([samples[:start], samples[start + half :]])
    middle = len(samples) // 2
    silence = np.zeros(2 * rate_hz, np.float32)
    return [
        ("0.8 to 1.4 s heard twice", twice),
        ("all of it heard twice", np.concatenate([samples, samples])),
        ("six tenths dropped", gone),
        (
            "cut off somewhere in its end",
            samples[: round(len(samples) * chance.uniform(0.6, 0.97))],
        ),
        (
            "two seconds of silence inside",
            np.concatenate([samples[:middle], silence, samples[middle:]]),
        ),
        ("20 dB too loud", np.clip(samples * 10, -1, 1)),
    ]


if __name__ == "__main__":
    main()
