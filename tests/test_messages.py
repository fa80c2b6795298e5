"""A message and a catalogue → what is shown; which catalogue; and what is wrong with one."""

from __future__ import annotations

import gettext
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from broadcast.cli import interface
from broadcast.cli.console import print_json
from broadcast.errors import BroadcastError
from broadcast.language import Language
from broadcast.messages import Message, counted, rendering, verbatim
from broadcast.messages.compiling import compile_catalogues
from broadcast.messages.interface import interface_language, system_language
from broadcast.messages.rendering import ENGLISH, Renderer, clock, languages, renderer_for
from broadcast.model import Problem
from broadcast.workspace import Workspace
from catalogues_by_hand import POLISH, message_codes, write_catalogue

codes = message_codes()


class Dictionary(gettext.NullTranslations):
    """A made-up catalogue: texts by code, of a plural's forms as a tuple for 0, 1, 2 …"""

    def __init__(self, **texts: str | tuple[str, ...]) -> None:
        super().__init__()
        self.texts = {code.replace("__", "."): text for code, text in texts.items()}

    def pgettext(self, context: str, message: str) -> str:
        return str(self.texts.get(context, message))

    def npgettext(self, context: str, one: str, many: str, n: int) -> str:
        forms = self.texts.get(context)
        return (one if n == 1 else many) if forms is None else forms[min(n, len(forms) - 1)]


def said(message: Message, **texts: str | tuple[str, ...]) -> str:
    return Renderer(Dictionary(**texts)).text(message)


COMMA = {"number__decimal": ",", "number__group": "."}


@pytest.mark.parametrize(
    ("template", "value", "english", "with_comma"),
    [
        ("{x}", 1695, "1695", "1695"),  # a number as a name: a year, a turn, a port
        ("{x:,}", 1695, "1,695", "1.695"),
        ("{x}", 2.5, "2.5", "2,5"),
        ("{x:.1f} s", 416.44, "416.4 s", "416,4 s"),
        ("{x:,.1f} s", 1416.44, "1,416.4 s", "1.416,4 s"),
        ("{x:7.2f} LUFS", -16.0, " -16.00 LUFS", " -16,00 LUFS"),
        ("{x:02}", 7, "07", "07"),
        ("{x}", "1.5, as it stands", "1.5, as it stands", "1.5, as it stands"),
        ("{x!r}", "a.b", "'a.b'", "'a.b'"),
        ("{x:10}|", "a.b", "a.b       |", "a.b       |"),
    ],
)
def test_numbers_are_written_as_the_language_writes_them_and_words_as_they_stand(
    template: str, value: Any, english: str, with_comma: str
) -> None:
    message = Message("x", template, x=value)
    assert str(message) == english
    assert said(message, **COMMA) == with_comma


@pytest.mark.parametrize(
    ("names", "commas", "and_", "or_"),
    [
        ((), "", "", ""),
        (("a",), "a", "a", "a"),
        (("a", "b"), "a, b", "a and b", "a or b"),
        (("a", "b", "c"), "a, b, c", "a, b and c", "a, b or c"),
        ((1, 2.5, Message("m", "{n}!", n=3)), "1, 2.5, 3!", "1, 2.5 and 3!", "1, 2.5 or 3!"),
    ],
)
def test_several_values_are_a_list(names: Any, commas: str, and_: str, or_: str) -> None:
    shown = [str(Message("x", f"{{names{spec}}}", names=names)) for spec in ("", ":and", ":or")]
    assert shown == [commas, and_, or_]


def test_a_language_joins_lists_with_its_own_words_and_signs() -> None:
    message = Message("x", "{names:and}; {names}", names=("a", "b", "c"))
    own = {"list__also": "{before} · {next}", "list__and": "{before} & {next}"}
    assert said(message, **own) == "a · b & c; a · b · c"


@pytest.mark.parametrize(
    ("milliseconds", "shown"),
    [
        (0, "0:00"),
        (499, "0:00"),
        (59_500, "1:00"),
        (178_000, "2:58"),
        (3_599_499, "59:59"),
        (3_600_000, "1:00:00"),
        (3_899_000, "1:04:59"),
    ],
)
def test_a_length_is_shown_in_minutes_and_seconds(milliseconds: int, shown: str) -> None:
    assert clock(milliseconds) == shown
    assert str(Message("x", "{length:clock} long", length=milliseconds)) == f"{shown} long"


