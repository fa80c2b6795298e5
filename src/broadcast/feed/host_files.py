"""The types of what is in feed/ → what Apache, nginx, Netlify and Cloudflare read to heed them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from broadcast.feed.addresses import FEED, MEDIA
from broadcast.feed.served_types import is_read_from_other_sites, served_types, type_of

FOR_EVER = "public, max-age=31536000, immutable"
"""How long a file may be kept whose name changes when its bytes do."""
FOR_MINUTES = "public, max-age=300"
"""How long pages and feed may be kept."""
_ABOUT = "# Types, and what players on other sites may read, for the podcast that lies here."


def host_files(base_url: str) -> Mapping[str, str]:
    """Give each file by the name that its host knows; nginx's is to be included by hand."""
    below = urlsplit(base_url).path.rstrip("/")
    return {
        ".htaccess": _htaccess(),
        "_headers": _headers(below),
        "nginx.conf": _nginx(below),
    }


def _htaccess() -> str:
    """Give rules that need no more than AllowOverride FileInfo, as shared hosts have it."""
    lines = [_ABOUT, "AddDefaultCharset utf-8"]
    for ending, kind in served_types().items():
        if ending.count(".") == 1:
            lines.append(f"AddType {kind} {ending}")
    for ending, kind in served_types().items():
        if ending.count(".") > 1:
            lines += [f'<FilesMatch "{re.escape(ending)}$">', f"ForceType {kind}", "</FilesMatch>"]
    lines += [
        "<IfModule mod_headers.c>",
        f'<FilesMatch "({_others()})$">',
        'Header set Access-Control-Allow-Origin "*"',
        "</FilesMatch>",
        r'<FilesMatch "\.(html|xml)$">',
        f'Header set Cache-Control "{FOR_MINUTES}"',
        "</FilesMatch>",
        r'<FilesMatch "-[0-9a-f]{12}\.[a-z0-9.]+$">',
        f'Header set Cache-Control "{FOR_EVER}"',
        "</FilesMatch>",
        "</IfModule>",
    ]
    return "\n".join([*lines, ""])


def _headers(below: str) -> str:
    lines = [_ABOUT]
    for ending, kind in served_types().items():
        if ending in (".vtt", ".srt"):  # Cloudflare joins the values of all rules that fit
            lines += [f"{below}/{MEDIA}/*{ending}", f"  Content-Type: {kind}"]
    lines += [
        f"{below}/{MEDIA}/*",
        "  Access-Control-Allow-Origin: *",
        f"  Cache-Control: {FOR_EVER}",
        f"{below}/{FEED}",
        f"  Content-Type: {served_types()['.xml']}; charset=utf-8",
        "  Access-Control-Allow-Origin: *",
        f"  Cache-Control: {FOR_MINUTES}",
    ]
    return "\n".join([*lines, ""])


def _nginx(below: str) -> str:
    """Give locations for a server's block; the first that fits is taken."""
    lines = [_ABOUT]
    place = re.escape(below)
    for ending in served_types():
        others = is_read_from_other_sites(ending)
        cache = FOR_MINUTES if ending in (".xml", ".html") else FOR_EVER
        if ending in (".css", ".js", ".txt", ".md", ".png", ".jpg", ".svg"):
            continue  # nginx knows these
        lines += [
            f'location ~ "^{place}/.*{re.escape(ending)}$" {{',
            "    types {}",
            f'    default_type "{type_of(ending)}";',
            *(["    add_header Access-Control-Allow-Origin *;"] if others else []),
            f'    add_header Cache-Control "{cache}";',
            "}",
        ]
    return "\n".join([*lines, ""])


def _others() -> str:
    return "|".join(re.escape(one) for one in served_types() if is_read_from_other_sites(one))
