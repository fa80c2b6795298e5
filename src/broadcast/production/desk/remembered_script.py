"""A script's file → the script, and each turn → the words that are said for it, remembered.

A swap changes neither, so it needs no rules: to import them and to apply them takes longer than
everything else that a swap does but sound.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache as remembered_here
from pathlib import Path

from broadcast.cache import Cache, file_digest, key_of, rules_of
from broadcast.model import Script, Sentence, Turn
from broadcast.production.desk.find_script import STANDARD_INPUT
from broadcast.production.desk.read_script import lexicon_of, script_of
from broadcast.station import Station
from broadcast.workspace import Workspace

_BRACKET = re.compile(r".{0,200}\([^()]*\)")
SentencesOf = Callable[[Turn], tuple[Sentence, ...]]


def known_script(station: Station, file: Path, cache: Cache) -> Script:
    """Give what ``script_of`` gives. Raises as it does."""
    if file == STANDARD_INPUT or not file.is_file():
        return script_of(station, file)
    key = script_key(station, file.suffix, file_digest(file), rules_of("model", "script"))
    script = cache.remember(key, Script, lambda: replace(script_of(station, file), file=Path()))
    return replace(script, file=file)


def script_key(station: Station, ending: str, digest: str, rules: str) -> str:
    """Name what is understood of a script: everything that decides it.

    ``ending`` is that of its file's name, ``digest`` that of its bytes, ``rules`` name the rules
    that it is read by.
    """
    decides = [rules, ending.casefold(), digest, station.show.language]
    return key_of("script", *decides, repr(station.people))


def remembering(
    workspace: Workspace, station: Station, script: Script, cache: Cache
) -> SentencesOf:
    """Give what tells of a turn how it is said, sentence by sentence.

    It raises BroadcastError for a line of lexicon.tsv or a setting that is wrong.
    """
    words = workspace.lexicon_file
    digest = file_digest(words) if words.is_file() else None
    readings = readings_key(station, script, digest, rules_of("model", "spoken"))

    @remembered_here
    def rules() -> SentencesOf:
        from broadcast.spoken import sentences, style_from

        lexicon, style = lexicon_of(workspace, script), style_from(station.spoken)
        return lambda turn: sentences(turn, language=script.language, lexicon=lexicon, style=style)

    @remembered_here
    def said(turn: Turn) -> tuple[Sentence, ...]:
        key = said_key(readings, turn)
        return cache.remember(key, tuple[Sentence, ...], lambda: rules()(turn))

    return said


def readings_key(station: Station, script: Script, lexicon_digest: str | None, rules: str) -> str:
    """Name how words are said in a script: everything that decides it but the words.

    ``lexicon_digest`` is that of lexicon.tsv (None: there is none), ``rules`` name the rules.
    """
    lexicon = [lexicon_digest, [*script.front.lexicon.items()], _in_brackets(script)]
    return key_of("said", rules, script.language, lexicon, repr(station.spoken))


def _in_brackets(script: Script) -> list[str]:
    """Give every bracket with the words before it: all that can explain an abbreviation.

    Which of them do is told by the rules, and those are not imported where nothing is to be said.
    """
    return [
        bracket
        for turn in script.turns
        for paragraph in turn.paragraphs
        if "(" in paragraph.text
        for bracket in _BRACKET.findall(paragraph.text)
    ]


def said_key(readings: str, turn: Turn) -> str:
    """Name how a turn is said where ``readings`` hold, with the lines that doubts are told by."""
    return key_of(readings, [[paragraph.line, paragraph.text] for paragraph in turn.paragraphs])
