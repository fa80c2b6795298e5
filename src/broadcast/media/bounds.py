"""Sound as a file gives it → sound that can be, or what is wrong with the file in words.

A header can claim any rate, any number of channels and any length; a damaged file of floating
point holds any number. What would take a machine's whole memory or an hour is refused by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from broadcast.errors import BroadcastError
from broadcast.media.samples import Audio
from broadcast.messages import Message, counted

# Below a telephone's 8 kHz, half of it; above, twice what the best of recorders have.
LOWEST_HZ, _HIGHEST_HZ = 4_000, 400_000
_MOST_CHANNELS = 32  # of a recorder that has a track for each microphone
_MOST_HOURS = 4
# Floating point has headroom, but no recorder's sound is this far above full scale.
_MOST_OF_SOUND = 2.0**16
_MOST_WRONG = 0.01


def refuse_kind(rate_hz: int, channels: int, file: Path) -> None:
    """Raise BroadcastError when no recorder makes sound at this rate, in so many channels."""
    if not LOWEST_HZ <= rate_hz <= _HIGHEST_HZ:
        raise BroadcastError(
            Message(
                "sound.no-such-rate",
                "Its header says that it has {rate_hz} samples a second, which no recording has.",
                rate_hz=rate_hz,
            ),
            file=file,
            hint=Message(
                "sound.no-such-rate.hint",
                "Copy the file again, or save it again in the program that made it.",
            ),
        )
    if not 1 <= channels <= _MOST_CHANNELS:
        raise BroadcastError(
            Message(
                "sound.no-such-channels",
                "Its header says that it has {channels} channels; 1 to {most} can be used.",
                channels=channels,
                most=_MOST_CHANNELS,
            ),
            file=file,
            hint=Message("sound.no-such-channels.hint", "Save it again, as mono or stereo."),
        )


def refuse_length(samples: int, rate_hz: int, file: Path) -> None:
    """Raise BroadcastError for what nobody records in one piece."""
    if samples > _MOST_HOURS * 3600 * max(1, rate_hz):
        raise BroadcastError(
            Message("sound.too-long", "It is longer than {hours} hours.", hours=_MOST_HOURS),
            file=file,
            hint=Message("sound.too-long.hint", "Cut it into shorter recordings first."),
        )


def bounded(blocks: Iterator[Audio], file: Path, damage: list[Message]) -> Iterator[Audio]:
    """Give blocks without what is no sound, and add to ``damage`` how much that was.

    Raises BroadcastError when it is a good part of them, or when they go on for too long.
    """
    samples, channels, wrong = 0, 1, 0
    for block in blocks:
        channels = block.samples.shape[1]
        refuse_kind(block.rate_hz, channels, file)
        samples += len(block.samples)
        refuse_length(samples, block.rate_hz, file)
        wrong += _silence_what_is_no_sound(block)
        yield block
    if wrong > _MOST_WRONG * samples * channels:
        raise BroadcastError(
            Message(
                "sound.no-numbers",
                "It holds numbers that are no sound (not finite, or far over full scale).",
            ),
            file=file,
            hint=Message(
                "sound.no-numbers.hint",
                "Save it again in the program that made it, as 24-bit WAV.",
            ),
        )
    if wrong:
        damage.append(
            counted(
                "sound.samples-lost",
                "{count} sample is no sound, and silence is in its place",
                "{count} samples are no sound, and silence is in their place",
                count=wrong,
            )
        )


def _silence_what_is_no_sound(block: Audio) -> int:
    """Give how many samples were no sound, and are silent now."""
    if not block.has_headroom:
        return 0
    samples = block.samples
    is_sound = np.abs(samples) <= _MOST_OF_SOUND  # which no comparison with NaN is
    wrong = samples.size - int(np.count_nonzero(is_sound))
    if wrong:
        samples[~is_sound] = 0.0
    return wrong
