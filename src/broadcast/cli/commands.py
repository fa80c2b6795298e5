"""Every command, each registered with the program, in the order that --help lists them."""

from __future__ import annotations

from broadcast.cli import (
    aligning,
    approving,
    beginning,
    handing_over,
    learning,
    making,
    networking,
    publishing,
    recording,
    renaming,
    scripts,
    studio,
    trusting,
    uploading,
    voices,
    voicing,
    watching,
    words,
)
from broadcast.cli.app import app

__all__ = ["app"]

# As a programme is made, whichever file was read first.
_FILES = (
    *(beginning, making, watching, studio, scripts, recording, aligning, learning, renaming),
    *(handing_over, approving, publishing, uploading, networking),
    *(voicing, voices, words, trusting),
)
_PLACES = {file.__name__: place for place, file in enumerate(_FILES)}
app.registered_commands.sort(key=lambda command: _PLACES[command.callback.__module__])
app.registered_groups.sort(key=lambda group: ("network", "lexicon").index(group.name or ""))
