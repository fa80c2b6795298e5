"""A record is read as it was written; what is wrong with one is told with its field and line."""

from __future__ import annotations

import datetime
import errno
import json
import os
import re
from contextlib import suppress
from datetime import UTC
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Annotated, Any, Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec import Meta
from msgspec.structs import replace

from broadcast.errors import BroadcastError, OutsideError
from broadcast.messages import Message
from broadcast.records import (
    LARGEST,
    Count,
    Digest,
    FileName,
    NameHere,
    NoOrSomeText,
    PlainText,
    Record,
    RuleBrokenError,
    SomeText,
    read_record,
    record_bytes,
    record_in,
)


class Song(Record, frozen=True):
    title: SomeText
    start_ms: Count

    def __post_init__(self) -> None:
        if self.title == "Quảng cáo":
            raise RuleBrokenError(
                "title", Message("song.advertisement", "“title” is that of an advertisement")
            )


class Maker(Record, frozen=True):
    person: NoOrSomeText


class Hour(Record, frozen=True, kw_only=True):
    """A record that has every kind of field that the program's own ones have."""

    format: int = 1
    name: FileName
    language: PlainText
    date: datetime.date
    at: Annotated[datetime.datetime, Meta(tz=True)]
    lufs: float | None
    part: Annotated[int, Meta(ge=1)]
    season: Count | None
    is_live: bool
    kind: Literal["news", "music"]
    songs: tuple[Song, ...]
    digests: dict[FileName, Digest]
    makers: dict[Literal["editor", "host"], Maker]
    note: str = ""


class OlderHour(Record, frozen=True):
    name: FileName
    format: int = 1


FORMATS = {1: Hour, 2: Hour}
FILE = Path("hour.json")
HINT = Message("hour.restore", "Take it back from a backup.")
WRITTEN = """{
  "format": 2,
  "name": "sang-nay.mp3",
  "language": "vi",
  "date": "2025-09-06",
  "at": "2025-09-06T07:00:00+07:00",
  "lufs": -16.5,
  "part": 3,
  "season": null,
  "is_live": false,
  "kind": "news",
  "songs": [
    {"title": "Biển hát", "start_ms": 0},
    {"title": "Sóng",
     "start_ms": 61000}
  ],
  "digests": {"a.mp3": "0a1b",
    "b.c.mp3": "2c"},
  "makers": {
    "editor": {"person": "An Nhiên"},
    "host": {"person": ""}
  }
}
"""
CUT_OFF = "This file ends too early: it was not written or copied to its end."
NESTED = "This is not a record at all: its brackets are nested without end."


def read(data: str | bytes) -> Hour:
    return record_in(data if isinstance(data, bytes) else data.encode(), FILE, FORMATS, HINT)


def problem(data: str | bytes) -> BroadcastError:
    """Give what is told of a record that is wrong; it is always a sentence for people."""
    with pytest.raises(BroadcastError) as raised:
        read(data)
    error = raised.value
    assert (error.file, error.exit_status) == (FILE, 1)
    assert is_for_people(str(error.message))
    return error


def is_for_people(message: str) -> bool:
    """Whether it is a sentence on one line in the program's own words."""
    foreign = re.search(
        r"[`$\x00-\x1f]|regex|Expected|expect|Object |object |`|malformed|decod|delimiter|byte|enum"
        r"|\[\.\.\.\]|RFC|ISO|as it should be",
        message,
    )
    return foreign is None and re.fullmatch(r"(In |This ).{5,200}\.", message) is not None


def changed(this: str, becomes: str) -> str:
    assert WRITTEN.count(this) == 1
    return WRITTEN.replace(this, becomes)


def test_what_is_in_order_is_read() -> None:
    hour = read(WRITTEN)
    assert hour.date == datetime.date(2025, 9, 6)
    assert hour.at.astimezone(UTC) == datetime.datetime(2025, 9, 6, tzinfo=UTC)
    assert hour.songs[1] == Song("Sóng", 61_000)
    assert hour.makers == {"editor": Maker("An Nhiên"), "host": Maker("")}


