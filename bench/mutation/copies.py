"""A commit → copies of its tree in which tests run, and nothing is left from one run to the next.

A copy's own source comes before the one that is installed. Its bytecode goes by the source's hash
and is never written again: a changed file is compiled afresh and leaves nothing behind. Hypothesis
draws the same examples each time and keeps none (its profile ``ci``).
"""

from __future__ import annotations

import io
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tarfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

COLLECTING_S = 60.0
_MEMORY_BYTES = 8 * 2**30
_FILE_BYTES = 2 * 2**30
_OPTIONS = ("-p", "mutation_plugin", "-p", "no:cacheprovider", "--hypothesis-profile=ci", "-q")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run of tests ended: pytest's status, or None when it ran into a limit."""

    status: int | None
    events: tuple[tuple[str, str, Any], ...]
    output: str

    def tests(self, event: str) -> list[str]:
        """Name the tests of which something was told."""
        return [test for one, test, _ in self.events if one == event]


class Copy:
    """A commit's tree at ``folder/broadcast``, with what lies beside the repository beside it."""

    def __init__(self, repository: Path, commit: str, folder: Path) -> None:
        self.root = folder / "broadcast"
        self._folder = folder
        self._archive = git(repository, "archive", commit)
        folder.mkdir(parents=True)
        if (repository.parent / "shared").is_dir():
            (folder / "shared").symlink_to(repository.parent / "shared")
        self.lay()

    def lay(self) -> None:
        """Lay the tree as the commit has it, and make sure that tests will run it."""
        shutil.rmtree(self.root, ignore_errors=True)
        with tarfile.open(fileobj=io.BytesIO(self._archive)) as tree:
            tree.extractall(self.root, filter="data")
        python = [sys.executable, "-m", "compileall", "-q", "--invalidation-mode", "checked-hash"]
        subprocess.run([*python, "src", "tests"], cwd=self.root, check=True)
        where = [sys.executable, "-c", "import broadcast; print(broadcast.__file__)"]
        found = subprocess.check_output(where, cwd=self._folder, env=self._environment(), text=True)
        if not Path(found.strip()).is_relative_to(self.root):
            raise SystemExit(f"tests would run {found.strip()} instead of {self.root}")
        self._laid = self._seen()

    def run_changed(
        self, file: str, changed: str, tests: Mapping[str, tuple[float, float]], together_s: float
    ) -> Ended:
        """Run tests in their order with a file changed, each within its limit, until one fails."""
        order, source = self._folder / "order.json", (self.root / file).read_bytes()
        order.write_text(json.dumps({"tests": tests, "together_s": together_s}))
        (self.root / file).write_bytes(changed.encode())
        files = dict.fromkeys(test.split("::")[0] for test in tests)
        ended = self.pytest(["-x", *files], {"MUTATION_RUN": str(order)})
        (self.root / file).write_bytes(source)
        if self._seen() != self._laid:
            self.lay()
        return ended

    def pytest(
        self,
        arguments: Sequence[str],
        variables: Mapping[str, str],
        limit_s: float = COLLECTING_S,
    ) -> Ended:
        """Run pytest until it ends, or until ``limit_s`` or that of the test last begun is over.

        All its processes end with it.
        """
        events, output, temporary = (self._folder / name for name in ("events", "output", "tmp"))
        events.write_text("")
        with output.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "pytest", *_OPTIONS, f"--basetemp={temporary}", *arguments],
                cwd=self.root,
                env=self._environment(MUTATION_TOLD=str(events), **variables),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_limit,
            )
            deadline, ended = time.time() + limit_s, os.WEXITED | os.WNOHANG | os.WNOWAIT
            while not (over := os.waitid(os.P_PID, process.pid, ended)) and time.time() < deadline:
                time.sleep(0.05)
                begun = [at for event, _, at in _events(events) if event == "begun"]
                deadline = begun[-1] if begun else deadline
            # It is not waited for yet, so no other group can have its number.
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        told = output.read_text("utf-8", errors="replace")
        shutil.rmtree(temporary, ignore_errors=True)
        return Ended(process.returncode if over else None, _events(events), told)

    def _environment(self, **variables: str) -> dict[str, str]:
        path = f"{self.root / 'src'}{os.pathsep}{Path(__file__).parent}"
        fixed = {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
        return {**os.environ, **fixed, **variables}

    def _seen(self) -> dict[Path, bytes]:
        return {file: file.read_bytes() for file in self.root.rglob("*") if file.is_file()}


def git(repository: Path, *arguments: str) -> bytes:
    """Ask git about a repository."""
    return subprocess.check_output(["git", "-C", repository, *arguments])


def _events(file: Path) -> tuple[tuple[str, str, Any], ...]:
    lines = file.read_text("utf-8").splitlines(keepends=True)
    return tuple(tuple(json.loads(line)) for line in lines if line.endswith("\n"))


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_FILE_BYTES, _FILE_BYTES))
