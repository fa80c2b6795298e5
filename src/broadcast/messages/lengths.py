"""A length of sound → the words for it within a sentence."""

from __future__ import annotations

from broadcast.messages import Message


def said_length(ms: float) -> Message:
    """Give ``ms`` milliseconds in whole seconds, from two minutes on in minutes too."""
    seconds = round(ms / 1000)
    if seconds < 120:
        return Message("length.seconds", "{seconds} s", seconds=seconds)
    minutes, seconds = divmod(seconds, 60)
    return Message("length.minutes", "{minutes}:{seconds:02} min", minutes=minutes, seconds=seconds)
