"""Why a system or a reader of a format refused is told in the user's language, by its kind."""

from __future__ import annotations

import csv
import errno
import os
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from lxml import etree

from broadcast.language import Language
from broadcast.messages import system_reasons
from broadcast.messages.rendering import renderer_for
from broadcast.messages.system_reasons import (
    others_words,
    system_reason,
    table_reason,
    toml_reason,
    xml_reason,
    yaml_reason,
)

SOURCE = Path(system_reasons.__file__).parent.parent
VIETNAMESE = renderer_for(Language("vi"))


def refused(call: Callable[[], object]) -> OSError:
    with pytest.raises(OSError, match=r"\w") as raised:
        call()
    return raised.value


def test_what_the_system_refuses_is_known_by_its_number(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    told = {
        system_reason(refused(call)).code
        for call in (
            (tmp_path / "none").read_bytes,
            (tmp_path / "file" / "below").read_bytes,
            (tmp_path / ("x" * 300)).read_bytes,
            (tmp_path / "file").mkdir,
            lambda: tmp_path.write_bytes(b""),
        )
    }
    wanted = {"missing", "no-folder", "long-name", "exists", "folder"}
    assert told <= {f"because.{one}" for one in wanted | {"denied", "name"}}  # as the system has it
    assert "because.missing" in told


@pytest.mark.parametrize("number", ["EACCES", "EPERM", "ENOSPC", "EISDIR", "EROFS", "EADDRINUSE"])
def test_the_common_refusals_have_no_word_of_the_systems(number: str) -> None:
    error = OSError(getattr(errno, number), os.strerror(getattr(errno, number)))
    assert error.strerror not in VIETNAMESE.text(system_reason(error))
    assert system_reason(error).code != "because.others"


def test_a_file_that_another_program_has_open_is_told_as_such() -> None:
    error = OSError(13, "The process cannot access the file")
    error.winerror = 32  # type: ignore[attr-defined,unused-ignore]
    assert system_reason(error).code == "because.held"


def test_what_is_not_known_is_said_to_be_the_systems_words() -> None:
    error = OSError(9999, "Something odd.\nVery")
    assert VIETNAMESE.text(system_reason(error)) == "hệ thống báo: “Something odd. Very”"
    assert VIETNAMESE.text(others_words("odd")) == "hệ thống báo: “odd”"


TOML = [
    "a =", "a = x", "a = 1 2", "a 1", "a = \"x", "a = [1", "a = {b = 1", "[show", "[[x]",
    "a = \"\\x\"", "a = 2024-13-45", "a = 1\na = 2", "[a]\n[a]", "= 1", "a = \"\x01\"", "?",
    "a.b = 1\n[a]",
]  # fmt: skip
YAML = [
    "a: b: c", "a: 1\nb", "a: 1\n  b: 2", "a: [1", "a: {b: 1", 'a: "x', "a: @b", "a: `b",
    "a:\n\tb: 1", 'a: "\\z"', "- a\nb: 1", "a: *b", "a: %b", "a: b\n- c", "{a: b}}",
]  # fmt: skip
XML = ["", "x", "<a>", "<a></b>", "<a>&</a>", "<a/>b", "<a/><b/>", "<a>\x01</a>"]


def of_toml(text: str) -> str:
    with pytest.raises(tomllib.TOMLDecodeError) as raised:
        tomllib.loads(text)
    return toml_reason(str(raised.value).split(" (at")[0]).code


def of_yaml(text: str) -> str:
    with pytest.raises(yaml.YAMLError) as raised:
        yaml.safe_load(text)
    return yaml_reason(str(getattr(raised.value, "problem", ""))).code


def of_xml(text: str) -> str:
    with pytest.raises(etree.XMLSyntaxError) as raised:
        etree.fromstring(text.encode())
    return xml_reason(str(raised.value.msg)).code


@pytest.mark.parametrize(
    ("told", "text"),
    [
        (of, text)
        for of, texts in ((of_toml, TOML), (of_yaml, YAML), (of_xml, XML))
        for text in texts
    ],
)
def test_the_common_slips_of_a_format_have_words_of_their_own(
    told: Callable[[str], str], text: str
) -> None:
    assert told(text) != "because.others"


def test_a_table_that_cannot_be_read_is_told_in_own_words() -> None:
    with pytest.raises(csv.Error) as raised:
        list(csv.reader(['"' + "x" * 200_000]))
    assert table_reason(str(raised.value)).code == "because.table.cell"


def test_nothing_else_shows_the_words_of_the_system() -> None:
    for file in sorted(SOURCE.rglob("*.py")):
        text = file.read_text("utf-8")
        if file.name != "system_reasons.py":
            assert not re.search(r"\.strerror\b", text), file
            assert not re.search(r"(why|reason)=str\(", text), file
