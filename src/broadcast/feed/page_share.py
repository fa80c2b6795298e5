"""A page's address into ways to pass it on: to copy, to send, to photograph, to find elsewhere."""

from __future__ import annotations

from typing import Any

from lxml.builder import E

from broadcast.feed.page_frame import Look
from broadcast.feed.qr_code import qr_code
from broadcast.messages.listeners import ListenerWords


def copy_field(name: str, address: str, label: str, words: ListenerWords, **more: str) -> Any:
    """Give an address to be copied; the button comes where script runs."""
    told = {"aria-label": label, **{key.replace("_", "-"): value for key, value in more.items()}}
    field = E.input(
        {
            "type": "text",
            "id": name,
            "value": address,
            "readonly": "",
            "spellcheck": "false",
            **told,
        }
    )
    button = {"type": "button", "data-copy": name, "data-done": words.pages.copied, "hidden": ""}
    return E.div({"class": "copy"}, field, E.button(button, words.pages.copy))


def share_section(address: str, title: str, words: ListenerWords) -> Any:
    """Give how an episode's page is passed on, and the moment that is heard where script runs."""
    moment = {
        "type": "button",
        "id": "copy-moment",
        "class": "plain",
        "data-done": words.pages.copied,
        "hidden": "",
    }
    send = {
        "type": "button",
        "id": "send",
        "class": "plain",
        "data-title": title,
        "hidden": "",
    }
    return E.section(
        {"class": "share", "aria-labelledby": "share"},
        E.h2({"id": "share"}, words.pages.share),
        copy_field("page-address", address, words.pages.page_address, words),
        E.p(
            {"class": "links"},
            E.button(moment, words.pages.copy_moment),
            E.button(send, words.pages.share_now),
        ),
        folded_code(address, words.pages.qr_page),
    )


def folded_code(address: str, label: str) -> Any:
    """Give a QR code that is shown when it is asked for."""
    return E.details({"class": "code"}, E.summary(label), qr_code(address, label))


def elsewhere(look: Look, words: ListenerWords) -> list[Any]:
    """Give the links to the show at other houses, where there are some."""
    if not look.elsewhere:
        return []
    links = [E.a({"href": address, "rel": "noopener"}, name) for name, address in look.elsewhere]
    return [E.p({"class": "links elsewhere"}, E.span(words.pages.elsewhere + ":"), *links)]
