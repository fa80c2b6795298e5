"""Interviews whose every line is tagged, read and scored: what the decoder learns from.

A folder of tests/data/interviews holds the texts and expected.txt, a row for each: ``name | kind |
speakers | tags``. Tags name lines from 1: t title, l lead, b byline, d must not be heard, ? either
way; another letter begins a turn: R asks, O is the guest, P presents, further ones are named under
speakers. ``O7+9-13`` is a turn of O made of lines 7 and 9 to 13.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median

from broadcast.model import Problem, Script
from broadcast.script.credits import byline_words
from broadcast.script.decoder import Decision
from broadcast.script.explained import CERTAIN_MARGIN, how_sure
from broadcast.script.facts import Facts
from broadcast.script.labels import LIST_MARK
from broadcast.script.parse import ReadLines, read_lines
from broadcast.script.particulars import named_part
from broadcast.script.read import read_document
from broadcast.script.tags import TAGS, Tag

TESTS = Path(__file__).parents[1] / "tests"
DATA = TESTS / "data" / "interviews"
LEARNT = (
    "given", "papers", "stations", "english", "short", "varied", "varied_english", "golden",
)  # fmt: skip
UNSEEN = ("papers_unseen", "stations_unseen", "english_unseen", "short_unseen")


@dataclass(slots=True)
class Gold:
    """What a person makes of a text: line numbers by tag, and turns with their letter."""

    kind: str = "golden"
    turns: list[tuple[str, list[int]]] = field(default_factory=list)
    tags: dict[str, list[int]] = field(default_factory=lambda: {tag: [] for tag in "tlbd?"})


@dataclass(frozen=True, slots=True)
class Interview:
    """A tagged text as the decoder sees it; ``allowed`` are the tags that are right, by line."""

    name: str
    read: ReadLines
    gold: Gold
    allowed: tuple[frozenset[Tag], ...]
    language: str

    @property
    def facts(self) -> tuple[Facts, ...]:
        """The facts of its lines."""
        return self.read.facts


def interviews(sets: Sequence[str]) -> list[Interview]:
    """Read the tagged texts of some sets, in order of their names."""
    found: list[Interview] = []
    for name in sets:
        found += _golden() if name == "golden" else _tagged(DATA / name)
    return found


def _tagged(folder: Path) -> Iterator[Interview]:
    for name, gold in sorted(_expected(folder).items()):
        read = read_lines(read_document(folder / f"{name}.txt"))
        allowed = allowed_tags(read.facts, gold)
        yield Interview(f"{folder.name}/{name}", read, gold, allowed, "vi")


def _expected(folder: Path) -> dict[str, Gold]:
    found = {}
    for row in (folder / "expected.txt").read_text("utf-8").splitlines():
        if row.startswith("#") or row.count("|") < 3:
            continue
        name, kind, _, spec = (part.strip() for part in row.split("|", 3))
        gold = Gold(kind)
        for token in spec.split():
            if token[0] in gold.tags:
                gold.tags[token[0]] += _numbers(token[1:])
            else:
                gold.turns.append((token[0], _numbers(token[1:])))
        found[name] = gold
    return found


def _numbers(spec: str) -> list[int]:
    found: list[int] = []
    for part in re.split(r"[,+]", spec):
        first, _, last = part.partition("-")
        if first:
            found += range(int(first), int(last or first) + 1)
    return found


_PARTS: dict[str, frozenset[Tag]] = {
    "t": frozenset(("title",)),
    "l": frozenset(("lead",)),
    "b": frozenset(("byline",)),
    "d": frozenset(("left out",)),
}
_ON: frozenset[Tag] = frozenset(("asks on", "answers on"))


def allowed_tags(facts: Sequence[Facts], gold: Gold) -> tuple[frozenset[Tag], ...]:
    """Say for each line which tags are right."""
    of: dict[int, frozenset[Tag]] = {
        number: tags for letter, tags in _PARTS.items() for number in gold.tags[letter]
    }
    for letter, lines in gold.turns:
        first: set[Tag] = {"asks"} if letter in "RP" else {"answers"}
        if letter not in "RPO":
            first = {"asks", "answers"}
        if letter == "P":
            first.add("presents")
        for place, number in enumerate(sorted(lines)):
            of[number] = _ON if place else frozenset(first)
    for number in gold.tags["?"]:
        of.setdefault(number, frozenset(TAGS) - {"title"})
    starts = {min(lines) for _, lines in gold.turns}
    result: list[frozenset[Tag]] = []
    label_above = False
    for one in facts:
        number = next((number for number in one.line.numbers if number in of), None)
        labelled = one.label is not None
        if number is None:
            # A label that stands alone need not be named.
            result.append(frozenset(("label", "left out") if labelled else ("left out",)))
        elif number in starts and label_above:
            result.append(_ON)
        elif number in starts and labelled:
            result.append(frozenset(("label",)))
        elif "asks" in of[number] and "tells only" in one.signs:
            # Nothing on the line says that it asks: the program never takes it for a question.
            result.append(of[number] | _ON)
        else:
            result.append(of[number])
        label_above = number is None and labelled
    return tuple(result)


def letters(text: str) -> str:
    """Letters and digits alone, in small letters, NFC."""
    return "".join(c for c in unicodedata.normalize("NFC", text).lower() if c.isalnum())


def _golden() -> Iterator[Interview]:
    """The golden scripts, tagged from what a person reads in them."""
    folder = TESTS / "golden_scripts"
    for file in sorted(folder.iterdir()):
        if file.suffix in {"", ".json"}:
            continue
        right = json.loads(file.with_suffix(".json").read_text("utf-8"))
        read = read_lines(read_document(file))
        # All lines of a page stand in few lines of its file: they are numbered anew.
        facts = tuple(
            replace(one, line=replace(one.line, line=replace(one.line.line, number=n), last=0))
            for n, one in enumerate(read.facts, start=1)
        )
        read = replace(read, entries=tuple(one.line for one in facts), facts=facts)
        gold = _gold_of(facts, right)
        allowed = allowed_tags(facts, gold)
        yield Interview(f"golden/{file.name}", read, gold, allowed, right["language"])


def _gold_of(facts: Sequence[Facts], right: dict) -> Gold:
    dropped = {letters(text) for _, text in right["dropped"]}
    title = letters(right["title"] or "")
    parts = [("l", -1, right["lead"] or "")]
    role = {"official": "O", "presenter": "P", "reporter": "R"}
    parts += [(role[turn["role"]], n, turn["text"]) for n, turn in enumerate(right["turns"])]
    parts.append(("b", -1, right["byline"] or ""))
    text = "".join(letters(part[2]) for part in parts)
    owner = [part for part in parts for _ in letters(part[2])]
    gold = Gold()
    at, lines_of = 0, {}
    for one in facts:
        number, whole = one.line.number, letters(one.line.text)
        fits = next((words for words in _ways(one) if words and text.startswith(words, at)), None)
        if fits is not None:
            letter, n, _ = owner[at]
            at += len(fits)
            if letter in "lb":
                gold.tags[letter].append(number)
                continue
            above = right["turns"][n - 1]["speaker"] if n else None
            same = n - 1 in lines_of and above == right["turns"][n]["speaker"]
            if n not in lines_of and same and one.label is None:
                # Words that a cue parts from those above.
                lines_of[n] = lines_of[n - 1]
            if n not in lines_of:
                lines_of[n] = []
                gold.turns.append((letter, lines_of[n]))
            lines_of[n].append(number)
        elif title and whole.endswith(title):
            gold.tags["t"].append(number)
        elif whole in dropped or letters(one.line.written) in dropped:
            gold.tags["d"].append(number)
        elif one.label is None:
            gold.tags["?"].append(number)
    return gold


def _ways(facts: Facts) -> Iterator[str]:
    """What of a line may be said, as letters."""
    text = facts.line.text
    yield letters(text)
    if facts.label is not None:
        yield letters(text[facts.label.rest :])
    yield letters(LIST_MARK.sub("", text, count=1))
    yield letters(text[named_part(text)[1] :])
    yield letters(byline_words(text))


def heard(lines: Sequence[str], script: Script) -> dict[int, object]:
    """What each line of a text became: a turn's number, "title", "lead" or "byline"."""
    text, owner = "", []
    for number, line in enumerate(lines, 1):
        plain = letters(line)
        text += plain
        owner += [number] * len(plain)
    marks: dict[int, Counter] = {}

    def mark(words: str, what: object, at: int) -> int:
        for paragraph in words.split("\n"):
            pieces = [paragraph]
            if letters(paragraph) and text.find(letters(paragraph)) < 0:
                pieces = re.split(r"(?<=[.?!…])\s+", paragraph)
            for piece in pieces:
                plain = letters(piece)
                place = text.find(plain, at) if plain else -1
                place = text.find(plain) if plain and place < 0 else place
                if place >= 0:
                    for where in range(place, place + len(plain)):
                        marks.setdefault(owner[where], Counter())[what] += 1
                    at = place + len(plain)
        return at

    mark(script.title or "", "title", 0)
    at = 0
    for turn in script.turns:
        what = turn.n if turn.kind == "turn" else turn.kind
        at = mark(turn.text, what, 0 if turn.kind == "lead" else at)
    return {number: many.most_common(1)[0][0] for number, many in marks.items()}


