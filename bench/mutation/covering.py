"""What ran in each test → the tests that a changed line could fail, quickest first.

A line of a function is covered by the tests that ran it, in their own process or in one that they
started. What runs on import (constants, defaults, fields, decorators) is in no test's time: it is
covered by the tests that ran any function of its file, and by those whose processes imported it.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import CodeType
from typing import Any

from coverage import CoverageData

SLOW_S = 10.0
"""Tests that take longer come last."""


class Covering:
    """Knows which tests cover a line, and what a test took, alone and with its shared fixtures."""

    def __init__(self, root: Path, ran_in: Path, tests: dict[str, Any], data: Iterable[Path]):
        """Take the plugin's document of the tests, and coverage's data of every process.

        ``root`` is where the files are now, ``ran_in`` where they were when the tests ran.
        """
        self._root = root
        self._tests = {name: facts for name, facts in tests.items() if facts["passed"]}
        self.failed = sorted(tests.keys() - self._tests.keys())
        owners: dict[str, set[str]] = defaultdict(set)
        for name, facts in self._tests.items():
            for context in facts["contexts"]:
                owners[context].add(name)
        self._ran: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        for file in data:
            process = CoverageData(str(file))
            process.read()
            for measured in process.measured_files():
                lines = self._ran[Path(measured).relative_to(ran_in).as_posix()]
                for line, contexts in process.contexts_by_lineno(measured).items():
                    lines[line].update(*(owners[one] for one in contexts))

    def tests(self, file: str, line: int) -> dict[str, tuple[float, float]]:
        """Give the tests that cover a line, in the order to run them.

        With each, the seconds that it took alone and with the shared fixtures that it needs.
        """
        ran, source = self._ran[file], (self._root / file).read_text("utf-8")
        tree = ast.parse(source)
        functions = [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)]
        inside = {at for one in functions for part in one.body for at in _lines(part)}
        if line not in inside:
            of_functions = set().union(*(ran[at] for at in ran.keys() & inside))
            return self._in_order(of_functions) | self._in_order(set().union(*ran.values()))
        head = [line]
        if line not in set(_marked(compile(source, file, "exec"))):
            statements = [one for one in ast.walk(tree) if isinstance(one, ast.stmt)]
            head = list(_lines(max((s for s in statements if line in _lines(s)), key=_first)))
        return self._in_order(set().union(*(ran[at] for at in head if at in ran)))

    def _in_order(self, names: set[str]) -> dict[str, tuple[float, float]]:
        """Put the quickest first, tests with one module's fixture together, the slow ones last."""
        quickest: dict[tuple[bool, str], float] = {}
        ranks = []
        for name in names:
            facts = self._tests[name]
            first_s = facts["seconds"] + facts["fixtures"]
            group = facts["seconds"] > SLOW_S, name.split("::")[0] if facts["of_module"] else name
            quickest[group] = min(first_s, quickest.get(group, first_s))
            ranks.append((group, first_s, name))
        ranks.sort(key=lambda rank: (rank[0][0], quickest[rank[0]], rank))
        return {name: (self._tests[name]["seconds"], first_s) for _, first_s, name in ranks}


def _first(statement: ast.stmt) -> int:
    return statement.lineno


def _lines(node: ast.stmt) -> range:
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


def _marked(code: CodeType) -> Iterator[int]:
    """Give the lines that have instructions of their own, which coverage marks when they run."""
    yield from (line for _, _, line in code.co_lines() if line)
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from _marked(one)
