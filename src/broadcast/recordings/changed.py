"""The words a take was recorded for, and a turn's → one line that shows where they differ."""

from __future__ import annotations

from difflib import SequenceMatcher

from broadcast.text import folded

_FIRST = 8


def changed_words(before: str, now: str) -> str:
    """Show how words changed: "dài [6 → 7] km", with a few words around each change."""
    old, new = before.split(), now.split()
    matcher = SequenceMatcher(None, [folded(w) for w in old], [folded(w) for w in new], False)
    shown = []
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind == "equal":
            same = new[new_from:new_to]
            shown += same if len(same) <= 6 else [*same[:3], "…", *same[-3:]]
        else:
            gone, come = " ".join(old[old_from:old_to]), " ".join(new[new_from:new_to])
            shown.append(f"[{gone or '·'} → {come or '·'}]")
    return " ".join(shown)


def first_words(words: str) -> str:
    """Give the first words on one line, so that somebody knows which they are."""
    line = words.split()
    return " ".join(line) if len(line) <= _FIRST else " ".join(line[:_FIRST]) + " …"