@pytest.mark.parametrize(
    ("this", "becomes", "told", "line"),
    [
        ('"sang-nay.mp3"', "5", "“name” is not text in quotation marks", 3),
        ('"sang-nay.mp3"', "null", "“name” is not text in quotation marks", 3),
        ('"sang-nay.mp3"', '"a/b"', "“name” is not the name of a file in this folder", 3),
        ('"vi"', '""', "“language” is empty or has control characters in it", 4),
        ('"vi"', '"v\\u0007i"', "“language” is empty or has control characters in it", 4),
        ('"2025-09-06"', '"soon"', "“date” is not a date such as 2025-09-06", 5),
        ('"2025-09-06"', '"0000-01-01"', "“date” is not a date such as 2025-09-06", 5),
        ('"2025-09-06"', "20250906", "“date” is not a date such as 2025-09-06", 5),
        ("07:00:00+07:00", "07:00:00", "“at” is not a date and time with its time zone", 6),
        ("T07:00:00+07:00", "", "“at” is not a date and time with its time zone", 6),
        ("T07:00:00+07:00", "T25:00:00Z", "“at” is not a date and time with its time zone", 6),
        ("-16.5", '"loud"', "“lufs” is not a number or null", 7),
        ("-16.5", "1e400", "“lufs” is far too large a number", 7),
        ("-16.5", "[]", "“lufs” is not a number or null", 7),
        ('"part": 3', '"part": 0', "“part” is not a whole number from 1 up", 8),
        ('"part": 3', '"part": 3.5', "“part” is not a whole number", 8),
        ('"part": 3', '"part": true', "“part” is not a whole number", 8),
        ('"part": 3', '"part": "3"', "“part” is not a whole number", 8),
        ('"part": 3', f'"part": {"9" * 5000}', "“part” is far too large a number", 8),
        ('"season": null', '"season": -1', "“season” is not a whole number from 0 up", 9),
        ('"season": null', '"season": "1"', "“season” is not a whole number or null", 9),
        ('"season": null', f'"season": {LARGEST + 1}', "“season” is far too large a number", 9),
        ('"season": null', f'"season": {10**400}', "“season” is far too large a number", 9),
        ("false", "0", "“is_live” is not true or false", 10),
        ('"news"', '"sport"', "“kind” cannot be 'sport'", 11),
        ('"news"', '"`a` - at `$.x`\\n"', "“kind” cannot be '`a` - at `$.x`\\n'", 11),
        ('"news"', "{}", "“kind” is not text in quotation marks", 11),
        ('  "part": 3,\n', "", "“part” is missing", 1),
        ('"part": 3', '"part": 3, "pärt": 4', "“pärt” is not known", 8),
        ('"part": 3', '"part": 3, "a\\nb`c": 4', "“a\\u000ab`c” is not known", 8),
        ('"part": 3', f'"part": 3, "{"x" * 99}": 4', f"“{'x' * 59}…” is not known", 8),
    ],
)
def test_a_wrong_value_is_told_with_its_field_and_line(
    this: str, becomes: str, told: str, line: int
) -> None:
    with pytest.raises(BroadcastError) as raised:
        read(changed(this, becomes))
    assert (str(raised.value.message), raised.value.line) == (f"In this file, {told}.", line)
    assert (raised.value.file, raised.value.hint) == (FILE, HINT)


