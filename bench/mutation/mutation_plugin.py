"""A pytest plugin: maps which test runs which lines, or runs an order of tests within limits.

Where ``MUTATION_MAP`` names a file, all tests run, each in a coverage context of its own, and the
file gets a JSON document of them. A fixture that several tests share (a station built once) has its
own context and seconds, which are those of every test that asks for it; processes that a test
starts take the context from ``MUTATION_CONTEXT``. Where ``MUTATION_RUN`` names one, the tests that
its JSON lists run in that order, and a line for each event is appended to ``MUTATION_TOLD``.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import coverage
import pytest

AT_LEAST_S, TIMES = 15.0, 6.0
"""A test may take this long, or so many times what it took with its fixtures under coverage."""


def pytest_configure(config: pytest.Config) -> None:
    """Become the plugin that the environment asks for."""
    if told := os.environ.get("MUTATION_MAP"):
        config.pluginmanager.register(_Mapping(Path(told)))
    if order := os.environ.get("MUTATION_RUN"):
        asked = json.loads(Path(order).read_text("utf-8"))
        config.pluginmanager.register(_Running(Path(os.environ["MUTATION_TOLD"]), **asked))


class _Mapping:
    def __init__(self, told: Path) -> None:
        self._told = told
        self._tests: dict[str, dict[str, Any]] = {}
        self._contexts: dict[str, str] = {}
        self._seconds: dict[str, float] = {}
        self._all_s = 0.0

    @contextmanager
    def _within(self, name: str) -> Iterator[None]:
        """Run under a context; its seconds are without those of the contexts within it."""
        outer = os.environ.get("MUTATION_CONTEXT", "")
        began, others_s = time.monotonic(), self._all_s
        _switch(self._contexts.setdefault(name, f"c{len(self._contexts)}"))
        try:
            yield
        finally:
            own_s = time.monotonic() - began - (self._all_s - others_s)
            self._seconds[name] = self._seconds.get(name, 0.0) + own_s
            self._all_s += own_s
            _switch(outer)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Function) -> Iterator[None]:
        known = [one for defs in item._fixtureinfo.name2fixturedefs.values() for one in defs]
        self._tests[item.nodeid] = {
            "passed": True,
            "of_module": any(one.scope not in ("function", "session") for one in known),
            "fixtures": {_name(one) for one in known if one.scope != "function"},
        }
        with self._within(item.nodeid):
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any, request: Any) -> Iterator[None]:
        if fixturedef.scope == "function":
            return (yield)
        self._tests[request._pyfuncitem.nodeid]["fixtures"].add(_name(fixturedef))
        with self._within(_name(fixturedef)):
            return (yield)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if not report.passed:
            self._tests[report.nodeid]["passed"] = False

    def pytest_sessionfinish(self) -> None:
        for test, facts in self._tests.items():
            fixtures = sorted(facts["fixtures"] & self._seconds.keys())
            facts["contexts"] = [self._contexts[name] for name in (test, *fixtures)]
            facts["fixtures"] = sum(self._seconds[name] for name in fixtures)
            facts["seconds"] = self._seconds[test]
        self._told.write_text(json.dumps(self._tests, indent=1), encoding="utf-8")


class _Running:
    def __init__(
        self, told: Path, tests: dict[str, tuple[float, float]], together_s: float
    ) -> None:
        self._told, self._tests, self._together_s = told, tests, together_s
        self._began: float | None = None

    def _tell(self, event: str, test: str, more: object = None) -> None:
        with self._told.open("a", encoding="utf-8") as file:
            file.write(json.dumps([event, test, more]) + "\n")

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        place = {test: at for at, test in enumerate(self._tests)}
        items[:] = [item for item in items if item.nodeid in place]
        items.sort(key=lambda item: place[item.nodeid])

    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item) -> bool | None:
        self._began = self._began or time.monotonic()
        alone_s, first_s = self._tests[item.nodeid]
        if time.monotonic() - self._began + alone_s > self._together_s:
            self._tell("not run", item.nodeid)
            item.session._setupstate.teardown_exact(nextitem)  # what was kept for this test alone
            return True
        self._tell("begun", item.nodeid, time.time() + max(AT_LEAST_S, TIMES * first_s))
        return None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed or report.when == "call":
            self._tell("failed" if report.failed else "passed", report.nodeid, report.when)


def _name(fixture: Any) -> str:
    return f"{fixture.baseid}::<{fixture.argname}>"


def _switch(context: str) -> None:
    os.environ["MUTATION_CONTEXT"] = context
    if running := coverage.Coverage.current():
        running.switch_context(context)
