"""Words too long for one request → parts cut at phrases, and their sound joined again as one.

A service puts silence of its own before and after whatever it speaks. Joined as files, it is heard
as a stumble in the middle of a sentence: so the parts are decoded, that silence is taken away, and
a pause comes where the words have one.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadcast.errors import BroadcastError
from broadcast.speech.engine import wav_file

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FADE_MS = 4
_AROUND_MS = 12
"""What is left of the silence at a border, so that soft consonants stay whole."""
_SILENT = 0.01
"""Softer than this beside a part's loudest 10 ms (−40 dB) is the silence around speech."""
_WINDOW_MS = 10
# Where a sentence can be cut, best first, and the pause that is heard there. Of the words, those
# of Vietnamese and English that begin a clause: a newsreader takes breath before them.
_CUTS = (
    (re.compile(r"(?<=[.!?;:…])[”’\"')\]]*\s+"), 300),
    (re.compile(r"(?<=[,–—-])\s+"), 160),
    (
        re.compile(
            r"\s+(?=(?:và|nhưng|mà|vì|nên|để|khi|nếu|thì|do|cùng|hoặc|trong|với|tại|"
            r"and|but|or|because|when|if|that|which|with|in|to|for)\s)",
            re.IGNORECASE,
        ),
        60,
    ),
    (re.compile(r"\s+"), 20),
)


@dataclass(frozen=True, slots=True)
class Portion:
    """Words for one request, and the pause in milliseconds that is heard after them."""

    words: str
    pause_ms: int = 0


def in_parts(words: str, longest: int, length: Callable[[str], int] = len) -> tuple[Portion, ...]:
    """Cut words into as few parts of at most ``longest`` as phrases allow, of like lengths.

    ``length`` is how long a service finds some words. A word that is too long by itself is cut.
    """
    if length(words) <= longest:
        return (Portion(words),)
    for pattern, pause_ms in _CUTS:
        middle = len(words) / 2
        # Not so near to an end that a single word is left alone, unless nothing else is there.
        borders = [one for one in pattern.finditer(words) if words[: one.start()].strip()]
        borders = [
            one
            for one in borders
            if 0.2 * len(words) <= one.start() and one.end() <= 0.8 * len(words)
        ] or (borders if pattern is _CUTS[-1][0] else [])
        if borders:
            border = min(borders, key=lambda one: abs(one.start() - middle))
            before, after = words[: border.end()].rstrip(), words[border.end() :].lstrip()
            if not before or not after:
                continue
            first, second = (in_parts(one, longest, length) for one in (before, after))
            return (*first[:-1], Portion(first[-1].words, pause_ms), *second)
    at = max(1, min(longest, len(words) // 2))
    return (Portion(words[:at]), *in_parts(words[at:], longest, length))


def joined(parts: Sequence[Portion], speech: Sequence[bytes]) -> bytes:
    """Give the speech of parts, audio files of one kind, as one: a WAV where there are several.

    What a service puts before the first and after the last is left as it is. Raises BroadcastError
    for what is no audio.
    """
    if len(speech) == 1:
        return speech[0]
    import numpy as np

    from broadcast.media.mono import mono_48k
    from broadcast.media.samples import Audio

    decoded = [decoded_of(one) for one in speech]
    rate_hz = decoded[0].rate_hz
    if any(one.kind != decoded[0].kind for one in decoded):
        decoded = [Audio(mono_48k(one).reshape(-1, 1), 48_000) for one in decoded]
        rate_hz = 48_000
    pieces: list[NDArray[Any]] = []
    for n, (part, audio) in enumerate(zip(parts, decoded, strict=True)):
        samples = audio.samples.mean(axis=1)
        begin, end = _speech_in(samples, rate_hz)
        piece = samples[begin if n else 0 : end if n < len(parts) - 1 else len(samples)].copy()
        fade = min(len(piece), round(_FADE_MS * rate_hz / 1000))
        ramp = np.linspace(0, 1, fade, dtype=np.float32)
        if n:
            piece[:fade] *= ramp
        if n < len(parts) - 1:
            piece[len(piece) - fade :] *= ramp[::-1]
            pause = np.zeros(round(part.pause_ms * rate_hz / 1000), np.float32)
            piece = np.concatenate((piece, pause))
        pieces.append(piece)
    whole = np.clip(np.concatenate(pieces), -1, 1)
    return wav_file(np.rint(whole * 32_767).astype("<i2").tobytes(), rate_hz)


def decoded_of(audio: bytes) -> Any:
    """Decode an audio file that is in memory. Raises BroadcastError when it is none."""
    from broadcast.media.decode import decode

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "speech"
        file.write_bytes(audio)
        return decode(file)


def is_sound(audio: bytes) -> bool:
    """Whether this is an audio file that is whole, and not silent from end to end."""
    try:
        found = decoded_of(audio)
    except BroadcastError:
        return False
    return not found.damage and bool(found.samples.any())


def _speech_in(samples: NDArray[Any], rate_hz: int) -> tuple[int, int]:
    """Give where speech begins and ends, with a little around it."""
    import numpy as np

    window = max(1, round(_WINDOW_MS * rate_hz / 1000))
    padded = np.pad(samples, (0, -len(samples) % window)).reshape(-1, window)
    loud = np.sqrt((padded.astype(np.float64) ** 2).mean(axis=1))
    heard = np.flatnonzero(loud > _SILENT * loud.max(initial=0.0))
    if not len(heard):
        return 0, len(samples)
    around = round(_AROUND_MS * rate_hz / 1000)
    begin = max(0, int(heard[0]) * window - around)
    end = min(len(samples), (int(heard[-1]) + 1) * window + around)
    return begin, end
