"""A station's standing words → those of them that are equal in every programme, and the others.

The station's announcer records the former once; what changes, the date above all, is a sentence of
its own beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from broadcast.model import Paragraph, Recording, Turn
from broadcast.production.desk.standing_words import filled
from broadcast.station import Station

_SENTENCE = re.compile(r"\S.*?(?:[.!?…]+(?=\s|$)|$)", re.DOTALL)
_CHANGES = re.compile(r"\{(?:title|date|reporter|guest)\}")


def announced_turns(turns: Sequence[Turn], station: Station) -> tuple[Turn, ...]:
    """Give the standing ones of a programme's turns with the words that no programme changes.

    Of an opening or closing they are the longest stretch of sentences without a title, a date or a
    name; a notice is announced whole. They are the show's, whoever presents the programme.
    """
    templates = {"opening": station.opening, "closing": station.closing}
    return tuple(
        replace(turn, speaker=station.show.title, paragraphs=(Paragraph(0, words),))
        for turn in turns
        if turn.is_standing
        and (words := _unchanging(templates.get(turn.kind, turn.text), station.show.title))
    )


def with_announcer(
    turns: Sequence[Turn], recordings: Mapping[str, Recording], announced: Mapping[str, Recording]
) -> tuple[tuple[Turn, ...], Mapping[str, Recording]]:
    """Give turns and their recordings with what the announcer recorded among the standing words.

    ``announced`` are by the turn's id. The words before and after become turns of their own, which
    a voice says. A programme's own recording of a standing turn is heard in place of that.
    """
    heard = dict(recordings)
    among: list[Turn] = []
    for turn in turns:
        recording = None if turn.id in recordings else announced.get(turn.id)
        if recording is None or not turn.is_standing or recording.words not in turn.text:
            among.append(turn)
            continue
        for piece, is_announced in _apart(turn, recording.words):
            among.append(piece)
            if is_announced:
                heard[piece.id] = recording
    return tuple(among), heard


def _unchanging(words: str, show: str) -> str:
    """Give the longest stretch of sentences that say nothing of one programme alone."""
    stretches = [
        [*sentences]
        for changes, sentences in groupby(
            _SENTENCE.finditer(words), lambda sentence: bool(_CHANGES.search(sentence[0]))
        )
        if not changes
    ]
    spans = [words[one[0].start() : one[-1].end()].rstrip() for one in stretches]
    return filled(max(spans, key=len, default=""), {"show": show})


def _apart(turn: Turn, words: str) -> Iterator[tuple[Turn, bool]]:
    before, _, after = turn.text.partition(words)
    for place, text in (("before", before), ("", words), ("after", after)):
        if text.strip():
            name = f"{turn.id}-{place}" if place else turn.id
            yield replace(turn, id=name, paragraphs=(Paragraph(0, text.strip()),)), not place