@pytest.mark.parametrize(
    ("this", "becomes", "where", "told", "line"),
    [
        (
            '{"title": "Biển hát", "start_ms": 0}',
            "3",
            "songs",
            "“[0]” is not a group of fields in { }",
            13,
        ),
        ('{"title": "Biển hát", "start_ms": 0}', "{}", "songs[0]", "“title” is missing", 13),
        ('{"title": "Sóng",', "{", "songs[1]", "“title” is missing", 14),
        ('"Sóng"', '" "', "songs[1]", "“title” is empty", 14),
        ('"Sóng"', '"Quảng cáo"', "songs[1]", "“title” is that of an advertisement", 14),
        ("61000", "-61000", "songs[1]", "“start_ms” is not a whole number from 0 up", 15),
        ("61000", '61000,\n     "stop_ms": 7', "songs[1]", "“stop_ms” is not known", 16),
        ('"0a1b"', '"0A1B"', "digests", "“a.mp3” is not a digest in hexadecimal digits", 17),
        ('"2c"', "2", "digests", "“b.c.mp3” is not text in quotation marks", 18),
        ('"b.c.mp3"', '"../b"', "digests", "“../b” is not the name of a file in this folder", 18),
        ('{"person": "An Nhiên"}', "[]", "makers", "“editor” is not a group of fields in { }", 20),
        ('{"person": ""}', "{}", "makers.host", "“person” is missing", 21),
        ('""}', '"  "}', "makers.host", "“person” has nothing but blanks in it", 21),
        ('""}', '"", "nick": 1}', "makers.host", "“nick” is not known", 21),
        ('"host"', '"guest"', "makers", "“guest” is not known", 21),
    ],
)
def test_a_wrong_value_further_in_is_told_with_its_place(
    this: str, becomes: str, where: str, told: str, line: int
) -> None:
    error = problem(changed(this, becomes))
    assert (str(error.message), error.line) == (f"In {where}, {told}.", line)


@pytest.mark.parametrize(
    ("this", "becomes", "code", "values"),
    [
        ('"vi"', '""', "record.not-plain", {"name": "language"}),
        ('"part": 3', '"part": 0', "record.other-kind", {"name": "part"}),
        ('"news"', '"sport"', "record.cannot-be", {"name": "kind", "value": "'sport'"}),
        ('  "part": 3,\n', "", "record.missing", {"name": "part"}),
        ('"host"', '"guest"', "record.not-known", {"place": "makers", "name": "guest"}),
        ('"Sóng"', '"Quảng cáo"', "record.own-rule", {"place": "songs[1]"}),
        ('"lufs": -16.5', '"lufs": nan', "json.not-there", {"token": "nan", "column": 11}),
    ],
)
def test_a_program_knows_what_is_wrong_by_its_code(
    this: str, becomes: str, code: str, values: dict[str, object]
) -> None:
    message = problem(changed(this, becomes)).message
    assert message.code == code
    assert values.items() <= message.values.items()


def test_a_records_own_rule_is_told_in_its_own_words_in_any_language() -> None:
    rule = problem(changed('"Sóng"', '"Quảng cáo"')).message.values["rule"]
    assert isinstance(rule, Message)
    assert rule.code == "song.advertisement"


@pytest.mark.parametrize("whole", ["[]", "3", "null", '"sang-nay"', "true", "[[]]"])
def test_another_kind_of_document_is_told(whole: str) -> None:
    error = problem(f"\n{whole}\n")
    assert (str(error.message), error.line) == ("This file is not a group of fields in { }.", 2)


def test_lines_are_counted_as_editors_do_whatever_stands_between() -> None:
    spread = re.sub(r"([:,{}\[\]])(?= |$)", r"\n\t \1\r\n ", WRITTEN, flags=re.MULTILINE)
    assert read(spread) == read(WRITTEN)
    wrong = spread.replace("61000", "-61000")
    assert problem(wrong).line == wrong[: wrong.index("-61000")].count("\n") + 1
    assert problem(changed("61000", "-61000").replace("\n", "\r\n")).line == 15
    packed = json.dumps(json.loads(WRITTEN), separators=(",", ":")).replace("61000", "-61000")
    assert problem(packed).line == 1


def test_a_mark_at_the_beginning_is_no_fault() -> None:
    assert read(WRITTEN.encode("utf-8-sig")) == read(WRITTEN)
    assert problem(changed("61000", "-61000").encode("utf-8-sig")).line == 15
    twice = problem("\ufeff\ufeff" + WRITTEN)
    assert str(twice.message) == "This is not JSON: \\ufeff does not belong there (column 1)."


def test_a_name_may_be_written_with_escapes() -> None:
    escaped = changed('"start_ms": 61000', '"start\\u005fms": -61000')
    assert str(problem(escaped).message).startswith("In songs[1], “start_ms” is not a whole number")
    assert problem(escaped).line == 15


