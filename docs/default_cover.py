"""Draws the cover that a show without one gets: run it to make default-cover.png again.

    python docs/default_cover.py src/broadcast/feed/default-cover.png

A microphone between radio waves, without words, so that it serves every station and language.
"""

from __future__ import annotations

import sys
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

SIDE = 1400  # the smallest that podcast directories take
Plane = NDArray[np.float64]

TOP, BOTTOM = (22, 62, 82), (10, 30, 44)
CREAM, CORAL, SHADE = (250, 243, 228), (255, 122, 89), (214, 203, 182)

Y, X = np.mgrid[-50 : SIDE - 50, 0:SIDE].astype(np.float64) + 0.5


def box(x: float, y: float, half_width: float, half_height: float, radius: float) -> Plane:
    """Distance to a rounded box around (x, y): negative inside."""
    dx = np.abs(X - x) - half_width + radius
    dy = np.abs(Y - y) - half_height + radius
    outside = np.hypot(np.maximum(dx, 0), np.maximum(dy, 0))
    return outside + np.minimum(np.maximum(dx, dy), 0) - radius


def arc(x: float, y: float, radius: float, width: float, middle: float, half: float) -> Plane:
    """Distance to an arc with round ends; ``middle`` and ``half`` are its angles in degrees."""
    angle = np.degrees(np.arctan2(Y - y, X - x))
    away = np.abs((angle - middle + 180) % 360 - 180)
    ring = np.abs(np.hypot(X - x, Y - y) - radius)
    ends = [np.radians(middle + sign * half) for sign in (-1, 1)]
    to_end = np.minimum(
        *(np.hypot(X - x - radius * np.cos(a), Y - y - radius * np.sin(a)) for a in ends)
    )
    return np.where(away <= half, ring, to_end) - width / 2


def painted(picture: Plane, distance: Plane, colour: tuple[int, int, int]) -> Plane:
    """The picture with everything inside a distance of 0 in a colour, edges softened."""
    cover = np.clip(0.5 - distance, 0, 1)[..., None]
    return picture * (1 - cover) + np.array(colour) * cover


def cover() -> NDArray[np.uint8]:
    """The picture, as rows of red, green and blue."""
    down = np.linspace(0, 1, SIDE)[:, None, None]
    picture = np.array(TOP) * (1 - down) + np.array(BOTTOM) * down
    picture = np.broadcast_to(picture, (SIDE, SIDE, 3))
    for radius, width in ((340, 34), (450, 34), (560, 34)):
        for side in (0, 180):
            picture = painted(picture, arc(700, 560, radius, width, side, 31), CORAL)
    picture = painted(picture, box(700, 520, 150, 270, 150), CREAM)
    for line in (430, 520, 610):
        picture = painted(picture, box(700, line, 84, 11, 11), SHADE)
    picture = painted(picture, arc(700, 600, 245, 44, 90, 90), CREAM)
    picture = painted(picture, box(700, 940, 22, 110, 0), CREAM)
    picture = painted(picture, box(700, 1060, 170, 24, 24), CREAM)
    return np.rint(picture).astype(np.uint8)


def write(file: Path) -> None:
    """Write the cover as a PNG without transparency."""
    encoder = av.CodecContext.create("png", "w")
    encoder.width = encoder.height = SIDE
    encoder.pix_fmt = "rgb24"
    encoder.options = {"compression_level": "9", "pred": "mixed"}
    frame = av.VideoFrame.from_ndarray(cover(), format="rgb24")
    packets = encoder.encode(frame) + encoder.encode(None)
    file.write_bytes(b"".join(bytes(packet) for packet in packets))


if __name__ == "__main__":
    write(Path(sys.argv[1]))
