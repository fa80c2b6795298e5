"""A script as split, turned into everything a producer should look at before it is voiced."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from broadcast.language import Language
from broadcast.model import Document, Problem, Speaker, Turn
from broadcast.script import vocabulary
from broadcast.script.entries import Entry
from broadcast.script.inference import Block
from broadcast.script.label_forms import Sureness, label_key
from broadcast.script.names import Words, has_words
from broadcast.script.written_in import other_language
from broadcast.text import folded

_MARKUP = re.compile(
    r"</?[a-zA-Z][^<>]{0,80}>|&(?:[a-z]{2,8}|#\d{1,6});|\*\*|\]\(|<!--|\{\{|\\\w{3,}\{"
)
_FEWEST_OF_CAPTION, _MOST_OF_CAPTION = 6, 40
_WITH_HEAD = {".txt", ".md", ".markdown", ""}
_FINISHED = set('.?!…”"»')
_LABEL_HINT = (
    "If it is a speaker, name the person under people: in the front matter; "
    "if not, nothing needs to be done."
)


def problems_of(
    document: Document,
    entries: Sequence[Entry],
    blocks: Sequence[Block],
    doubted: Sequence[Entry],
    turns: Sequence[Turn],
    speakers: Sequence[Speaker],
    language: str,
) -> tuple[Problem, ...]:
    """Collect what is wrong or doubtful, by line; ``language`` is the one it will be read in."""
    problems = [
        *document.problems,
        *_in_another_language(document, turns, language),
        *(found.problem for entry in entries for found in entry.found if found.problem),
        *_missing(blocks, turns),
        *_inferred(blocks),
        *_doubts(doubted, blocks, turns),
        *_similar(speakers, turns),
        *_leftovers(turns),
        *_like_captions(entries, turns),
        *_lone_labels(blocks, speakers),
    ]
    return tuple(sorted(problems, key=lambda problem: (problem.line or 0, problem.message)))


def _in_another_language(document: Document, turns: Sequence[Turn], language: str) -> list[Problem]:
    written = other_language((turn.text for turn in turns), language)
    if written is None:
        return []
    head = f"write “language: {written.tag}” at its head, between two lines of ---."
    return [
        Problem(
            None,
            "warning",
            f"this script looks {written.name}, and it will be read in "
            f"{Language.tagged(language).name} ({language})",
            f"If it is, {head}"
            if document.file.suffix.casefold() in _WITH_HEAD
            else f"If it is, make a text of it (broadcast import), and {head}",
        )
    ]


def _missing(blocks: Sequence[Block], turns: Sequence[Turn]) -> list[Problem]:
    problems = [
        Problem(
            block.entries[0].number,
            "error",
            f"“{block.label.text}” has nothing to say here",
            "Write the words after the label, or take the label out.",
        )
        for block in blocks
        if block.label is not None
        and block.entries
        and not any(entry.why_dropped is None and has_words(entry.words) for entry in block.entries)
    ]
    if not any(turn.kind == "turn" for turn in turns):
        problems.append(
            Problem(
                None,
                "error",
                "no turns were found: nobody is seen to speak in this script",
                "Begin each turn with the speaker and a colon, as in “Phóng viên: …”.",
            )
        )
    return problems


def _inferred(blocks: Sequence[Block]) -> list[Problem]:
    problems = []
    told: set[str] = set()
    for block in blocks:
        if not block.sign or not block.entries or block.sign in told:
            continue
        told.add(block.sign)
        count = sum(other.sign == block.sign for other in blocks)
        whose = "the speaker of one turn was" if count == 1 else f"speakers of {count} turns were"
        problems.append(
            Problem(
                block.entries[0].number,
                "warning",
                f"{whose} inferred from {block.sign}",
                "Check who speaks; write the speaker and a colon before the words to be certain.",
            )
        )
    return problems


def _doubts(
    doubted: Sequence[Entry], blocks: Sequence[Block], turns: Sequence[Turn]
) -> list[Problem]:
    """Lines that begin as a label might; a headline does so too ("Chủ tịch phường: …")."""
    first = min((entry.number for block in blocks for entry in block.entries), default=None)
    if first is None:
        return []
    said = {paragraph.line for turn in turns for paragraph in turn.paragraphs}
    return [
        Problem(
            entry.number,
            "warning",
            f"“{entry.text.split(':')[0].strip()}” could be a speaker; it is read as words",
            _LABEL_HINT,
        )
        for entry in doubted
        if entry.why_dropped is None and (entry.number >= first or entry.number in said)
    ]


def _similar(speakers: Sequence[Speaker], turns: Sequence[Turn]) -> list[Problem]:
    """Pairs of speakers whose names differ by a slip of the pen."""
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
                        f"“{one.name}” and “{other.name}” are very similar: one person or two?",
                        "Write the name the same way everywhere, or list an alias under people:.",
                    )
                )
    return problems


def _leftovers(turns: Sequence[Turn]) -> list[Problem]:
    problems = []
    for turn in turns:
        for paragraph in turn.paragraphs:
            found = _MARKUP.search(paragraph.text)
            if found is not None:
                problems.append(
                    Problem(
                        paragraph.line,
                        "warning",
                        f"leftover markup “{found[0]}” would be spoken",
                        "Take it out of the script.",
                    )
                )
    return problems


def _like_captions(entries: Sequence[Entry], turns: Sequence[Turn]) -> list[Problem]:
    """Paragraphs without a full stop among finished ones: a caption copied with the page."""
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
                        "this line looks like the caption of a picture; it is read as words",
                        "Take it out, or end it with a full stop if it is to be read.",
                    )
                )
    return problems


def _is_of_person(text: str) -> bool:
    """Whether ``text`` opens with a form of address or a job, as captions do."""
    return Words.of(text).opening(vocabulary.TITLES) > 0


def _lone_labels(blocks: Sequence[Block], speakers: Sequence[Speaker]) -> list[Problem]:
    """Unsure labels that come up a single time and are no short form of another."""
    short = {label for speaker in speakers if len(speaker.labels) > 1 for label in speaker.labels}
    count = Counter(label_key(block.label.text) for block in blocks if block.label is not None)
    return [
        Problem(
            block.entries[0].number,
            "warning",
            f"the label “{block.label.text}” occurs once; it is taken for a speaker",
            "If it is no speaker, put the line into the paragraph above it.",
        )
        for block in blocks
        if block.label is not None
        and block.entries
        and block.entries[0].label is block.label
        and block.label.form.sureness < Sureness.SURE
        and block.label.text not in short
        and count[label_key(block.label.text)] == 1
    ]
