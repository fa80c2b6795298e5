"""How many of a sample of small changes to the rooms' source the tests notice.

    python bench/mutation [--sample 400] [--seed 1] [--next N] [--minutes M] [--unchanged]

Works on the commit that is checked out where it lies, in copies; needs the dependency group
``mutation``, and Linux or macOS. First all tests run once under coverage. Then each change is made
in a copy and the tests that cover its line run, quickest first, until one fails. With 5,400 tests
on two processors the first takes 8 to 10 minutes, and 400 changes 40 to 55 more: one that is
noticed takes 5 to 10 s, most of them for the first station to be built, one that survives a minute.

Everything is kept in ``bench/results/mutation-COMMIT/``: ``map`` (what ran in each test), and of
each seed and size a ``.jsonl`` with a line for each change as it ends, from which a run that was
stopped goes on, and a ``.md`` with counts and each survivor's diff and the tests that passed.

Of survivors, ``within cap`` are those for which not all covering tests could be run in time.

--next N        make only the next N changes: those from the first on are a sample, too
--minutes M     begin no change after M minutes
--together S    begin no test of a change that would end after S seconds (60)
--unchanged     change nothing: whatever does not survive is a fault of the harness or a test
"""

from __future__ import annotations

import argparse
import difflib
import json
import shutil
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

from changes import Change, sample
from copies import Copy, Ended, git
from covering import Covering

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("production", "recordings", "audio")
OUTCOMES = ("killed", "timeout", "survived", "within cap", "no test", "error")
MAP_LIMIT_S = 3600.0
RC = """[run]
parallel = true
data_file = {data}
include = {include}
context = ${{MUTATION_CONTEXT-}}
core = ctrace
sigterm = true
disable_warnings = no-data-collected, module-not-measured
"""

Result = dict[str, Any]
"""A change and what came of it, as a line of the results has it."""


def main() -> None:
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--sample", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--next", type=int, default=10**9)
    parser.add_argument("--minutes", type=float, default=10**9)
    parser.add_argument("--together", type=float, default=60.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--unchanged", action="store_true")
    asked = parser.parse_args()
    commit = git(ROOT, "rev-parse", "--short=12", "HEAD").decode().strip()
    kept = ROOT / "bench" / "results" / f"mutation-{commit}"
    name = f"{asked.seed}-{asked.sample}" + ("-unchanged" if asked.unchanged else "")
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        copies = [Copy(ROOT, commit, Path(folder) / str(at)) for at in range(asked.workers)]
        covering = mapped(copies[0], kept / "map")
        drawn = sample(copies[0].root, ROOMS, asked.sample, asked.seed)
        results = kept / f"{name}.jsonl"
        done = {one["id"] for one in read(results)}
        waiting = iter([one for one in drawn.changes if one.id not in done][: asked.next])
        end, writing = time.monotonic() + 60 * asked.minutes, threading.Lock()

        def work(copy: Copy) -> None:
            while time.monotonic() < end and (change := next(waiting, None)):
                one = tried(copy, covering, change, asked)
                with writing, results.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(one, ensure_ascii=False) + "\n")
                    print(f"{one['seconds']:6.1f} s  {one['outcome']:10}  {one['id']}", flush=True)

        with ThreadPoolExecutor(asked.workers) as pool:
            try:
                list(pool.map(work, copies))
            finally:
                end = 0.0  # when interrupted, what has begun is still written
    about = [f"Commit {commit}, seed {asked.seed}, {len(drawn.changes)} changes drawn.", ""]
    about += [f"- {room}: {drawn.found[room]} found, {n} lines" for room, n in drawn.lines.items()]
    about += [f"- left out: {count}, {why}" for why, count in drawn.left_out.most_common()]
    about += [f"- not used, it fails unchanged or is skipped: {test}" for test in covering.failed]
    summary = "\n".join([*about, "", *told(read(results))])
    results.with_suffix(".md").write_text(summary, encoding="utf-8")
    print(summary.partition("\n## ")[0])


