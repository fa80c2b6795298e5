"""Speech by the offline voice, placed at known borders in rooms of many kinds."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from broadcast.model import RATE_HZ, Utterance, Voice
from broadcast.speech.espeak import Espeak

Samples = NDArray[np.float32]

SAID = {
    "vi": [
        "Xin cảm ơn bà.",
        "Thưa bà, năm qua phường đã làm gì để giữ sạch bãi biển?",
        "Phường đã trồng hơn hai nghìn cây dừa, và đặt thêm thùng rác.",
        "Kính thưa quý vị và các bạn.",
        "Vâng.",
        "Dạ, thưa chị, hết sức cần thiết.",
        "Sức khoẻ là vốn quý nhất.",
        "Hai mươi phần trăm người dân chưa biết đọc sách.",
        "Học sinh đi xe đạp đến lớp.",
        "Phải nói thật là khó khăn vẫn còn phía trước.",
    ],
    "en-us": [
        "Fresh fish from the south shore sells fast.",
        "She thinks half the staff have left.",
        "Thank you very much, that's enough.",
        "Hush.",
        "He hopes so, if it lasts.",
        "Few of us had the faintest idea what to expect.",
        "What's next?",
        "We will, I am sure, finish it by five past six.",
    ],
}


@cache
def spoken(words: str, language: str = "vi", rate: int | None = None) -> Samples:
    """Words by the offline voice, at RATE_HZ."""
    wav = Espeak().speak(Utterance(words, Voice("espeak", language, language, rate)))
    samples, rate_hz = soundfile.read(io.BytesIO(wav), dtype="float32")
    return soxr.resample(samples, rate_hz, RATE_HZ).astype(np.float32)


@cache
def voices() -> tuple[Samples, ...]:
    """Every sentence in SAID."""
    return tuple(
        spoken(words, language, (None, 130, 190)[place % 3])
        for language, sentences in SAID.items()
        for place, words in enumerate(sentences)
    )


def _coloured(slope: float) -> Callable[[int, np.random.Generator], NDArray[np.float64]]:
    def noise(count: int, random: np.random.Generator) -> NDArray[np.float64]:
        spectrum = np.fft.rfft(random.standard_normal(count))
        hertz = np.maximum(np.fft.rfftfreq(count, 1 / RATE_HZ), 20)
        return np.fft.irfft(spectrum * hertz**slope, count)

    return noise


def _hum(count: int, random: np.random.Generator) -> NDArray[np.float64]:
    seconds = np.arange(count) / RATE_HZ
    harmonics = ((1, 1.0), (2, 0.6), (3, 0.5), (5, 0.2), (7, 0.1))
    hum = sum(
        size * np.sin(2 * np.pi * 50 * n * seconds + random.uniform(0, 6)) for n, size in harmonics
    )
    return np.asarray(hum) + 0.03 * random.standard_normal(count)


def _babble(count: int, random: np.random.Generator) -> NDArray[np.float64]:
    said = voices()
    babble = np.zeros(count)
    for _ in range(8):
        voice = np.concatenate([said[i] for i in random.integers(len(said), size=10)])
        babble += np.resize(np.roll(voice, int(random.integers(len(voice)))), count)
    decay = np.arange(RATE_HZ // 3) / RATE_HZ
    room = random.standard_normal(len(decay)) * np.exp(-decay * 14)
    size = 1 << (count + len(room)).bit_length()
    return np.fft.irfft(np.fft.rfft(babble, size) * np.fft.rfft(room, size), size)[:count]


def _outdoors(count: int, random: np.random.Generator) -> NDArray[np.float64]:
    points = max(4, 2 * count // RATE_HZ)
    gusts = np.interp(np.arange(count), np.linspace(0, count, points), random.normal(0, 3, points))
    return _coloured(-0.5)(count, random) * 10 ** (gusts / 20)


ROOMS: dict[str, Callable[[int, np.random.Generator], NDArray[np.float64]]] = {
    "white": lambda count, random: random.standard_normal(count),
    "pink": _coloured(-0.5),
    "hum": _hum,
    "babble": _babble,
    "fan": _coloured(-1.0),
    "outdoors": _outdoors,
}


def room(kind: str, count: int, dbfs: float, random: np.random.Generator) -> NDArray[np.float64]:
    """A room's noise at a level (RMS)."""
    noise = ROOMS[kind](count, random)
    return np.asarray(noise / np.sqrt(np.mean(noise**2)) * 10 ** (dbfs / 20))


@dataclass(frozen=True)
class Case:
    """A recording, and the first and one-past-last sample of what is said in it."""

    name: str
    samples: Samples
    start: int
    end: int


def case(seed: int) -> Case:
    """One or two sentences at −26 to −14 dBFS in a room of −50 to −30 dBFS."""
    random = np.random.default_rng(seed)
    kind = list(ROOMS)[seed % len(ROOMS)]
    said = voices()
    voice = said[random.integers(len(said))]
    if random.random() < 0.4:
        pause = np.zeros(int(random.uniform(0.2, 1.2) * RATE_HZ), np.float32)
        voice = np.concatenate([voice, pause, said[random.integers(len(said))]])
    loud = voice[np.abs(voice) > 0.03 * np.abs(voice).max()]
    voice = voice * 10 ** (random.uniform(-26, -14) / 20) / np.sqrt(np.mean(loud**2))
    before, after = (int(seconds * RATE_HZ) for seconds in random.uniform(0, 3, 2))
    clean = np.concatenate([np.zeros(before), voice, np.zeros(after)])
    dbfs = random.uniform(-50, -30)
    samples = clean + room(kind, len(clean), dbfs, random)
    # Spoken from the first 5 ms to the last that are above −60 dBFS: below any of the rooms.
    blocks = clean[: len(clean) // 240 * 240].reshape(-1, 240)
    heard = np.flatnonzero(np.mean(blocks**2, axis=1) > 10**-6.0)
    name = f"{seed}: {kind} at {dbfs:.0f} dBFS"
    return Case(name, samples.astype(np.float32), int(heard[0]) * 240, int(heard[-1] + 1) * 240)
