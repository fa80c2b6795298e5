"""What stands among and after the turns and is none of them: bylines, furniture, related news."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from broadcast.script import reasons
from broadcast.script.credits import byline_words, is_signature
from broadcast.script.entries import WrittenLine
from broadcast.script.furniture import is_headline, is_portrait_caption
from broadcast.script.inference import InferredTurn
from broadcast.script.labels import LIST_MARK
from broadcast.script.mail import is_farewell
from broadcast.script.set_phrases import is_thanks


@dataclass(slots=True)
class Closing:
    """The bylines found in and after the turns."""

    bylines: list[tuple[WrittenLine, str]] = field(default_factory=list)


def closing_of(blocks: Sequence[InferredTurn]) -> Closing:
    """Take the bylines out of the blocks and give furniture its ``why_dropped``."""
    closing = Closing()
    for place, block in enumerate(blocks):
        last = place == len(blocks) - 1
        _clear(block, closing, last=last)
    return closing


def _clear(block: InferredTurn, closing: Closing, *, last: bool) -> None:
    listing = ended = mailed = False
    kept: list[WrittenLine] = []
    spoken_to = _last_words(block.entries) if last else len(block.entries)
    for at, entry in enumerate(block.entries):
        if not entry.text or (entry.verbatim and not ended):
            kept.append(entry)
            continue
        if at == 0:
            # "PV: Hồng Tú" under the last answer is a signature, not a turn.
            if (
                last
                and entry.label is not None
                and entry.label.form.family
                and is_signature(entry.words)
            ):
                closing.bylines.append((entry, entry.text))
                entry.label = None
                ended = True
            else:
                kept.append(entry)
            continue
        if entry.why_dropped is not None:
            kept.append(entry)
            continue
        why = entry.furniture
        if last and not mailed and is_farewell(entry.text) and _is_over(block.entries[at:]):
            mailed = True
        if mailed:
            entry.why_dropped = reasons.MAIL_SIGNATURE
        elif why is not None:
            entry.why_dropped = why
            listing = listing or entry.begins_section
        elif ended:
            if entry.is_byline:
                closing.bylines.append((entry, byline_words(entry.text)))
                continue
            entry.why_dropped = reasons.AFTER_BYLINE
        elif entry.is_byline:
            closing.bylines.append((entry, byline_words(entry.text)))
            ended = last
            continue
        elif listing and (last or is_headline(entry.text)):
            entry.why_dropped = reasons.LIST_ENTRY
        elif at >= spoken_to and is_signature(entry.text):
            closing.bylines.append((entry, entry.text))
            ended = True
            continue
        elif entry.heading:
            entry.why_dropped = reasons.HEADING_BETWEEN
        elif is_portrait_caption(entry.text):
            entry.why_dropped = reasons.CAPTION
        else:
            listing = False
        kept.append(entry)
    block.entries = kept
    if last and not ended and not mailed:
        _clear_headlines(kept)


def _is_over(entries: Sequence[WrittenLine]) -> bool:
    """Whether nothing but a signature can follow: a few short lines."""
    return sum(len(entry.text.split()) for entry in entries) <= 80


def _last_words(entries: Sequence[WrittenLine]) -> int:
    """Where the last finished sentence stands above the byline and the lists of the page."""
    last = 0
    for at, entry in enumerate(entries):
        if not entry.text:
            continue
        if at and (entry.begins_section or entry.is_byline or is_farewell(entry.text)):
            break
        if entry.furniture is None and not is_headline(entry.text):
            last = at
    return last


def _clear_headlines(entries: Sequence[WrittenLine]) -> None:
    """Drop lines like headlines below the closing thanks."""
    thanked = next((at for at, entry in enumerate(entries) if is_thanks(entry.words)), None)
    if thanked is None:
        return
    for entry in entries[thanked + 1 :]:
        if (
            entry.text
            and not entry.verbatim
            and entry.why_dropped is None
            and is_headline(entry.text)
            and LIST_MARK.match(entry.text) is None
        ):
            entry.why_dropped = reasons.HEADLINE_AFTER
