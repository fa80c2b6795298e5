"""An episode under one name → the same under another, all that belongs to it, as one change."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace as changed

from broadcast.cache import data_digest
from broadcast.errors import OutsideError, UsageError
from broadcast.feed.addresses import page_path
from broadcast.feed.published import PUBLISHED_FILE, PublishedEpisode
from broadcast.messages import Message
from broadcast.messages.system_reasons import system_reason
from broadcast.papers.report import renamed_report
from broadcast.production.booth import RECORD_SHEET
from broadcast.production.desk.draft import DRAFT_FILE, Draft, read_draft
from broadcast.production.desk.draft_record import PAPERS, DraftFiles, DraftRecord
from broadcast.production.desk.find_script import is_no_script
from broadcast.production.desk.listeners import as_last_seen, listeners_of
from broadcast.production.desk.progress import Reporter, waiting
from broadcast.production.desk.published import published_episode
from broadcast.production.desk.read_station import station_of
from broadcast.production.public.air import rename_for_playout
from broadcast.production.public.feed import tell_what_was_due, write_published
from broadcast.production.public.new_name import NewName, new_name
from broadcast.records import record_bytes
from broadcast.workspace import Workspace
from broadcast.workspace.locks import locked, making
from broadcast.workspace.moving import Move, move_all
from broadcast.workspace.writing import finish_replacing, onto_disk

_PREPARED = ".renaming"
_NAMED_ALIKE = frozenset(
    {"chapters", "report", "cover", "cover_small", *PAPERS}
)  # files that have no episode's name


@dataclass(frozen=True, slots=True)
class Renamed:
    """What an episode is called now, and what went along.

    ``published`` is what listeners have or had of it; ``page`` is where they find it (None: nobody
    finds it now).
    """

    name: NewName
    draft: bool
    recordings: bool
    published: PublishedEpisode | None
    page: Path | None


def rename(workspace: Workspace, old: str, new: str, now: datetime, reporter: Reporter) -> Renamed:
    """Give an episode another name: its script, draft, recordings and what was published go along.

    Its guid, its date and the addresses of its sound stay; its page moves. ``old`` and ``new`` are
    as ``new_name`` takes them. Raises as it does, and UsageError when there is no such episode or
    the other name is taken: then nothing was changed. Raises OutsideError when the disk or a
    program that has a file open refuses: then nothing was changed; or when the feed could not be
    written: then that is due.
    """
    station = station_of(workspace)
    name = new_name(workspace, old, new)
    with ExitStack() as held:
        for one in sorted((name.old, name.new)):  # two that exchange names wait for each other
            held.enter_context(making(workspace, one, waiting(reporter)))
        held.enter_context(locked(workspace, waiting(reporter)))
        name = new_name(workspace, old, new)  # as it is now that nobody changes it
        if workspace.published(name.old).is_dir():
            finish_replacing(workspace.published(name.old))
        draft = read_draft(workspace.draft(name.old))
        episode = published_episode(workspace, name.old)
        recordings = workspace.recordings(name.old).is_dir()
        if not (draft or episode or recordings or name.moved):
            raise no_such_programme(name.old)
        _refuse_taken(workspace, name)
        before = listeners_of(workspace, now)
        _moved(workspace, name, draft, episode)
        rename_for_playout(workspace, name.old, name.new, reporter)
        workspace.seen_file(name.old).unlink(missing_ok=True)
        renamed = published_episode(workspace, name.new)
        page = None
        if renamed is not None:
            now_called = (renamed if one.name == name.old else one for one in before.episodes)
            before = as_last_seen(replace(before, episodes=tuple(now_called)), reporter)
            shown = write_published(workspace, station, before, reporter).shown
            tell_what_was_due(before, reporter, (name.new,))
            page = workspace.feed / page_path(renamed) if name.new in shown else None
    return Renamed(name, draft is not None, recordings, renamed, page)


def _moved(
    workspace: Workspace, name: NewName, draft: Draft | None, episode: PublishedEpisode | None
) -> None:
    old, new = workspace.draft(name.old), workspace.draft(name.new)
    try:
        _clear(workspace, name.new)
        prepared = _prepared(workspace, name, draft, episode)
        move_all(
            workspace.root,
            tuple(_moves(workspace, name, draft, prepared)),
            tuple(_place(workspace, folder / _PREPARED) for folder in (old, new)),
        )
    except OSError as error:
        raise OutsideError(
            Message(
                "rename.refused",
                "{name} was not renamed: {reason}.",
                name=name.old,
                reason=system_reason(error),
            ),
            file=error.filename,
            hint=Message(
                "rename.refused.hint",
                "Close the programs that have its script or its recordings open, then try again.",
            ),
        ) from error


def _prepared(
    workspace: Workspace, name: NewName, draft: Draft | None, episode: PublishedEpisode | None
) -> dict[str, bytes]:
    """Write the records as they shall be, hidden beside the draft; give them by their places."""
    records: dict[str, bytes] = {}
    if draft is not None:
        script = workspace.relative(name.script) if name.script else draft.record.script
        record = renamed_draft(draft.record, name.new, script)
        if (page := _leading_on(draft, record.files.audio)) is not None:
            file, data = page
            records[file] = data
            record = changed(record, digests={**record.digests, file: data_digest(data)})
        records[DRAFT_FILE] = record_bytes(record)
    if episode is not None:
        earlier = (*(each for each in episode.earlier_names if each != name.new), name.old)
        renamed = changed(episode, name=name.new, earlier_names=tuple(dict.fromkeys(earlier)))
        records[f"published/{PUBLISHED_FILE}"] = record_bytes(renamed)
    folder = workspace.draft(name.old) / _PREPARED
    shutil.rmtree(folder, ignore_errors=True)
    if records:
        folder.mkdir()
        for place, data in records.items():
            (folder / Path(place).name).write_bytes(data)
        onto_disk(folder)
    return records


def _leading_on(draft: Draft, audio: str) -> tuple[str, bytes] | None:
    """Give the report, its name and how it leads to audio of another name.

    None where there is none, or it is not as it was built: what somebody made of it stays.
    """
    name = draft.record.files.report_page
    if name is None or not (draft.folder / name).is_file():
        return None
    data = (draft.folder / name).read_bytes()
    if data_digest(data) != draft.record.digests[name]:
        return None
    before = draft.record.files.audio
    return name, renamed_report(data.decode("utf-8"), before, audio).encode()


def _moves(
    workspace: Workspace, name: NewName, draft: Draft | None, records: dict[str, bytes]
) -> Iterator[Move]:
    """Give what goes where, in an order in which a file that is open ends it soonest."""
    for source, target in name.moved:
        yield _place(workspace, source), _place(workspace, target)
    for folder, target in (
        (workspace.recordings(name.old), workspace.recordings(name.new)),
        (workspace.draft(name.old), workspace.draft(name.new)),
    ):
        if folder.is_dir():
            yield _place(workspace, folder), _place(workspace, target)
    inside = _place(workspace, workspace.draft(name.new))
    if draft is not None:
        for file, called in _renamed_files(draft.record, name.new).items():
            if file != called and (draft.folder / file).is_file():
                yield f"{inside}/{file}", f"{inside}/{called}"
    for place in records:
        file = Path(place).name
        yield f"{inside}/{place}", f"{inside}/{_PREPARED}/before-{file}"
        yield f"{inside}/{_PREPARED}/{file}", f"{inside}/{place}"


def _place(workspace: Workspace, path: Path) -> str:
    """Give where something is as seen from the station: it may be moved before that is finished."""
    path, root = path.absolute(), workspace.root.absolute()
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def renamed_draft(record: DraftRecord, name: str, script: str) -> DraftRecord:
    """Give the record of a draft as it is under another name; its guid and dates stay."""
    files = _renamed_files(record, name)
    named = {purpose: files[file] for purpose, file in record.files.by_purpose()}
    return changed(
        record,
        name=name,
        script=script,
        files=DraftFiles(**named),
        digests={files[file]: digest for file, digest in record.digests.items()},
    )


def _renamed_files(record: DraftRecord, name: str) -> dict[str, str]:
    """Give the draft's files, each with the name it gets."""
    return {
        file: file
        if purpose in _NAMED_ALIKE or not file.startswith(record.name)
        else name + file.removeprefix(record.name)
        for purpose, file in record.files.by_purpose()
    }