def test_of_a_name_that_stands_twice_the_wrong_one_is_told() -> None:
    assert problem(changed('"part": 3', '"part": 3,\n"part": 0')).line == 9
    assert problem(changed('"part": 3', '"part": 0,\n"part": 3')).line == 8
    assert problem(changed('"Sóng"', '"Sóng",\n"title": ""')).line == 15
    twice = '"digests": {"a.mp3": 1},\n  "digests": {"a.mp3": "0a1b",'
    assert problem(changed('"digests": {"a.mp3": "0a1b",', twice)).line == 17


@pytest.mark.parametrize(
    ("data", "told", "line"),
    [
        ("", "This file is empty.", None),
        (" \n\t\n", "This file is empty.", None),
        ("{", CUT_OFF, 1),
        ('{\n"name": "sa', CUT_OFF, 2),
        (b'{"name":\n"\xff"}', "This file is not UTF-8 text.", 2),
        (b'{"name": "\xed\xa0\x80"}', "This file is not UTF-8 text.", 1),
        ('{"name": "a"}'.encode("utf-16"), "This file is not UTF-8 text.", 1),
        ("[" * 9 + "{" * 9, "This file is not a group of fields in { }.", 1),
        ('{"more": ' + "[" * 100_000, NESTED, None),
        (
            '{"songs": ' + "[" * 200 + "]" * 200 + "}",
            "In songs, “[0]” is not a group of fields in { }.",
            1,
        ),
    ],
)
def test_what_is_no_record_at_all_is_told(data: str | bytes, told: str, line: int | None) -> None:
    error = problem(data)
    assert (str(error.message), error.line) == (told, line)


@pytest.mark.parametrize(
    ("data", "told", "line", "column"),
    [
        ('{\n "name": "a"\n "kind": ""}', 'a comma is missing before "kind"', 3, 2),
        ('{"name": "a"]', "] does not belong there", 1, 13),
        ("{'name': 5}", "'name' does not belong there", 1, 2),
        ("{name: 5}", "name does not belong there", 1, 2),
        ('{"name" "a"}', '"a" does not belong there', 1, 9),
        ('{"part": 03}', "3 does not belong there", 1, 11),
        ('{"part": +3}', "+3 does not belong there", 1, 10),
        ('{"part": ٣}', "٣ does not belong there", 1, 10),
        ('{"lufs": NaN}', "NaN does not belong there", 1, 10),
        ('{"lufs":\n-Infinity}', "-Infinity does not belong there", 2, 1),
        ('{"name": "a\nb"}', "a text in quotation marks is not closed", 1, 12),
        ('{"name": "a\tb"}', "a control character does not belong there", 1, 12),
        ('{"name": "C:\\Users"}', "a backslash does not belong there", 1, 13),
        ('{"name": "\\ud83d"}', "a text has half of a letter in it", 1, 10),
        ('{"\\udc00": 5}', "a text has half of a letter in it", 1, 2),
        ('{"name": "a"}\n{}', "{ does not belong there", 2, 1),
        ('{"name": "a"}\n\0', "a control character does not belong there", 2, 1),
        (f'{{"more": {"9" * 5000}, "lufs": NaN}}', "NaN does not belong there", 1, 5020),
    ],
)
def test_what_is_no_json_is_told_with_what_is_there(
    data: str, told: str, line: int, column: int
) -> None:
    error = problem(data)
    assert str(error.message) == f"This is not JSON: {told} (column {column})."
    assert error.line == line


def test_a_comma_too_many_is_told_where_it_is() -> None:
    # Python's reader points to the comma or to what follows it, as its version is.
    error = problem(changed('"person": ""}\n', '"person": ""},\n'))
    assert re.search(r"[,}] does not belong there", str(error.message))
    assert error.line in {21, 22}


def test_a_record_cut_off_anywhere_is_told_as_such() -> None:
    data = record_bytes(read(WRITTEN))
    for end in range(1, len(data) - 2):
        part = data[:end]
        told = str(problem(part).message)
        if end == len("{"):
            continue
        whole_letters = part.decode("utf-8", "ignore").encode() == part
        expected = "ends too early" if whole_letters else "is not UTF-8 text"
        assert expected in told, part[-40:]
    assert read(data[:-1]) == read(data)


