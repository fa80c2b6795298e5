"""A station → what of it can be published: drafts that listeners do not have, given to them."""

from __future__ import annotations

from datetime import datetime

from broadcast.errors import BroadcastError, StoppedError
from broadcast.messages import Message, counted
from broadcast.production.desk.draft_record import DraftRecord
from broadcast.production.desk.progress import Reporter
from broadcast.production.desk.status import EpisodeState, status
from broadcast.production.public.publish import Published, publish_all
from broadcast.production.public.summary import summary_of
from broadcast.workspace import Workspace


def publish_new(
    workspace: Workspace, now: datetime, reporter: Reporter, *, agrees: bool
) -> Published | None:
    """Publish every draft that is newer than what listeners have; None where there is none.

    A withdrawn episode stays withdrawn. One whose recordings leave a doubt is refused unless
    somebody ``agrees``. Raises as ``publish_all`` does.
    """
    names = [one.name for one in status(workspace, now, reporter) if _is_new(one)]
    seen: dict[str, DraftRecord] = {}
    refused: dict[str, BroadcastError] = {}
    for name in names:
        try:
            summary = summary_of(workspace, name, None, now, reporter)
            if summary is not None and summary.doubts and not agrees:
                raise _doubtful(name, len(summary.doubts))
        except StoppedError:
            raise
        except BroadcastError as error:
            refused[name] = error
        else:
            if summary is not None:
                seen[name] = summary.record
    if not names:
        return None
    wanted = [name for name in names if name in seen]
    done = publish_all(workspace, wanted, None, now, reporter, clock_is_right=agrees, seen=seen)
    return Published(done.outcomes, {**refused, **done.refused}, done.only_on, done.samples)


def _is_new(episode: EpisodeState) -> bool:
    is_withdrawn = episode.published is not None and episode.published.state == "withdrawn"
    return episode.is_newer_than_published and not is_withdrawn


def _doubtful(name: str, doubts: int) -> BroadcastError:
    return BroadcastError(
        counted(
            "network.doubts",
            "{name} is not published: its recordings leave a doubt.",
            "{name} is not published: its recordings leave {count} doubts.",
            count=doubts,
            name=name,
        ),
        hint=Message(
            "network.doubts.hint",
            "Look at it in its station: broadcast takes {name}\n"
            "To publish it all the same, add --yes.",
            name=name,
        ),
    )