def _refuse_taken(workspace: Workspace, name: NewName) -> None:
    """Raise UsageError where there is something under the new name that was not made by itself."""
    taken = tuple(
        workspace.relative(folder)
        for folder in (workspace.draft(name.new), workspace.recordings(name.new))
        if any(map(_counts, _files_in(folder)))
    )
    published = (workspace.published(name.new) / PUBLISHED_FILE).is_file()
    if taken:
        raise UsageError(
            Message(
                "rename.taken",
                "There is a programme called {name} already: {places:and}.",
                name=name.new,
                places=taken,
            ),
            hint=Message("rename.choose", "Choose another name.")
            if published
            else Message(
                "rename.taken.hint",
                "Choose another name. Or, if that was made by mistake: put recordings that you "
                "need into recordings/{old}, remove {places:and}, and try again.",
                old=name.old,
                places=taken,
            ),
        )
    for _, target in name.moved:
        if target.exists():
            raise UsageError(
                Message("rename.script-there", "There is a file {file} already.", file=target),
                hint=Message("rename.choose", "Choose another name."),
            )


def _clear(workspace: Workspace, name: str) -> None:
    """Remove what is under a free name and can be made again."""
    for folder in (workspace.draft(name), workspace.recordings(name)):
        if folder.is_dir():
            shutil.rmtree(folder)


def _files_in(folder: Path) -> Iterator[Path]:
    return (file for file in folder.rglob("*") if file.is_file()) if folder.is_dir() else iter(())


def _counts(file: Path) -> bool:
    """Whether a file is more than what a page or a system makes of itself."""
    return not is_no_script(file) and file.name != RECORD_SHEET


def no_such_programme(name: str) -> UsageError:
    """Give what is said where nothing is known of a name."""
    return UsageError(
        Message("rename.unknown", "There is no programme {name!r}.", name=name),
        hint=Message("rename.unknown.hint", "broadcast status lists the programmes."),
    )
