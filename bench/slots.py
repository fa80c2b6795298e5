"""An MP3 of slots encoded apart against one encoded whole: noise, seams, length, places.

Usage: slots.py [SLOTS]. The slots are turns of the offline voice, mastered as a build does it; the
errors are those of the decoded file against what was encoded.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import av
import lameenc
import numpy as np

from broadcast.audio.join import slot_blocks
from broadcast.audio.master import master
from broadcast.audio.mp3 import write_mp3
from broadcast.audio.timeline import Placed, lay_out
from broadcast.cache import Cache
from broadcast.model import (
    FRAME,
    RATE_HZ,
    Paragraph,
    Pauses,
    Piece,
    Sentence,
    Sound,
    Take,
    Timeline,
    Turn,
    Utterance,
    Voice,
)
from broadcast.speech import ENGINES

WORDS = (
    "Thưa ông, năm nay bà con ta được mùa gì?",
    "Năm nay thanh long được mùa, giá lại cao, nên nhà nào cũng phấn khởi.",
    "Bà con yên tâm ra khơi, vì đội cứu hộ túc trực suốt ngày đêm ở cả ba cửa biển.",
)
CODEC_DELAY = 1_105


def main() -> None:
    slots = int(sys.argv[1]) if len(sys.argv) > 1 else 120
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        timeline = _timeline(folder, slots)
        apart_file, whole_file = folder / "apart.mp3", folder / "whole.mp3"
        cache = Cache(folder / "cache", 1 << 30)
        with apart_file.open("wb") as stream:
            write_mp3(timeline, Sound(), stream, cache, 2, lambda *_: None)
        blocks = (block for slot in timeline.slots for block in slot_blocks(slot, Sound()))
        original = np.concatenate([block.astype(np.float32) for block in blocks]) / 2**31
        whole_file.write_bytes(_whole(original))
        apart = _decoded(apart_file)
        whole = _decoded(whole_file)[CODEC_DELAY:][: len(original)]
        print(f"{slots} slots, {len(original) / RATE_HZ / 60:.1f} minutes, 96 kb/s")
        print(f"decoded length: {len(apart) - len(original):+} samples")
        apart = apart[: len(original)]
        for label, coded in (("apart", apart), ("whole", whole)):
            print(f"SNR {label}: {_snr_db(coded, original):.2f} dB")
        errors = np.abs(apart - original)
        seams = [slot.start for slot in timeline.slots[1:]]
        worst = max(float(errors[at - FRAME : at + FRAME].max()) for at in seams)
        print(f"worst error at a seam: {worst:.4f}; anywhere in the whole file's: ", end="")
        print(f"{np.abs(whole - original).max():.4f}")


def _timeline(folder: Path, slots: int) -> Timeline:
    segments = []
    for n in range(min(slots, 24)):
        file = folder / f"{n}.wav"
        voice = Voice("espeak", f"vi+m{n % 6 + 1}", "vi", 150 + n)
        file.write_bytes(ENGINES["espeak"]().speak(Utterance(WORDS[n % 3], voice)))
        turn = Turn("turn", str(n % 2), "official", (Paragraph(1, WORDS[n % 3]),), str(n), n + 1)
        said = Sentence(WORDS[n % 3], WORDS[n % 3])
        take = Take(turn, "synthetic", (Piece(file),), (said,), str(n), "espeak", voice.name)
        segments.append(master(take, Sound(), folder / f"{n}-mastered.wav"))
    return lay_out([Placed(segments[n % len(segments)]) for n in range(slots)], Pauses())


def _whole(original: np.ndarray) -> bytes:
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(96)
    encoder.set_in_sample_rate(RATE_HZ)
    encoder.set_channels(1)
    encoder.set_quality(5)
    encoder.silence()
    # LAME makes 5 % less of what it is given at this rate.
    pcm = np.rint(np.concatenate([original, np.zeros(4 * FRAME)]) / 0.95 * 32_768)
    encoded = encoder.encode(np.clip(pcm, -32_768, 32_767).astype("<i2").tobytes())
    return bytes(encoded + encoder.flush())


def _decoded(file: Path) -> np.ndarray:
    with av.open(str(file)) as container:
        frames = [frame.to_ndarray()[0] for frame in container.decode(audio=0)]
    return np.concatenate(frames)


def _snr_db(coded: np.ndarray, original: np.ndarray) -> float:
    noise = np.mean((coded - original).astype(np.float64) ** 2)
    return float(10 * np.log10(np.mean(original.astype(np.float64) ** 2) / noise))


if __name__ == "__main__":
    main()
