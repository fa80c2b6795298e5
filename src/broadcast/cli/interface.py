"""The language this process speaks in, found when the first message is shown."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from broadcast.messages.interface import interface_language, system_language
from broadcast.messages.rendering import Renderer, renderer_for

if TYPE_CHECKING:
    from broadcast.messages import Message
    from broadcast.workspace import Workspace

VARIABLE = "BROADCAST_LANG"
_stations: list[Workspace] = []


def speak_as_in(workspace: Workspace) -> None:
    """Speak from now on as the station of this command has it."""
    _stations[:] = [workspace]
    renderer.cache_clear()


def text_of(message: Message) -> str:
    """Give a message's text in the language of this process."""
    return renderer().text(message)


@cache
def renderer() -> Renderer:
    """Give what says messages in the language of this process."""
    wishes = [os.environ.get(VARIABLE)]
    if _stations and not wishes[0]:  # the file is read for nothing when the variable decides
        from broadcast.station.interface import interface_wishes

        wishes += interface_wishes(_stations[0].station_file)
    return renderer_for(interface_language(*wishes, system_language()))
