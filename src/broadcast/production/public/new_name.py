"""What a user calls an episode and what it shall be called → its names, and its script's files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from broadcast.errors import BroadcastError, UsageError
from broadcast.messages import Message
from broadcast.production.desk.draft import read_draft
from broadcast.production.desk.find_script import (
    is_no_script,
    is_script_name,
    name_of,
    scripts_of,
)
from broadcast.workspace import Workspace, episode_name, here, refuse_name_that_is_no_text

# What Windows has in no file's name, and a name that ends in a blank or a full stop.
_NOT_A_NAME = re.compile(r'[\x00-\x1f<>:"/\\|?*]|[. ]\Z')


@dataclass(frozen=True, slots=True)
class NewName:
    """The name an episode has, and the one it gets.

    ``script`` is where its script lies once that is done (None: it has none), ``moved`` are the
    files that are to get another name for that, with theirs; ``left`` is a script that keeps the
    old name, as it is not the episode's any more.
    """

    old: str
    new: str
    script: Path | None
    moved: tuple[tuple[Path, Path], ...]
    left: Path | None


def new_name(workspace: Workspace, old: str, new: str) -> NewName:
    """Tell which episode is renamed, and how.

    ``old`` is its name or its script's path, ``new`` a name, or the path of the script that has
    it. Raises UsageError for a name that is none, is the same, or a script that is not there;
    BroadcastError where two scripts have it.
    """
    old_name = _name_called(old)
    before = _scripts_before(workspace, old_name)
    path = Path(new)
    refuse_name_that_is_no_text(path)
    if _is_path(path) and path.is_file():
        name = name_of(workspace, path)
        _refuse_same(old_name, name, new)
        return NewName(old_name, name, path, (), before[0] if before else None)
    stem = _stem_called(path, before)
    name = episode_name(Path(f"{stem}.txt"))
    _refuse_same(old_name, name, new)
    if renamed := scripts_of(workspace, name):
        name_of(workspace, renamed[0])
        if before:
            raise _two_scripts(old_name, name, renamed[0], before[0])
        return NewName(old_name, name, renamed[0], (), None)
    moved = tuple((file, file.with_name(stem + file.suffix)) for file in before)
    return NewName(old_name, name, moved[0][1] if moved else None, moved, None)


def _name_called(written: str) -> str:
    """Give an episode's name as somebody calls it: by itself, by its title's letters, by a path."""
    path = Path(written)
    return episode_name(path if _is_path(path) else Path(f"{written}.txt"))


def _is_path(path: Path) -> bool:
    return is_script_name(path) or len(path.parts) > 1


def _stem_called(path: Path, before: list[Path]) -> str:
    """Give the name that a script's file shall have, without its ending.

    A path that nothing lies at is a name too, in the folder in which the script lies.
    """
    folders = {file.parent.resolve() for file in before}
    if len(path.parts) > 1 and path.parent.resolve() not in folders:
        raise UsageError(
            Message("rename.no-script", "There is no script {file}.", file=path),
            hint=Message(
                "rename.no-script.hint",
                "Give the path of the script as it is called now, or a name alone.",
            ),
        )
    stem = path.stem if is_script_name(path) else path.name
    if not stem.strip() or _NOT_A_NAME.search(stem) or is_no_script(Path(stem)):
        raise UsageError(
            Message("rename.no-name", "A script's file cannot be called {name!r}.", name=stem),
            hint=Message(
                "rename.no-name.hint",
                'Leave out what stands before an ending, and signs such as / : ? * " < > |.',
            ),
        )
    return stem


def _scripts_before(workspace: Workspace, name: str) -> list[Path]:
    """Give the script's files under its old name: in scripts/, else where it was built from."""
    if found := scripts_of(workspace, name):
        name_of(workspace, found[0])
        return found
    draft = read_draft(workspace.draft(name))
    script = workspace.root / draft.record.script if draft and draft.record.script else None
    return [script] if script and script.is_file() and _is_called(script, name) else []


def _is_called(script: Path, name: str) -> bool:
    try:
        return episode_name(script) == name
    except BroadcastError:
        return False


def _two_scripts(old: str, new: str, renamed: Path, before: Path) -> UsageError:
    """Give what is said where both names have a script, and it is not said which is the one."""
    return UsageError(
        Message(
            "rename.two-scripts",
            "{old} has its script ({before}), and so has {new} ({renamed}).",
            old=old,
            new=new,
            before=before.name,
            renamed=renamed.name,
        ),
        hint=Message(
            "rename.two-scripts.hint",
            'If {renamed} is what {before} became: broadcast rename {old} "{path}"',
            old=old,
            before=before.name,
            renamed=renamed.name,
            path=here(renamed),
        ),
    )


def _refuse_same(old: str, new: str, written: str) -> None:
    if old == new:
        raise UsageError(
            Message(
                "rename.same",
                "{name} is its name already: “{written}” makes the same one.",
                name=old,
                written=here(written),
            ),
            hint=Message(
                "rename.same.hint",
                "Its script's file may be called so without more ado; all stays with it.",
            ),
        )
