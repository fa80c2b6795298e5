"""The rooms' source → every small change that cosmic-ray makes to it → a seeded sample of them.

Left out, since no behaviour hangs on them or no person would write them (each is counted):
annotations; decorators of dataclasses; ``if TYPE_CHECKING`` and ``if __name__``; ``__all__``;
``strict=`` of zip; an operator put for one of another kind (arithmetic for bits, order or equality
for identity, ``~`` for any sign) or beside a literal text or list, which only breaks types; powers,
which only take memory; and what does not compile, or compiles with a warning. Text is left as it
is: cosmic-ray changes no strings, and it removes no calls.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

Place = tuple[int, int]
"""A line from 1 and a column from 0, in characters."""

_KINDS = (
    {"Add", "Sub", "Mul", "Div", "FloorDiv", "Mod"},
    {"BitAnd", "BitOr", "BitXor", "LShift", "RShift"},
    {"Eq", "NotEq", "Lt", "LtE", "Gt", "GtE"},
    {"Is", "IsNot"},
    {"UAdd", "USub", "Not", "Delete"},
    {"Delete", "Invert"},
)


@dataclass(frozen=True, slots=True)
class Change:
    """One change: which operator of cosmic-ray, and at which of its places in a file."""

    room: str
    file: str
    place: Place
    operator: str
    occurrence: int

    @property
    def id(self) -> str:
        """Name it within a commit."""
        line, column = self.place
        return f"{self.file}:{line}:{column} {self.operator.split('/')[-1]} {self.occurrence}"

    def made_to(self, source: str) -> str | None:
        """Give the source with the change, or None where that is no other program of Python."""
        changed: str | None = mutate_code(source, get_operator(self.operator)(), self.occurrence)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                compile(changed or "", self.file, "exec")
        except (SyntaxError, ValueError):
            return None
        same = changed is None or ast.dump(ast.parse(changed)) == ast.dump(ast.parse(source))
        return None if same else changed


@dataclass(frozen=True, slots=True)
class Sample:
    """The changes drawn, in an order whose every beginning is a sample too."""

    changes: tuple[Change, ...]
    found: Counter[str]
    left_out: Counter[str]
    lines: Counter[str]


def sample(root: Path, rooms: Sequence[str], size: int, seed: int) -> Sample:
    """Draw changes from each room by its share of lines, a line once before any line twice.

    Of a line, a place is drawn, then one of the changes at that place: so neither an operator with
    eleven others to put for it nor a table of figures outweighs the rest.
    """
    found, left_out, lines = Counter[str](), Counter[str](), Counter[str]()
    every: dict[str, list[Change]] = {}
    for room in rooms:
        every[room] = []
        for file in sorted((root / "src" / "broadcast" / room).rglob("*.py")):
            source = file.read_text("utf-8")
            lines[room] += sum(bool(line.strip()) for line in source.splitlines())
            name, spared = file.relative_to(root).as_posix(), list(_spared(source))
            for change in _changes(room, name, source):
                why = _another_kind(change.operator) or next(
                    (why for start, end, why in spared if start <= change.place < end), None
                )
                found[room] += 1
                if why:
                    left_out[why] += 1
                else:
                    every[room].append(change)
    drawn: list[tuple[float, Change]] = []
    for room, quota in _shares(lines, size).items():
        kept = 0
        for change in _drawn(every[room], Random(f"{seed} {room}")):
            if kept == quota:
                break
            if change.made_to((root / change.file).read_text("utf-8")) is None:
                left_out["does not compile"] += 1
                continue
            kept += 1
            drawn.append((kept / (quota + 1), change))
    ordered = tuple(change for _, change in sorted(drawn, key=lambda one: (one[0], one[1].room)))
    return Sample(ordered, found, left_out, lines)


def _changes(room: str, file: str, source: str) -> Iterator[Change]:
    nodes = list(ast_nodes(get_ast(source)))
    for name in operator_names():
        if get_operator(name).arguments():
            continue
        positions = get_operator(name)().mutation_positions
        places = [start for node in nodes for start, _ in positions(node)]
        for occurrence, place in enumerate(places):
            yield Change(room, file, place, name, occurrence)


@cache
def _another_kind(operator: str) -> str | None:
    told = re.search(r"_([A-Za-z]+)_([A-Za-z]+)$", operator)
    if told is None or any(set(told.groups()) <= kind for kind in _KINDS):
        return None
    return "operator of another kind, or a power"


def _spared(source: str) -> Iterator[tuple[Place, Place, str]]:
    """Find the stretches of a file that are not changed, and why."""
    lines = source.splitlines()

    def stretch(node: ast.expr | ast.stmt | ast.keyword, why: str) -> tuple[Place, Place, str]:
        first, last = node.lineno, node.end_lineno or node.lineno
        start = len(lines[first - 1].encode()[: node.col_offset].decode())
        end = len(lines[last - 1].encode()[: node.end_col_offset].decode())
        return (first, start), (last, end), why

    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.FunctionDef(returns=ast.expr() as said):
                yield stretch(said, "annotation")
            case ast.arg(annotation=ast.expr() as said) | ast.AnnAssign(annotation=said):
                yield stretch(said, "annotation")
            case ast.ClassDef(decorator_list=decorators):
                for one in decorators:
                    start, end, why = stretch(one, "decorator of a dataclass")
                    if "dataclass" in ast.dump(one):
                        yield (start[0], start[1] - 1), end, why
            case ast.If(test=test) if {"TYPE_CHECKING", "__name__"} & _names(test):
                yield stretch(node, "TYPE_CHECKING or __name__")
            case ast.Assign(targets=[ast.Name("__all__")]):
                yield stretch(node, "__all__")
            case ast.Call(func=ast.Name("zip"), keywords=keywords):
                yield from (stretch(one, "strict= of zip") for one in keywords)
            case ast.BinOp(left=left, right=right) if _is_literal(left) or _is_literal(right):
                (_, start, _), (end, _, why) = stretch(left, ""), stretch(right, "beside a literal")
                yield start, end, why


def _is_literal(node: ast.expr) -> bool:
    text = isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)
    return text or isinstance(node, ast.JoinedStr | ast.List | ast.Tuple)


def _names(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def _shares(lines: Counter[str], size: int) -> dict[str, int]:
    """Part a number by lines; what rounding leaves goes to the largest remainders."""
    exact = {room: size * count / lines.total() for room, count in lines.items()}
    whole = {room: int(share) for room, share in exact.items()}
    for room in sorted(exact, key=lambda room: whole[room] - exact[room])[
        : size - sum(whole.values())
    ]:
        whole[room] += 1
    return whole


def _drawn(changes: list[Change], random: Random) -> Iterator[Change]:
    """Give all changes of a room in the order of drawing."""
    by_line: dict[tuple[str, int], dict[tuple[Place, str], list[Change]]] = defaultdict(dict)
    for change in changes:
        family = change.operator.split("_")[0]
        by_place = by_line[change.file, change.place[0]]
        by_place.setdefault((change.place, family), []).append(change)
    waiting = list(by_line.values())
    while waiting:
        random.shuffle(waiting)
        for by_place in waiting:
            place = random.choice(list(by_place))
            variants = by_place.pop(place)
            yield random.choice(variants)
        waiting = [by_place for by_place in waiting if by_place]
