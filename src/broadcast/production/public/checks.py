"""A draft as listeners would have it → its errors, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from broadcast.errors import BroadcastError, UsageError
from broadcast.feed.check import base_url_problems, cover_problems
from broadcast.feed.check_entry import entry_problems
from broadcast.feed.cover import IN_SETTINGS, given_cover
from broadcast.feed.published import PublishedEpisode, PublishedFacts
from broadcast.media.packets import packets_ms
from broadcast.messages import Message, counted
from broadcast.model import Problem, Show
from broadcast.production.desk.draft import Draft
from broadcast.production.desk.progress import Reporter
from broadcast.production.desk.standing_words import spoken_day, written_date
from broadcast.records import unreadable
from broadcast.workspace import STATION_FILE


def show_errors(show: Show) -> tuple[Problem, ...]:
    """Give what of the show itself keeps programs from taking any episode.

    Raises BroadcastError when its cover cannot be read.
    """
    return tuple(problem for problem in _of_show(show) if problem.level == "error")


def draft_errors(
    draft: Draft,
    episode: PublishedEpisode,
    before: PublishedEpisode | None,
    others: Iterable[PublishedFacts],
) -> tuple[Problem, ...]:
    """Give what would be wrong with ``episode``, which is to be frozen from ``draft``.

    Raises OutsideError when its audio cannot be read.
    """
    audio = draft.folder / draft.record.files.audio
    try:
        audio_ms = packets_ms(audio)
    except OSError as error:
        raise unreadable(audio, error) from error
    return tuple(entry_problems(episode, before, others, audio_ms))


def codes_of(errors: Sequence[Problem]) -> tuple[str, ...]:
    """Give the codes by which errors are kept on record, each once."""
    return tuple(dict.fromkeys(error.message.code for error in errors))


def refuse_errors(
    draft: Draft, of_show: Sequence[Problem], of_draft: Sequence[Problem], reporter: Reporter
) -> None:
    """Tell what is wrong with the show and with a draft; raise BroadcastError if anything is."""
    name, errors = draft.record.name, (*of_show, *of_draft)
    for file, problems in ((STATION_FILE, of_show), (draft.record.script, of_draft)):
        for problem in problems:
            reporter.problem(Path(file), problem)
    if not errors:
        return
    raise BroadcastError(
        counted(
            "publish.has-errors",
            "{name} is not published: there is an error, told above.",
            "{name} is not published: there are {count} errors, told above.",
            count=len(errors),
            name=name,
        ),
        hint=Message(
            "publish.has-errors.hint",
            "Mend it, then publish. Or publish it all the same, which stays on record: "
            "broadcast publish {name} --force",
            name=name,
        ),
    )


def refuse_another_day(draft: Draft, episode: PublishedEpisode) -> None:
    """Raise UsageError when a programme would come on another day than the one it says."""
    record, day = draft.record, episode.published.date()
    said = spoken_day(record)
    if said is None or said == day:
        return
    raise UsageError(
        Message(
            "publish.another-day",
            "{name} says that it is of {said}, and would come on {day}.",
            name=record.name,
            said=written_date(said, record.language),
            day=written_date(day, record.language),
        ),
        hint=Message(
            "publish.another-day.hint",
            "Build it for that day first: broadcast build {script} --on {day}",
            script=record.script,
            day=day.isoformat(),
        ),
    )


def _of_show(show: Show) -> Iterator[Problem]:
    yield from base_url_problems(show)
    if show.cover is not None:  # what is drawn is as it shall be
        yield from cover_problems(given_cover(show.cover, IN_SETTINGS))
