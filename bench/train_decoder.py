"""Interviews whose every line is tagged → the committed table of weights, with cross-validation.

    python bench/train_decoder.py            writes src/broadcast/script/weights.tsv
    python bench/train_decoder.py --folds 5  cross-validation by file, nothing is written

Averaged structured perceptron (Collins 2002) with costs in the decoding (Tsochantaridis et al. 2005).
"""

from __future__ import annotations

import argparse
import json
import random
import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

from broadcast.script.bindings import TAGS, Tag
from broadcast.script.decoder import BEGIN, Passages, State, best_path, kind_of, passage_signs, scores_of
from broadcast.script.credits import byline_words
from broadcast.script.facts import Facts
from broadcast.script.labels import LIST_MARK
from broadcast.script.parse import facts_in
from broadcast.script.particulars import named_part
from broadcast.script.read import read_document

DATA = Path(__file__).parents[1] / "tests" / "data" / "interviews"
TABLE = Path(__file__).parents[1] / "src" / "broadcast" / "script" / "weights.tsv"
LEAST = 0.05
"""A smaller weight is not written down."""
EPOCHS = 12
SEEDS = (1, 2, 3)
COSTS = {"left out": 3.0, "byline": 2.0}
"""What it costs to take a line that is spoken for one that is not; any other error costs 1."""
SCALE = float(__import__('os').environ.get('SCALE','1'))
_OUT = -1e5


@dataclass
class Interview:
    name: str
    facts: tuple[Facts, ...]
    allowed: list[frozenset[Tag]]
    gold: dict


def line_numbers(spec: str) -> list[int]:
    found: list[int] = []
    for part in re.split(r"[,+]", spec):
        first, _, last = part.partition("-")
        if first:
            found += range(int(first), int(last or first) + 1)
    return found


def expected(folder: Path) -> dict[str, dict]:
    gold = {}
    for row in (folder / "expected.txt").read_text("utf-8").splitlines():
        if row.startswith("#") or row.count("|") < 3:
            continue
        name, kind, speakers, spec = (part.strip() for part in row.split("|", 3))
        one = {"kind": kind, "turns": [], **{tag: [] for tag in "tlbd?"}}
        for token in spec.split():
            if token[0] in "tlbd?":
                one[token[0]] += line_numbers(token[1:])
            else:
                one["turns"].append((token[0], line_numbers(token[1:])))
        gold[name] = one
    return gold


def allowed_tags(facts: tuple[Facts, ...], gold: dict) -> list[frozenset[Tag]]:
    of: dict[int, set[Tag]] = {}
    for n in gold["t"]:
        of[n] = {"title"}
    for n in gold["l"]:
        of[n] = {"lead"}
    for n in gold["b"]:
        of[n] = {"byline"}
    for n in gold["d"]:
        of[n] = {"left out"}
    for letter, lines in gold["turns"]:
        for place, n in enumerate(sorted(lines)):
            if letter in "RP":
                first, on = {"asks"}, {"asks on"}
            elif letter == "O":
                first, on = {"answers"}, {"answers on"}
            else:
                first, on = {"asks", "answers"}, {"asks on", "answers on"}
            if letter == "P":
                first |= {"presents"}
            of[n] = first if place == 0 else on | {"asks on", "answers on"}
    for n in gold["?"]:
        of.setdefault(n, set(TAGS) - {"title"})
    result = []
    starts = {min(lines) for _, lines in gold["turns"]}
    letter_of = {min(lines): letter for letter, lines in gold["turns"]}
    above_alone = False
    for one in facts:
        covered = [of[n] for n in one.line.numbers if n in of]
        n = next((n for n in one.line.numbers if n in of), one.line.number)
        tags = set(covered[0]) if covered else {"label", "left out"}
        if n in starts:
            if above_alone:
                tags = {"asks on", "answers on"}
            elif one.label is not None:
                tags = {"label"}
        above_alone = not covered and one.label is not None
        if not covered and one.label is None:
            tags = {"left out"}
        result.append(frozenset(tags))
    return result


def interviews(folders) -> list[Interview]:
    found = []
    for folder in folders:
        if folder.name == "golden":
            found += golden(DATA.parent.parent / "golden_scripts")
            continue
        for name, gold in sorted(expected(folder).items()):
            facts = facts_in(read_document(folder / f"{name}.txt"))
            found.append(Interview(f"{folder.name}/{name}", facts, allowed_tags(facts, gold), gold))
    return found


def letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFC", text).lower() if c.isalnum())


def _numbered(n: int, facts: Facts) -> Facts:
    """All lines of a page stand in few lines of its file: number them anew."""
    line = replace(facts.line, line=replace(facts.line.line, number=n), last=0)
    return replace(facts, line=line)