def scored(one: Interview, script: Script, decisions: Sequence[Decision]) -> Counter:
    """The figures of one interview, by the rules of the scorer of the cases."""
    if one.gold.kind == "golden":
        lines = [entry.written for entry in one.read.entries]
    else:
        lines = script.file.read_text("utf-8").split("\n")
    got = heard(lines, script)
    roles = {turn.n: turn.role for turn in script.of_kind("turn")}
    speakers = {turn.n: turn.speaker for turn in script.of_kind("turn")}
    gold = one.gold
    soft = {*gold.tags["?"], *gold.tags["d"], *gold.tags["b"]}
    of_turn: dict[int, set[int]] = {}
    for number, what in got.items():
        if isinstance(what, int):
            of_turn.setdefault(what, set()).add(number)
    firm = {n: frozenset(many - soft) for n, many in of_turn.items()}

    def label_alone(number: int) -> bool:
        line = lines[number - 1].strip()
        return (len(line) < 70 and line.endswith(":")) or (
            number not in got and len(line) < 45 and not line.endswith((".", "?", "!"))
        )

    told = {problem.line for problem in script.problems}
    of_speakers = (one for one in script.problems if one.code in _OF_SPEAKERS)
    doubted = {name for problem in of_speakers for name in _named_in(problem)}
    wrong = _wrong_lines(one, decisions)
    misheard: set[str] = set()
    right = wrong_voice = silent = 0
    for letter, numbers in gold.turns:
        want = frozenset(n for n in numbers if n in got or not label_alone(n))
        hits = [n for n, many in firm.items() if many == want]
        asks = letter in "RP"
        fits = {"reporter", "presenter"} if asks else {"official"}
        right += bool(hits and (letter not in "RPO" or roles[hits[0]] in fits))
        voice = got.get(next((n for n in numbers if n in got), -1))
        if letter in "RPO" and isinstance(voice, int) and roles[voice] not in fits:
            wrong |= set(numbers)
            misheard.add(speakers[voice])
        if asks and isinstance(voice, int) and roles[voice] == "official":
            wrong_voice += 1
            silent += not told & set(numbers) and speakers[voice] not in doubted
    problems = [
        problem
        for problem in script.problems
        if problem.line is not None and problem.code != _OF_FILE
    ]
    justified = sum(_is_justified(problem, script, wrong, misheard) for problem in problems)
    total = len(gold.turns)
    labelled = gold.kind.startswith("labelled")
    in_turns = [n for _, numbers in gold.turns for n in numbers]
    return Counter(
        files=1,
        turns=total,
        right=right,
        split=right == total == len([n for n in firm if firm[n] or of_turn[n]]),
        labelled=labelled * total,
        labelled_right=labelled * right,
        furniture=sum(n in got for n in gold.tags["d"]),
        furniture_all=len(gold.tags["d"]),
        lost=sum(n not in got and not label_alone(n) for n in in_turns)
        + sum(n not in got for n in gold.tags["l"]),
        titles=bool(gold.tags["t"]) and all(got.get(n) == "title" for n in gold.tags["t"]),
        titles_all=bool(gold.tags["t"]),
        wrong_voice=wrong_voice,
        silent=silent,
        problems=len(problems),
        justified=justified,
        **_surely(one, decisions),
        inferred=any(problem.code == _OF_FILE for problem in script.problems),
    )


