"""A script's file → the script, and each turn → the words that are said for it, remembered.

A swap changes neither, so it needs no rules: to import them and to apply them takes longer than
everything else that a swap does but sound.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache as remembered_here
from pathlib import Path

import broadcast
from broadcast.cache import Cache, file_digest, key_of
from broadcast.model import Script, Sentence, Turn
from broadcast.production.naming import STANDARD_INPUT
from broadcast.production.reading import lexicon_of, script_of
from broadcast.station import Station
from broadcast.workspace import Workspace

Said = Callable[[Turn], tuple[Sentence, ...]]


def known_script(station: Station, file: Path, cache: Cache) -> Script:
    """Give what ``script_of`` gives. Raises as it does."""
    if file == STANDARD_INPUT or not file.is_file():
        return script_of(station, file)
    decides = [_rules("script"), str(file), file_digest(file), station.show.language]
    key = key_of("script", *decides, repr(station.people))
    return cache.remember(key, Script, lambda: script_of(station, file))


def remembering(workspace: Workspace, station: Station, script: Script, cache: Cache) -> Said:
    """Give what tells of a turn how it is said, sentence by sentence.

    It raises BroadcastError for a line of lexicon.tsv or a setting that is wrong.
    """
    words = workspace.lexicon_file
    lexicon = [file_digest(words) if words.is_file() else None, dict(script.front.lexicon)]
    base = key_of("said", _rules("spoken"), script.language, lexicon, repr(station.spoken))

    @remembered_here
    def rules() -> Said:
        from broadcast.spoken import sentences, style_from

        lexicon, style = lexicon_of(workspace, script), style_from(station.spoken)
        return lambda turn: sentences(turn, language=script.language, lexicon=lexicon, style=style)

    @remembered_here
    def said(turn: Turn) -> tuple[Sentence, ...]:
        key = key_of(base, [[paragraph.line, paragraph.text] for paragraph in turn.paragraphs])
        return cache.remember(key, tuple[Sentence, ...], lambda: rules()(turn))

    return said


def _rules(room: str) -> list[object]:
    """Name the rules in a room: the program's version, and each file that any of them stand in."""
    house = Path(broadcast.__file__).parent
    rooms = (house, house / "model", house / room)
    files = sorted(file for folder in rooms for file in folder.iterdir())
    written = [
        [file.name, file.stat().st_size, file.stat().st_mtime_ns] for file in files if file.suffix
    ]
    return [broadcast.__version__, written]
