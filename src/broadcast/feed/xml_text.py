"""Any text into text that XML and HTML can hold."""

from __future__ import annotations

import re

from broadcast.text import without_direction

# What XML 1.0 (2.2, Char) has no place for, and halves of UTF-16 pairs.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Leave out the characters that XML cannot hold, and those that turn the order of letters."""
    if text.isprintable():  # none of these is
        return text
    return without_direction(_NOT_XML.sub("", text))
