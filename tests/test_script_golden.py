"""Whole scripts as newsrooms have them, with what a reader makes of each, found by name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from broadcast.script.canonical import canonical_text
from broadcast.script.parse import parse
from broadcast.script.read import read_document, read_text_document

FOLDER = Path(__file__).parent / "golden_scripts"
SCRIPTS = sorted(file for file in FOLDER.iterdir() if file.suffix not in {"", ".json"})


def test_there_are_scripts_in_every_format() -> None:
    assert len(SCRIPTS) >= 25
    assert {file.suffix for file in SCRIPTS} == {".txt", ".md", ".html", ".docx"}


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_the_script_is_read_as_a_person_reads_it(file: Path) -> None:
    expected = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    script = parse(read_document(file), language=expected["language"])
    texts = {kind: [turn.text for turn in script.of_kind(kind)] for kind in ("lead", "byline")}
    assert script.title == expected["title"]
    assert texts["lead"] == [expected["lead"]] * (expected["lead"] is not None)
    assert [
        {"speaker": turn.speaker, "role": turn.role, "text": turn.text}
        for turn in script.of_kind("turn")
    ] == expected["turns"]
    assert texts["byline"] == [expected["byline"]] * (expected["byline"] is not None)
    assert [
        [cue.kind, cue.after, cue.file, cue.start_ms, cue.end_ms] for cue in script.cues
    ] == expected["cues"]
    assert [[one.line, one.text] for one in script.dropped] == expected["dropped"]
    assert [[one.line, one.level] for one in script.problems] == expected["problems"]


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_the_clean_copy_reads_back_the_same(file: Path) -> None:
    language = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))["language"]
    script = parse(read_document(file), language=language)
    again = parse(
        read_text_document(canonical_text(script), file.with_suffix(".txt")), language=language
    )
    assert [(turn.kind, turn.n, turn.role, turn.text, turn.id) for turn in again.turns] == [
        (turn.kind, turn.n, turn.role, turn.text, turn.id) for turn in script.turns
    ]
    assert again.title == script.title
