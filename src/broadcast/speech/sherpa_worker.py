"""Sentences on stdin, sherpa-onnx's samples on stdout: one model, one process.

    python -P sherpa_worker.py   < a line of JSON with the model, then one for each sentence

The model's line is {"kind", "files", "noise"}, a sentence's {"words", "speaker", "speed",
"language"}. Each is answered by a status, a rate in hertz and a length in bytes, as three numbers
of 32 bits, and so many bytes: 16-bit samples, or what went wrong.

A model that somebody else made is read by C++ that ends its process where it does not like it, and
takes a second to load: hence a process of its own, which lives as long as the engine.
"""

from __future__ import annotations

import json
import os
import struct
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, BinaryIO

OK, FAILED = 0, 1
HEADER = struct.Struct("<III")


def loaded(kind: str, files: dict[str, str], noise: float) -> Any:
    """Load a model."""
    import sherpa_onnx as sherpa

    of_kind = {
        "vits": sherpa.OfflineTtsVitsModelConfig,
        "matcha": sherpa.OfflineTtsMatchaModelConfig,
        "kokoro": sherpa.OfflineTtsKokoroModelConfig,
        "supertonic": sherpa.OfflineTtsSupertonicModelConfig,
    }
    # What Piper's own program adds by chance, and how much of it here.
    chance = {
        "vits": {"noise_scale": 0.667 * noise, "noise_scale_w": 0.8 * noise},
        "matcha": {"noise_scale": noise},
    }
    config = sherpa.OfflineTtsConfig(
        model=sherpa.OfflineTtsModelConfig(
            **{kind: of_kind[kind](**files, **chance.get(kind, {}))}, num_threads=1
        )
    )
    if not config.validate():
        raise ValueError("the model's files do not fit together")
    return sherpa.OfflineTts(config)


def spoken(model: Any, words: str, speaker: int, speed: float, language: str) -> tuple[int, bytes]:
    """Say a sentence: its rate in hertz, and its samples."""
    import numpy as np
    import sherpa_onnx as sherpa

    how = sherpa.GenerationConfig()
    how.sid, how.speed = speaker % max(1, model.num_speakers), speed
    how.extra = {"lang": language}
    said = model.generate(words, how)
    samples = np.nan_to_num(np.asarray(said.samples, np.float32))
    return said.sample_rate, (samples.clip(-1, 1) * 32_767).astype("<i2").tobytes()


def answer(out: BinaryIO, status: int, rate: int, body: bytes) -> None:
    """Write one answer."""
    out.write(HEADER.pack(status, rate, len(body)) + body)
    out.flush()


def main() -> None:
    """Load the model that is asked for, and say sentences until there are no more."""
    # Libraries that print must not print among the answers.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        model = loaded(**json.loads(sys.stdin.readline()))
    except (ImportError, ValueError, RuntimeError, TypeError) as error:
        answer(out, FAILED, 0, str(error).encode("utf-8", "replace"))
        return
    answer(out, OK, 0, b"")
    for line in sys.stdin:
        try:
            rate_hz, samples = spoken(model, **json.loads(line))
        except (ValueError, RuntimeError) as error:
            answer(out, FAILED, 0, str(error).encode("utf-8", "replace"))
        else:
            answer(out, OK, rate_hz, samples)


if __name__ == "__main__":
    main()
