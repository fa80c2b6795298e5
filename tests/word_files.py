"""Word files written element by element, as other programs write them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (
    f'xmlns:w="{WORD}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def word_file(body: str, *, styles: str = "", parts: Mapping[str, bytes] | None = None) -> bytes:
    """Give the bytes of a package; ``parts`` are embedded ones, whose names are their ids."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(
            "word/document.xml", f"<w:document {NAMES}><w:body>{body}</w:body></w:document>"
        )
        if styles:
            made.writestr("word/styles.xml", f"<w:styles {NAMES}>{styles}</w:styles>")
        if parts:
            targets = "".join(f'<Relationship Id="{one}" Target="{one}"/>' for one in parts)
            made.writestr(
                "word/_rels/document.xml.rels",
                f'<Relationships xmlns="{RELATIONS}">{targets}</Relationships>',
            )
            for name, part in parts.items():
                made.writestr(f"word/{name}", part)
    return content.getvalue()


def paragraph(*runs: str, style: str = "") -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}{''.join(runs)}</w:p>"


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def in_font(font: str) -> str:
    return f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>'


def sign(font: str, place: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{place}"/></w:r>'
