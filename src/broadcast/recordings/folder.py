"""A recordings folder ↔ names and digests; files from outside are copied in, never over another."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path

from broadcast.cache import file_digest
from broadcast.errors import BroadcastError, OutsideError

# What recorders, phones and chat programs write.
_AUDIO = re.compile(
    r"\.(3gp|aac|aiff?|amr|caf|flac|m4a|mka|mp[34]|og[ag]|opus|wav|webm|wma)", re.IGNORECASE
)
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')  # not allowed in a file's name on Windows
_LONGEST_STEM = 80


def audio_files(folder: Path) -> tuple[Path, ...]:
    """Give the audio files in a folder, "3" before "10" and "03" before "03 retake"."""
    try:
        found = [file for file in folder.iterdir() if _is_audio(file)]
    except (FileNotFoundError, NotADirectoryError):
        return ()
    return tuple(sorted(found, key=_order))


def digests_in(folder: Path, digest: Callable[[Path], str] = file_digest) -> dict[str, str]:
    """Give name → digest of the audio files in a folder, in the order of ``audio_files``."""
    return {file.name: digest(file) for file in audio_files(folder)}


def copy_in(source: Path, folder: Path, prefix: str, present: Mapping[str, str]) -> Path:
    """Copy a file into a recordings folder as "PREFIX its-name"; no file is ever overwritten.

    A file whose sound (``present``: name → digest) is there already is used where it is. Raises
    BroadcastError when there is no such file, OutsideError when the disk refuses.
    """
    if not source.is_file():
        raise BroadcastError("There is no such file.", file=source)
    try:
        digest = file_digest(source)
        for name in present:
            if present[name] == digest and (folder / name).is_file():
                return folder / name
        folder.mkdir(parents=True, exist_ok=True)
        return _copied(source, folder, _clear_name(source, prefix))
    except OSError as error:
        message = f"This file cannot be copied into {folder.name}: {error.strerror}."
        raise OutsideError(message, file=source) from error


def _copied(source: Path, folder: Path, stem: str) -> Path:
    half = folder / f".copying {stem}"
    with source.open("rb") as original, half.open("wb") as copy:
        shutil.copyfileobj(original, copy, 1 << 20)
        copy.flush()
        os.fsync(copy.fileno())
    for number in count(1):
        again = f" ({number})" if number > 1 else ""
        target = folder / f"{stem}{again}{source.suffix.lower()}"
        try:
            _rename_to_free_name(half, target)
        except FileExistsError:
            continue
        break
    return target


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
    name = " ".join(_NOT_IN_NAMES.sub(" ", source.stem).split()).strip(" .")
    said = re.match(rf"(?:turn[ _-]*)?0*{re.escape(prefix.lstrip('0'))}(?![^\W_])", name, re.I)
    rest = name[said.end() :].strip(" ._-") if said else name
    return f"{prefix} {rest}".strip()[:_LONGEST_STEM].strip()


def _is_audio(file: Path) -> bool:
    named = _AUDIO.fullmatch(file.suffix) is not None and not file.name.startswith(".")
    return named and file.is_file()


def _order(file: Path) -> tuple[list[tuple[int, str]], str]:
    """Sort digits as numbers, and a bare name before the same name with something after it."""
    pieces = re.split(r"(\d+)", file.stem.casefold())
    return [(int(piece), "") if piece.isdecimal() else (-1, piece) for piece in pieces], file.name
