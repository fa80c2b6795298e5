"""Interviews whose every line is tagged → the committed table of weights, or cross-validation.

    python bench/train_decoder.py             writes src/broadcast/script/weights.tsv
    python bench/train_decoder.py --folds 5   cross-validation by file; nothing is written
    python bench/train_decoder.py --apart given   learns from the other sets, scores this one
    python bench/train_decoder.py --unseen    scores the committed table on what it never learnt

Averaged structured perceptron (Collins 2002) with costs in the decoding (Tsochantaridis et al.
2005); the same data give the same bytes.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from broadcast.script.decoder import (
    BEGIN,
    Decision,
    Passages,
    best_path,
    decide,
    kind_of,
    passage_signs,
    scores_of,
)
from broadcast.script.facts import Facts
from broadcast.script.parse import understood
from broadcast.script.tags import TAGS, State, Tag
from interviews import LEARNT, UNSEEN, Interview, figures, interviews, scored

TABLE = Path(__file__).parents[1] / "src" / "broadcast" / "script" / "weights.tsv"
LEAST = 0.5
"""A smaller weight is not written down."""
EPOCHS = 12
SEEDS = (1, 2, 3, 4, 5)
FOLDS_SEED = 7
COST = 100.0
COSTS: dict[Tag, float] = {"left out": 2 * COST, "byline": 2 * COST}
"""How much worse than the right path a wrong one has to be, for each line: words that are lost
cost more than words too many."""
_OUT = -1e5
Table = dict[str, list[float]]
Counted = tuple[str, Counter]
"""A set and the figures of one of its interviews."""


class Perceptron:
    """Weights while they are learnt, with what they were on the way."""

    def __init__(self) -> None:
        self.weights: Table = {}
        self._sums: Table = {}
        self._steps = 1

    def move(self, right: Counter, wrong: Counter) -> None:
        """Move the weights towards the signs of the right path and away from the wrong one's."""
        for sign, place in {**right, **wrong}:
            by = right[sign, place] - wrong[sign, place]
            if by:
                self.weights.setdefault(sign, [0.0] * len(TAGS))[place] += by
                self._sums.setdefault(sign, [0.0] * len(TAGS))[place] += by * self._steps

    def step(self) -> None:
        """Count one text."""
        self._steps += 1

    def averaged(self) -> Table:
        """The mean of the weights over all steps."""
        return {
            sign: [w - s / self._steps for w, s in zip(row, self._sums[sign], strict=True)]
            for sign, row in self.weights.items()
        }


def signs_along(facts: Sequence[Facts], path: Sequence[State]) -> Counter:
    """Count the signs of a path with the places of their tags."""
    return Counter(_signs_along(facts, path))


def _signs_along(facts: Sequence[Facts], path: Sequence[State]) -> Iterator[tuple[str, int]]:
    state = next(iter(BEGIN))
    for one, new in zip(facts, path, strict=True):
        place = TAGS.index(new[0])
        for sign in (*one.signs, *passage_signs(state, kind_of(one))):
            yield sign, place
        state = new


def trained(many: Sequence[Interview], seeds: Sequence[int], epochs: int) -> Table:
    """Learn from some interviews: the mean over several orders of them."""
    total: Table = defaultdict(lambda: [0.0] * len(TAGS))
    for seed in seeds:
        for sign, row in _trained(many, seed, epochs).items():
            for at, value in enumerate(row):
                total[sign][at] += value / len(seeds)
    return total


