"""Facts of all lines → one decision for the whole document: what each line is, and how surely."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from broadcast.script.bindings import TAGS, Tag
from broadcast.script.facts import Facts

Who = Literal["start", "titled", "asker", "answerer", "thanked", "over"]
"""Who has spoken last: nobody yet (without or with a title), or nobody speaks any more."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a line is, how much better that is than the next best, and what that would be."""

    tag: Tag
    who: Who
    margin: float
    other: Tag


Weights = Mapping[str, Sequence[float]]
"""For each sign, and each passage "who > tag", the weight of every tag, in the order of TAGS."""
_NONE = (0.0,) * len(TAGS)
_FORBIDDEN = -1e12
_BOUND = 1e4
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
        self._rows: dict[tuple[Tag | None, Who, str], list[float]] = {}
        self._weights = weights

    def row(self, tag: Tag | None, who: Who, kind: str) -> list[float]:
        """The scores of all tags after a line that was ``tag``, ``who`` having spoken last."""
        found = self._rows.get((tag, who, kind))
        if found is None:
            rows = (self._weights.get(sign, _NONE) for sign in passage_signs(tag, who, kind))
            found = self._rows[tag, who, kind] = [sum(c) for c in zip(*rows, strict=True)]
        return found


def passage_signs(tag: Tag | None, who: Who, kind: str) -> tuple[str, ...]:
    """The names of the weights that stand for a passage to a line of a kind."""
    return (f"after {tag}", f"{who}", f"after {tag}, {kind}", f"{who}, {kind}")


State = tuple[Tag, Who]


def best_path(
    lines: Sequence[Facts], scores: Sequence[Sequence[float]], passages: Passages
) -> list[State]:
    """The best tags of all lines together (Viterbi 1967), with who has spoken last at each."""
    best: dict[State, float] = {}
    back: list[dict[State, State | None]] = []
    for facts, score in zip(lines, scores, strict=True):
        kind = kind_of(facts)
        found: dict[State, float] = {}
        links: dict[State, State | None] = {}
        moves = _moves(facts)
        for state, so_far in best.items() or _BEGIN.items():
            tag, who = state
            row = passages.row(tag, who, kind)
            for place, one, then in moves[who]:
                value = so_far + score[place] + row[place]
                new = one, then
                if value > found.get(new, _FORBIDDEN):
                    found[new] = value
                    links[new] = state if best else None
        best = found
        back.append(links)
    path: list[State] = []
    state: State | None = max(best, key=best.__getitem__) if best else None
    for links in reversed(back):
        assert state is not None
        path.append(state)
        state = links[state]
    return path[::-1]


_BEGIN: dict[tuple[Tag | None, Who], float] = {(None, "start"): 0.0}
_WHOS: tuple[Who, ...] = ("start", "titled", "asker", "answerer", "thanked", "over")


def _moves(facts: Facts) -> dict[Who, list[tuple[int, Tag, Who]]]:
    return _moves_of(
        facts.apart.before is not None,
        facts.apart.among is not None,
        facts.apart.after is not None,
        facts.label is not None,
        facts.asks,
        facts.thanks,
        "closing" in facts.signs,
        bool(facts.signs & _LIKE_QUESTIONS),
        bool(facts.signs & _LIKE_BYLINES),
    )


_LIKE_QUESTIONS = frozenset((
    "asks", "asks-within", "question-word", "request", "turns-to", "vocative", "thanks", "bold",
    "capitals", "look:questions", "below:asks", "heading:2", "mark:1",
))  # fmt: skip
_LIKE_BYLINES = frozenset((
    "byline", "signature", "staff", "words:1-3", "words:4-6", "words:7-10",
))  # fmt: skip


@lru_cache(maxsize=1024)
def _moves_of(
    before: bool,
    among: bool,
    later: bool,
    label: bool,
    asks: bool,
    thanks: bool,
    closing: bool,
    like_question: bool,
    like_byline: bool,
) -> dict[Who, list[tuple[int, Tag, Who]]]:
    """For who has spoken last, which tags can follow, and who has spoken last then."""
    moves: dict[Who, list[tuple[int, Tag, Who]]] = {who: [] for who in _WHOS}
    asked: Who = "thanked" if thanks else "asker"
    for who in _WHOS:
        head = who in ("start", "titled")
        then: dict[Tag, Who] = {}
        if who == "start":
            then["title"] = "titled"
        if head:
            then["lead"] = who
            if like_byline:
                then["byline"] = who
        if {True: before, False: later if who in ("thanked", "over") else among}[head]:
            then["left out"] = who
        if not head and like_byline:
            then["byline"] = "over"
        if who != "over":
            if label:
                then["label"] = asked if asks or thanks else "answerer"
            if like_question and who != "asker":
                then["asks"] = asked
            if who != "answerer":
                then["answers"] = "answerer"
            if closing:
                then["presents"] = "thanked"
            if who in ("asker", "thanked"):
                then["asks on"] = who
            elif who == "answerer":
                then["answers on"] = who
        moves[who] = [(TAGS.index(tag), tag, new) for tag, new in then.items()]
    return moves


def decide(lines: Sequence[Facts], weights: Weights | None = None) -> list[Decision]:
    """Decide all lines of a document at once, so that what fits together wins together."""
    if not lines:
        return []
    if weights is None:
        weights, passages = committed()
    else:
        passages = Passages(weights)
    scores = [scores_of(one, weights) for one in lines]
    path = best_path(lines, scores, passages)
    return [Decision(tag, who, 0.0, tag) for tag, who in path]


@lru_cache(maxsize=1)
def committed() -> tuple[Weights, Passages]:
    """The weights that come with the program, and what may follow what by them."""
    weights = read_weights(files(__package__).joinpath("weights.tsv").read_text("utf-8"))
    return weights, Passages(weights)


def read_weights(table: str) -> Weights:
    weights: dict[str, list[float]] = {}
    place = {tag: at for at, tag in enumerate(TAGS)}
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
    return [
        score + _BOUND * (tag in facts.bound) for tag, score in zip(TAGS, scores, strict=True)
    ]
