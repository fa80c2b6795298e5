"""The language this process speaks in, found when the first message is shown."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from broadcast.language import Language
from broadcast.messages.interface import interface_language, interface_wishes, system_language
from broadcast.messages.rendering import Renderer, renderer_for

if TYPE_CHECKING:
    from broadcast.messages import Message
    from broadcast.workspace import Workspace

VARIABLE = "BROADCAST_LANG"
_stations: list[Workspace] = []
_asked_for: list[str] = []


def speak_as_in(workspace: Workspace) -> None:
    """Speak from now on as the station of this command has it."""
    _stations[:] = [workspace]
    language.cache_clear()


def speak_in(tag: str) -> None:
    """Speak from now on in the language that this command was given."""
    _asked_for[:] = [tag]
    language.cache_clear()


def station_at_work() -> Workspace | None:
    """Give the station that this command was found to work for."""
    return _stations[0] if _stations else None


def wished() -> str:
    """Give the tag of the language that the user's environment asks of the program; "": of none."""
    wish = os.environ.get(VARIABLE)
    return interface_language(wish).tag if wish else ""


def text_of(message: Message) -> str:
    """Give a message's text in the language of this process."""
    return renderer().text(message)


def renderer() -> Renderer:
    """Give what says messages in the language of this process."""
    return renderer_for(language())


@cache
def language() -> Language:
    """Give the language of this process."""
    wishes = [*_asked_for, os.environ.get(VARIABLE)]
    if _stations and not wishes[0]:  # the file is read for nothing when the variable decides
        wishes += interface_wishes(_stations[0].station_file)
    return interface_language(*wishes, system_language())
