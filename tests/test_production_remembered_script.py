"""What is remembered of a script is forgotten when a rule it was read by changes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import broadcast
from broadcast.cache import rules_of

HOUSE = Path(broadcast.__file__).parent


@pytest.mark.parametrize(
    ("room", "rule"),
    [
        ("spoken", "language.py"),
        ("spoken", "model/script.py"),
        ("spoken", "spoken/sentences.py"),
        ("spoken", "spoken/vi/dates.py"),
        ("spoken", "spoken/en/lexicon.tsv"),
        ("script", "script/vocabulary.toml"),
    ],
)
def test_a_changed_rule_is_seen_wherever_it_stands(
    room: str, rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = tmp_path / "broadcast"
    shutil.copytree(HOUSE, house, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(broadcast, "__file__", str(house / "__init__.py"))
    before = rules_of("model", room)
    (house / "spoken" / "vi" / "__pycache__").mkdir()
    (house / "spoken" / "vi" / "__pycache__" / "dates.pyc").touch()
    assert rules_of("model", room) == before
    (house / rule).write_bytes((house / rule).read_bytes() + b"\n")
    assert rules_of("model", room) != before
