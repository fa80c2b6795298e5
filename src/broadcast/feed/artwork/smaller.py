"""A heavy picture → a JPEG that is light enough to lie in every audio file, or in a long list."""

from __future__ import annotations

import io
import warnings

from PIL import Image, UnidentifiedImageError

from broadcast.feed.artwork.kept import SIDE

_QUALITIES = (85, 70, 50, 30, 15)


def smaller(picture: bytes, most_bytes: int, side: int = SIDE) -> bytes | None:
    """Give a picture in RGB, at most ``side`` pixels wide and high; None: it cannot be read.

    What would take more than a gigabyte of memory is not read.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(picture), formats=("JPEG", "PNG")) as image:
                image.draft("RGB", (side, side))  # a large JPEG is decoded no larger than needed
                image.thumbnail((side, side))
                return _below(_on_white(image), most_bytes)
    except (
        UnidentifiedImageError,
        Image.DecompressionBombWarning,
        Image.DecompressionBombError,
        OSError,
        SyntaxError,
        ValueError,
    ):
        return None


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    seen = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen).convert("RGB")


def _below(image: Image.Image, most_bytes: int) -> bytes:
    """Give it at the best quality that is light enough; any picture is at the lowest."""
    for quality in _QUALITIES:
        stream = io.BytesIO()
        image.save(stream, "JPEG", quality=quality, progressive=True)
        if stream.tell() <= most_bytes:
            break
    return stream.getvalue()
