"""The words of a script, spoken by an engine → the frames that a recording is compared with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from broadcast.align.frames import Floats, Frames, frames_of, joined

Spoken = Callable[[str], Frames]
"""Words → what is heard of them, by ``sounds_of``, spoken by whatever voice it is given."""

# What is this far below the loudest frame is silence of the engine's; people pause elsewhere.
_SILENCE_DB = -38.0
_FEWEST_FRAMES = 6
# A unit is believed or skipped as a whole, so it is no longer than a breath or two.
_LONGEST = 260
_SHORTEST_CUT = 80
_PADDED = (200, 400)


@dataclass(frozen=True, slots=True)
class Reference:
    """Units of speech one after another: the sentences of a script, long ones in parts.

    ``frames`` are those of all units, silences left out, ``lengths`` how many each has. ``turns``
    and ``sentences`` tell of each unit whose it is: the index of the turn, and of the sentence in
    that turn.
    """

    frames: Frames
    lengths: NDArray[np.intp]
    turns: NDArray[np.intp]
    sentences: NDArray[np.intp]
    turn_count: int

    def __len__(self) -> int:
        return len(self.lengths)


def reference(turns: Sequence[Sequence[str]], spoken: Spoken) -> Reference:
    """Give the sentences of each turn, spoken; one in which nothing is heard has no unit."""
    units: list[tuple[int, int, Frames]] = []
    for turn, sentences in enumerate(turns):
        for at, sentence in enumerate(sentences):
            for words in _parts(sentence):
                frames = spoken(words)
                if len(frames) >= _FEWEST_FRAMES:
                    units.append((turn, at, frames))
    return Reference(
        joined(frames for _, _, frames in units),
        np.array([len(frames) for _, _, frames in units], np.intp),
        np.array([turn for turn, _, _ in units], np.intp),
        np.array([at for _, at, _ in units], np.intp),
        len(turns),
    )


def spoken_parts(turns: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Give all that ``reference`` will ask for, each once."""
    return tuple(dict.fromkeys(part for turn in turns for one in turn for part in _parts(one)))


def _parts(sentence: str) -> Iterator[str]:
    while len(sentence) > _LONGEST and ", " in sentence[_SHORTEST_CUT:_LONGEST]:
        at = sentence.rindex(", ", _SHORTEST_CUT, _LONGEST)
        yield sentence[: at + 1]
        sentence = sentence[at + 2 :]
    if re.search(r"\w", sentence):
        yield sentence


def sounds_of(samples: Floats, rate_hz: int) -> Frames:
    """Give the frames of an engine's speech (mono, of shape (n,)), its silences left out."""
    frames = frames_of(np.pad(samples, _PADDED), rate_hz)
    energy = frames.powers.sum(axis=1)
    loudest = float(energy.max(initial=0.0))
    return frames.only(np.flatnonzero(energy > loudest * 10 ** (_SILENCE_DB / 10)))
