"""A show's own cover, or one that is drawn, into a picture under a name that changes with it."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from broadcast.cache import Cache, key_of
from broadcast.errors import BroadcastError
from broadcast.feed.addresses import ASSETS
from broadcast.feed.artwork.kept import SIDE, drawn_for_show
from broadcast.messages import Message
from broadcast.messages.system_reasons import system_reason
from broadcast.model import Problem, Show

SMALLEST, LARGEST = SIDE, 3000
"""Sides in pixels that directories take, square (PSP-1, itunes:image; Apple)."""

HEAVIEST_KB = 512
"""What directories want a picture to stay under (Apple Podcasts: artwork requirements)."""

LISTED_SIDE, LISTED_KB = 192, 12
"""A cover in a list: its side in pixels (three for each that it is shown at), its most weight."""

_SIGNATURES = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}
_FORMATS = {"png": "png_pipe", "jpg": "jpeg_pipe"}
IN_SETTINGS = Message(
    "cover.unreadable.hint", "Put the picture there, or remove cover from station.toml."
)
_IN_SCRIPT = Message(
    "cover.unreadable-in-script.hint",
    "Put the picture there, or remove cover from the script's head.",
)
_DAMAGED = Message("cover.damaged", "The cover is damaged and cannot be shown.")
SAVE_AGAIN = Message(
    "cover.save-again", "Save it square, 1400 to 3000 pixels, RGB, as JPEG or PNG."
)
_NO_PICTURE = Message("cover.no-picture", "The cover is neither a JPEG nor a PNG picture.")


@dataclass(frozen=True, slots=True)
class Cover:
    """A picture, and its place below feed/; directories keep a picture until its name changes."""

    path: str
    data: bytes


def cover_of(show: Show, cache: Cache) -> Cover:
    """Give the show's cover: its own, else one with its name, else a microphone without words.

    What is drawn is kept in ``cache``. Raises BroadcastError when the show's own cannot be read or
    is neither JPEG nor PNG.
    """
    if show.cover is None:
        data = drawn_for_show(show, cache) or wordless()
    else:
        data = given_cover(show.cover, IN_SETTINGS)
    digest = hashlib.sha256(data).hexdigest()[:12]
    return Cover(f"{ASSETS}/cover-{digest}{picture_suffix(data)}", data)


def wordless() -> bytes:
    """Give the microphone without words, for names that the covers' font cannot show."""
    return files("broadcast.feed").joinpath("default-cover.png").read_bytes()


def given_cover(file: Path, unreadable: Message = _IN_SCRIPT) -> bytes:
    """Give a cover that a station or a script names; ``unreadable`` says what to do else.

    Raises BroadcastError when it cannot be read or is neither JPEG nor PNG.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        raise BroadcastError(
            Message(
                "cover.unreadable",
                "The cover cannot be read ({reason}).",
                reason=system_reason(error),
            ),
            file=file,
            hint=unreadable,
        ) from error
    if _kind(data) is None:
        raise BroadcastError(
            _NO_PICTURE,
            file=file,
            hint=Message(
                "cover.no-picture.hint",
                "Save the picture as .jpg or .png, square, 1400 to 3000 pixels.",
            ),
        )
    return data


def cover_in_audio(cover: bytes, cache: Cache, file: Path | None = None) -> bytes:
    """Give a cover as audio files carry it: as it is, or a smaller copy where it is heavy.

    Raises BroadcastError, which names its ``file``, when a heavy one cannot be read.
    """
    if len(cover) <= HEAVIEST_KB * 1000:
        return cover
    return _lighter(cover, HEAVIEST_KB, SIDE, cache, file)


def cover_in_list(cover: bytes, cache: Cache) -> bytes:
    """Give a cover as lists of episodes show it: a small copy, so that a year of them is light.

    Raises BroadcastError when it cannot be read.
    """
    return _lighter(cover, LISTED_KB, LISTED_SIDE, cache, None)


def _lighter(cover: bytes, most_kb: int, side: int, cache: Cache, file: Path | None) -> bytes:
    key = key_of("lighter cover", hashlib.sha256(cover).hexdigest(), most_kb, side)

    def lighter() -> bytes:
        from broadcast.feed.artwork.smaller import smaller  # what only a new one needs to load

        copy = smaller(cover, most_kb * 1000, side)
        if copy is None:
            raise BroadcastError(_DAMAGED, file=file, hint=SAVE_AGAIN)
        return copy

    return cache.data(key, lighter)


def picture_suffix(data: bytes) -> str:
    """Give how the name of a picture ends, by what it holds, whatever it was called."""
    return f".{_kind(data)}"


def cover_problem(data: bytes) -> Message | None:
    """Say what directories will not take about a cover; None: it is good."""
    kind = _kind(data)
    if kind is None:
        return _NO_PICTURE
    import av  # decoders take a tenth of a second to load, and only checking needs them
    from av.error import FFmpegError

    try:
        with av.open(io.BytesIO(data), "r", format=_FORMATS[kind]) as container:
            # Else what is missing is shown in grey.
            container.streams.video[0].codec_context.options = {"err_detect": "explode"}
            picture = next(container.decode(video=0))
    except (FFmpegError, IndexError, StopIteration):
        return _DAMAGED
    width, height, colours = picture.width, picture.height, picture.format.name
    if width != height:
        return Message(
            "cover.not-square",
            "The cover is {width} × {height} pixels; directories want it square.",
            width=width,
            height=height,
        )
    if not SMALLEST <= width <= LARGEST:
        return Message(
            "cover.size",
            "The cover is {width} × {height} pixels; directories take {smallest} to {largest}.",
            width=width,
            height=height,
            smallest=SMALLEST,
            largest=LARGEST,
        )
    if colours.startswith(("gray", "ya", "cmyk", "gbrap", "mono")):
        return Message("cover.not-rgb", "The cover is not in RGB colours.")
    if kind == "png" and picture.to_ndarray(format="rgba")[:, :, 3].min() < 255:
        return Message(
            "cover.see-through",
            "The cover has see-through parts; directories show them in any colour.",
        )
    return None


def heavy_cover(data: bytes) -> Problem | None:
    """Warn of a cover that is larger than directories want; None: it is not."""
    if len(data) <= HEAVIEST_KB * 1000:
        return None
    return Problem(
        None,
        "warning",
        Message(
            "cover.heavy",
            "The cover has {size:,} KB; directories want less than {most} KB. "
            "Audio files carry a smaller copy.",
            size=round(len(data) / 1000),
            most=HEAVIEST_KB,
        ),
        Message("cover.heavy.hint", "Save it as a JPEG, or with fewer pixels."),
    )


def _kind(data: bytes) -> str | None:
    return next((kind for start, kind in _SIGNATURES.items() if data.startswith(start)), None)
