"""A table of speakers and words as a script."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcast.errors import BroadcastError
from broadcast.model import Script
from broadcast.script.parse import parse
from broadcast.script.read import read_document

ROWS = [
    ("PV", "Thưa bà, năm nay được mùa không?"),
    ("A Lựu", "Được mùa; ai cũng vui.\nGiá cũng lên."),
    ("PV", "Xin cảm ơn bà!"),
]


def read(folder: Path, name: str, content: str | bytes) -> Script:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return parse(read_document(file), language="vi")


def table(sign: str) -> str:
    return "".join(f'{who}{sign}"{words}"\r\n' for who, words in ROWS)


@pytest.mark.parametrize(("name", "sign"), [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t")])
@pytest.mark.parametrize("head", ["", "Người nói{}Lời\n", "Speaker{}Text\n"])
def test_two_columns_are_speakers_and_words(
    tmp_path: Path, name: str, sign: str, head: str
) -> None:
    script = read(tmp_path, name, "\ufeff" + head.format(sign) + table(sign))
    assert [(turn.speaker, turn.text) for turn in script.of_kind("turn")] == ROWS
    first = 2 if head else 1
    assert [turn.line for turn in script.of_kind("turn")] == [first, first + 1, first + 3]
    assert [one.line for one in script.dropped] == [1] * bool(head)


def test_empty_columns_and_rows_are_none(tmp_path: Path) -> None:
    script = read(tmp_path, "a.csv", "PV,Sao ạ?,,\n,,,\nÔng An,Vậy đó.,,\n")
    assert [turn.text for turn in script.of_kind("turn")] == ["Sao ạ?", "Vậy đó."]


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        ("PV,Sao ạ?\nÔng An,Vậy, đó.\n", 2, "3 columns"),
        ("PV: Sao ạ?\nÔng An: Vậy.\n", None, "no two columns"),
        (f"PV,Sao ạ?\n{'Ông An ' * 40},Vậy.\n", 2, "too long for a speaker"),
        (f'PV,Sao ạ?\nÔng An,"{"a" * 200_000}"\n', 2, "cannot be read"),
    ],
)
def test_another_table_is_refused_with_its_row(
    tmp_path: Path, content: str, line: int | None, says: str
) -> None:
    with pytest.raises(BroadcastError, match=says) as refused:
        read(tmp_path, "a.csv", content)
    assert refused.value.line == line
    assert refused.value.hint
