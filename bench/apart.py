"""One voice made to sound like two: which way of shifting keeps words clearest.

Every way moves pitch and formants by the same amounts. Each of 61 Vietnamese syllables, many apart
by their tone alone, is compared with all of them as they were, by dynamic time warping over 13
cepstral coefficients (on a scale that the shift's own formants are taken out of) and by the contour
of its pitch: "known" are those nearest to themselves by the sound, "+tone" with the tone. Pitch and
formants of the result are Praat's. Beside what the tests need it takes:

    pip install pyworld-prebuilt python-stretch
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable

import numpy as np
import parselmouth
import pyworld
import soundfile
import soxr
from numpy.typing import NDArray
from parselmouth.praat import call
from python_stretch import Signalsmith

from broadcast.audio.shift import shifted
from broadcast.model import Shift, Utterance, Voice
from broadcast.speech.espeak import Espeak

Sound = NDArray[np.float64]

SYLLABLES = """
ma má mà mả mã mạ ban bán bàn bản bạn lan lán làn tin tín tình tỉnh tịnh xin xinh sinh sình nhà nhã
nhạc dân dẫn dận giá giả quê quế quả quá thu thú thư thứ thử đường đương đồng đông động nước người
việc vượt học hộc phường phương trường trương chương chường năm nắm nam nạn
""".split()  # noqa: SIM905
SENTENCES = (
    "Ủy ban nhân dân phường đã tiếp nhận hai trăm bốn mươi ba hồ sơ trong quý một năm nay.",
    "Bà con nên đi tiêm phòng đúng lịch, và giữ gìn vệ sinh chung ở các khu dân cư.",
    "Thưa ông, xin ông cho biết kết quả chuyển đổi số của thành phố thời gian qua?",
)
SHIFTS = (Shift(-1.8, 0.97), Shift(1.8, 1.03))


def ours(sound: Sound, rate_hz: int, shift: Shift, formants: float) -> Sound:
    return shifted(sound.astype(np.float32), rate_hz, shift).astype(float)


def praat(sound: Sound, rate_hz: int, shift: Shift, formants: float) -> Sound:
    whole = parselmouth.Sound(sound, rate_hz)
    pitch = whole.to_pitch(0.01, 60, 500).selected_array["frequency"]
    hz = float(np.median(pitch[pitch > 0])) * 2 ** (shift.pitch_st / 12)
    return call(whole, "Change gender", 75, 500, formants, hz, 1.0, 1 / shift.tempo).values[0]


def psola(sound: Sound, rate_hz: int, shift: Shift, formants: float) -> Sound:
    """Praat's overlap-add for the pitch, resampling for the formants."""
    whole = parselmouth.Sound(sound, rate_hz)
    manipulated = call(whole, "To Manipulation", 0.01, 60, 500)
    tier = call(manipulated, "Extract pitch tier")
    call(tier, "Multiply frequencies", 0, 1e6, 2 ** (shift.pitch_st / 12) / formants)
    call([manipulated, tier], "Replace pitch tier")
    longer = call("Create DurationTier", "longer", 0, whole.duration)
    call(longer, "Add point", 0, formants / shift.tempo)
    call([manipulated, longer], "Replace duration tier")
    resynthesized = call(manipulated, "Get resynthesis (overlap-add)").values[0]
    return np.asarray(soxr.resample(resynthesized, formants, 1.0))


def world(sound: Sound, rate_hz: int, shift: Shift, formants: float) -> Sound:
    pitch, times = pyworld.harvest(sound, rate_hz, 60, 500)
    envelope = np.log(pyworld.cheaptrick(sound, pitch, times, rate_hz))
    noise = pyworld.d4c(sound, pitch, times, rate_hz)
    bins = np.arange(envelope.shape[1])
    from_bins = np.minimum(bins / formants, bins[-1])
    envelope = np.exp(np.array([np.interp(from_bins, bins, one) for one in envelope]))
    noise = np.array([np.interp(from_bins, bins, one) for one in noise])
    factor = 2 ** (shift.pitch_st / 12)
    return np.asarray(pyworld.synthesize(pitch * factor, envelope, noise, rate_hz, 5 / shift.tempo))


def stretch(sound: Sound, rate_hz: int, shift: Shift, formants: float) -> Sound:
    stretcher = Signalsmith.Stretch()
    stretcher.preset(1, rate_hz)
    stretcher.setTransposeSemitones(shift.pitch_st)
    stretcher.timeFactor = shift.tempo
    return np.asarray(stretcher.process(sound[None].astype(np.float32)))[0].astype(float)


WAYS: dict[str, Callable[[Sound, int, Shift, float], Sound]] = {
    "soxr, then grains (ours)": ours,
    "python-stretch": stretch,
    "Praat, Change gender": praat,
    "Praat, overlap-add + soxr": psola,
    "WORLD (Harvest, D4C)": world,
}


