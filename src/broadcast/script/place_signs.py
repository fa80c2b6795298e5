"""A line among the others → what holds of it by where it stands, and pairs of all its signs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from broadcast.script.line_signs import Look
from broadcast.script.recurring import Recurring

_BESIDE = frozenset((
    "asks", "asks-within", "puts-question", "of-self", "addressed", "ends", "open", "thanks",
    "furniture", "caption", "box", "label", "label:reporter", "label:official",
    "label:no-role", "label:asker", "label:answerer", "label:alone", "words:1-3", "words:4-6",
    "words:71-", "words:36-70", "bold", "quote-first", "byline", "headline", "vocative", "request",
    "heading:2", "closing", "greets-back", "colon-last",
))  # fmt: skip
_ABOVE = {sign: f"above:{sign}" for sign in _BESIDE}
_BELOW = {sign: f"below:{sign}" for sign in _BESIDE}


def beside(own: Sequence[set[str]], at: int) -> Iterable[str]:
    """What stands above and below."""
    if at > 0:
        yield from map(_ABOVE.__getitem__, _BESIDE & own[at - 1])
    else:
        yield "first"
    if at + 1 < len(own):
        yield from map(_BELOW.__getitem__, _BESIDE & own[at + 1])
    else:
        yield "last"


def looked(look: Look, recurring: Recurring) -> Iterable[str]:
    """Whether it is set as the questions are, or as what follows them."""
    if recurring.questions is not None:
        yield "look:questions" if look == recurring.questions else "look:others"
    if recurring.answers is not None:
        yield "look:answers" if look == recurring.answers else "look:no-answers"


def placed(counts: Sequence[int], at: int) -> Iterable[str]:
    """Where it stands, and how long it is beside its neighbours."""
    least = 2.5 * counts[at]
    if (
        max(counts[max(0, at - 2) : at], default=0) > least
        and max(counts[at + 1 : at + 3], default=0) > least
    ):
        yield "shorter-than-beside"
    if 0 < at < 3:
        yield "among-first"
    if at >= len(counts) - 3:
        yield "among-last"


_LIKE_QUESTIONS = frozenset((
    "label", "asks", "asks-within", "question-words", "no-mark", "request", "addressed", "vocative",
    "thanks", "thanks-last", "bold", "look:questions", "below:asks", "capitals", "greets",
))  # fmt: skip
"""Who asks without a label asks, thanks, turns to somebody, or is set as the questions are."""


def together(signs: set[str], text: str, between: str) -> Iterable[str]:
    """Pairs of facts that say more together than each.

    ``text`` is what holds of the labels of the document, ``between`` whose labels stand around.
    """
    who = f"{'you' if 'addressed' in signs else ''}{'I' if 'of-self' in signs else ''}" or "nobody"
    yield f"of:{who}"
    length = next(sign for sign in signs if sign.startswith("words:"))
    if "asks" in signs and "puts-question" not in signs:
        yield f"asks nobody & {text}"
        yield f"asks nobody & {between}"
    if "asks" in signs:
        for other in (
            f"of:{who}",
            text,
            between,
            length,
            *(
                sign
                for sign in (
                    "puts-question",
                    "vocative",
                    "nobody-asked",
                    "question-words",
                    "above:asks",
                    "below:asks",
                    "look:questions",
                    "look:others",
                    "below:of-self",
                    "below:label",
                    "bold",
                    "after-thanks",
                )
                if sign in signs
            ),
        ):
            yield f"asks & {other}"
    elif "label" not in signs:
        for other in (
            "vocative",
            "addressed",
            "above:asks",
            "below:asks",
            "request",
            "no-mark",
            "look:questions",
            "look:answers",
        ):
            if other in signs:
                yield f"states & {other}"
    if "label" in signs:
        yield f"label & {text}"
    below = "label below" if "below:label" in signs else "no label below"
    if "label" not in signs:
        yield f"{between} & {below}"
        if "above:label" in signs:
            yield f"{between} & label above"
        if "asking:0" in signs:
            yield f"states & {length}"
            yield f"states & {between}"
        if "shorter-than-beside" in signs and "asks" not in signs:
            yield "shorter-than-beside & states"
            if "of-self" not in signs and "addressed" not in signs:
                yield "shorter-than-beside & of others"
    if _LIKE_QUESTIONS.isdisjoint(signs) and not any(s.startswith("mark:") for s in signs):
        yield "tells only"
        yield f"tells only & {between}"
        yield f"tells only & {length}"
    if "first" in signs:
        yield f"first & {length}"
        yield f"first & {'ends' if 'ends' in signs else 'open'}"
    if "open" in signs:
        yield f"open & {length}"
        if "above:ends" in signs and "below:ends" in signs:
            yield "open & between sentences"
