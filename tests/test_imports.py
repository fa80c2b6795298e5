"""The rule of the house: imports point down, stages never import each other."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "broadcast"
STAGES = [
    "station",
    "script",
    "spoken",
    "speech",
    "recordings",
    "align",
    "audio",
    "metadata",
    "feed",
    "delivery",
    "papers",
]
# From the top of the house to its ground; rooms on one floor never import each other.
FLOORS = [
    ["cli"],
    ["studio"],
    ["network"],
    ["production"],
    STAGES,
    ["media", "workspace", "cache", "records"],
    ["model"],
    ["errors", "workers"],
    ["messages"],
    ["language", "text"],
]
# From the top of production to its ground: each of its rooms imports only from those below it.
ROOMS_OF_PRODUCTION = ["public", "making", "booth", "voicing", "desk"]
FLOOR_OF = {room: height for height, rooms in enumerate(FLOORS) for room in rooms}
# The version number, importable from anywhere, and `python -m broadcast`.
FREE = {"__init__", "__main__"}


def room_of(module: Path) -> str:
    return module.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported_rooms(module: Path) -> set[tuple[str, int]]:
    return {(below[0], line) for below, line in imported(module)}


def imported(module: Path) -> list[tuple[list[str], int]]:
    """Give what a module imports of the house, each by its names below ``broadcast``."""
    found = []
    package = ["broadcast", *module.relative_to(SOURCE).with_suffix("").parts][:-1]
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, node.module] if node.module else above)
            # "from broadcast import model" names the room in its alias.
            names = [f"{base}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            parts = name.split(".")
            if parts[0] == "broadcast" and len(parts) > 1:
                found.append((parts[1:], node.lineno))
    return found


MODULES = sorted(SOURCE.rglob("*.py"))


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_every_module_has_a_place_and_imports_only_from_floors_below(module: Path) -> None:
    room = room_of(module)
    if room in FREE:
        assert imported_rooms(module) <= {("cli", line) for line in range(99)}
        return
    assert room in FLOOR_OF, f"{room} has no place in the house: see FLOORS"
    for other, line in imported_rooms(module):
        if other == room or other.startswith("__"):
            continue
        assert other in FLOOR_OF, f"{module}:{line} imports {other}, which has no place"
        assert FLOOR_OF[other] > FLOOR_OF[room], f"{module}:{line}: {room} may not import {other}"


PRODUCTION = SOURCE / "production"


def test_the_rooms_of_production_are_its_folders_and_nothing_stands_outside_them() -> None:
    assert sorted(init.parent.name for init in PRODUCTION.glob("*/__init__.py")) == sorted(
        ROOMS_OF_PRODUCTION
    )
    outside = [path.name for path in PRODUCTION.glob("*.py")]
    assert outside == ["__init__.py"]
    assert imported(PRODUCTION / "__init__.py") == []


@pytest.mark.parametrize(
    "module",
    sorted(PRODUCTION.glob("*/**/*.py")),
    ids=lambda path: path.relative_to(PRODUCTION).as_posix(),
)
def test_a_room_of_production_imports_only_from_the_rooms_below_it(module: Path) -> None:
    floor = ROOMS_OF_PRODUCTION.index(module.relative_to(PRODUCTION).parts[0])
    for names, line in imported(module):
        if names[0] == "production":
            assert len(names) > 1, f"{module}:{line} imports all of production"
            assert names[1] in ROOMS_OF_PRODUCTION[floor:], f"{module}:{line}: {names[1]} is above"


@pytest.mark.parametrize(("language", "other"), [("vi", "en"), ("en", "vi")])
def test_a_languages_rules_import_none_of_anothers(language: str, other: str) -> None:
    modules = sorted((SOURCE / "spoken" / language).glob("*.py"))
    assert len(modules) > 10
    for module in modules:
        assert f"broadcast.spoken.{other}" not in module.read_text("utf-8"), module


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_every_module_says_in_its_first_line_what_it_tells(module: Path) -> None:
    docstring = ast.get_docstring(ast.parse(module.read_text("utf-8")))
    assert docstring
    assert docstring.splitlines()[0].endswith((".", ":"))


def test_no_two_classes_share_a_name() -> None:
    defined: dict[str, list[str]] = {}
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                place = module.relative_to(SOURCE).as_posix()
                defined.setdefault(node.name.lstrip("_"), []).append(place)
    assert {name: places for name, places in defined.items() if len(places) > 1} == {}
