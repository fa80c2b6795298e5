"""A programme's file and a station → what would come, what is here already, and what disagrees."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from msgspec.structs import replace

from broadcast.errors import BroadcastError
from broadcast.messages import Message
from broadcast.model import Problem
from broadcast.production.desk.draft import draft_record_in, read_draft
from broadcast.production.desk.find_script import is_transcript, scripts_of
from broadcast.production.desk.known import drafted_names
from broadcast.production.desk.published import published_episode
from broadcast.production.public.pack import seen_here
from broadcast.production.public.pack_record import (
    PackedFile,
    draft_place,
    is_script_place,
    recording_place,
)
from broadcast.production.public.pack_zip import Pack, alike, not_as_listed
from broadcast.production.public.rename import renamed_draft
from broadcast.recordings.handed_takes import joined
from broadcast.recordings.takes_file import Takes, read_takes, takes_in
from broadcast.records import record_bytes, unreadable
from broadcast.workspace import TAKES_JSON, Workspace, episode_name

_MOST_RECORD_BYTES = 32 << 20


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that would come to ``place``: one of the pack's, or bytes made of it.

    ``before`` is what it takes the place of, as it was read (None: nothing is there).
    """

    place: str
    source: PackedFile | bytes
    before: bytes | None = None


@dataclass(slots=True)
class UnpackPlan:
    """What would come; with ``conflicts`` nothing does.

    ``same`` counts what is here already, ``takes`` are those there would be (None: none came),
    ``new_takes`` how many of them are new, ``holder`` the other programme that has the guid here.
    """

    script: str = ""
    arrivals: list[Arrival] = field(default_factory=list)
    conflicts: list[tuple[str, Problem]] = field(default_factory=list)
    same: int = 0
    takes: Takes | None = None
    new_takes: int = 0
    holder: str | None = None

    def is_still_so(self, root: Path) -> bool:
        """Whether nothing has come meanwhile to where something would."""
        return all(_read(root / one.place) == one.before for one in self.arrivals)


def plan_of(workspace: Workspace, pack: Pack, name: str, as_name: str | None) -> UnpackPlan:
    """Compare a programme's file with what the station has under ``name``; nothing is written.

    ``as_name`` is the name if somebody chose it. Raises BroadcastError when a record, here or in
    the file, is wrong.
    """
    plan, own = UnpackPlan(), pack.record.name
    takes_place = recording_place(own, TAKES_JSON)
    draft, takes = draft_place(own), Takes()
    by_place = {packed.place: packed for packed in pack.record.files}
    for packed in by_place.values():
        if is_script_place(packed.place):
            _script(workspace, packed, name, plan)
    if not plan.script:
        raise not_as_listed(pack.file)
    if takes_place in by_place:
        data = pack.data(by_place[takes_place], _MOST_RECORD_BYTES)
        takes = takes_in(data, Path(f"{pack.file.name}: {TAKES_JSON}"))
    for packed in by_place.values():
        file = Path(packed.place).name
        if packed.place in (draft, takes_place) or is_script_place(packed.place):
            continue
        if packed.place.startswith("recordings/"):
            _file(workspace, packed, recording_place(name, file), _SOUND, plan)
        else:
            _file(workspace, packed, packed.place, _BESIDE, plan)
    if takes_place in by_place:
        _takes(workspace, pack, takes, name, plan)
    if draft in by_place:
        _draft(workspace, pack, by_place[draft], name, plan, chosen=as_name is not None)
    return plan


def _script(workspace: Workspace, packed: PackedFile, name: str, plan: UnpackPlan) -> None:
    file = Path(packed.place)
    found = scripts_of(workspace, name)
    same = next((one for one in found if _is_same(one, packed)), None)
    rivals = [one for one in found if is_transcript(one) == is_transcript(file)]
    called = file.name if episode_name(file) == name else f"{name}{file.suffix}"
    place = f"scripts/{called}"
    if same is not None:
        place = workspace.relative(same)
        plan.same += 1
    elif rivals:
        plan.conflicts.append((workspace.relative(rivals[0]), _SCRIPT))
    else:
        _file(workspace, packed, place, _SCRIPT, plan)
    if not plan.script or not is_transcript(file):
        plan.script = place


def _file(
    workspace: Workspace, packed: PackedFile, place: str, differs: Problem, plan: UnpackPlan
) -> None:
    target = workspace.root / place
    if _is_same(target, packed):
        plan.same += 1
    elif os.path.lexists(target):
        plan.conflicts.append((place, differs))
    elif (other := _alike_here(target)) is not None:
        plan.conflicts.append((place, _alike(other)))
    else:
        plan.arrivals.append(Arrival(place, packed))


