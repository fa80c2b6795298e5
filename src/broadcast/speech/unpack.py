"""An archive that somebody else made → its files in a folder, none of them anywhere else."""

from __future__ import annotations

import re
import shutil
import tarfile
from pathlib import Path, PurePosixPath

from broadcast.errors import OutsideError
from broadcast.messages import Message

_MOST_FILES = 5_000
"""eSpeak NG's data are 360 files."""
_GROWS = 8
"""Models hardly shrink when they are packed; what grows more than this is a trap."""
_LEAST = 50_000_000
# Windows takes what is before a colon for a drive, and these names for devices.
_NO_NAME = re.compile(r'.*[\\:*?"<>|\x00-\x1f].*|.*[. ]|(con|prn|aux|nul|com\d|lpt\d)(\..*)?', re.I)


def unpack(archive: Path, folder: Path) -> None:
    """Write the files of a tar archive into the new ``folder``, without the folder around them.

    Raises OutsideError for links and devices, for a name that leads elsewhere, and for an archive
    that is broken, has too many files, or would grow too much; ``folder`` is then not complete.
    """
    room = max(_LEAST, _GROWS * archive.stat().st_size)
    try:
        with tarfile.open(archive, "r:*") as opened:
            for number, member in enumerate(opened):
                room -= member.size
                if number >= _MOST_FILES or room < 0:
                    raise _refused(Message("unpack.too-much", "there is too much in it"))
                if member.isdir():
                    continue
                file = folder / _inside(member.name)
                content = opened.extractfile(member) if member.isreg() else None
                if content is None:
                    raise _refused(
                        Message("unpack.no-file", "{name} in it is no file", name=member.name)
                    )
                file.parent.mkdir(parents=True, exist_ok=True)
                with content, file.open("xb") as written:
                    shutil.copyfileobj(content, written)
    except (tarfile.TarError, EOFError, ValueError, FileExistsError) as error:
        raise _refused(Message("unpack.broken", "it is broken")) from error
    except OSError as error:
        if error.errno is None:  # a decompressor's own
            raise _refused(Message("unpack.broken", "it is broken")) from error
        raise


def _inside(name: str) -> Path:
    parts = PurePosixPath(name).parts
    if name.startswith("/") or any(part == ".." or _NO_NAME.fullmatch(part) for part in parts):
        raise _refused(Message("unpack.elsewhere", "{name} in it leads elsewhere", name=name))
    parts = tuple(part for part in parts if part != ".")
    return Path(*(parts[1:] or parts))


def _refused(why: Message) -> OutsideError:
    return OutsideError(
        Message("unpack.refused", "The archive is not unpacked: {why}.", why=why),
        hint=Message("unpack.refused.hint", "Get it again, or take another voice."),
    )