def test_a_time_is_shown_as_the_language_writes_it() -> None:
    message = Message("x", "on {at:moment}", at="2030-01-02T07:05:59+07:00")
    assert str(message) == "on 2030-01-02 07:05"
    vietnamese = {"time__moment": "{hour:02}:{minute:02} ngày {day:02}/{month:02}/{year}"}
    assert said(message, **vietnamese) == "on 07:05 ngày 02/01/2030"


LINES = [counted("lines", "{count} line", "{count} lines", count=n) for n in range(6)]


@pytest.mark.parametrize(
    ("language", "forms", "shown"),
    [
        (None, (), ["0 lines", "1 line", "2 lines", "3 lines", "4 lines", "5 lines"]),
        ("vi", ("{count} dòng",), [f"{n} dòng" for n in range(6)]),
        (
            "pl",
            ("{count} wiersz", "{count} wiersze", "{count} wierszy"),
            ["0 wierszy", "1 wiersz", "2 wiersze", "3 wiersze", "4 wiersze", "5 wierszy"],
        ),
    ],
)
def test_a_plural_has_as_many_forms_as_the_language(
    language: str | None, forms: tuple[str, ...], shown: list[str], tmp_path: Path
) -> None:
    renderer = ENGLISH
    if language is not None:
        entry = 'msgctxt "lines"\nmsgid "{count} line"\nmsgid_plural "{count} lines"\n'
        entry += "".join(f'msgstr[{n}] "{form}"\n' for n, form in enumerate(forms))
        write_catalogue(tmp_path, language, entry)
        with next(tmp_path.rglob("*.mo")).open("rb") as file:
            renderer = Renderer(gettext.GNUTranslations(file))
    assert list(map(renderer.text, LINES)) == shown


@pytest.mark.parametrize("forms", [("",), ("", "", ""), ("{count} wiersz", "", "{count} wierszy")])
def test_a_plural_whose_forms_are_not_all_written_yet_is_in_english(
    forms: tuple[str, ...], tmp_path: Path
) -> None:
    entry = 'msgctxt "lines"\nmsgid "{count} line"\nmsgid_plural "{count} lines"\n'
    entry += "".join(f'msgstr[{n}] "{form}"\n' for n, form in enumerate(forms))
    write_catalogue(tmp_path, "vi" if len(forms) == 1 else "pl", entry)
    with next(tmp_path.rglob("*.mo")).open("rb") as file:
        renderer = Renderer(gettext.GNUTranslations(file))
    assert list(map(renderer.text, LINES)) == list(map(ENGLISH.text, LINES))


def test_a_message_within_a_message_is_said_in_the_same_language() -> None:
    why = Message("why", "because of {what}", what=Message("rain", "rain"))
    message = Message("x", "closed, {why}", why=why)
    assert str(message) == "closed, because of rain"
    assert said(message, rain="deszcz", why="bo {what}") == "closed, bo deszcz"


def test_what_a_catalogue_lacks_is_said_in_english() -> None:
    assert said(Message("x", "as {it} is", it="it"), y="inny") == "as it is"


def test_words_of_others_are_shown_as_they_stand() -> None:
    assert str(verbatim("{is} 100 % {")) == "{is} 100 % {"


def test_names_that_hold_braces_are_not_filled_in() -> None:
    assert str(Message("x", "{file} is gone", file="{file}.txt")) == "{file}.txt is gone"


def test_a_path_is_a_value_as_its_text() -> None:
    assert Message("x", "{file}", file=Path("a") / "b").values == {"file": str(Path("a") / "b")}


def test_equal_messages_are_equal_and_found_in_a_set() -> None:
    one, other = (Message("x", "{n}", n=n) for n in (1, 2))
    assert {one, Message("x", "{n}", n=1), other} == {one, other}
    assert one != other


@pytest.mark.parametrize(
    "slip",
    [
        "{plik} zniknął",  # named otherwise
        "{} zniknął",
        "{0} zniknął",
        "{file.name} zniknął",
        "{file[name]} zniknął",
        "{file:d} zniknął",
        "{file!x} zniknął",
        "{file zniknął",
        "file} zniknął",
        "{file:moment} zniknął",
    ],
)
def test_a_slip_in_a_catalogue_leaves_the_message_in_english(slip: str) -> None:
    message = Message("x", "{file} is gone", file="a.txt")
    assert said(message, x=slip) == "a.txt is gone"
    around = Message("y", "Sorry: {why}", why=message)
    assert said(around, x=slip, y="Niestety: {why}") == "Niestety: a.txt is gone"


def test_a_slip_in_how_lists_and_times_are_written_leaves_them_in_english() -> None:
    own = {"list__and": "{before} i {nastepny}", "time__moment": "{godzina}"}
    message = Message("x", "{names:and} {at:moment}", names=("a", "b"), at="2030-01-02T07:05")
    assert said(message, **own) == "a and b 2030-01-02 07:05"


def test_a_slip_in_the_programs_own_words_is_not_hidden() -> None:
    with pytest.raises(KeyError):
        str(Message("x", "{file} is gone", name="a.txt"))


@pytest.mark.parametrize(
    ("wishes", "language"),
    [
        ((), "en"),
        ((None, None, None), "en"),
        (("vi", "en"), "vi"),
        ((None, "en", "vi"), "en"),
        (("", "tiếng Việt", "en"), "vi"),
        (("no such language", "vi_VN", "en"), "vi-VN"),
        (("no such language",), "en"),
    ],
)
def test_the_first_wish_that_names_a_language_decides(
    wishes: tuple[str | None, ...], language: str
) -> None:
    assert interface_language(*wishes).tag == language


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "vi_VN.UTF-8"}, "vi_VN"),
        ({"LANG": "de_DE@euro"}, "de_DE"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "vi_VN.UTF-8"}, "vi_VN"),
        ({"LANG": "en_GB", "LC_MESSAGES": "vi_VN", "LC_ALL": "pl_PL"}, "pl_PL"),
        ({"LC_ALL": "", "LANG": "vi_VN"}, "vi_VN"),
        ({"LANG": "C"}, None),
        ({"LANG": "C.UTF-8"}, None),
        ({"LANG": "POSIX"}, None),
        ({"LC_ALL": "C", "LANG": "vi_VN"}, None),
    ],
)
def test_the_system_says_its_language_in_posix_variables(
    environment: dict[str, str], language: str | None
) -> None:
    assert system_language(environment) == language


STATION = '[show]\ntitle = "T"\nlanguage = "{show}"\n[station]\ninterface = "{station}"\n'


