"""A script that is met for the first time → whether it is a programme under a new name: asked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from broadcast.cli.console import agreed, err, on_terminal, out
from broadcast.cli.telling import Telling
from broadcast.messages import Message

if TYPE_CHECKING:
    from broadcast.production.public.rename import Renamed
    from broadcast.workspace import Workspace


def is_said_to_be_new(workspace: Workspace, file: Path) -> bool:
    """Ask on a terminal about each episode that has a script's words and no script any more.

    One that is said to be the same is renamed. True: it is said to be none of them; False: nothing
    was asked, or nobody answers.
    """
    from broadcast.production.desk.first_met import is_first_met

    if not on_terminal() or not is_first_met(workspace, file):
        return False
    from broadcast.production.desk.same_words import known_namesakes

    asked = False
    for one in known_namesakes(workspace, file):
        if not one.is_gone:
            continue
        err().say(
            Message(
                "renamed.told",
                "{file} has the words of {name}, whose own script is gone.",
                file=file.name,
                name=one.name,
            )
        )
        answer = agreed(Message("renamed.ask", "Is this {name} under a new name?", name=one.name))
        if answer is None:
            return False
        if answer:
            rename_and_tell(workspace, one.name, str(file))
            return False
        asked = True
    return asked


def rename_and_tell(workspace: Workspace, old: str, new: str) -> None:
    """Rename an episode and say what went along."""
    from datetime import datetime

    from broadcast.production.public.rename import rename

    with Telling() as telling:
        done = rename(workspace, old, new, datetime.now().astimezone(), telling)
    _tell(workspace, done)


def _tell(workspace: Workspace, done: Renamed) -> None:
    console, name = out(), done.name
    along = {
        Message("renamed.draft", "its draft"): done.draft,
        Message("renamed.recordings", "its recordings"): done.recordings,
        Message("renamed.published", "what listeners have of it"): done.published is not None,
    }
    carried = tuple(what for what, is_there in along.items() if is_there)
    facts = {"old": name.old, "new": name.new}
    if carried:
        told = Message(
            "renamed", "{old} is called {new} now, with {what:and}.", what=carried, **facts
        )
    else:
        told = Message("renamed.script-alone", "{old} is called {new} now.", **facts)
    console.say(told)
    if name.script is not None:
        script = workspace.relative(name.script)
        console.say(Message("renamed.script", "script: {file}", file=script), indent=2)
    if done.page is not None:
        page = workspace.relative(done.page)
        console.say(Message("renamed.page", "page: {file}", file=page), indent=2)
    if name.left is not None:
        left = Message(
            "renamed.left",
            "{file} still lies there and is nobody's now: put it away, or a build makes another "
            "programme of it.",
            file=workspace.relative(name.left),
        )
        console.say(left, indent=2)
