"""What is said of a language that nobody knows."""

from __future__ import annotations

from broadcast.language import nearest_to
from broadcast.messages import Message


def unknown_language(written: str) -> Message:
    """Say that what stands for a language is none."""
    return Message("language.unknown", "{written!r} is not a language.", written=written)


def hint_for(written: str) -> Message:
    """Say what to write for a language in place of what nobody understands."""
    meant = nearest_to(written)
    if meant is not None:
        return Message("language.meant", 'Did you mean "{tag}" ({tag:language})?', tag=meant.tag)
    return Message(
        "language.how",
        'Write a code such as "vi", "vi-VN" or "en", or a name such as "tiếng Việt".',
    )
