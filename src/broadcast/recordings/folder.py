"""A recordings folder ↔ names and digests; files from outside are copied in, never over another."""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path

from broadcast.cache import file_digest
from broadcast.errors import BroadcastError, OutsideError
from broadcast.messages import Message
from broadcast.messages.system_reasons import system_reason
from broadcast.workspace import refuse_name_that_is_no_text

# What recorders, phones and chat programs write.
_AUDIO = re.compile(
    r"\.(3g[2p]|aac|ac3|aif[cf]?|amr|ape|au|caf|flac|m4[abv]|mk[av]|mov|mp[234]|mpga|og[agvx]|opus"
    r"|qta|snd|w64|wave?|webm|wma|wv)",
    re.IGNORECASE,
)
SAID_BEFORE = r"(?:turn|lượt|luot)[ _-]*"
"""What people say before a turn's number; the record sheet says "Lượt 3"."""
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')  # not allowed in a file's name on Windows
_LONGEST_STEM = 80
_HALF = ".copying "


def audio_files(folder: Path) -> tuple[Path, ...]:
    """Give the audio files in a folder, "3" before "10" and "03" before "03 retake".

    Raises BroadcastError for a name that is no text.
    """
    try:
        found = [file for file in folder.iterdir() if _is_audio(file)]
    except (FileNotFoundError, NotADirectoryError):
        return ()
    for file in found:
        refuse_name_that_is_no_text(file)
    return tuple(sorted(found, key=_order))


def digests_in(
    folder: Path, digest: Callable[[Path], str] = file_digest, known: Collection[str] = ()
) -> dict[str, str]:
    """Give name → digest of the audio files in a folder, in the order of ``audio_files``.

    ``known`` are files that were swapped in: they count whatever their names' endings.
    """
    files = {file.name: file for file in audio_files(folder)}
    files |= {name: folder / name for name in sorted(known) if (folder / name).is_file()}
    return {name: digest(file) for name, file in files.items()}


def stage(source: Path, folder: Path, prefix: str, present: Mapping[str, str]) -> str:
    """Copy a file into a recordings folder, hidden as yet, and give the name it is to have there.

    The name is "PREFIX its-name", and no other file's. A file whose sound (``present``: name →
    digest) is there already is used where it is. Raises BroadcastError when there is no such file,
    OutsideError when the disk refuses.
    """
    if not source.is_file():
        raise BroadcastError(Message("file.none", "There is no such file."), file=source)
    try:
        digest = file_digest(source)
        for name in present:
            if present[name] == digest:
                return name
        folder.mkdir(parents=True, exist_ok=True)
        stem, suffix = _clear_name(source, prefix), source.suffix.lower()
        name = next(n for n in _names(stem, suffix) if n not in present and _is_free(folder / n))
        with source.open("rb") as original, (folder / f"{_HALF}{name}").open("wb") as copy:
            shutil.copyfileobj(original, copy, 1 << 20)
            copy.flush()
            os.fsync(copy.fileno())
    except OSError as error:
        raise OutsideError(
            Message(
                "recordings.not-copied",
                "This file cannot be copied into {folder}: {reason}.",
                folder=folder.name,
                reason=system_reason(error),
            ),
            file=source,
        ) from error
    return name


def has_staged(folder: Path) -> bool:
    """Whether a copy was staged that is not seen yet."""
    return any(folder.glob(f"{_HALF}*"))


def show_staged(folder: Path, expected: Mapping[str, str]) -> None:
    """Let the staged copies of ``expected`` (name → digest) be seen; no file is ever overwritten.

    Called again, it finishes what a killed command had staged and written into takes.json.
    """
    for half in sorted(folder.glob(f"{_HALF}*")):
        wanted = half.name.removeprefix(_HALF)
        if (folder / wanted).exists() or expected.get(wanted) != file_digest(half):
            continue
        for name in _names(Path(wanted).stem, Path(wanted).suffix):
            try:
                _rename_to_free_name(half, folder / name)
            except FileExistsError:
                continue
            break


def drop_staged(folder: Path, expected: Mapping[str, str]) -> None:
    """Remove the staged copies that nobody will let be seen: those of a killed command.

    One that ``expected`` (name → digest) speaks of stays while another sound has its name.
    """
    for half in folder.glob(f"{_HALF}*"):
        shown = folder / half.name.removeprefix(_HALF)
        with suppress(OSError):  # what is held by another program is removed the next time
            digest = file_digest(half)
            if digest != expected.get(shown.name) or file_digest(shown) == digest:
                half.unlink()


def _names(stem: str, suffix: str) -> Iterator[str]:
    yield f"{stem}{suffix}"
    for number in count(2):
        yield f"{stem} ({number}){suffix}"


def _is_free(file: Path) -> bool:
    return not os.path.lexists(file)


def _rename_to_free_name(file: Path, target: Path) -> None:
    """Rename a file; raises FileExistsError, whatever the system, when the name is taken."""
    try:
        target.hardlink_to(file)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links (FAT): take the name first, then fill it
        target.touch(exist_ok=False)
        file.replace(target)
    else:
        file.unlink()


def _clear_name(source: Path, prefix: str) -> str:
    stem = unicodedata.normalize("NFC", source.stem)  # a Mac takes letters and marks apart
    name = " ".join(_NOT_IN_NAMES.sub(" ", stem).split()).strip(" .")
    said = re.match(rf"(?:{SAID_BEFORE})?0*{re.escape(prefix.lstrip('0'))}(?![^\W_])", name, re.I)
    rest = name[said.end() :].strip(" ._-") if said else name
    return f"{prefix} {rest}".strip()[:_LONGEST_STEM].strip()


def is_audio_name(file: Path) -> bool:
    """Whether a file's name is that of a sound."""
    return _AUDIO.fullmatch(file.suffix) is not None and not file.name.startswith(".")


def _is_audio(file: Path) -> bool:
    return is_audio_name(file) and file.is_file()


def _order(file: Path) -> tuple[list[tuple[int, str]], str]:
    """Sort digits as numbers, and a bare name before the same name with something after it."""
    pieces = re.split(r"(\d+)", file.stem.casefold())
    return [(int(piece), "") if piece.isdecimal() else (-1, piece) for piece in pieces], file.name
