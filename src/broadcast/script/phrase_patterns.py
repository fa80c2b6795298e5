"""A pattern filled from the vocabulary's lists, compiled when it is first asked for."""

from __future__ import annotations

import re
from functools import cached_property

from broadcast.script import vocabulary

_LIST = re.compile(r"«(\w+)»")


class PhrasePattern:
    """A pattern for written text in which «name» stands for the phrases of a list of the table."""

    def __init__(self, written: str, flags: int = re.IGNORECASE) -> None:
        self.written = written
        self.flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern with the lists filled in."""
        filled = _LIST.sub(
            lambda found: f"(?:{vocabulary.alternatives(vocabulary.words_for(found[1]))})",
            self.written,
        )
        return re.compile(filled, self.flags)

    def match(self, text: str) -> re.Match[str] | None:
        """As of `re.Pattern`."""
        return self.compiled.match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """As of `re.Pattern`."""
        return self.compiled.fullmatch(text)

    def search(self, text: str) -> re.Match[str] | None:
        """As of `re.Pattern`."""
        return self.compiled.search(text)
