"""A change that somebody wants in a script → its file; what it was is kept to go back to."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from broadcast.errors import BroadcastError, UsageError
from broadcast.messages import Message
from broadcast.model import Script
from broadcast.production.desk.find_script import scripts_of
from broadcast.production.desk.progress import Reporter, waiting
from broadcast.production.desk.read_script import script_of, understood_in
from broadcast.production.desk.read_station import station_of
from broadcast.production.desk.take_in import TEXTS
from broadcast.script.canonical import canonical_text
from broadcast.script.mending import Mended, Mending, mended
from broadcast.script.read import read_text_document
from broadcast.script.written_text import CannotMendError, WrittenText
from broadcast.workspace import Workspace
from broadcast.workspace.locks import locked
from broadcast.workspace.moving import move_all
from broadcast.workspace.writing import write_atomic

_MOST_BEFORE = 200


@dataclass(frozen=True, slots=True)
class WrittenScript:
    """A script's file as it stands: its ``text`` where it can be mended line by line, else None.

    ``seen`` tells these bytes from any others.
    """

    file: Path
    seen: str
    text: str | None


def written_script(workspace: Workspace, name: str) -> WrittenScript:
    """Give a programme's script as it stands. Raises BroadcastError when there is not just one."""
    files = scripts_of(workspace, name)
    if not files:
        raise UsageError(Message("mend.no-script", "There is no script of “{name}”.", name=name))
    content = files[0].read_bytes()
    return WrittenScript(files[0], _digest(content), _plain_text(files[0], content))


def mend(
    workspace: Workspace,
    name: str,
    change: Mending,
    seen: str,
    reporter: Reporter,
    known: Callable[[Path], Script] | None = None,
    *,
    anew: bool = False,
) -> Mended:
    """Change a script as it is wanted, and give its new text with what is understood of it.

    Of a text no other line is touched; of any other file, and ``anew``, a clean script is made and
    changed, as ``make_clean`` makes it. ``seen`` is what the one who wants it saw of the file;
    ``known`` gives what is understood of it. Raises BroadcastError where the file was changed
    since, or where no more than that cannot be changed in it; nothing is written then.
    """
    station = station_of(workspace)
    with locked(workspace, waiting(reporter)):
        written = _as_seen(workspace, name, seen)
        script = known(written.file) if known else script_of(station, written.file)
        file, text = _clean_file(written, name), None if anew else written.text

        def understand(tried: str) -> Script:
            return understood_in(station, read_text_document(tried, file))

        try:
            left: Mending | None = change
            if text is None:
                text = canonical_text(script, station.people)
                left, script = change.in_clean(script), understand(text)
            own = WrittenText(text, script, file.suffix.lower() == ".md")
            new = mended(own, left, understand) if left else Mended(text, script)
        except CannotMendError:
            raise _not_alone() from None
        _replace(workspace, name, written, file, new.text, anew=anew)
        return new


def make_clean(workspace: Workspace, name: str, seen: str, reporter: Reporter) -> None:
    """Write a script anew as ``import`` does, each turn under its speaker's name.

    The file that was there is kept in scripts/originals/. Raises as ``mend`` does.
    """
    station = station_of(workspace)
    with locked(workspace, waiting(reporter)):
        written = _as_seen(workspace, name, seen)
        text = canonical_text(script_of(station, written.file), station.people)
        _replace(workspace, name, written, _clean_file(written, name), text, anew=True)


def can_undo(workspace: Workspace, name: str) -> bool:
    """Whether the script is as the last change left it, so that it can be taken back."""
    return _last(workspace, name, written_script(workspace, name)) is not None


def undo(workspace: Workspace, name: str, seen: str, reporter: Reporter) -> None:
    """Take the last change of a script back. Raises as ``mend`` does, and if there is none."""
    with locked(workspace, waiting(reporter)):
        written = _as_seen(workspace, name, seen)
        last = _last(workspace, name, written)
        if last is None:
            raise UsageError(Message("mend.nothing-to-undo", "There is no change to take back."))
        write_atomic(written.file, last.read_bytes())
        last.unlink()


def _as_seen(workspace: Workspace, name: str, seen: str) -> WrittenScript:
    written = written_script(workspace, name)
    if written.seen != seen:
        raise UsageError(
            Message(
                "mend.changed-elsewhere",
                "{file} was changed elsewhere meanwhile; nothing of it was lost, and nothing was "
                "changed here.",
                file=written.file.name,
            ),
            hint=Message("mend.changed-elsewhere.hint", "Look at it as it is now, and try again."),
        )
    return written


def _replace(
    workspace: Workspace, name: str, written: WrittenScript, file: Path, text: str, *, anew: bool
) -> None:
    """Write a script's text; what it was is kept by the number of the change and what it became.

    Where ``file`` is another than what was written, that is moved to scripts/originals/; what is
    written ``anew`` is kept there too.
    """
    content = text.encode("utf-8")
    folder = _before(workspace, name)
    earlier = sorted(folder.glob("*-*"))
    number = int(earlier[-1].name.partition("-")[0]) + 1 if earlier else 1
    # It was long ago that it was read: all ways of writing the change were tried since.
    _as_seen(workspace, name, written.seen)
    if file != written.file:
        new = workspace.root / ".broadcast" / "clean" / file.name
        write_atomic(new, content)
        kept = _free_original(workspace, written.file)
        kept.parent.mkdir(parents=True, exist_ok=True)
        # As one change: with both there, nobody could tell which is the script.
        moves = ((written.file, kept), (new, file))
        inside = [(one.relative_to(workspace.root).as_posix() for one in move) for move in moves]
        move_all(workspace.root, [(here, there) for here, there in inside], ())
        return
    if anew or written.text is None:
        write_atomic(_free_original(workspace, written.file), written.file.read_bytes())
    write_atomic(folder / f"{number:06}-{_digest(content)}", written.file.read_bytes())
    for old in earlier[: max(0, len(earlier) + 1 - _MOST_BEFORE)]:
        old.unlink()
    write_atomic(file, content)


def _clean_file(written: WrittenScript, name: str) -> Path:
    if written.file.suffix.lower() in TEXTS:
        return written.file
    return written.file.with_name(f"{name}.txt")


def _free_original(workspace: Workspace, file: Path) -> Path:
    kept, number = workspace.scripts / "originals" / file.name, 1
    while kept.exists():
        number += 1
        kept = kept.with_name(f"{file.stem}-{number}{file.suffix}")
    return kept


def _not_alone() -> BroadcastError:
    return BroadcastError(
        Message(
            "mend.not-alone",
            "This cannot be changed by itself: other lines would be taken otherwise too.",
        ),
        hint=Message(
            "mend.not-alone.hint",
            "Make a clean script of it, in which each turn has its speaker; or change the "
            "file by hand.",
        ),
    )


def _last(workspace: Workspace, name: str, written: WrittenScript) -> Path | None:
    earlier = sorted(_before(workspace, name).glob(f"*-{written.seen}"))
    return earlier[-1] if earlier else None


def _before(workspace: Workspace, name: str) -> Path:
    return workspace.root / ".broadcast" / "mended" / name


def _plain_text(file: Path, content: bytes) -> str | None:
    """Give the text of a file in which a change of one line leaves all others byte by byte."""
    if file.suffix.lower() not in TEXTS:
        return None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if unicodedata.is_normalized("NFC", text) else None


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()