pieces = st.one_of(
    st.binary(max_size=4),
    st.text(max_size=4).map(str.encode),
    st.sampled_from([b"{", b"}", b"[", b"]", b'"', b",", b":", b"\\", b"null", b"-", b"1e999"]),
)


@given(st.integers(0, len(WRITTEN.encode())), st.integers(0, 30), pieces)
@example(0, 0, b'{"part": ')
def test_nothing_but_an_error_for_people_comes_of_any_bytes(at: int, cut: int, new: bytes) -> None:
    whole = WRITTEN.encode()
    try:
        read(whole[:at] + new + whole[at + cut :])
    except BroadcastError as error:
        assert is_for_people(str(error.message)), error.message
        assert error.line is None or 1 <= error.line <= WRITTEN.count("\n") + 4


def test_there_is_no_record_where_there_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert read_record(tmp_path / "hour.json", FORMATS, HINT) is None
    assert read_record(tmp_path / "gone" / "hour.json", FORMATS, HINT) is None
    assert read_record(tmp_path / "file" / "hour.json", FORMATS, HINT) is None


def test_an_empty_file_is_no_record(tmp_path: Path) -> None:
    file = tmp_path / "hour.json"
    file.touch()
    with pytest.raises(BroadcastError, match="This file is empty") as raised:
        read_record(file, FORMATS, HINT)
    assert raised.value.file == file


def test_a_folder_in_its_place_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "hour.json").mkdir()
    with pytest.raises(OutsideError, match="cannot be read") as raised:
        read_record(tmp_path / "hour.json", FORMATS, HINT)
    assert raised.value.file == tmp_path / "hour.json"
    assert raised.value.hint


@pytest.mark.parametrize(
    ("refusal", "reason"),
    [
        (errno.EACCES, "it is not allowed to you, or another program holds it"),
        (errno.EIO, "the disk cannot read or write it"),
    ],
)
def test_a_file_that_the_system_refuses_is_told_with_its_reason(
    refusal: int, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(file: Path) -> bytes:
        raise OSError(refusal, os.strerror(refusal), str(file))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(OutsideError) as raised:
        read_record(tmp_path / "hour.json", FORMATS, HINT)
    assert str(raised.value.message) == f"This file cannot be read: {reason}."
    assert raised.value.exit_status == 3


@pytest.mark.parametrize(
    ("format_", "told"),
    [
        ("0", "In this file, “format” cannot be 0."),
        ("-1", "In this file, “format” cannot be -1."),
        (f"-{10**90}", f"In this file, “format” cannot be -1{'0' * 57}…."),
        ('"2"', "In this file, “format” is not a whole number."),
        ("true", "In this file, “format” is not a whole number."),
        ("1.0", "In this file, “format” is not a whole number."),
        ("null", "In this file, “format” is not a whole number."),
        ("[1]", "In this file, “format” is not a whole number."),
        ("1e400", "In this file, “format” is far too large a number."),
    ],
)
def test_what_is_no_format_is_told(format_: str, told: str) -> None:
    error = problem(changed('"format": 2', f'"format": {format_}'))
    assert (str(error.message), error.line) == (told, 2)


@pytest.mark.parametrize("format_", ["3", "4", str(10**30), '1,\n"format": 3'])
def test_a_newer_format_is_refused_whatever_else_is_in_it(format_: str) -> None:
    error = problem(f'{{"voices": {{}}, "format": {format_}, "name": 5}}')
    assert re.match(
        "This file was written by a newer version of broadcast .format", str(error.message)
    )
    assert "reads up to 2" in str(error.message)
    assert "upgrade" in str(error.hint)


def test_an_older_format_is_read_as_what_it_was() -> None:
    formats: dict[int, type[Any]] = {1: OlderHour, 3: Hour}
    assert record_in(b'{"name": "a"}', FILE, formats, HINT) == OlderHour("a")
    assert record_in(b'{"name": "a", "format": 1}', FILE, formats, HINT) == OlderHour("a")
    newest = record_in(changed('"format": 2', '"format": 3').encode(), FILE, formats, HINT)
    assert newest == replace(read(WRITTEN), format=3)
    with pytest.raises(BroadcastError, match="“format” cannot be 2"):
        record_in(WRITTEN.encode(), FILE, formats, HINT)


texts = st.text(st.characters(exclude_categories=["Cs"]))
some = texts.filter(lambda text: re.search(r"\S", text) is not None)
names = st.text("abcđộ 0123456789-_()", min_size=1, max_size=20)
counts = st.integers(0, LARGEST)
numbers = st.floats(allow_nan=False, allow_infinity=False)
hours = st.builds(
    Hour,
    format=st.just(2),
    name=names,
    language=st.sampled_from(["vi", "en-GB"]),
    date=st.dates(),
    at=st.datetimes(timezones=st.just(UTC)),
    lufs=st.none() | numbers,
    part=st.integers(1, 10**9),
    season=st.none() | counts,
    is_live=st.booleans(),
    kind=st.sampled_from(["news", "music"]),
    songs=st.lists(st.builds(Song, title=some, start_ms=counts), max_size=3).map(tuple),
    digests=st.dictionaries(names, st.text("0123456789abcdef", min_size=1)),
    makers=st.dictionaries(
        st.sampled_from(["editor", "host"]), st.builds(Maker, person=st.just("") | some)
    ),
    note=texts,
)


@given(hours)
def test_what_is_written_is_read_back_and_written_alike(hour: Hour) -> None:
    data = record_bytes(hour)
    assert read(data) == hour
    assert record_bytes(read(data)) == data
    assert json.loads(data)["note"] == hour.note


@given(hours)
def test_equal_records_are_equal_bytes(hour: Hour) -> None:
    other = replace(hour, digests=dict(reversed(hour.digests.items())))
    assert record_bytes(other) == record_bytes(hour)


def test_it_is_written_for_people_to_read() -> None:
    text = record_bytes(read(WRITTEN)).decode()
    assert text.startswith('{\n  "format": 2,\n  "name": "sang-nay.mp3",\n')
    assert '      "title": "Biển hát",\n' in text
    assert text.endswith("\n}\n")


@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("./\\:\0"), max_size=9))
@example("..")
@example("C:a.mp3")
@example("a.mp3:stream")
@example("\\\\host\\share")
@example("a.mp3\n")
def test_a_file_name_leads_nowhere_else_on_any_system(name: str) -> None:
    with suppress(BroadcastError):
        read(changed('"sang-nay.mp3"', json.dumps(name)))
        assert PurePosixPath(name).name == name == PureWindowsPath(name).name
        assert not PureWindowsPath(name).drive
        assert not name.startswith(".")


