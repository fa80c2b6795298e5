"""A web address into its QR code, drawn in the page itself."""

from __future__ import annotations

import io
from typing import Any

from lxml import etree

_MASK = 3
"""One mask for all: any can be read, and to weigh all eight takes five times as long."""


def qr_code(address: str, label: str) -> Any:
    """Give the QR code of an address as SVG, under a name for those who do not see it."""
    import segno  # no command but those that make pages needs it

    code = segno.make_qr(address, error="m", mask=_MASK)
    drawn = io.BytesIO()
    code.save(drawn, "svg", xmldecl=False, svgns=False, omitsize=True, svgclass="qr", lineclass="")
    picture = etree.fromstring(drawn.getvalue())
    picture.set("role", "img")
    picture.set("aria-label", label)
    return picture
