"""An episode as it would stand in the feed → what listeners' programs would not take of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from broadcast.feed.published import PublishedEpisode, PublishedFacts
from broadcast.messages import Message
from broadcast.model import Problem

LONGEST_TITLE = 255
"""Characters that directories keep of a title (Apple Podcasts)."""
NEAR_MS = 50
"""How far a length may lie from what is told: two frames of MP3, those at its head and its end."""

_NUMBERS = {
    "season": Message("entry.season", "season"),
    "episode": Message("entry.episode", "episode number"),
}
_MEND = Message("entry.mend", "Mend the script, then build it again.")
_AGAIN = Message("entry.build-again", "Build it again.")


def entry_problems(
    episode: PublishedEpisode,
    before: PublishedEpisode | None,
    others: Iterable[PublishedFacts],
    audio_ms: int,
) -> Iterator[Problem]:
    """Give what is wrong with an episode that is to be published; nothing is read for it.

    ``before`` is what listeners have of it, ``others`` what they have besides; ``audio_ms`` is the
    length of its audio file as it was measured.
    """
    if told := title_too_long(episode.title):
        yield Problem(None, "error", told, _MEND)
    for name, number in (("season", episode.season), ("episode", episode.episode)):
        if number is not None and (told := number_too_small(name, episode.title, number)):
            yield Problem(None, "error", told, _MEND)
    yield from _guid_problems(episode, before, others)
    if told := other_length(episode, audio_ms):
        yield Problem(None, "error", told, _AGAIN)
    yield from _chapter_problems(episode)


def other_length(
    episode: PublishedEpisode, audio_ms: int, near_ms: int = NEAR_MS
) -> Message | None:
    """Say that audio is not as long as its record says; None: it is, or within ``near_ms``."""
    if abs(audio_ms - episode.duration_ms) <= near_ms:
        return None
    return Message(
        "entry.duration",
        'The audio of "{title}" is {measured:clock} long, its record says {written:clock}.',
        title=episode.title,
        measured=audio_ms,
        written=episode.duration_ms,
    )


def title_too_long(title: str) -> Message | None:
    """Say that a title is longer than directories keep; None: it is not."""
    if len(title) <= LONGEST_TITLE:
        return None
    return Message(
        "entry.title-too-long",
        "A title has {length} characters; directories keep {most}: {title}…",
        length=len(title),
        most=LONGEST_TITLE,
        title=title[:40],
    )


def number_too_small(name: str, title: str | Message, number: int) -> Message | None:
    """Say that an episode's ``season`` or number as an ``episode`` is none; None: it is one."""
    if number >= 1:
        return None
    return Message(
        "entry.number",
        'The {name} of "{title}" is {number}: they count from 1.',
        name=_NUMBERS[name],
        title=title,
        number=number,
    )


def _guid_problems(
    episode: PublishedEpisode,
    before: PublishedEpisode | None,
    others: Iterable[PublishedFacts],
) -> Iterator[Problem]:
    if not episode.guid.strip():
        none = Message("entry.no-guid", 'The guid of "{title}" is empty.', title=episode.title)
        yield Problem(None, "error", none, _AGAIN)
    if before is not None and before.guid != episode.guid:
        told = Message(
            "entry.guid-changed",
            'Listeners know "{title}" by the guid {before}; under another it would come twice.',
            title=episode.title,
            before=before.guid,
        )
        yield Problem(None, "error", told, _AGAIN)
    for other in others:
        if other.guid == episode.guid and other.name != episode.name:
            told = Message(
                "entry.guid-of-another",
                "{name} has the guid that listeners know {other} by: {guid}",
                name=episode.name,
                other=other.name,
                guid=episode.guid,
            )
            hint = Message(
                "entry.guid-of-another.hint",
                "If its folder is a copy, remove episodes/{name}, then build it again.",
                name=episode.name,
            )
            yield Problem(None, "error", told, hint)


def _chapter_problems(episode: PublishedEpisode) -> Iterator[Problem]:
    starts = [chapter.start_ms for chapter in episode.chapters]
    if starts != sorted(set(starts)) or any(start >= episode.duration_ms for start in starts):
        told = Message(
            "entry.chapters",
            'The chapters of "{title}" are not in order, or begin after its end.',
            title=episode.title,
        )
        yield Problem(None, "error", told, _AGAIN)