def golden(folder: Path) -> list[Interview]:
    """The golden scripts, tagged from what a person reads in them."""
    found = []
    for file in sorted(folder.iterdir()):
        if file.suffix in {"", ".json"}:
            continue
        right = json.loads(file.with_suffix(".json").read_text("utf-8"))
        document = read_document(file)
        facts = tuple(_numbered(n, one) for n, one in enumerate(facts_in(document), start=1))
        dropped = {letters(text) for _, text in right["dropped"]}
        title = letters(right["title"] or "")
        parts = [("l", None, right["lead"] or "")]
        parts += [
            ("O" if turn["role"] == "official" else "P" if turn["role"] == "presenter" else "R", n, turn["text"])
            for n, turn in enumerate(right["turns"])
        ]
        parts.append(("b", None, right["byline"] or ""))
        text, owner = "", []
        for part in parts:
            plain = letters(part[2])
            text += plain
            owner += [part] * len(plain)
        at, gold = 0, {"kind": "golden", "turns": [], **{tag: [] for tag in "tlbd?"}}
        seen: dict[int, list[int]] = {}
        for one in facts:
            whole = letters(one.line.text)
            ways = [whole]
            if one.label is not None:
                ways.append(letters(one.line.text[one.label.rest :]))
            ways.append(letters(LIST_MARK.sub("", one.line.text, count=1)))
            ways.append(letters(one.line.text[named_part(one.line.text)[1] :]))
            ways.append(letters(byline_words(one.line.text)))
            fits = next((w for w in ways if w and text.startswith(w, at)), None)
            number = one.line.number
            if fits is not None:
                letter, n, _ = owner[at]
                at += len(fits)
                if letter in "lb":
                    gold[letter].append(number)
                else:
                    if n not in seen:
                        above = right["turns"][n - 1] if n else None
                        goes_on = one.label is None and above and above["speaker"] == right["turns"][n]["speaker"]
                        if goes_on and n - 1 in seen:
                            seen[n] = seen[n - 1]
                        else:
                            seen[n] = []
                            gold["turns"].append((letter, seen[n]))
                    seen[n].append(number)
            elif title and whole.endswith(title):
                gold["t"].append(number)
            elif whole in dropped or letters(one.line.written) in dropped:
                gold["d"].append(number)
            elif one.label is None:
                gold["?"].append(number)
        tags = allowed_tags(facts, gold)
        found.append(Interview(f"golden/{file.name}", facts, tags, gold))
    return found


class Model:
    def __init__(self) -> None:
        self.w: dict[str, list[float]] = {}
        self.total: dict[str, list[float]] = {}
        self.steps = 1

    def add(self, sign: str, place: int, by: float) -> None:
        self.w.setdefault(sign, [0.0] * len(TAGS))[place] += by
        self.total.setdefault(sign, [0.0] * len(TAGS))[place] += by * self.steps

    def averaged(self) -> dict[str, list[float]]:
        return {
            sign: [w - t / self.steps for w, t in zip(row, self.total[sign], strict=True)]
            for sign, row in self.w.items()
        }


def emissions(facts, weights):
    return [scores_of(one, weights) for one in facts]


def signs_along(facts, path):
    state = next(iter(BEGIN))
    for one, new in zip(facts, path, strict=True):
        place = TAGS.index(new[0])
        for sign in one.signs:
            yield sign, place
        for sign in passage_signs(state, kind_of(one)):
            yield sign, place
        state = new


def train(many: list[Interview], seed: int, epochs: int) -> dict[str, list[float]]:
    model, order = Model(), random.Random(seed)
    many = list(many)
    for _ in range(epochs):
        order.shuffle(many)
        for one in many:
            scores = emissions(one.facts, model.w)
            passages = Passages(model.w)
            right = [
                [v if tag in tags else v + _OUT for tag, v in zip(TAGS, row, strict=True)]
                for row, tags in zip(scores, one.allowed, strict=True)
            ]
            costly = [
                [
                    v if tag in tags else v + COSTS.get(tag, 1.0) * SCALE
                    for tag, v in zip(TAGS, row, strict=True)
                ]
                for row, tags in zip(scores, one.allowed, strict=True)
            ]
            guess = best_path(one.facts, costly, passages)
            gold = best_path(one.facts, right, passages)
            if guess != gold:
                diff: Counter = Counter()
                for key in signs_along(one.facts, gold):
                    diff[key] += 1
                for key in signs_along(one.facts, guess):
                    diff[key] -= 1
                for (sign, place), by in diff.items():
                    if by:
                        model.add(sign, place, by)
            model.steps += 1
    return model.averaged()


def trained(many, seeds=SEEDS, epochs=EPOCHS):
    total: dict[str, list[float]] = defaultdict(lambda: [0.0] * len(TAGS))
    for seed in seeds:
        for sign, row in train(many, seed, epochs).items():
            mine = total[sign]
            for at, value in enumerate(row):
                mine[at] += value / len(seeds)
    return total


