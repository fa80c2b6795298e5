"""A turn → the words a newsreader says for it, remembered: a swap changes none."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from functools import cache as remembered_here
from pathlib import Path
from typing import Any

from broadcast import __version__, spoken
from broadcast.cache import Cache, key_of
from broadcast.model import Reading, Sentence, Turn
from broadcast.spoken import Lexicon, Style, sentences

Said = Callable[[Turn], tuple[Sentence, ...]]


def remembering(language: str, lexicon: Lexicon, style: Style, cache: Cache) -> Said:
    """Give what tells of a turn how it is said, sentence by sentence."""
    # How words are said changes with the rules too: their files are part of the key.
    rules = [file for file in sorted(Path(spoken.__file__).parent.iterdir()) if file.suffix]
    written = [[rule.name, rule.stat().st_size, rule.stat().st_mtime_ns] for rule in rules]
    base = key_of("said", __version__, written, language, repr(lexicon), repr(style))

    @remembered_here
    def said(turn: Turn) -> tuple[Sentence, ...]:
        key = key_of(base, [[paragraph.line, paragraph.text] for paragraph in turn.paragraphs])
        known = cache.get(key)
        if known is not None:
            return tuple(map(_sentence, json.loads(known)))
        found = sentences(turn, language=language, lexicon=lexicon, style=style)
        cache.put(key, json.dumps([asdict(one) for one in found], ensure_ascii=False).encode())
        return found

    return said


def _sentence(facts: dict[str, Any]) -> Sentence:
    readings = tuple(Reading(**reading) for reading in facts["readings"])
    return Sentence(**{**facts, "readings": readings})