@pytest.mark.parametrize("name", ["a.mp3", "loudness (changed 2).txt", "Hạ Long.wav", "a..b", "-"])
def test_a_file_name_may_have_blanks_and_any_letters(name: str) -> None:
    assert read(changed('"sang-nay.mp3"', json.dumps(name))).name == name


class Heard(Record, frozen=True):
    file: NameHere
    format: int = 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize(
    "name", ["10:30 ông Ba.wav", "a\\b.wav", ".an.wav", "hai\ndòng.wav", "...", "x" * 251 + ".wav"]
)
def test_a_recordings_name_is_any_that_this_system_gives(name: str, tmp_path: Path) -> None:
    (tmp_path / name).touch()
    (only,) = tmp_path.iterdir()
    assert record_in(record_bytes(Heard(only.name)), FILE, {1: Heard}, HINT).file == name


@pytest.mark.parametrize("name", ["", ".", "..", "../a.wav", "/a.wav", "a/b.wav", "a\0.wav"])
def test_a_recordings_name_is_no_path(name: str) -> None:
    with pytest.raises(BroadcastError, match="“file” is not the name of a file in this folder"):
        record_in(json.dumps({"file": name}).encode(), FILE, {1: Heard}, HINT)


def test_what_xml_has_no_place_for_is_no_plain_text() -> None:
    for sign in ["\0", "\x1b", "\x7f", "\x85", "\ufffe", "\uffff", "\n"]:
        data = changed('"vi"', json.dumps(f"v{sign}i"))
        assert "“language” is empty or has control characters" in str(problem(data).message)
    assert read(changed('"vi"', '"tiếng Việt 😀"')).language == "tiếng Việt 😀"