def mapped(copy: Copy, kept: Path) -> Covering:
    """Run all tests under coverage, or take what an earlier run of this commit kept."""
    document, ran_in = kept / "tests.json", kept / "ran_in"
    if not document.exists():
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir(parents=True)
        include = ", ".join(str(copy.root / "src" / "broadcast" / room / "*") for room in ROOMS)
        (kept / "rc").write_text(RC.format(data=kept / "data", include=include))
        ran_in.write_text(str(copy.root))
        variables = {"MUTATION_MAP": str(kept / "part"), "COVERAGE_PROCESS_START": str(kept / "rc")}
        print("running all tests under coverage …", flush=True)
        ended = copy.pytest((), variables, limit_s=MAP_LIMIT_S)
        copy.lay()
        if not (kept / "part").exists():
            raise SystemExit(ended.output)
        (kept / "part").rename(document)
    tests = json.loads(document.read_text("utf-8"))
    return Covering(copy.root, Path(ran_in.read_text()), tests, kept.glob("data.*"))


def tried(copy: Copy, covering: Covering, change: Change, asked: argparse.Namespace) -> Result:
    """Make a change, run the tests that cover it, take it back, and tell what came of it."""
    began, source = time.monotonic(), (copy.root / change.file).read_text("utf-8")
    changed = change.made_to(source) or source
    diff = list(difflib.unified_diff(source.splitlines(), changed.splitlines(), lineterm="", n=1))
    tests = covering.tests(change.file, change.place[0])
    outcome, by = "no test", "no test runs the line"
    passed, not_run = list[str](), list[str]()
    if tests:
        text = source if asked.unchanged else changed
        ended = copy.run_changed(change.file, text, tests, asked.together)
        passed, not_run = ended.tests("passed"), ended.tests("not run")
        outcome, by = outcome_of(ended)
    return {
        "id": change.id,
        "room": change.room,
        "where": f"{change.file}:{change.place[0]}",
        "outcome": outcome,
        "by": by,
        "seconds": round(time.monotonic() - began, 1),
        "covering": len(tests),
        "passed": passed,
        "not_run": not_run,
        "diff": "\n".join(diff[2:]),
    }


def outcome_of(ended: Ended) -> tuple[str, str]:
    """Tell what pytest's end means, and by which test or why."""
    last = (ended.tests("failed") or ended.tests("begun") or ["while collecting"])[-1]
    if ended.status is None:
        return "timeout", last
    if ended.status == 0:
        return ("within cap" if ended.tests("not run") else "survived"), ""
    # 1 is a failure, 2 a tree that cannot be collected, less than 0 a crash of the interpreter.
    return (
        ("killed", last) if ended.status in (1, 2) or ended.status < 0 else ("error", ended.output)
    )


def read(results: Path) -> list[Result]:
    """Read what is done; a line that was cut off when a run was stopped is done again."""
    done = []
    for line in results.read_text("utf-8").splitlines() if results.exists() else ():
        with suppress(json.JSONDecodeError):
            done.append(json.loads(line))
    return done


def told(done: list[Result]) -> Iterator[str]:
    """Count outcomes by room, then show each change that no test noticed."""
    yield "| room | changes | " + " | ".join(OUTCOMES) + " | noticed |"
    yield "|---" * (len(OUTCOMES) + 3) + "|"
    for room in (*ROOMS, "all"):
        counts = Counter(one["outcome"] for one in done if room in (one["room"], "all"))
        noticed = (counts["killed"] + counts["timeout"]) / max(1, counts.total() - counts["error"])
        cells = [room, counts.total(), *(counts[one] for one in OUTCOMES), f"{noticed:.1%}"]
        yield "| " + " | ".join(map(str, cells)) + " |"
    seconds = sum(one["seconds"] for one in done)
    yield f"\n{seconds / max(1, len(done)):.1f} s a change, {seconds / 60:.0f} min of one worker."
    for one in sorted(done, key=lambda one: (OUTCOMES.index(one["outcome"]), one["where"])):
        if one["outcome"] in ("killed", "timeout"):
            continue
        yield f"\n## {one['outcome']}: {one['where']}\n\n```diff\n{one['diff']}\n```\n{one['by']}"
        yield from (f"- passed: {test}" for test in one["passed"])
        yield from (f"- not run: {test}" for test in one["not_run"])


if __name__ == "__main__":
    main()
