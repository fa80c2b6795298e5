"""A programme's file from another station → the same programme here, and nothing overwritten."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from broadcast.errors import BroadcastError, OutsideError
from broadcast.messages import Message, counted
from broadcast.messages.system_reasons import system_reason
from broadcast.production.desk.progress import Reporter, waiting
from broadcast.production.public.pack import note_seen, seen_here
from broadcast.production.public.pack_zip import Pack, opened
from broadcast.production.public.unpack_plan import Arrival, UnpackPlan, plan_of
from broadcast.recordings.handed_takes import digests_of
from broadcast.workspace import Workspace, episode_name
from broadcast.workspace.locks import locked, making
from broadcast.workspace.moving import Move, is_half_moved, move_all
from broadcast.workspace.writing import onto_disk

UNPACKING = Message("handed.unpacking", "unpacking")
_ROOM_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What came of a programme's file, from which ``station``; ``script`` is where its script lies.

    ``added`` are the files that are new here, ``same`` counts those that were here as they are,
    ``takes`` is how many takes came with it; ``is_news``: any of it was not here. ``holder`` names
    another programme here that has its guid (None: none has).
    """

    name: str
    station: str
    script: str
    added: tuple[str, ...]
    same: int
    takes: int
    is_news: bool
    holder: str | None


def unpack(workspace: Workspace, file: Path, as_name: str | None, reporter: Reporter) -> Unpacked:
    """Take a programme in that another station packed, under the name ``as_name`` if one is given.

    What is here already as it is in the file is left. Raises BroadcastError, and changes nothing,
    when any of it is different here (each is told), and as ``opened`` does; OutsideError when the
    disk refuses, and then nothing was changed either.
    """
    with opened(file) as pack:
        name = pack.record.name if as_name is None else episode_name(Path(f"{as_name}.txt"))
        with making(workspace, name, waiting(reporter)):
            shutil.rmtree(_staged(workspace.root, name), ignore_errors=True)  # a killed one's
            plan = plan_of(workspace, pack, name, as_name)
            if plan.conflicts:
                raise _refused(plan, pack, reporter)
            if plan.arrivals:
                _bring(workspace, pack, name, plan, reporter)
            if plan.takes is not None:
                seen = (*seen_here(workspace, name), *pack.record.seen, *digests_of(plan.takes))
                note_seen(workspace, name, seen)
    return Unpacked(
        name=name,
        station=pack.record.station,
        script=plan.script,
        added=tuple(one.place for one in plan.arrivals if one.before is None),
        same=plan.same,
        takes=plan.new_takes,
        is_news=bool(plan.arrivals),
        holder=plan.holder,
    )


def _bring(
    workspace: Workspace, pack: Pack, name: str, plan: UnpackPlan, reporter: Reporter
) -> None:
    root = workspace.root
    needed = sum(
        len(one.source) if isinstance(one.source, bytes) else one.source.size
        for one in plan.arrivals
    )
    if shutil.disk_usage(root).free < needed + _ROOM_BYTES:
        raise OutsideError(
            Message(
                "handed.no-room",
                "There is no room for it: it needs {size:,.0f} MB.",
                size=(needed + _ROOM_BYTES) / 1e6,
            ),
            file=root,
        )
    try:
        with _staging(root, name) as folder:
            for at, one in enumerate(plan.arrivals):
                reporter.step(UNPACKING, at, len(plan.arrivals), one.place)
                _stage(pack, one, folder / str(at))
            onto_disk(folder)
            reporter.step(UNPACKING, len(plan.arrivals), len(plan.arrivals))
            with locked(workspace, waiting(reporter)):
                if not plan.is_still_so(root):
                    raise BroadcastError(
                        Message("handed.meanwhile", "Something was changed here meanwhile."),
                        hint=Message("handed.meanwhile.hint", "Unpack it again."),
                    )
                staged = folder.relative_to(root)
                move_all(root, tuple(_moves(plan.arrivals, staged)), (staged.as_posix(),))
    except OSError as error:
        raise OutsideError(
            Message(
                "handed.not-written", "It was not unpacked: {reason}.", reason=system_reason(error)
            ),
            file=error.filename,
            hint=Message(
                "handed.not-written.hint",
                "Close the programs that have its files open, and check that you may write here.",
            ),
        ) from error


def _stage(pack: Pack, one: Arrival, target: Path) -> None:
    with target.open("xb") as stream:
        if isinstance(one.source, bytes):
            stream.write(one.source)
        else:
            pack.copy(one.source, stream)


@contextmanager
def _staging(root: Path, name: str) -> Iterator[Path]:
    """Give an empty folder; what is not moved out of it is gone afterwards."""
    folder = _staged(root, name)
    folder.mkdir()
    try:
        yield folder
    finally:
        if not is_half_moved(root):  # else whoever finishes the moves needs what is there
            shutil.rmtree(folder, ignore_errors=True)


def _staged(root: Path, name: str) -> Path:
    return root / f".unpacking-{name}"


def _moves(arrivals: Sequence[Arrival], folder: Path) -> Iterator[Move]:
    for at, one in enumerate(arrivals):
        staged = (folder / str(at)).as_posix()
        if one.before is not None:
            yield one.place, f"{staged}.before"
        yield staged, one.place


def _refused(plan: UnpackPlan, pack: Pack, reporter: Reporter) -> BroadcastError:
    for place, problem in plan.conflicts:
        reporter.problem(Path(place), problem)
    return BroadcastError(
        counted(
            "handed.refused",
            "Nothing was unpacked: one file is another here.",
            "Nothing was unpacked: {count} files are others here.",
            count=len(plan.conflicts),
        ),
        file=pack.file,
    )