def _trained(many: Sequence[Interview], seed: int, epochs: int) -> Table:
    model, random_order = Perceptron(), random.Random(seed)
    order = list(many)
    for _ in range(epochs):
        random_order.shuffle(order)
        for one in order:
            scores = [scores_of(facts, model.weights) for facts in one.facts]
            passages = Passages(model.weights)
            right = [
                [
                    score if tag in tags else score + _OUT
                    for tag, score in zip(TAGS, row, strict=True)
                ]
                for row, tags in zip(scores, one.allowed, strict=True)
            ]
            costly = [
                [
                    score + COSTS.get(tag, COST) * (tag not in tags)
                    for tag, score in zip(TAGS, row, strict=True)
                ]
                for row, tags in zip(scores, one.allowed, strict=True)
            ]
            guess = best_path(one.facts, costly, passages)
            gold = best_path(one.facts, right, passages)
            if guess != gold:
                model.move(signs_along(one.facts, gold), signs_along(one.facts, guess))
            model.step()
    return model.averaged()


def table_of(weights: Table, many: Sequence[Interview]) -> str:
    """Give the table as text: sign, tag, weight, and a line that has the sign."""
    example: dict[str, str] = {}
    for one in many:
        for facts in one.facts:
            for sign in sorted(facts.signs):
                example.setdefault(sign, " ".join(facts.line.text.split())[:60])
    rows = [
        f"{sign}\t{tag}\t{weight:.1f}\t{example.get(sign, '')}"
        for sign, row in sorted(weights.items())
        for tag, weight in zip(TAGS, row, strict=True)
        if abs(weight) >= LEAST
    ]
    return "\n".join(["sign\ttag\tweight\texample", *rows]) + "\n"


def shown(one: Interview, decisions: Sequence[Decision]) -> Iterator[str]:
    """Say of each line what it was taken for, and where that is wrong."""
    for facts, what, tags in zip(one.facts, decisions, one.allowed, strict=True):
        mark = "  " if what.tag in tags else "!!"
        right = "" if what.tag in tags else "/".join(sorted(tags)) + " | "
        number, words = facts.line.number, facts.line.text[:90]
        yield f"{mark} {number:3} {what.tag:10} {what.margin:6.0f} | {right}{words}"


def scored_by(weights: Table | None, held: Sequence[Interview], options) -> list[Counted]:
    """Score some interviews, each with its set; ``weights`` None are the committed ones."""
    result: list[Counted] = []
    for one in held:
        decisions = decide(one.facts, weights)
        script = understood(one.read, decisions, language=one.language)
        counted = scored(one, script, decisions)
        result.append((one.name.split("/")[0], counted))
        if options.show and re.search(options.show, one.name):
            print(one.name, one.gold.kind, "|", figures([counted]))
            print(*shown(one, decisions), sep="\n")
            print(*(f"   {p.line}: {p.message}" for p in script.problems), sep="\n")
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int)
    parser.add_argument("--unseen", action="store_true")
    parser.add_argument("--apart", help="learn from the other sets and score this one")
    parser.add_argument("--sets", default=",".join(LEARNT))
    parser.add_argument("--show", default="", help="print the lines of these texts (a pattern)")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--seeds", type=int, default=len(SEEDS))
    options = parser.parse_args()
    seeds = SEEDS[: options.seeds]
    scores: list[Counted] = []
    if options.unseen:
        scores = scored_by(None, interviews(UNSEEN), options)
    elif options.apart:
        rest = [name for name in options.sets.split(",") if name != options.apart]
        weights = trained(interviews(rest), seeds, options.epochs)
        scores = scored_by(weights, interviews([options.apart]), options)
    elif options.folds:
        order = interviews(options.sets.split(","))
        random.Random(FOLDS_SEED).shuffle(order)
        for fold in range(options.folds):
            held = order[fold :: options.folds]
            names = {one.name for one in held}
            weights = trained(
                [one for one in order if one.name not in names], seeds, options.epochs
            )
            scores += scored_by(weights, held, options)
    else:
        many = interviews(options.sets.split(","))
        table = table_of(trained(many, seeds, options.epochs), many)
        TABLE.write_text(table, "utf-8", newline="\n")
        print(table.count("\n") - 1, "weights")
        return
    for name in sorted({name for name, _ in scores}):
        print(f"{name}: {figures([counted for of, counted in scores if of == name])}")
    print("all:", figures([counted for _, counted in scores]))


if __name__ == "__main__":
    main()
