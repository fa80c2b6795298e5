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
_Placed = dict[str, object]


class RowPages:
    """What rows look like in one studio."""

    def __init__(self, screens: Screens) -> None:
        self._screens = screens
        self._made = lru_cache(maxsize=_MOST_KEPT)(self._make)
        self._named = lru_cache(maxsize=_MOST_KEPT)(
            lambda name: screens.renderer.text(name.said) if name else ""
        )

    def first(
        self, rows: Sequence[PlacedRow], most: int, sound: str
    ) -> tuple[list[_Placed], list[str]]:
        """Give the first rows for a page that is made now: where they stand, and their looks."""
        made = [self._made(one.row, bool(sound)) for one in rows[:most]]
        placed = [self._placed(one, key) for one, (key, _) in zip(rows, made, strict=False)]
        return placed, [html for _, html in made]

    def news(
        self, rows: Sequence[PlacedRow], known: Collection[str], sound: str
    ) -> dict[str, object]:
        """Give all rows in order by their keys, and what those look like that are not ``known``."""
        placed, new = [], {}
        for one in rows:
            key, html = self._made(one.row, bool(sound))
            placed.append(self._placed(one, key))
            if key not in known:
                new[key] = html
        return {"rows": placed, "new": new}

    def _placed(self, one: PlacedRow, key: str) -> _Placed:
        name = self._named(one.turn.name if one.turn else None)
        return {"key": key, "lines": one.numbers, "turn": one.place, "name": name}

    def _make(self, row: PairRow, has_sound: bool) -> tuple[str, str]:
        role: Message | None = role_name(row.said.role) if row.said else None
        html = self._screens.text(
            "script_row.html", {"row": row, "role": role, "has_sound": has_sound}
        )
        return hashlib.blake2b(html.encode(), digest_size=_KEY_BYTES).hexdigest(), html
