"""takes.json is read and written whole, by the program and by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from broadcast.errors import BroadcastError
from broadcast.recordings.takes_file import KnownTake, TakePart, Takes, read_takes, write_takes

TAKES = Takes(
    takes=(
        KnownTake(
            files=(TakePart("03.wav", "9f", 120, 4_000), TakePart("03 tiếp.m4a", "a0")),
            speaker="Bà Nguyễn Thị Hoa",
            words="Thành phố sẽ trồng\nthêm cây “xanh”.",
            turn="5c1",
            confirmed="Thành phố đã trồng thêm cây xanh.",
            use=False,
        ),
        KnownTake((TakePart("05.opus", "b1"),), "Phóng viên", "Xin cảm ơn bà.", "77a"),
    ),
    turns=("5c1", "77a"),
)


def problem_of(folder: Path, text: str) -> BroadcastError:
    (folder / "takes.json").write_text(text, encoding="utf-8")
    with pytest.raises(BroadcastError) as caught:
        read_takes(folder)
    assert caught.value.file == folder / "takes.json"
    assert caught.value.hint
    return caught.value


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    write_takes(tmp_path / "xuan-2024", TAKES)
    assert read_takes(tmp_path / "xuan-2024") == TAKES


def test_nothing_is_known_where_there_is_no_file(tmp_path: Path) -> None:
    assert read_takes(tmp_path) == Takes()


def test_it_is_written_for_people_to_read(tmp_path: Path) -> None:
    write_takes(tmp_path, TAKES)
    text = (tmp_path / "takes.json").read_bytes().decode("utf-8")
    assert '"speaker": "Bà Nguyễn Thị Hoa"' in text
    assert text.count("\n") > 20
    assert "\r" not in text
    assert text.count('"confirmed"') == 1


def test_equal_takes_are_equal_bytes(tmp_path: Path) -> None:
    write_takes(tmp_path / "a", TAKES)
    write_takes(tmp_path / "b", Takes(TAKES.takes, ("77a", "5c1")))
    assert (tmp_path / "a/takes.json").read_bytes() == (tmp_path / "b/takes.json").read_bytes()


def test_writing_leaves_nothing_beside_it(tmp_path: Path) -> None:
    write_takes(tmp_path, TAKES)
    assert [file.name for file in tmp_path.iterdir()] == ["takes.json"]


def test_an_entry_by_hand_needs_file_speaker_and_words_only(tmp_path: Path) -> None:
    entry = {"files": [{"file": "a.wav"}], "speaker": "Ông Lê Minh", "words": "Vâng."}
    (tmp_path / "takes.json").write_text(json.dumps({"takes": [entry]}), encoding="utf-8-sig")
    assert read_takes(tmp_path).takes == (KnownTake((TakePart("a.wav"),), "Ông Lê Minh", "Vâng."),)


def test_a_comma_too_many_is_named_with_its_line(tmp_path: Path) -> None:
    problem = problem_of(tmp_path, '{\n "takes": [],\n}')
    assert problem.line in {2, 3}
    assert "JSON" in str(problem.message)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('{"files": [{"file": "a.wav"}], "speaker": "A"}', "“words” is missing"),
        ('{"files": [], "speaker": "A", "words": "B"}', "“files” is empty"),
        ('{"files": ["a.wav"], "speaker": "A", "words": "B"}', "is not a group of fields"),
        (
            '{"files": [{"file": "../a.wav"}], "speaker": "A", "words": "B"}',
            "“file” is not the name of a file",
        ),
        ('{"files": [{"file": "a", "in_ms": 1.5}], "speaker": "A", "words": "B"}', "“in_ms”"),
        ('{"files": [{"file": "a", "in_ms": true}], "speaker": "A", "words": "B"}', "“in_ms”"),
        (
            '{"files": [{"file": "a", "in_ms": 9, "out_ms": 9}], "speaker": "A", "words": "B"}',
            "“in_ms” and “out_ms” of a are no stretch of time",
        ),
        ('{"files": [{"file": "a"}], "speaker": "A", "words": "B", "uze": true}', "“uze”"),
        ('"a.wav"', "is not a group of fields"),
    ],
)
def test_a_wrong_entry_is_named_with_the_line_it_begins_on(
    tmp_path: Path, entry: str, said: str
) -> None:
    good = '{"files": [{"file": "a.wav"}], "speaker": "[A", "words": "B]"}'
    problem = problem_of(tmp_path, f'{{"turns": ["x"],\n "takes": [\n  {good},\n\n  {entry}]}}')
    assert problem.line == 5
    assert said in str(problem.message)


@pytest.mark.parametrize("text", ["[]", "3", '{"takes": {}}', '{"turns": [1]}', '{"voices": []}'])
def test_another_kind_of_document_is_refused(tmp_path: Path, text: str) -> None:
    assert problem_of(tmp_path, text).line == 1


def test_brackets_without_end_are_told(tmp_path: Path) -> None:
    assert "brackets" in str(problem_of(tmp_path, '{"takes":' + "[" * 100_000).message)