def _takes(workspace: Workspace, pack: Pack, theirs: Takes, name: str, plan: UnpackPlan) -> None:
    folder, place = workspace.recordings(name), recording_place(name, TAKES_JSON)
    before = _read(folder / TAKES_JSON)
    here = read_takes(folder)
    both = joined(here, theirs, seen_here=seen_here(workspace, name), seen_there=pack.record.seen)
    for group in both.torn:
        files = tuple(dict.fromkeys(part.file for take in group for part in take.files))
        plan.conflicts.append((place, _torn(files, name)))
    plan.takes = both.takes
    plan.new_takes = len(both.takes.takes) - len(here.takes)
    if before is not None and both.takes.takes == here.takes:
        plan.same += 1
    else:
        plan.arrivals.append(Arrival(place, record_bytes(both.takes), before))


def _draft(
    workspace: Workspace,
    pack: Pack,
    packed: PackedFile,
    name: str,
    plan: UnpackPlan,
    *,
    chosen: bool,
) -> None:
    data = pack.data(packed, _MOST_RECORD_BYTES)
    record = draft_record_in(data, Path(f"{pack.file.name}: {packed.place}"))
    if record.guid != pack.record.guid or record.name != pack.record.name:
        raise not_as_listed(pack.file)
    draft, episode = read_draft(workspace.draft(name)), published_episode(workspace, name)
    known = episode.guid if episode else draft.record.guid if draft else None
    place = draft_place(name)
    if known is not None and known != record.guid:
        plan.conflicts.append((place, _OTHER_GUID))
    elif draft is not None:
        plan.same += 1
    elif known is None and (holder := _holder(workspace, record.guid, name)) is not None:
        plan.holder = holder
        if not chosen:
            plan.conflicts.append((place, _held(holder, pack.file)))
    else:
        # What another station agreed to leave unsaid of its voices is no agreement of this one.
        record = replace(
            renamed_draft(record, name, plan.script),
            asked=replace(record.asked, undisclosed_at=None),
        )
        plan.arrivals.append(Arrival(place, record_bytes(record)))


def _holder(workspace: Workspace, guid: str, name: str) -> str | None:
    """Give the programme here, other than ``name``, that has a guid."""
    for other in sorted({*drafted_names(workspace), *workspace.published_names()} - {name}):
        with suppress(BroadcastError):
            draft, episode = (
                read_draft(workspace.draft(other)),
                published_episode(workspace, other),
            )
            if guid in (draft and draft.record.guid, episode and episode.guid):
                return other
    return None


def _is_same(file: Path, packed: PackedFile) -> bool:
    try:
        if not file.is_file() or file.stat().st_size != packed.size:
            return False
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == packed.sha256
    except OSError as error:
        raise unreadable(file, error) from error


def _alike_here(target: Path) -> str | None:
    """Give a name beside ``target`` that is the same one on other systems."""
    with suppress(OSError):
        return next(
            (one.name for one in target.parent.iterdir() if alike(one.name) == alike(target.name)),
            None,
        )
    return None


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise unreadable(file, error) from error


_SCRIPT = Problem(
    None,
    "error",
    Message("handed.script-differs", "another script is here under this name"),
    Message(
        "handed.script-differs.hint",
        "Compare the two. If the one that came is right, put yours away and unpack again; if both "
        "are to be, give it another name with --as.",
    ),
)
_SOUND = Problem(
    None,
    "error",
    Message("handed.sound-differs", "another sound is here under this name"),
    Message(
        "handed.sound-differs.hint",
        "Listen to both. Give yours another name, which takes nothing from it, and unpack again.",
    ),
)
_BESIDE = Problem(
    None,
    "error",
    Message("handed.beside-differs", "the script names this file, and another one is here"),
    Message(
        "handed.beside-differs.hint",
        "Let the sender give it another name, in the script too; or put yours away if nothing "
        "needs it.",
    ),
)
_OTHER_GUID = Problem(
    None,
    "error",
    Message(
        "handed.other-programme",
        "a programme is here under this name that subscribers would take for another one",
    ),
    Message("handed.other-programme.hint", "Unpack it under another name, with --as."),
)


def _alike(other: str) -> Problem:
    return Problem(
        None,
        "error",
        Message(
            "handed.alike-here",
            "{other} is here, which is the same name on other computers",
            other=other,
        ),
        Message("handed.alike-here.hint", "Give yours another name, and unpack again."),
    )


def _torn(files: tuple[str, ...], name: str) -> Problem:
    return Problem(
        None,
        "error",
        Message(
            "handed.both-changed",
            "what is heard of {files:and} was decided on here and there, and not alike",
            files=files,
        ),
        Message(
            "handed.both-changed.hint",
            "Agree on who is right. If they are: put the folder recordings/{name} away and unpack "
            "again. If you are: send them yours, with broadcast pack {name}",
            name=name,
        ),
    )


def _held(holder: str, file: Path) -> Problem:
    return Problem(
        None,
        "error",
        Message(
            "handed.other-name", "this programme is here already, and called {name}", name=holder
        ),
        Message(
            "handed.other-name.hint",
            "broadcast unpack {file} --as {name}",
            file=file.name,
            name=holder,
        ),
    )
