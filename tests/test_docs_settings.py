"""What docs/settings.md says of station.toml is so: every setting, its default and its bounds.

Which settings there are is taken from what the program looks for in the file, and each row of the
page is tried: a default written out changes nothing, and what is out of bounds is refused.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import pytest

from broadcast.errors import BroadcastError
from broadcast.production.desk.read_station import station_of
from broadcast.script.parse import parse
from broadcast.script.read import read_text_document
from broadcast.speech import ENGINES
from broadcast.speech.espeak import Espeak
from broadcast.spoken import Style, style_from
from broadcast.station import PLACEHOLDERS, Station
from broadcast.station.table import Table
from broadcast.workspace import Workspace
from doc_pages import PAGES, blocks_of, rows_of, sections_of, spans_in, text_of

# The file that init writes, with all that is commented out in force.
INIT = re.sub(
    r"^# (?=\[|\w+ = )", "", text_of("src/broadcast/new_station/station.toml"), flags=re.M
)
NEEDED = {
    "show": {
        "title": '"Tiếng nói Vân Hải"',
        "language": '"vi"',
        "author": '"Đài Truyền thanh Vân Hải"',
        "email": '"dai@vanhai.example.vn"',
        "base_url": '"http://127.0.0.1:8000"',
    },
    "people": {"name": '"Trần Thị Minh Nguyệt"'},
}


@dataclass(frozen=True)
class Row:
    """A setting as the page has it: its table, and what may be written for it."""

    table: str
    key: str
    default: str
    may_be: str

    @property
    def choices(self) -> list[str]:
        """The values it may have, where they are listed."""
        return re.findall(r"`([^`]*)`", self.may_be)

    @property
    def value(self) -> str:
        """Its default, as the file has it."""
        return self.default.strip("`")


ROWS = [
    Row(heading.strip("`[]"), cells[0].strip("`"), cells[1], cells[2])
    for heading, section in sections_of("docs/settings.md").items()
    for cells in rows_of(section)
]


def settings(row: Row, value: str | None = None, without: str = "") -> str:
    """Give a short station.toml in which a row's setting is ``value`` or is not there."""
    wanted = {name: dict(values) for name, values in NEEDED.items()}
    own = wanted.setdefault(row.table, {})
    if value is not None:
        own[row.key] = value
    own.pop(without, None)
    lines = []
    for name, values in wanted.items():
        header = name.replace("ENGINE", "espeak")
        lines.append("[[people]]" if name == "people" else f"[{header}]")
        lines += [f"{key} = {text}" for key, text in values.items()]
    return "\n".join(lines) + "\n"


def read(tmp_path: Path, text: str) -> tuple[Station, Style]:
    file = tmp_path / "station.toml"
    file.write_text(text, encoding="utf-8")
    station = station_of(Workspace(tmp_path))
    return replace(station, spoken={}), style_from(station.spoken)


def refusal(tmp_path: Path, text: str) -> BroadcastError:
    with pytest.raises(BroadcastError) as refused:
        read(tmp_path, text)
    return refused.value


class Asked(dict[str, Any]):
    """A table's values that note under which names something is looked for among them."""

    def __init__(self, values: Mapping[str, Any], names: set[str]) -> None:
        super().__init__(values)
        self.names = names

    def get(self, key: str, default: Any = None) -> Any:
        self.names.add(key)
        return super().get(key, default)

    def __contains__(self, key: object) -> bool:
        self.names.add(str(key))
        return super().__contains__(key)


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mapping[str, set[str]]:
    """The settings that the program looks for, by the table they stand in."""
    found: dict[str, set[str]] = defaultdict(set)
    begin = Table.__init__

    def noting(self: Table, values: Mapping[str, Any], *rest: Any) -> None:
        begin(self, values, *rest)
        self.values = Asked(values, found[self.name])

    with monkeypatch.context() as patched:
        patched.setattr(Table, "__init__", noting)
        read(tmp_path, settings(Row("people", "name", "", "")))
    found["spoken"] = {"preset", *(field.name for field in fields(Style))}
    of_engines = [found[f"voices.{name}"] for name in ENGINES]
    found["voices.ENGINE"] = set.intersection(*of_engines)
    for own in of_engines:
        own -= found["voices.ENGINE"]
    found["voices"] -= set(ENGINES)
    tables = found.pop("")
    # In some tables the names are the station's own, such as those of languages: nothing is there.
    found = {name: keys for name, keys in found.items() if keys}
    assert {name for name in found if "." not in name} == tables
    return found


def test_the_page_has_every_setting_and_no_other(asked: Mapping[str, set[str]]) -> None:
    told: dict[str, set[str]] = defaultdict(set)
    for row in ROWS:
        told[row.table].add(row.key)
    assert told == asked


def test_the_file_that_init_writes_has_every_setting(
    tmp_path: Path, asked: Mapping[str, set[str]]
) -> None:
    read(tmp_path, INIT)
    written = tomllib.loads(INIT)
    for name, keys in asked.items():
        inner: Any = written
        for part in name.replace("ENGINE", "espeak").split("."):
            inner = inner[part]
        assert keys <= set(inner[0] if isinstance(inner, list) else inner), name


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.table}.{row.key}")
def test_a_setting_has_the_default_that_is_told(tmp_path: Path, row: Row) -> None:
    if row.default == "needed":
        message = str(refusal(tmp_path, settings(row, without=row.key)).message)
        assert message == f"[{row.table}] has no {row.key}."
        return
    unset = read(tmp_path, settings(row))
    if row.default == "–":
        low, high = re.findall(r"\d+", row.may_be)
        assert unset not in [read(tmp_path, settings(row, value)) for value in (low, high)]
        return
    assert row.default == f"`{row.value}`"
    assert read(tmp_path, settings(row, row.value)) == unset


