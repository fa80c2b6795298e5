"""A script's turns and speakers → what in their words and names looks like a slip."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from broadcast.messages import Message
from broadcast.model import Problem, Remedy, Speaker, Turn
from broadcast.script import vocabulary
from broadcast.script.entries import WrittenLine
from broadcast.script.names import Words
from broadcast.text import folded

_MARKUP = re.compile(
    r"</?[a-zA-Z][^<>]{0,80}>|&(?:[a-z]{2,8}|#\d{1,6});|\*\*|\]\(|<!--|\{\{|\\\w{3,}\{"
)
_FEWEST_OF_CAPTION, _MOST_OF_CAPTION = 6, 40
_FINISHED = set('.?!…”"»')


def similar_names(speakers: Sequence[Speaker], turns: Sequence[Turn]) -> list[Problem]:
    """Give the pairs of speakers whose names differ by a slip of the pen."""
    first = {turn.speaker: turn.line for turn in reversed(turns) if turn.kind == "turn"}
    names = [(speaker, folded(speaker.name)) for speaker in speakers][:200]
    problems = []
    for at, (one, key) in enumerate(names):
        for other, other_key in names[at + 1 :]:
            if one.role != other.role or abs(len(key) - len(other_key)) > 3:
                continue
            if re.sub(r"\D", "", key) != re.sub(r"\D", "", other_key):
                continue
            matcher = SequenceMatcher(None, key, other_key, autojunk=False)
            if matcher.quick_ratio() >= 0.85 and matcher.ratio() >= 0.85:
                problems.append(
                    Problem(
                        first.get(other.name),
                        "warning",
                        Message(
                            "script.similar-names",
                            "“{one}” and “{other}” are very similar: one person or two?",
                            one=one.name,
                            other=other.name,
                        ),
                        Message(
                            "script.similar-names.hint",
                            "Write the name the same way everywhere, "
                            "or list an alias under people:.",
                        ),
                        remedies=(Remedy("one-person", one.name, other.name),),
                    )
                )
    return problems


def leftovers(turns: Sequence[Turn]) -> list[Problem]:
    """Give the places where signs of a markup would be spoken."""
    problems = []
    for turn in turns:
        for paragraph in turn.paragraphs:
            found = _MARKUP.search(paragraph.text)
            if found is not None:
                problems.append(
                    Problem(
                        paragraph.line,
                        "warning",
                        Message(
                            "script.markup",
                            "leftover markup “{markup}” would be spoken",
                            markup=found[0],
                        ),
                        Message("script.markup.hint", "Take it out of the script."),
                        turn.n,
                        remedies=(Remedy("edit"),),
                    )
                )
    return problems


def like_captions(entries: Sequence[WrittenLine], turns: Sequence[Turn]) -> list[Problem]:
    """Give the paragraphs without a full stop among finished ones: captions copied with a page."""
    entry_of = {entry.number: entry for entry in entries}
    problems = []
    for turn in turns:
        for above, one, below in zip(
            turn.paragraphs, turn.paragraphs[1:], [*turn.paragraphs[2:], None], strict=False
        ):
            entry = entry_of[one.line]
            if (
                _FEWEST_OF_CAPTION <= len(one.text.split()) <= _MOST_OF_CAPTION
                and one.text[0].isupper()
                and one.text[-1].isalnum()
                and not one.text.isupper()
                and not entry.verbatim
                and ":" not in one.text
                and above.text[-1] in _FINISHED
                and (below.text[-1] in _FINISHED if below else _is_of_person(one.text))
            ):
                problems.append(
                    Problem(
                        one.line,
                        "warning",
                        Message(
                            "script.like-caption",
                            "this line looks like the caption of a picture; it is read as words",
                        ),
                        Message(
                            "script.like-caption.hint",
                            "Take it out, or end it with a full stop if it is to be read.",
                        ),
                        turn.n,
                        remedies=(Remedy("leave-out"), Remedy("as-it-is")),
                    )
                )
    return problems


def _is_of_person(text: str) -> bool:
    """Whether ``text`` opens with a form of address or a job, as captions do."""
    return Words.of(text).opening(vocabulary.TITLES) > 0
