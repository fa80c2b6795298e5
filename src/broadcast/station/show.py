"""The table [show] → Show: the programme's facts, as listeners and directories see them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from broadcast.messages import Message
from broadcast.model import Show
from broadcast.model.web import is_web_address
from broadcast.station.listing import read_listing
from broadcast.station.table import Table


def read_show(table: Table) -> Show:
    """Read and check the table. Raises BroadcastError naming the line of what is wrong."""
    title, author = table.name_text("title"), table.name_text("author")
    language, email = table.language("language"), table.text("email").strip()
    base_url = _base_url(table)
    show = Show(
        title=title,
        language=language,
        author=author,
        email=email,
        category=table.name_text("category") if "category" in table.values else "News",
        base_url=base_url,
        description=table.text("description", ""),
        explicit=table.flag("explicit", default=False),
        cover=table.named_file("cover"),
        copyright=table.text("copyright", ""),
        guid=table.text("guid", ""),
        listing=read_listing(table),
    )
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", email):
        table.fail(
            "email",
            Message("setting.no-email", "{email!r} is not an e-mail address.", email=email),
            Message("setting.no-email.hint", "Podcast programs need one: a@b.vn."),
        )
    table.done()
    return show


def _base_url(table: Table) -> str:
    url = table.text("base_url").strip()
    if not is_web_address(url):
        table.fail(
            "base_url",
            Message("setting.no-web-address", "{url!r} is not a web address.", url=url),
            Message(
                "setting.no-web-address.hint",
                'Write where feed/ will be reachable, such as "https://radio.example.vn/podcast/".',
            ),
        )
    parts = urlsplit(url)
    if parts.query or parts.fragment or "@" in parts.netloc:
        table.fail(
            "base_url",
            Message(
                "setting.more-than-address",
                "{url!r} holds more than an address: ?, # or a password.",
                url=url,
            ),
            Message(
                "setting.more-than-address.hint",
                "File names are put after it, and everybody can read it.",
            ),
        )
    return url if url.endswith("/") else url + "/"
