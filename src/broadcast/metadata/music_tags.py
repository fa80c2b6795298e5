"""A music file's own tags → what it is called, and who plays it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from mutagen import File, MutagenError

_TITLE = ("title", "TIT2", "\xa9nam", "Title", "WM/Title")
_ARTIST = ("artist", "TPE1", "\xa9ART", "Author", "WM/AlbumArtist")


class MusicTags(NamedTuple):
    """What a file says of itself; "" where it says nothing."""

    title: str
    artist: str


def music_tags(file: Path) -> MusicTags:
    """Give what a file says of itself: nothing where its tags cannot be read."""
    try:
        tags = getattr(File(file), "tags", None)
    except (MutagenError, OSError, ValueError):
        tags = None
    return MusicTags(_first(tags, _TITLE), _first(tags, _ARTIST))


def _first(tags: object, names: tuple[str, ...]) -> str:
    for name in names:
        try:
            found = tags[name]  # type: ignore[index]
        except (KeyError, TypeError, ValueError):
            continue
        # ID3 has a frame with several texts, Vorbis and MP4 have lists.
        texts = getattr(found, "text", found)
        return " / ".join(map(str, texts)) if isinstance(texts, list) else str(texts)
    return ""
