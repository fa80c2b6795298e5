"""Rows of a script → what a page shows of them, made once for each row that is the same."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from functools import lru_cache

from broadcast.messages import Message
from broadcast.model.naming import role_name
from broadcast.studio.screens import Screens
from broadcast.studio.script_rows import PairRow, PlacedRow

_MOST_KEPT = 3_000
_KEY_BYTES = 8


class RowPages:
    """What rows look like in one studio."""

    def __init__(self, screens: Screens) -> None:
        self._screens = screens
        self._made = lru_cache(maxsize=_MOST_KEPT)(self._make)

    def first(self, rows: Sequence[PlacedRow], most: int, sound: str) -> list[dict[str, object]]:
        """Give the first rows for a page that is made now."""
        return [{**self._placed(one, sound), "html": self._of(one, sound)} for one in rows[:most]]

    def news(
        self, rows: Sequence[PlacedRow], known: Collection[str], sound: str
    ) -> dict[str, object]:
        """Give all rows in order by their keys, and what those look like that are not ``known``."""
        placed = [self._placed(one, sound) for one in rows]
        new = {
            key: self._of(one, sound) for one in rows if (key := self._key(one, sound)) not in known
        }
        return {"rows": placed, "new": new}

    def _placed(self, one: PlacedRow, sound: str) -> dict[str, object]:
        name = self._screens.renderer.text(one.turn.name.said) if one.turn else ""
        return {
            "key": self._key(one, sound),
            "lines": one.numbers,
            "turn": one.place,
            "name": name,
        }

    def _key(self, one: PlacedRow, sound: str) -> str:
        return self._made(one.row, bool(sound))[0]

    def _of(self, one: PlacedRow, sound: str) -> str:
        return self._made(one.row, bool(sound))[1]

    def _make(self, row: PairRow, has_sound: bool) -> tuple[str, str]:
        role: Message | None = role_name(row.said.role) if row.said else None
        html = self._screens.text(
            "script_row.html", {"row": row, "role": role, "has_sound": has_sound}
        )
        return hashlib.blake2b(html.encode(), digest_size=_KEY_BYTES).hexdigest(), html
