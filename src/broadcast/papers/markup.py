"""Text that anybody wrote → the same as text of a page, a drawing or a table, whatever it holds."""

from __future__ import annotations

import base64
import hashlib
import html

from broadcast.text import xml_text

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def escaped(text: str) -> str:
    """Give text as it stands in HTML or XML, between tags or in quotes."""
    return html.escape(xml_text(text))


def isolated(text: str) -> str:
    """Give text for HTML whose direction is its own: a name from right to left turns no line."""
    return f"<bdi>{escaped(text)}</bdi>"


def cell(text: str) -> str:
    """Give text for a table that programs calculate with: none of it is taken for a formula.

    Source: OWASP, CSV Injection.
    """
    text = " ".join(xml_text(text).split())
    return f"'{text}" if text.startswith(_FORMULA) else text


def page(language: str, title: str, style: str, body: str) -> str:
    """Give a whole page that fetches nothing and runs nothing: its policy allows its style alone.

    ``title`` is text, ``body`` HTML.
    """
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        f'<!DOCTYPE html>\n<html lang="{escaped(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(title)}</title>\n<style>{style}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )
