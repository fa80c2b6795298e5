"""What the docs say of the command line and of the house is so, and nothing is left out."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import typer

from broadcast.cli.commands import app
from broadcast.cli.interruption import INTERRUPTED
from broadcast.errors import BroadcastError
from broadcast.model.engine import settings_declared
from broadcast.speech import ENGINES
from doc_pages import (
    PAGES,
    ROOT,
    anchor_of,
    blocks_of,
    headings_in,
    links_in,
    rows_of,
    sections_of,
    spans_in,
    text_of,
)
from test_imports import FLOORS, ROOMS_OF_PRODUCTION

PROGRAM = typer.main.get_command(app)
SOURCE = ROOT / "src" / "broadcast"
SECTIONS = sections_of("docs/commands.md")
OF_EVERY_COMMAND = {
    option: row
    for row in rows_of(SECTIONS["Every command"])
    for option in re.findall(r"(?<!\S)`(-[\w-]+)", row[0])
}


def context_of(path: str, command: click.Command) -> click.Context:
    whole = click.Context(PROGRAM, info_name="broadcast", **PROGRAM.context_settings)
    return click.Context(command, info_name=path, parent=whole)


def commands(group: click.Command = PROGRAM, path: str = "") -> Iterator[tuple[str, click.Command]]:
    assert isinstance(group, click.Group)
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{path}{name} ")
        else:
            yield f"{path}{name}", command


COMMANDS = dict(commands())
HEADINGS = {
    re.sub(r" *[A-Z\[].*", "", heading.strip("`")).removeprefix("broadcast "): heading
    for heading in SECTIONS
    if heading.startswith("`broadcast ")
}


def options_of(path: str) -> list[click.Option]:
    command = COMMANDS[path]
    found = command.get_params(context_of(path, command))
    return [option for option in found if isinstance(option, click.Option)]


def own_rows(path: str) -> dict[str, list[str]]:
    rows = rows_of(SECTIONS[HEADINGS[path]])
    return {option: row for row in rows for option in re.findall(r"`(-[\w-]+)", row[0])}


def test_every_command_has_a_section_and_every_section_a_command() -> None:
    assert sorted(HEADINGS) == sorted(COMMANDS)


@pytest.mark.parametrize("path", COMMANDS)
def test_a_section_says_what_the_command_does_as_help_says_it(path: str) -> None:
    told = " ".join(SECTIONS[HEADINGS[path]].split())
    assert told.startswith(COMMANDS[path].help or "(no help)")


@pytest.mark.parametrize("path", COMMANDS)
def test_a_heading_has_the_arguments_and_says_which_may_be_left_out(path: str) -> None:
    arguments = [one for one in COMMANDS[path].params if isinstance(one, click.Argument)]
    needed = [one for one in options_of(path) if one.required]
    heading = HEADINGS[path]
    for option in needed:
        shown = f" {option.opts[0]} {option.metavar}"
        assert shown in heading
        heading = heading.replace(shown, "")
    names = {re.sub(r"\W", "", one.metavar or ""): one for one in arguments}
    left_out = " ".join(re.findall(r"\[(.*?)\]", heading))
    assert re.findall(r"[A-Z]+", heading) == list(names)
    assert re.findall(r"[A-Z]+", left_out) == [
        name for name, one in names.items() if not one.required
    ]
    assert re.findall(r"[A-Z]+(?=…)", heading) == [
        name for name, one in names.items() if one.nargs == -1
    ]


@pytest.mark.parametrize("path", COMMANDS)
def test_a_section_tells_every_option_with_what_it_takes_and_its_default(path: str) -> None:
    told = own_rows(path)
    for option in options_of(path):
        for name in (*option.opts, *option.secondary_opts):
            row = told.get(name) or OF_EVERY_COMMAND.get(name)
            assert row, f"docs/commands.md does not tell {name} of broadcast {path}"
            assert f"{option.metavar or ''}`" in row[0], f"{name} takes {option.metavar}"
            if not option.is_flag and option.default not in (None, ""):
                assert re.search(rf"(?<!\w){option.default}(?!\w)", row[1]), name


@pytest.mark.parametrize("path", COMMANDS)
def test_a_section_tells_no_option_that_is_not_there(path: str) -> None:
    there = {name for option in options_of(path) for name in option.opts + option.secondary_opts}
    assert set(own_rows(path)) <= there


def test_what_every_command_takes_is_taken_by_all_but_those_that_are_named() -> None:
    of_program = {name for option in PROGRAM.params for name in option.opts}
    for name, row in OF_EVERY_COMMAND.items():
        without = {
            path for path in COMMANDS if not any(name in option.opts for option in options_of(path))
        }
        if name in of_program:
            assert without == set(COMMANDS)
            assert f"`broadcast {name}`" in row[1]
        else:
            assert without == set(re.findall(r"`([a-z ]+)`", row[1]))
    assert of_program <= set(OF_EVERY_COMMAND)


@pytest.mark.parametrize("path", COMMANDS)
def test_help_says_what_each_argument_and_option_is(path: str) -> None:
    for parameter in COMMANDS[path].params:
        assert getattr(parameter, "help", None), f"{parameter.name} of broadcast {path}"


def test_the_commands_that_print_json_are_listed() -> None:
    told = SECTIONS["What is printed where"].partition("With `--json` (")[2].partition(")")[0]
    printing = {path for path in COMMANDS if any("--json" in one.opts for one in options_of(path))}
    assert set(re.findall(r"`broadcast ([^`]+)`", told)) == printing


def test_every_exit_status_is_told() -> None:
    classes = [BroadcastError]
    for kind in classes:
        classes.extend(kind.__subclasses__())
    statuses = {0, INTERRUPTED, *(kind.exit_status for kind in classes)}
    assert {int(row[0]) for row in rows_of(SECTIONS["Exit status"])} == statuses
    short = sections_of("README.md")["Exit status, for scripts"]
    assert {int(number) for number in re.findall(r"(?:^|· )(\d+) ", short, re.M)} == statuses


def test_every_engine_is_told() -> None:
    for name in ENGINES:
        assert f"**{name}**" in sections_of("README.md")["Voices"]


def test_every_variable_of_the_environment_is_told() -> None:
    read = set()
    for module in SOURCE.rglob("*.py"):
        source = module.read_text("utf-8")
        known = dict(re.findall(r'^([A-Z_]+) = "([A-Z_]+)"$', source, re.MULTILINE))
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and re.search(
                r"\b(environ\.\w+|getenv)$", ast.unparse(node.func)
            ):
                name = node.args[0]
            elif (
                isinstance(node, ast.Subscript)
                and isinstance(node.ctx, ast.Load)
                and ast.unparse(node.value).endswith("environ")
            ):
                name = node.slice
            else:
                continue
            if isinstance(name, ast.Name) and name.id.islower():  # each of several
                continue
            if isinstance(name, ast.Constant):
                read.add(name.value)
            elif ast.unparse(name) in known:
                read.add(known[ast.unparse(name)])
            else:  # which one is read is told by an engine's settings, or by the station's
                assert module.parent.name == "speech", f"{module}:{node.lineno}"
    for name in ENGINES:
        declared = settings_declared(ENGINES[name].declares.settings)
        read |= {setting.variable for setting in declared.values() if setting.variable}
    assert read == {row[0].strip("`") for row in rows_of(SECTIONS["Environment"])}


def command_lines() -> list[tuple[str, str]]:
    found = []
    for page in PAGES:
        text = page.read_text("utf-8")
        lines = [line for block in blocks_of(text) for line in block.splitlines()]
        for line in [*lines, *spans_in(text)]:
            if begun := re.match(r"(?:\.venv[/\\](?:bin|Scripts)[/\\])?broadcast (?=\S)", line):
                # What is two spaces or more apart is told about the line.
                shown = re.split(r"\s{2,}", line[begun.end() :])[0]
                found.append((page.relative_to(ROOT).as_posix(), shown))
    return list(dict.fromkeys(found))


@pytest.mark.parametrize(("page", "line"), command_lines())
def test_a_command_that_a_page_shows_is_one(page: str, line: str) -> None:
    arguments = shlex.split(line)
    command, path = PROGRAM, []
    while isinstance(command, click.Group) and arguments and arguments[0] in command.commands:
        path.append(arguments.pop(0))
        command = command.commands[path[-1]]
    if path and not arguments:
        return  # it is only spoken of
    assert not isinstance(command, click.Group) or line.startswith("-"), f"{page}: {line}"
    try:
        command.make_context(" ".join(path), arguments, context_of("", PROGRAM))
    except click.exceptions.Exit as told:  # --help and --version
        assert told.exit_code == 0
    except click.UsageError as error:
        pytest.fail(f"{page}: broadcast {line}: {error.format_message()}")


def test_there_are_many_command_lines() -> None:
    assert len(command_lines()) > 60


def test_what_make_is_asked_for_in_a_page_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^(\w+):", text_of("Makefile"), re.MULTILINE))
    for page in PAGES:
        text = page.read_text("utf-8")
        code = "\n".join([*blocks_of(text), *spans_in(text)])
        assert set(re.findall(r"^make (\w+)", code, re.MULTILINE)) <= targets, page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    for file, place in links_in(page.read_text("utf-8")):
        there = (page.parent / file) if file else page
        assert there.exists(), file
        if place:
            headings = headings_in(there.read_text("utf-8"))
            assert place in map(anchor_of, headings), f"{file}#{place}"


def test_every_page_is_linked_from_the_readme_or_from_a_page_that_is() -> None:
    found, seen = [ROOT / "README.md"], set()
    while found:
        page = found.pop().resolve()
        if page.suffix != ".md" or page in seen:
            continue
        seen.add(page)
        found += [page.parent / file for file, _ in links_in(page.read_text("utf-8")) if file]
    assert {page.resolve() for page in PAGES} <= seen


def test_the_floors_are_those_that_imports_are_held_to() -> None:
    block = next(block for block in blocks_of(text_of("docs/design.md")) if "cli →" in block)
    assert [set(floor.split()) for floor in block.split("→")] == [set(rooms) for rooms in FLOORS]


def test_every_room_of_the_design_is_there() -> None:
    for row in rows_of(sections_of("docs/design.md")["The rooms"]):
        assert (SOURCE / row[0].strip("`")).is_dir(), row[0]


def test_the_rooms_of_production_are_told_of_in_the_order_that_imports_are_held_to() -> None:
    section = sections_of("docs/design.md")["The rooms of production"]
    (block,) = blocks_of(section)
    assert [room.strip() for room in block.split("→")] == ROOMS_OF_PRODUCTION
    assert [row[0].strip("`/") for row in rows_of(section)] == ROOMS_OF_PRODUCTION


@pytest.mark.parametrize(
    "page",
    [ROOT / "docs" / "design.md", *(ROOT / "docs" / "decisions").glob("*.md")],
    ids=lambda page: page.name,
)
def test_every_source_file_that_is_named_is_there(page: Path) -> None:
    for named in spans_in(page.read_text("utf-8")):
        if re.fullmatch(r"[\w/]+\.(py|toml|tsv)", named) and "NAME" not in named:
            assert (ROOT / named).exists() or list(SOURCE.rglob(named)), named
