"""Facts of all lines → one decision for the whole document: what each line is, and how surely."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from broadcast.script.facts import Facts
from broadcast.script.moves import moves
from broadcast.script.tags import TAGS, State, Tag, Who, part_of


@dataclass(frozen=True, slots=True)
class Decision:
    """What a line is, and who has spoken last.

    ``margin`` is how much worse the whole document scores if the line is in another part of the
    programme, ``rival`` what it would be there.
    """

    tag: Tag
    who: Who
    margin: float
    rival: State


Weights = Mapping[str, Sequence[float]]
"""For each sign, and each passage "who > tag", the weight of every tag, in the order of TAGS."""
_NONE = (0.0,) * len(TAGS)
_FORBIDDEN = -1e12
_FAR = 1e3
_BOUND = 1e9
"""More than all that a document's facts can weigh."""


def kind_of(facts: Facts) -> str:
    """What a line is most like, for what may follow what: a question, an answer, a fragment."""
    signs = facts.signs
    if "label" in signs:
        return "label"
    if "asks" in signs:
        return "question"
    if "open" in signs:
        return "fragment"
    return "own words" if "of-self" in signs else "words"


class Passages:
    """The weights of what may follow what, laid out for decoding."""

    def __init__(self, weights: Weights) -> None:
        self._rows: dict[str, dict[State, list[float]]] = {}
        self._weights = weights

    def rows(self, states: Iterable[State], kind: str) -> Mapping[State, Sequence[float]]:
        """The scores of all tags for a line of a ``kind`` after each of ``states``, and others."""
        found = self._rows.setdefault(kind, {})
        for state in states:
            if state not in found:
                rows = (self._weights.get(sign, _NONE) for sign in passage_signs(state, kind))
                found[state] = [sum(c) for c in zip(*rows, strict=True)]
        return found


def passage_signs(state: State, kind: str) -> tuple[str, ...]:
    """The names of the weights that stand for a passage from a state to a line of a kind."""
    tag, who = state
    return (f"after {tag}", f"{who}", f"after {tag}, {kind}", f"{who}, {kind}")


_Best = dict[State, float]


def best_path(
    lines: Sequence[Facts], scores: Sequence[Sequence[float]], passages: Passages
) -> list[State]:
    """The best tags of all lines together (Viterbi 1967), with who has spoken last at each."""
    return _path(*_forward(lines, scores, passages))


def _forward(
    lines: Sequence[Facts], scores: Sequence[Sequence[float]], passages: Passages
) -> tuple[list[_Best], list[dict[State, State]]]:
    """For each line, what the best way to each state is worth, and the state it comes from."""
    values: list[_Best] = []
    links: list[dict[State, State]] = []
    best: Mapping[State, float] = BEGIN
    for facts, score in zip(lines, scores, strict=True):
        kind, after = kind_of(facts), moves(facts)
        found: _Best = {}
        link: dict[State, State] = {}
        rows = passages.rows(best, kind)
        for state, so_far in best.items():
            row = rows[state]
            for place, new in after[state[1]]:
                value = so_far + score[place] + row[place]
                if value > found.get(new, _FORBIDDEN):
                    found[new] = value
                    link[new] = state
        best = found
        values.append(found)
        links.append(link)
    return values, links


def _path(values: Sequence[_Best], links: Sequence[dict[State, State]]) -> list[State]:
    state = max(values[-1], key=values[-1].__getitem__)
    path = [state]
    for link in reversed(links[1:]):
        state = link[state]
        path.append(state)
    return path[::-1]


def _rivals(
    lines: Sequence[Facts],
    scores: Sequence[Sequence[float]],
    passages: Passages,
    values: Sequence[_Best],
    path: Sequence[State],
) -> list[tuple[float, State]]:
    """For each line, how much worse the best way is that gives it another part, and its state."""
    rivals: list[tuple[float, State]] = []
    rest: Mapping[State, float] = dict.fromkeys(values[-1], 0.0)
    for at in range(len(lines) - 1, -1, -1):
        part = part_of(path[at])
        others = [
            (values[at][state] + worth, state)
            for state, worth in rest.items()
            if part_of(state) != part
        ]
        whole = values[at][path[at]] + rest[path[at]]
        best, state = max(others, default=(-_FAR, path[at]))
        rivals.append((min(whole - best, _FAR), state))
        if at == 0:
            break
        kind, after, score = kind_of(lines[at]), moves(lines[at]), scores[at]
        before: _Best = {}
        rows = passages.rows(values[at - 1], kind)
        for state in values[at - 1]:
            row = rows[state]
            before[state] = max(
                [
                    score[place] + row[place] + rest[new]
                    for place, new in after[state[1]]
                    if new in rest
                ],
                default=_FORBIDDEN,
            )
        rest = before
    return rivals[::-1]


BEGIN: Mapping[State, float] = {("left out", "start"): 0.0}
"""Before the first line."""


def decide(lines: Sequence[Facts], weights: Weights | None = None) -> list[Decision]:
    """Decide all lines of a document at once, so that what fits together wins together."""
    if not lines:
        return []
    if weights is None:
        weights, passages = committed()
    else:
        passages = Passages(weights)
    scores = [scores_of(one, weights) for one in lines]
    values, links = _forward(lines, scores, passages)
    path = _path(values, links)
    rivals = _rivals(lines, scores, passages, values, path)
    return [
        Decision(*state, margin, rival) for state, (margin, rival) in zip(path, rivals, strict=True)
    ]


@lru_cache(maxsize=1)
def committed() -> tuple[Weights, Passages]:
    """The weights that come with the program, and what may follow what by them."""
    weights = read_weights(files(__package__).joinpath("weights.tsv").read_text("utf-8"))
    return weights, Passages(weights)


def read_weights(table: str) -> Weights:
    """Read a table of weights: a row has a sign, a tag, the weight and an example."""
    weights: dict[str, list[float]] = {}
    place: dict[str, int] = {tag: at for at, tag in enumerate(TAGS)}
    for row in table.splitlines()[1:]:
        sign, tag, weight, *_ = row.split("\t")
        weights.setdefault(sign, [0.0] * len(TAGS))[place[tag]] = float(weight)
    return weights


def scores_of(facts: Facts, weights: Weights) -> list[float]:
    """The score of each tag for one line by itself."""
    rows = [row for sign in facts.signs if (row := weights.get(sign)) is not None]
    scores = [sum(column) for column in zip(*rows, _NONE, strict=True)]
    if facts.bound is None:
        return scores
    return [score + _BOUND * (tag in facts.bound) for tag, score in zip(TAGS, scores, strict=True)]
