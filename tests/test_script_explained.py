"""Why a line was taken for what it is: every sign has words, and the weightiest are shown."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from broadcast.errors import BroadcastError
from broadcast.script.explained import explained_line
from broadcast.script.parse import read_lines
from broadcast.script.read import read_document, read_text_document
from broadcast.script.sign_words import words_of
from station_at_hand import COMMAND, STATION

INTERVIEWS = Path(__file__).parent / "data" / "interviews"
SCRIPT = """Nước sạch về thôn Đồng Mới

Thưa ông, công trình cấp nước của thôn phục vụ bao nhiêu hộ dân?

Chúng tôi đang cấp nước cho 1.240 hộ của bốn thôn, mỗi hộ góp 500 nghìn đồng.

Vì sao ông chọn nguồn nước ngầm?
"""


def signs_of_interviews() -> set[str]:
    texts = sorted(INTERVIEWS.glob("*/*.txt"))
    many = (read_lines(read_document(text)).facts for text in texts if text.stem != "expected")
    return {sign for facts in many for one in facts for sign in one.signs}


def weighed_signs() -> set[str]:
    table = files("broadcast.script").joinpath("weights.tsv").read_text("utf-8")
    return {row.split("\t")[0] for row in table.splitlines()[1:]}


def without_words(signs: set[str]) -> Iterator[str]:
    for sign in sorted(signs):
        try:
            words_of(sign)
        except KeyError:
            yield sign


def test_every_sign_that_is_weighed_or_met_has_words() -> None:
    met, weighed = signs_of_interviews(), weighed_signs()
    assert len(met) > 250
    assert len(weighed) > 300
    assert list(without_words(met | weighed)) == []
    assert list(without_words({"asks & no-such-sign", "above:no-such-sign"})) != []


def test_no_two_signs_have_the_same_words() -> None:
    said: dict[str, str] = {}
    for sign in sorted(signs_of_interviews() | weighed_signs()):
        words = str(words_of(sign))
        assert said.setdefault(words, sign) == sign


@pytest.mark.parametrize(
    ("sign", "words"),
    [
        ("asks", "ends with a question mark"),
        ("mark:•", "begins with the sign •"),
        ("above:label:asker", "the line above: its label is of one who asks"),
        ("asks & below:of-self", "ends with a question mark; and the line below: says I or we"),
        (
            "between:oo-same & no label below",
            "stands between two labels of one person, one who answers; and no label stands below",
        ),
        ("answerer, question", "one who answers spoke last; and this line asks"),
    ],
)
def test_a_sign_is_said(sign: str, words: str) -> None:
    assert str(words_of(sign)) == words


def test_the_weightiest_signs_come_first_and_speak_for_what_was_taken() -> None:
    document = read_text_document(SCRIPT, Path("a.txt"))
    (one,) = explained_line(document, (), 3)
    assert one.tag == "asks"
    assert str(one.taken_for) == "the beginning of a question"
    assert one.margin > 0
    assert "ends with a question mark" in " ".join(str(each.words) for each in one.speaking_for)
    for side, sign in ((one.speaking_for, 1), (one.speaking_against, -1)):
        weights = [each.weight * sign for each in side]
        assert weights == sorted(weights, reverse=True)
        assert all(weight > 0 for weight in weights)


def test_what_can_be_nothing_else_is_certain() -> None:
    text = "PV: Mấy hộ?\nÔng An: Bốn.\nPV: Mấy thôn?\nÔng An: Hai thôn.\n"
    (one,) = explained_line(read_text_document(text, Path("a.txt")), (), 3)
    assert (one.sure, one.tag) == ("certain", "label")
    assert str(one.taken_for) == "a question, by its label"


def test_a_line_without_words_names_those_that_have_some() -> None:
    document = read_text_document(SCRIPT, Path("a.txt"))
    for line in (2, 99):
        with pytest.raises(BroadcastError, match=rf"Line {line} has no words.* lines 1 to 7"):
            explained_line(document, (), line)
    with pytest.raises(BroadcastError, match="no words to explain in this script"):
        explained_line(read_text_document("[pause 2s]\n", Path("a.txt")), (), 1)


def check(folder: Path, *options: str) -> Result:
    shutil.copy(STATION / "station.toml", folder)
    (folder / "a.txt").write_text(SCRIPT, "utf-8")
    arguments = ["check", str(folder / "a.txt"), "--station", str(folder), *options]
    return CliRunner().invoke(COMMAND, arguments)


def test_check_explains_one_line_and_nothing_else(tmp_path: Path) -> None:
    done = check(tmp_path, "--explain", "5")
    assert done.exit_code == 0
    assert "dân?" not in done.stdout
    assert "hộ của bốn thôn" in done.stdout


def test_check_explains_to_programs(tmp_path: Path) -> None:
    done = check(tmp_path, "--explain", "3", "--json")
    (one,) = json.loads(done.stdout)["explained"]
    assert (one["line"], one["tag"], one["speaker"]) == (3, "asks", "Phóng viên")
    assert one["sure"] in ("sure", "likely", "close")
    assert {"sign", "words", "weight"} == one["for"][0].keys()
    assert "explained" not in json.loads(check(tmp_path, "--json").stdout)


def test_check_cannot_explain_a_line_without_words(tmp_path: Path) -> None:
    done = check(tmp_path, "--explain", "2", "--debug")
    assert isinstance(done.exception, BroadcastError)
    assert done.exception.exit_status == 1
