"""A station's settings → what in them still is the sample's that a new station begins with."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from broadcast.messages import Message
from broadcast.model import Show
from broadcast.workspace import STATION_FILE

OWN_VALUES = Message("sample.hint", "Put your own under [show] in station.toml.")
"""What to do about values that still are the sample's."""


def still_the_samples(show: Show) -> Message | None:
    """Say which facts of a show still are the sample's; None: all are its own.

    The sample's base_url is this machine's, of which is told wherever it matters.
    """
    sample = sample_show()
    same = tuple(
        name
        for name, own, given in (
            (Message("sample.title", "title “{title}”", title=show.title), show.title, "title"),
            (Message("sample.author", "author"), show.author, "author"),
            (Message("sample.email", "e-mail"), show.email, "email"),
            (Message("sample.description", "description"), show.description, "description"),
        )
        if own == sample[given]
    )
    return Message("sample.still", "Still the sample's: {what}", what=same) if same else None


@cache
def sample_show() -> dict[str, str]:
    """Give what the sample says of its show, by the names of the settings."""
    sample = files("broadcast") / "new_station" / STATION_FILE
    show = tomllib.loads(sample.read_text("utf-8"))["show"]
    return {name: value for name, value in show.items() if isinstance(value, str)}
