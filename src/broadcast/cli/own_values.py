"""A new station's own title, author and e-mail: asked for, and what still is the sample's told."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from broadcast.cli.console import agreed, err, out, print_error
from broadcast.cli.interface import text_of
from broadcast.errors import UsageError
from broadcast.messages import Message

if TYPE_CHECKING:
    from broadcast.workspace import Workspace

_QUESTIONS = {
    "title": Message("init.ask-title", "The show's title, as listeners see it"),
    "author": Message("init.ask-author", "The station's name"),
    "email": Message("init.ask-email", "Its e-mail address, which everybody can read"),
}

_UNAPPROVED = Message(
    "init.ask-approval",
    "May a synthetic voice say an official's words on air although nobody has approved that?",
)


def asked_for() -> dict[str, str]:
    """Ask on a terminal for what stands in place of the sample's; what is passed over is left out.

    What a station may not have is told and asked for again; nobody answers: nothing more is asked.
    """
    from broadcast.production.desk.new_station import settings_with
    from broadcast.production.desk.sample_values import sample_show

    screen, sample, own = err(), sample_show(), dict[str, str]()
    for key, question in _QUESTIONS.items():
        prompt = Message(
            "init.asked",
            "{question} (Enter keeps the sample's, {sample}): ",
            question=question,
            sample=sample[key],
        )
        while True:
            screen.write(text_of(prompt), end="")
            line = sys.stdin.readline()
            if not line:  # input has ended
                screen.write()
                return own
            if not line.strip():
                break
            try:
                settings_with({key: line})
            except UsageError as error:
                print_error(error)
                continue
            own[key] = line.strip()
            break
    if agreed(_UNAPPROVED) is False:
        own["approval"] = "official"
    return own


def tell_samples(made: Workspace) -> None:
    """Say what of a new station still is the sample's, and where its own goes."""
    from broadcast.production.desk.read_station import station_of
    from broadcast.production.desk.sample_values import OWN_VALUES, still_the_samples

    console = out()
    if told := still_the_samples(station_of(made).show):
        console.say(told)
        console.say(OWN_VALUES, indent=2)
    console.say(
        Message(
            "init.base-url",
            "Before you go public, write the address of your web host there: base_url",
        )
    )