def main() -> None:
    print(f"{'':28}{'voice':10}{'st':>6}{'F0 st':>8}{'F2':>7}{'F3':>7}", end="")
    print(f"{'apart':>7}{'known':>7}{'+tone':>7}{'x real':>8}")
    for voice in ("vi+Alex", "vi+Annie"):
        syllables = {word: said(word, voice) for word in SYLLABLES}
        rate_hz = syllables["ma"][1]
        known = {word: (cepstra(*one), tone(*one)) for word, one in syllables.items()}
        sentences = [said(one, voice)[0] for one in SENTENCES]
        for shift in SHIFTS:
            formants = 2 ** (shift.pitch_st / 12)
            for name, way in WAYS.items():
                began = time.perf_counter()
                moved = [way(one, rate_hz, shift, formants) for one in sentences]
                pace = sum(map(len, sentences)) / rate_hz / (time.perf_counter() - began)
                changes = [
                    12 * np.log2(pitch_hz(new, rate_hz) / pitch_hz(old, rate_hz))
                    for old, new in zip(sentences, moved, strict=True)
                ]
                ratios = [
                    formants_hz(new, rate_hz, 5_500 * formants) / formants_hz(old, rate_hz, 5_500)
                    for old, new in zip(sentences, moved, strict=True)
                ]
                apart, alone, with_tone = [], 0, 0
                for word, (sound, _) in syllables.items():
                    new = way(sound, rate_hz, shift, formants)
                    mine, contour = cepstra(new, rate_hz, formants), tone(new, rate_hz)
                    far = {one: distance(mine, theirs) for one, (theirs, _) in known.items()}
                    off = {
                        one: float(np.sqrt(np.mean((contour - shift.pitch_st - theirs) ** 2)))
                        for one, (_, theirs) in known.items()
                    }
                    apart.append(far[word])
                    alone += min(far, key=far.__getitem__) == word
                    with_tone += min(far, key=lambda one: far[one] + 0.8 * off[one]) == word
                f2, f3 = np.mean(ratios, axis=0)
                print(
                    f"{name:28}{voice:10}{shift.pitch_st:6.1f}{np.mean(changes):8.2f}{f2:7.3f}"
                    f"{f3:7.3f}{np.mean(apart):7.2f}{alone / len(SYLLABLES):7.2f}"
                    f"{with_tone / len(SYLLABLES):7.2f}{pace:8.0f}",
                    flush=True,
                )


def said(words: str, voice: str) -> tuple[Sound, int]:
    wav = Espeak().speak(Utterance(words, Voice("espeak", voice, "vi")))
    samples, rate_hz = soundfile.read(io.BytesIO(wav))
    return samples, rate_hz


def _pitches(sound: Sound, rate_hz: int) -> Sound:
    pitch = parselmouth.Sound(sound, rate_hz).to_pitch_ac(pitch_floor=60, pitch_ceiling=500)
    return np.asarray(pitch.selected_array["frequency"])


def pitch_hz(sound: Sound, rate_hz: int) -> float:
    pitch = _pitches(sound, rate_hz)
    return float(np.median(pitch[pitch > 0]))


def tone(sound: Sound, rate_hz: int) -> Sound:
    """The contour of a syllable's pitch in semitones, at twenty places."""
    pitch = _pitches(sound, rate_hz)
    voiced = np.flatnonzero(pitch)
    if len(voiced) < 4:
        return np.zeros(20)
    places = np.linspace(voiced[0], voiced[-1], 20)
    return np.interp(places, voiced, 12 * np.log2(pitch[voiced] / 100))


def formants_hz(sound: Sound, rate_hz: int, highest_hz: float) -> Sound:
    whole = parselmouth.Sound(sound, rate_hz)
    pitch = whole.to_pitch_ac(pitch_floor=60)
    found = whole.to_formant_burg(maximum_formant=highest_hz)
    voiced = [at for at in pitch.xs() if pitch.get_value_at_time(at) > 0]
    return np.array(
        [np.nanmedian([found.get_value_at_time(n, at) for at in voiced]) for n in (2, 3)]
    )


def cepstra(sound: Sound, rate_hz: int, formants: float = 1.0) -> Sound:
    """13 mel-frequency cepstral coefficients every 10 ms, formants as they were."""
    width, hop = rate_hz // 40, rate_hz // 100
    padded = np.concatenate([sound, np.zeros(width)])
    frames = np.lib.stride_tricks.sliding_window_view(padded, width)[::hop] * np.hanning(width)
    power = np.abs(np.fft.rfft(frames, 1_024)) ** 2
    hz = np.fft.rfftfreq(1_024, 1 / rate_hz) / formants
    mels = np.linspace(*(2_595 * np.log10(1 + np.array([80, 7_000]) / 700)), 27)
    edges = 700 * (10 ** (mels / 2_595) - 1)
    rising = (hz - edges[:-2, None]) / np.diff(edges)[:-1, None]
    falling = (edges[2:, None] - hz) / np.diff(edges)[1:, None]
    bands = np.clip(np.minimum(rising, falling), 0, None)
    bands /= bands.sum(axis=1, keepdims=True) + 1e-9
    cosines = np.cos(np.pi * np.outer(np.arange(1, 14), np.arange(25) + 0.5) / 25)
    return 10 * np.log10(power @ bands.T + 1e-7) @ cosines.T * np.sqrt(2 / 25)


def distance(one: Sound, other: Sound) -> float:
    """How far two are apart along their best alignment, in dB for each frame."""
    local = np.sqrt(((one[:, None] - other[None]) ** 2).sum(axis=2))
    before = np.concatenate([[0.0], np.full(local.shape[1], np.inf)])
    for row in local:
        now = np.full(len(before), np.inf)
        straight, above = before[:-1] + 2 * row, before[1:] + row
        best = np.minimum(straight, above)
        for at in range(len(row)):
            now[at + 1] = min(best[at], now[at] + row[at])
        before = now
    return float(before[-1]) / sum(local.shape)


if __name__ == "__main__":
    main()