def judged(one: Interview, path: list[State]) -> Counter:
    """The figures of one interview: turns right (words and who), split, furniture heard, lost."""
    gold = one.gold
    soft = {*gold["?"], *gold["d"], *gold["b"]}
    turns, spoken, who_of = [], set(), {}
    for facts, (tag, who) in zip(one.facts, path, strict=True):
        words = facts.label is None or facts.line.text[facts.label.rest :].strip() != ""
        if tag in ("label", "asks", "answers", "presents"):
            turns.append(["asker" if who != "answerer" else who, set()])
        if tag in ("label", "asks", "answers", "presents", "asks on", "answers on"):
            if words or tag != "label":
                turns[-1][1] |= set(facts.line.numbers)
        if tag != "left out":
            spoken |= set(facts.line.numbers)
    got = [(who, frozenset(n for n in lines if n not in soft)) for who, lines in turns]
    named = {n for f in one.facts for n in f.line.numbers}
    right = 0
    for letter, lines in gold["turns"]:
        want = frozenset(lines)
        hit = [who for who, lines2 in got if lines2 == want]
        fits = hit and (letter not in "RPO" or (hit[0] == "asker") == (letter in "RP"))
        right += bool(fits)
    total = len(gold["turns"])
    titles = {n for f, (t, _) in zip(one.facts, path, strict=True) if t == "title" for n in f.line.numbers}
    return Counter(
        turns=total, right=right,
        split=right == total == len([g for g in got if g[1]]), files=1,
        furniture=sum(n in spoken for n in gold["d"]),
        furniture_all=len(gold["d"]),
        lost=sum(
            n in named and n not in spoken
            for n in [*gold["l"], *(m for _, lines in gold["turns"] for m in lines)]
        ),
        titles=bool(gold["t"]) and set(gold["t"]) <= titles,
        titles_all=bool(gold["t"]),
        labelled=total * gold["kind"].startswith("labelled"), labelled_right=right * gold["kind"].startswith("labelled"),
    )


def line_of(c: Counter) -> str:
    return (
        f"turns {c['right']}/{c['turns']} ({100 * c['right'] / c['turns']:.1f} %), labelled "
        f"{c['labelled_right']}/{c['labelled']}, split {c['split']}/{c['files']}, furniture "
        f"{c['furniture']}/{c['furniture_all']}, lost {c['lost']}, titles {c['titles']}/{c['titles_all']}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int)
    parser.add_argument("--sets", default="given")
    parser.add_argument("--show", default="")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--seeds", type=int, default=len(SEEDS))
    parser.add_argument("-v", action="store_true")
    options = parser.parse_args()
    many = interviews([DATA / name for name in options.sets.split(",")])
    if options.folds:
        order = list(many)
        random.Random(7).shuffle(order)
        total: Counter = Counter()
        by_set: dict[str, Counter] = defaultdict(Counter)
        for fold in range(options.folds):
            held = order[fold :: options.folds]
            rest = [one for one in order if one not in held]
            weights = trained(rest, SEEDS[: options.seeds], options.epochs)
            passages = Passages(weights)
            for one in held:
                path = best_path(one.facts, emissions(one.facts, weights), passages)
                figures = judged(one, path)
                total += figures
                by_set[one.name.split("/")[0]] += figures
                if options.v:
                    print(one.name, line_of(figures), one.gold["kind"])
                if options.show and re.search(options.show, one.name):
                    for f, (tag, who), tags in zip(one.facts, path, one.allowed, strict=True):
                        print("  " if tag in tags else "!!", f.line.number, tag, "|", "/".join(tags), "|", f.line.text[:90])
        for name, figures in sorted(by_set.items()):
            print(name, line_of(figures))
        print("all", line_of(total))
        return
    write(trained(many, SEEDS[: options.seeds], options.epochs), many)


def write(weights: dict[str, list[float]], many: list[Interview]) -> None:
    """Write the table: sign, tag, weight, and a line of the data that has the sign."""
    example: dict[str, str] = {}
    for one in many:
        for facts in one.facts:
            for sign in facts.signs:
                if sign not in example:
                    example[sign] = " ".join(facts.line.text.split())[:60]
    rows = ["sign\ttag\tweight\texample"]
    for sign, row in sorted(weights.items()):
        for tag, weight in zip(TAGS, row, strict=True):
            if abs(weight) >= LEAST:
                rows.append(f"{sign}\t{tag}\t{weight:.2f}\t{example.get(sign, '')}")
    TABLE.write_text("\n".join(rows) + "\n", "utf-8", newline="\n")
    print(len(rows) - 1, "weights")


if __name__ == "__main__":
    main()
