"""station.toml, right or wrong → the languages in which a station may want to be spoken to."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from pathlib import Path


def interface_wishes(file: Path) -> list[str]:
    """Give what ``[station] interface`` and ``[show] language`` say, in this order.

    What is wrong in the file is passed over: it is told elsewhere, in the language found here.
    """
    values: dict[str, object] = {}
    with suppress(OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        values = tomllib.loads(file.read_text("utf-8-sig"))
    wishes = []
    for name, key in (("station", "interface"), ("show", "language")):
        table = values.get(name)
        wish = table.get(key) if isinstance(table, dict) else None
        if isinstance(wish, str):
            wishes.append(wish)
    return wishes
