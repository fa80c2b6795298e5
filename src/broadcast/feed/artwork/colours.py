"""A show's name → the colours of its covers, the same on every machine."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from broadcast.text import folded

Colour = tuple[int, int, int]

LEAST_CONTRAST = 7.0
"""What text has against all that lies behind it (WCAG 2.2, 1.4.6, level AAA)."""


@dataclass(frozen=True, slots=True)
class Colours:
    """What lies behind, what is read, and what is set off from that."""

    ground: Colour
    text: Colour
    accent: Colour


_TEXT = (250, 243, 228)
_CORAL, _AMBER, _MINT, _SKY, _ROSE = (
    (255, 186, 162),
    (255, 198, 99),
    (139, 226, 195),
    (151, 211, 255),
    (255, 177, 187),
)
# Deep grounds, each with an accent that is not of its own hue.
_GROUNDS: tuple[tuple[Colour, Colour], ...] = (
    ((16, 58, 74), _CORAL),
    ((22, 41, 84), _AMBER),
    ((48, 36, 98), _MINT),
    ((72, 28, 78), _AMBER),
    ((92, 24, 46), _ROSE),
    ((94, 36, 22), _AMBER),
    ((74, 48, 20), _SKY),
    ((44, 62, 30), _CORAL),
    ((16, 66, 48), _AMBER),
    ((8, 66, 66), _AMBER),
    ((44, 52, 62), _MINT),
    ((12, 56, 104), _CORAL),
)


def colours_of(name: str) -> Colours:
    """Give the colours of a show, chosen by its name: its letters' case does not count."""
    digest = hashlib.sha256(folded(name).encode("utf-8", "surrogatepass")).digest()
    ground, accent = _GROUNDS[digest[0] % len(_GROUNDS)]
    return Colours(ground, _TEXT, accent)
