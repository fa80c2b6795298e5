"""The rule of the house: imports point down, stages never import each other."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "broadcast"
STAGES = ["station", "script", "spoken", "speech", "recordings", "audio", "metadata", "feed"]
# From the top of the house to its ground; rooms on one floor never import each other.
FLOORS = [
    ["cli"],
    ["production"],
    STAGES,
    ["media", "workspace", "cache", "records"],
    ["model"],
    ["errors", "workers"],
    ["messages"],
    ["language", "text"],
]
FLOOR_OF = {room: height for height, rooms in enumerate(FLOORS) for room in rooms}
# The version number, importable from anywhere, and `python -m broadcast`.
FREE = {"__init__", "__main__"}


def room_of(module: Path) -> str:
    return module.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported_rooms(module: Path) -> set[tuple[str, int]]:
    rooms = set()
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
                rooms.add((parts[1], node.lineno))
    return rooms


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