BOUNDED = [row for row in ROWS if re.search(r"\d to ", row.may_be)]


@pytest.mark.parametrize("row", BOUNDED, ids=lambda row: f"{row.table}.{row.key}")
def test_a_number_may_be_what_is_told_and_nothing_beside_it(tmp_path: Path, row: Row) -> None:
    bounds = re.fullmatch(r"(whole, )?(-?[\d.]+) to (-?[\d.]+)", row.may_be)
    assert bounds
    low, high = bounds[2], bounds[3]
    step = 1 if bounds[1] else 0.1
    for value in (low, high):
        read(tmp_path, settings(row, value))
    for beyond in (float(low) - step, float(high) + step):
        assert "between" in str(refusal(tmp_path, settings(row, str(beyond))).message)
    between = settings(row, str(float(low) + 0.5))
    if bounds[1]:
        assert "whole number" in str(refusal(tmp_path, between).message)
    else:
        read(tmp_path, between)


LISTED = [row for row in ROWS if row.choices and row.key != "running_time"]


@pytest.mark.parametrize("row", LISTED, ids=lambda row: f"{row.table}.{row.key}")
def test_a_choice_is_one_of_those_that_are_told(tmp_path: Path, row: Row) -> None:
    is_list = row.value.startswith("[")
    read_as = [f"[{choice}]" if is_list else choice for choice in row.choices]
    values = {choice: tomllib.loads(f"v = {choice}")["v"] for choice in row.choices}
    for value in read_as:
        read(tmp_path, settings(row, value))
    if "true" in values:
        assert list(values) == ["true", "false"]
        refusal(tmp_path, settings(row, '"yes"'))
        return
    numbers = all(isinstance(value, int) for value in values.values())
    other = str(min(values.values()) + 1) if numbers else '"zzz"'
    hint = str(refusal(tmp_path, settings(row, f"[{other}]" if is_list else other)).hint or "")
    listed = re.sub(r"^(Choose( one)?( of)?|Use|Known|preset can be)\b:? ", "", hint).rstrip(".")
    assert set(re.split(r", | or ", listed)) == {str(value) for value in values.values()}


FREE = [row for row in ROWS if row not in BOUNDED and not row.choices]


@pytest.mark.parametrize("row", FREE, ids=lambda row: f"{row.table}.{row.key}")
def test_where_no_bounds_and_no_choices_are_told_there_are_none(tmp_path: Path, row: Row) -> None:
    assert row.value[0] not in "-0123456789tf" or row.default == "needed"
    try:
        read(tmp_path, settings(row, '["zzz"]' if row.value == "[]" else '"zzz"'))
    except BroadcastError as error:
        assert not re.match(r"Choose|Use|Known", str(error.hint or "")), error.hint


def test_a_running_time_is_written_as_told(tmp_path: Path) -> None:
    (row,) = (row for row in ROWS if row.key == "running_time")
    times = [read(tmp_path, settings(row, value))[0].sound for value in row.choices]
    assert [sound.running_time_ms for sound in times] == [600_000, 3_750_000]


def test_standing_words_name_all_that_is_filled_in() -> None:
    words = sections_of("docs/settings.md")["`[words]`"]
    assert set(re.findall(r"\{(\w+)\}", words)) == PLACEHOLDERS


def test_the_offline_voices_in_the_file_are_the_engines_own() -> None:
    written = tomllib.loads(INIT)["voices"]["espeak"]
    for role, names in Espeak.declares.by_role.items():
        assert tuple(written[role]) == names


def test_every_setting_that_a_page_names_is_one(
    tmp_path: Path, asked: Mapping[str, set[str]]
) -> None:
    known = set().union(*asked.values())
    tables = 0
    for page in PAGES:
        text = page.read_text("utf-8")
        for span in spans_in(text) if "design" not in page.stem else ():
            if setting := re.match(r"(\w+) = |([a-z]+_(?:ms|lu|lufs|dbtp|hz|kbps|bits))$", span):
                assert (setting[1] or setting[2]) in known, f"{page.name}: {span}"
        for block in blocks_of(text):
            if re.match(r"\[\w+\]\n", block) and "[show]" not in block:
                tables += 1
                read(tmp_path, settings(Row("show", "", "", "")) + block)
    assert tables


def known_in_front(front: str) -> list[str]:
    text = f"---\n{front}\n---\nPV: Xin hỏi ông?\n\nÔng An: Vâng.\n"
    script = parse(read_text_document(text, Path("a.txt")), language="vi")
    (hint,) = (one.hint for one in script.problems if one.hint and one.line in (2, 3, 4))
    (known,) = hint.values.values()
    return list(known)


def test_the_page_on_scripts_has_every_key_of_a_scripts_head() -> None:
    section = sections_of("docs/scripts.md")["The head of a script"]
    rows = {row[0]: row[1] for row in rows_of(section)}
    assert re.findall(r"`(\w+)`", " ".join(rows)) == known_in_front("x: 1")
    people = rows["`people`"]
    of_person = known_in_front("people:\n  - name: An\n    x: 1")
    roles = known_in_front("people:\n  - name: An\n    role: x")
    assert sorted(re.findall(r"`(\w+)`", people)) == sorted([*of_person, *roles])
