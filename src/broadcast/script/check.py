"""A script as split, turned into everything a producer should look at before it is voiced."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from broadcast.messages import Message
from broadcast.model import Document, Problem, Remedy, Speaker, Turn
from broadcast.script.arrange import Arrangement, TurnLines, aired
from broadcast.script.doubtful_lines import Decided, doubtful_lines
from broadcast.script.doubtful_roles import doubtful_roles
from broadcast.script.doubtful_words import leftovers, like_captions, similar_names
from broadcast.script.inferred_speakers import TurnOf, inferred_speakers, turn_of_block
from broadcast.script.label_forms import Sureness, label_key
from broadcast.script.names import has_words
from broadcast.script.recurring import could_speak
from broadcast.script.written_in import other_language
from broadcast.text import folded

_WITH_HEAD = {".txt", ".md", ".markdown", ""}
_LABEL_HINT = Message(
    "script.maybe-speaker.hint",
    "If it is a speaker, name the person under people: in the front matter; "
    "if not, nothing needs to be done.",
)


def problems_of(
    document: Document,
    parts: Arrangement,
    turns: Sequence[Turn],
    speakers: Sequence[Speaker],
    language: str,
    decided: Decided,
) -> tuple[Problem, ...]:
    """Collect what is wrong or doubtful, by line; ``language`` is the one it will be read in."""
    turn_of = {paragraph.line: turn.n for turn in turns for paragraph in turn.paragraphs}
    blocks, entries = parts.blocks, parts.entries
    problems = [
        *document.problems,
        *_in_another_language(document, turns, language),
        *(found.problem for entry in entries for found in entry.found if found.problem),
        *_aired(document, parts),
        *_missing(blocks, turns),
        *inferred_speakers(document, blocks, turn_of),
        *doubtful_lines(decided, turns, speakers, language),
        *doubtful_roles(turns, speakers),
        *_doubts(blocks, turn_of),
        *similar_names(speakers, turns),
        *leftovers(turns),
        *like_captions(entries, turns),
        *_heading_labels(blocks, speakers),
        *_lone_labels(blocks, speakers, turn_of),
    ]
    return tuple(sorted(problems, key=lambda problem: (problem.line or 0, problem.code)))


def _in_another_language(document: Document, turns: Sequence[Turn], language: str) -> list[Problem]:
    written = other_language((turn.text for turn in turns), language)
    if written is None:
        return []
    message = Message(
        "script.other-language",
        "this script looks {written:language}, and it will be read in {tag:language} ({tag})",
        written=written.tag,
        tag=language,
    )
    if document.file.suffix.casefold() in _WITH_HEAD:
        hint = Message(
            "script.other-language.hint",
            "If it is, write “language: {tag}” at its head, between two lines of ---.",
            tag=written.tag,
        )
    else:
        hint = Message(
            "script.other-language.import",
            "If it is, make a text of it (broadcast import), and write “language: {tag}” at its "
            "head, between two lines of ---.",
            tag=written.tag,
        )
    remedy = Remedy("language", written.tag)
    return [Problem(None, "warning", message, hint, remedies=(remedy,))]


def _aired(document: Document, parts: Arrangement) -> list[Problem]:
    if document.front.date is not None or (found := aired(parts)) is None:
        return []
    entry, day = found
    message = Message(
        "script.air-date",
        "the episode’s date is {date}: this line says that it is broadcast then",
        date=day.isoformat(),
    )
    hint = Message(
        "script.air-date.hint",
        "If that is wrong, write the right one at the head of the script, between two lines of "
        "---, as in “date: {date}”.",
        date=day.isoformat(),
    )
    return [Problem(entry.number, "note", message, hint)]


def _missing(blocks: Sequence[TurnLines], turns: Sequence[Turn]) -> list[Problem]:
    problems = [
        Problem(
            block.begin.entry.number,
            "error",
            Message(
                "script.empty-turn", "“{label}” has nothing to say here", label=block.label.text
            ),
            Message(
                "script.empty-turn.hint", "Write the words after the label, or take the label out."
            ),
            remedies=(Remedy("leave-out"),),
        )
        for block in blocks
        if block.label is not None and not any(has_words(line.words) for line in block.lines)
    ]
    if not any(turn.kind == "turn" for turn in turns):
        problems.append(
            Problem(
                None,
                "error",
                Message(
                    "script.no-turns", "no turns were found: nobody is seen to speak in this script"
                ),
                Message(
                    "script.no-turns.hint",
                    "Begin each turn with the speaker and a colon, as in “Phóng viên: …”.",
                ),
            )
        )
    return problems


def _doubts(blocks: Sequence[TurnLines], turn_of: TurnOf) -> list[Problem]:
    """Lines among the turns that begin as a label might, and are read as words."""
    return [
        Problem(
            line.entry.number,
            "warning",
            Message(
                "script.maybe-speaker",
                "“{label}” could be a speaker; it is read as words",
                label=label.text,
            ),
            _LABEL_HINT,
            turn_of.get(line.entry.number),
            remedies=(Remedy("speaker", label.text), Remedy("as-it-is")),
        )
        for block in blocks
        for line in block.lines
        if line.facts is not None
        and (label := line.facts.label) is not None
        and label is not block.label
        and could_speak(line.entry, label)
    ]


def _lone_labels(
    blocks: Sequence[TurnLines], speakers: Sequence[Speaker], turn_of: TurnOf
) -> list[Problem]:
    """Unsure labels that come up a single time and are no short form of another."""
    short = {label for speaker in speakers if len(speaker.labels) > 1 for label in speaker.labels}
    count = Counter(label_key(block.label.text) for block in blocks if block.label is not None)
    return [
        Problem(
            block.begin.entry.number,
            "warning",
            Message(
                "script.lone-label",
                "the label “{label}” occurs once; it is taken for a speaker",
                label=block.label.text,
            ),
            Message(
                "script.lone-label.hint",
                "If it is no speaker, put the line into the paragraph above it.",
            ),
            turn_of_block(block, turn_of),
            remedies=(Remedy("as-words"), Remedy("speaker", block.label.text)),
        )
        for block in blocks
        if block.label is not None
        and block.label.form.sureness < Sureness.SURE
        and not block.label.form.says_part
        and block.label.text not in short
        and count[label_key(block.label.text)] == 1
    ]


def _heading_labels(blocks: Sequence[TurnLines], speakers: Sequence[Speaker]) -> list[Problem]:
    """Lines taken for labels that say more than a part: "PHÓNG VIÊN HỎI - LÃNH ĐẠO TRẢ LỜI"."""
    parts = {label: one.name for one in speakers if not one.person for label in one.labels}
    count = Counter(folded(block.label.text) for block in blocks if block.label is not None)
    return [
        Problem(
            block.begin.entry.number,
            "warning",
            Message(
                "script.heading-label",
                "“{label}” is taken for a speaker’s label; it is not read",
                label=label,
            ),
            Message(
                "script.heading-label.hint",
                "If it is a heading, take it out; if it is to be read, put it into a sentence.",
            ),
            remedies=(Remedy("leave-out"),),
        )
        for block in blocks
        if block.label is not None
        and not block.begin.words
        and ":" not in block.begin.entry.text
        and count[folded(label := block.label.text)] == 1
        and folded(label).startswith(f"{folded(parts.get(label, label))} ")
    ]