@pytest.mark.parametrize(
    ("variable", "settings", "system", "language"),
    [
        ("pl", STATION.format(show="vi", station="en"), "de_DE", "pl"),
        ("", STATION.format(show="vi", station="en"), "de_DE", "en"),
        (None, STATION.format(show="vi", station="en"), "de_DE", "en"),
        (None, '[show]\nlanguage = "vi"\n', "de_DE", "vi"),
        (None, "[show]\n", "de_DE", "de-DE"),
        (None, "[show]\n", "C", "en"),
        (None, None, "de_DE", "de-DE"),
        ("gibberish", '[show]\nlanguage = "vi"\n', "de_DE", "de-DE"),
        (None, STATION.format(show="vi", station="gibberish"), "de_DE", "vi"),
        (None, "[show]\nlanguage = 7\n", "de_DE", "de-DE"),
        (None, "[show\n", "de_DE", "de-DE"),
    ],
)
def test_the_variable_the_station_the_show_and_the_system_decide_in_this_order(
    variable: str | None,
    settings: str | None,
    system: str,
    language: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("BROADCAST_LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", system)
    if variable is not None:
        monkeypatch.setenv("BROADCAST_LANG", variable)
    if settings is not None:
        (tmp_path / "station.toml").write_text(settings, "utf-8")
    asked: list[str] = []
    monkeypatch.setattr(interface, "renderer_for", lambda found: asked.append(found.tag) or ENGLISH)
    monkeypatch.setattr(interface, "_stations", [])
    interface.speak_as_in(Workspace(tmp_path))
    interface.text_of(Message("x", "words"))
    interface.language.cache_clear()
    assert asked == [language]


@pytest.fixture
def polish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of catalogues with one in Polish, which the program has none of."""
    write_catalogue(tmp_path, "pl", POLISH)
    monkeypatch.setattr(rendering, "LOCALE", tmp_path)
    renderer_for.cache_clear()
    yield tmp_path
    renderer_for.cache_clear()


@pytest.mark.usefixtures("polish")
def test_a_region_of_a_language_is_spoken_to_in_the_language() -> None:
    level = Message("level.error", "error")
    assert languages() == ["pl"]
    assert [renderer_for(Language.of(tag)).text(level) for tag in ("pl", "pl-PL", "cs")] == [
        "błąd", "błąd", "error",
    ]  # fmt: skip


@pytest.mark.usefixtures("polish")
def test_json_has_the_code_beside_the_message_in_the_users_language(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROADCAST_LANG", "pl")
    monkeypatch.setattr(interface, "_stations", [])
    interface.language.cache_clear()
    told = BroadcastError(Message("level.error", "error"), file="a.txt", line=2)
    problem = Problem(7, "warning", Message("level.note", "note"), turn=3)
    print_json({"problems": [problem.document()], "damage": told.message})
    interface.language.cache_clear()
    assert json.loads(capsys.readouterr().out) == {
        "problems": [
            {"line": 7, "level": "warning", "code": "level.note", "message": "uwaga", "turn": 3}
        ],
        "damage": "błąd",
    }


SOURCE = """
msgctxt "gone"
msgid "{file} is gone"
msgstr ""

msgctxt "lines"
msgid "{count} line of {file}"
msgid_plural "{count} lines of {file}"
msgstr[0] ""
"""
GONE = 'msgctxt "gone"\nmsgid "{file} is gone"\nmsgstr "'
LINES_PL = (
    'msgctxt "lines"\nmsgid "{count} line of {file}"\nmsgid_plural "{count} lines of {file}"\n'
)
GOOD_LINES = (
    LINES_PL + 'msgstr[0] "wiersz pliku {file}"\nmsgstr[1] "{count} wiersze {file}"\n'
    'msgstr[2] "{count} wierszy {file}"\n'
)


def catalogue(text: str, language: str | None = "pl") -> Catalog:
    return read_po(io.BytesIO(text.encode()), locale=language)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (GOOD_LINES + GONE + '{file} zniknął"\n', []),
        (GOOD_LINES, ["gone: missing"]),
        (GOOD_LINES + GONE + '"\n', ["gone: missing"]),
        (
            LINES_PL + 'msgstr[0] "a {file}"\nmsgstr[1] "{count} {file}"\nmsgstr[2] ""\n'
            + GONE + '{file} zniknął"\n',
            ["lines: missing"],
        ),
        (GOOD_LINES + "#, fuzzy\n" + GONE + '{file} zniknął"\n', ["gone: fuzzy"]),
        (
            GOOD_LINES + GONE + '{file} zniknął"\n\nmsgctxt "old"\nmsgid "old"\nmsgstr "stary"\n',
            ["old: no longer said"],
        ),
        (
            GOOD_LINES + GONE.replace("is gone", "has gone") + '{file} zniknął"\n',
            ["gone: missing", "gone: no longer said"],
        ),
        (GOOD_LINES + GONE + '{plik} zniknął"\n', ["gone: names other values"]),
        (GOOD_LINES + GONE + 'zniknął"\n', ["gone: names other values"]),
        (GOOD_LINES + GONE + '{file} {count} zniknął"\n', ["gone: names other values"]),
        (
            GOOD_LINES.replace("{count} wierszy {file}", "{count} wierszy")
            + GONE + '{file} zniknął"\n',
            ["lines: names other values"],
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_catalogue_is_found(text: str, faults: list[str]) -> None:
    assert codes.faults(catalogue(text), catalogue(SOURCE, None)) == faults


def test_catalogues_of_the_package_lack_nothing() -> None:
    source = codes.messages_in_the_source()
    files = sorted(codes.LOCALE.glob("*/LC_MESSAGES/*.po"))
    assert files
    for file in files:
        assert codes.faults(codes.catalogue_in(file), source) == []


def test_the_page_of_codes_is_what_the_source_gives() -> None:
    assert codes.PAGE.read_text("utf-8") == codes.page(codes.messages_in_the_source())


def test_one_code_for_two_messages_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.py").write_text('Message("x", "one")\nMessage("x", "one")\n', "utf-8")
    monkeypatch.setattr(codes, "SOURCE", tmp_path)
    source = codes.entries(codes.messages_in_the_source())
    assert [entry.id for entry in source if entry.context] == ["one"]
    (tmp_path / "b.py").write_text('Message("x", "two")\n', "utf-8")
    with pytest.raises(ValueError, match="x is said in two ways"):
        codes.messages_in_the_source()


def test_a_catalogue_is_compiled_as_gettext_reads_it(tmp_path: Path) -> None:
    write_catalogue(tmp_path, "pl", POLISH)
    (compiled,) = compile_catalogues(tmp_path)
    with compiled.open("rb") as file:
        assert gettext.GNUTranslations(file).pgettext("level.error", "error") == "błąd"
    assert [path.name for path in compiled.parent.iterdir() if "part" in path.name] == []
