"""What click and typer say themselves, for catalogues to have in other languages.

They look their words up with gettext, in whatever domain the process has chosen.
"""

from __future__ import annotations

import gettext
import os

from broadcast.messages import Message
from broadcast.messages.rendering import DOMAIN, LOCALE

WORDS = (
    *("Usage:", "Arguments", "Options", "Commands", "required", "default: {default}"),
    *("Show this message and exit.", "Try '{command} {option}' for help.", "Error: {message}"),
    *("Missing argument", "Missing option", "Missing command.", "No such option: {name}"),
    *("No such command {name!r}.", "Option {name!r} does not take a value."),
    *("Invalid value: {message}", "Invalid value for {param_hint}: {message}", "Aborted!"),
    *("{value!r} is not a valid {number_type}.", "{value} is not in the range {range}."),
)
"""Those that somebody who uses the program can meet, as click 8.1 and 8.2 have them."""
PLURALS = (
    ("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    ("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
)

PLACES = {
    message.template: message
    for message in (
        Message("place.options", "[OPTIONS]"),
        Message("place.command", "COMMAND [ARGS]..."),
        Message("place.address", "ADDRESS"),
        Message("place.audio", "[AUDIO]..."),
        Message("place.dir", "DIR"),
        Message("place.engine", "E"),
        Message("place.file", "FILE"),
        Message("place.format", "F"),
        Message("place.lang", "LANG"),
        Message("place.length", "M:SS"),
        Message("place.date", "DATE"),
        Message("place.line", "LINE"),
        Message("place.name", "NAME"),
        Message("place.names-if-any", "[NAME]..."),
        Message("place.new", "NEW"),
        Message("place.number", "N"),
        Message("place.old", "OLD"),
        Message("place.recordings", "RECORDING..."),
        Message("place.script", "SCRIPT"),
        Message("place.spoken", "SPOKEN"),
        Message("place.station", "STATION"),
        Message("place.text", "TEXT"),
        Message("place.time", "TIME"),
        Message("place.time-within", "T"),
        Message("place.turn", "TURN"),
        Message("place.turn-if-any", "[TURN]"),
        Message("place.turn-take", "TURN TAKE"),
        Message("place.turns", "TURNS"),
        Message("place.voice", "V"),
        Message("place.what", "WHAT"),
        Message("place.who", "WHO"),
        Message("place.written", "WRITTEN"),
    )
}
"""What stands for what is typed, by how commands have it."""
NUMBERS = {
    "integer": Message("number.whole", "whole number"),
    "integer range": Message("number.whole", "whole number"),
    "float": Message("number.any", "number"),
}
"""What click calls the kinds of numbers."""


def let_click_speak(language: str) -> None:
    """Let click say its words in a language from now on."""
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    gettext.textdomain(DOMAIN)
