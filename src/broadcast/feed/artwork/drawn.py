"""What is said on a cover → its picture: the show's name on one, an episode's title on another."""

from __future__ import annotations

import io
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from broadcast.feed.artwork.colours import Colour, colours_of
from broadcast.feed.artwork.kept import SIDE, EpisodeWords, ShowWords
from broadcast.feed.artwork.lines import Extent, Lines, fitted

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.ImageFont import FreeTypeFont

_MARGIN = 112
_WIDTH = SIDE - 2 * _MARGIN
_RULE_WIDTH, _RULE_HEIGHT = 132, 14
# Rings around a corner: where each begins and ends, and how much of white is in it.
_WAVES = tuple(
    (start, start + 74, 0.11 - 0.016 * n) for n, start in enumerate(range(160, 1000, 148))
)
_REFERENCE = 200  # pixels: at what size lines are measured
_QUALITY = 82


def show_cover(words: ShowWords) -> bytes:
    """Give a show's cover as a JPEG: its name as large as it goes, the station below."""
    canvas = _Canvas(words.name)
    foot = SIDE - _MARGIN
    if words.author:
        author = _fit(words.author, "medium", 170, range(40, 62))
        foot -= author.height
        canvas.write(author, "medium", foot, canvas.colours.text)
        foot -= 62
    foot -= _RULE_HEIGHT
    canvas.rule(foot)
    name = _fit(words.name, "bold", foot - 110 - _MARGIN, range(64, 400))
    canvas.write(name, "bold", _MARGIN, canvas.colours.text)
    return canvas.picture()


def episode_cover(words: EpisodeWords) -> bytes:
    """Give an episode's cover as a JPEG: the show's name, the title large, guest and day below."""
    canvas = _Canvas(words.show)
    show = _fit(words.show, "bold", 190, range(44, 96))
    canvas.write(show, "bold", _MARGIN, canvas.colours.accent)
    foot = SIDE - _MARGIN
    for text, face in ((words.day, "medium"), (words.guest, "bold")):
        if text:
            line = _fit(text, face, 150, range(40, 58))
            foot -= line.height
            canvas.write(line, face, foot, canvas.colours.text)
            foot -= 30
    if words.guest or words.day:
        foot -= 32
    foot -= _RULE_HEIGHT
    canvas.rule(foot)
    top = _MARGIN + show.height + 100
    title = _fit(words.title, "bold", foot - 84 - top, range(48, 230))
    canvas.write(title, "bold", top, canvas.colours.text)
    return canvas.picture()


class _Canvas:
    """A cover that is being drawn."""

    def __init__(self, show: str) -> None:
        self.colours = colours_of(show)
        self._image = Image.composite(
            Image.new("RGB", (SIDE, SIDE), "white"),
            Image.new("RGB", (SIDE, SIDE), self.colours.ground),
            Image.fromarray(_waves()),
        )
        self._draw = ImageDraw.Draw(self._image)

    def write(self, lines: Lines, face: str, top: int, colour: Colour) -> None:
        """Write lines whose first capitals begin at ``top``."""
        font = _font(face, lines.size)
        for n, text in enumerate(lines.texts):
            base = top + lines.above + n * lines.pitch
            left = _MARGIN - font.getbbox(text, anchor="ls")[0]
            self._draw.text((left, base), text, colour, font, anchor="ls")

    def rule(self, top: int) -> None:
        """Draw a short rule between what is large and what is small."""
        right, bottom = _MARGIN + _RULE_WIDTH - 1, top + _RULE_HEIGHT - 1
        self._draw.rectangle((_MARGIN, top, right, bottom), self.colours.accent)

    def picture(self) -> bytes:
        """Give it as a JPEG, whose bytes hang less on the machine than a PNG's do."""
        stream = io.BytesIO()
        self._image.save(stream, "JPEG", quality=_QUALITY, progressive=True)
        return stream.getvalue()


def _waves() -> NDArray[np.uint8]:
    """Give how much of white is in each pixel: rings around a corner, their edges softened."""
    reach = max(outer for _, outer, _ in _WAVES) + 1
    away = np.arange(reach, dtype=np.float32)[::-1] + np.float32(0.5)
    distance = np.sqrt(away[None, :] ** 2 + away[:, None] ** 2)
    white = np.zeros((SIDE, SIDE), np.float32)
    corner = white[-reach:, -reach:]
    for inner, outer, share in _WAVES:
        corner += np.clip(np.minimum(distance - inner, outer - distance) + 0.5, 0, 1) * share
    return np.rint(white * 255).astype(np.uint8)


def _fit(text: str, face: str, height: int, sizes: range) -> Lines:
    return fitted(text, _WIDTH, height, sizes, lambda line: _extent(line, face))


@cache
def _extent(line: str, face: str) -> Extent:
    left, top, right, bottom = _font(face, _REFERENCE).getbbox(line, anchor="ls")
    return (right - left) / _REFERENCE, -top / _REFERENCE, max(0, bottom) / _REFERENCE


@cache
def _font(face: str, size: int) -> FreeTypeFont:
    data = files("broadcast.feed.artwork").joinpath("fonts", f"{face}.ttf").read_bytes()
    # Where Raqm is found depends on the machine; this is the same everywhere.
    return ImageFont.truetype(io.BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)
