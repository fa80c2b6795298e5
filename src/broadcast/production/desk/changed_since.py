"""A draft and what listeners have of it → in how many turns they differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from broadcast.errors import BroadcastError
from broadcast.feed.published import PublishedEpisode, read_sentences
from broadcast.model import TranscriptSentence
from broadcast.production.desk.draft import Draft


@dataclass(frozen=True, slots=True)
class Since:
    """Turns of a draft that listeners do not have so.

    ``new`` are of other words or another speaker than any that was published, ``gone`` those that
    were published and are in the draft no more, ``heard_otherwise`` are the same and were recorded
    since, no longer are, or are heard in other words.
    """

    new: int
    gone: int
    heard_otherwise: int

    def document(self) -> dict[str, int]:
        """Give what ``status --json`` prints of it."""
        return asdict(self)


def changed_since(draft: Draft, folder: Path, published: PublishedEpisode) -> Since | None:
    """Count the turns in which ``draft`` differs from what was published into ``folder``.

    None where one of them does not say which turn its sentences are of, or cannot be read: that is
    told where they are needed.
    """
    try:
        before = read_sentences(folder, published)
    except BroadcastError:
        return None
    now = draft.record.sentences
    if not now or not before or not all(one.turn for one in (*before, *now)):
        return None
    had, has = _heard(before), _heard(now)
    both = had.keys() & has.keys()
    return Since(
        new=len(has.keys() - both),
        gone=len(had.keys() - both),
        heard_otherwise=sum(had[turn] != has[turn] for turn in both),
    )


def _heard(sentences: Iterable[TranscriptSentence]) -> dict[str, tuple[tuple[str, bool], ...]]:
    heard: dict[str, tuple[tuple[str, bool], ...]] = {}
    for one in sentences:
        heard[one.turn] = (*heard.get(one.turn, ()), (one.text, one.synthetic))
    return heard