def _surely(one: Interview, decisions: Sequence[Decision]) -> Counter:
    """How many lines are close, likely and sure, and how many of each were decided wrong."""
    counted: Counter = Counter()
    for what, tags in zip(decisions, one.allowed, strict=True):
        if what.margin < CERTAIN_MARGIN:
            sure = how_sure(what)
            counted[sure] += 1
            counted[f"{sure}_wrong"] += what.tag not in tags
    return counted


_OF_FILE = "script.speaker-inferred"
"""The problem that tells once in a file that its speakers are inferred."""
_OF_SPEAKERS = {"script.guest-who-asks", "script.nobody-asks"}
"""Problems that tell of all words of the speakers they name."""


def _named_in(problem: Problem) -> set[object]:
    """The speakers that a problem names."""
    values = problem.message.values
    return {values.get("speaker"), *values.get("speakers", ())}


def _wrong_lines(one: Interview, decisions: Sequence[Decision]) -> set[int]:
    """The lines that were decided wrong."""
    return {
        number
        for facts, what, tags in zip(one.facts, decisions, one.allowed, strict=True)
        if what.tag not in tags
        for number in facts.line.numbers
    }


def _is_justified(problem: Problem, script: Script, wrong: set[int], misheard: set[str]) -> bool:
    """Whether its line, or its turn's first line, was decided wrong.

    What tells of speakers is justified if words of theirs are another's.
    """
    if problem.code in _OF_SPEAKERS:
        return bool(misheard & _named_in(problem))
    first = next(
        (
            turn.line
            for turn in script.turns
            if any(paragraph.line == problem.line for paragraph in turn.paragraphs)
        ),
        problem.line,
    )
    return problem.line in wrong or first in wrong


def figures(many: Sequence[Counter]) -> str:
    """Say the figures of some interviews together, in a line."""
    c = sum(many, Counter())
    unjustified = median([one["problems"] - one["justified"] for one in many] or [0])
    share = 100 * c["right"] / c["turns"] if c["turns"] else 100.0
    return (
        f"turns {c['right']}/{c['turns']} ({share:.1f} %), labelled files {c['labelled_right']}"
        f"/{c['labelled']}, files split {c['split']}/{c['files']}, furniture heard "
        f"{c['furniture']}/{c['furniture_all']}, lines lost {c['lost']}, titles {c['titles']}"
        f"/{c['titles_all']}, questions in the guest's voice {c['wrong_voice']} ({c['silent']} "
        f"untold), problems {c['problems']}, of them "
        f"justified {c['justified']} (median of the others in a file: {unjustified:g}), "
        f"files with inferred speakers {c['inferred']}, lines "
        + ", ".join(
            f"{sure} {c[sure]} ({c[f'{sure}_wrong']} wrong)" for sure in ("close", "likely", "sure")
        )
    )
