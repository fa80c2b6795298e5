"""The lines of a document → what is known of each before anything is decided: its facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from broadcast.script.apart import Apart, apart_of, repeated_in
from broadcast.script.bindings import Tag, bindings
from broadcast.script.entries import WrittenLine
from broadcast.script.label_forms import Sureness
from broadcast.script.labels import Declared, Label
from broadcast.script.line_signs import CLOSING_QUOTES, OPENING_QUOTES, look_of, signs_of
from broadcast.script.names import Words, has_full_name
from broadcast.script.recurring import AMOUNT, Recurring, in_quotation, possible_labels, recurring_in


@dataclass(frozen=True, slots=True)
class Facts:
    """One line as the decoder sees it.

    ``signs`` are the names of all that holds of it, by itself and by where it stands: what the
    weights are about. ``apart`` says why it may be left out, by place; a place without a reason
    does not let the line go. ``asks`` says whether who stands in its label is one who asks.
    ``bound`` are the only tags that what the user says outright leaves.
    """

    line: WrittenLine
    label: Label | None
    asks: bool
    thanks: bool
    apart: Apart
    signs: frozenset[str]
    bound: frozenset[Tag] | None = None


def facts_of(
    entries: Sequence[WrittenLine], declared: Declared, title: str | None = None
) -> tuple[Facts, ...]:
    """Give the facts of each line with words, in order; ``title`` is the one given outright."""
    labels = possible_labels(entries, declared)
    quoted = in_quotation(entries)
    looks = [look_of(entry) for entry in entries]
    own = [signs_of(entry) for entry in entries]
    puts = ["puts-question" in signs for signs in own]
    recurring = recurring_in(entries, labels, looks, puts)
    certain = {at for at in range(len(entries)) if at not in quoted and _is_certain(entries[at], labels[at], recurring)}
    bound = bindings(entries, labels, title, certain)
    for at, label in enumerate(labels):
        if label is not None:
            own[at] |= _of_label(entries, at, label, recurring, at in quoted)
    asks = [_asks(label, recurring) for label in labels]
    between = _between(labels, asks, recurring)
    around = _document(own, labels, asks, recurring)
    repeated = repeated_in(entries)
    found: list[Facts] = []
    thanked = signed = listed = boxed = False
    for at, (entry, label) in enumerate(zip(entries, labels, strict=True)):
        signs = {*own[at], between[at], *around, *_neighbours(own, at), *_place(entries, own, at)}
        if recurring.questions is not None:
            signs.add("look:questions" if looks[at] == recurring.questions else "look:others")
        if recurring.answers is not None:
            signs.add("look:answers" if looks[at] == recurring.answers else "look:no-answers")
        if thanked:
            signs.add("after-thanks")
        if signed:
            signs.add("after-byline")
        if listed:
            signs.add("in-list")
        if boxed:
            signs.add("in-box")
        if at in repeated:
            signs.add("repeated")
        signs |= set(_together(signs))
        found.append(
            Facts(
                entry,
                label,
                asks[at],
                "thanks" in signs,
                bound.apart.get(at) or apart_of(entries, at, signs, listed=listed, boxed=boxed),
                frozenset(signs),
                bound.tags.get(at),
            )
        )
        thanked = thanked or "thanks" in signs
        signed = signed or ("byline" in signs and at > len(entries) // 2)
        speaks = label is not None or "puts-question" in signs
        boxed = not speaks and (boxed or "box" in signs)
        if entry.begins_section:
            listed = True
        elif "asks" in signs or label is not None or ("11-18" not in signs and "ends" in signs):
            listed = False
    return tuple(found)


def _of_label(
    entries: Sequence[WrittenLine], at: int, label: Label, recurring: Recurring, quoted: bool
) -> set[str]:
    """What holds of the label that a line may begin with."""
    form, rest = label.form, entries[at].text[label.rest :].strip()
    key = recurring.key(label)
    signs = {"label", f"label:{form.sureness.name.lower()}", f"label:{form.role or 'no-role'}"}
    signs.add("label:again" if recurring.count[key] > 1 else "label:once")
    if key in recurring.alternating:
        signs.add("label:alternates")
    if len(recurring.alternating) > 1:
        signs.add("label:among-others")
    for name, holds in (
        ("declared", form.declared),
        ("part", form.says_part),
        ("title", form.title),
        ("full-name", has_full_name(Words.of(form.person))),
        ("job", form.job),
        ("alone", not rest),
        ("then-small", rest[:1].islower()),
        ("then-quote", _is_quoted(rest)),
        ("in-quotation", quoted),
        ("then-short", len(rest.split()) <= 3),
        ("then-amount", len(rest) <= 80 and rest != "" and AMOUNT.fullmatch(rest)),
        ("no-colon", ":" not in entries[at].text[: label.rest]),
    ):
        if holds:
            signs.add(f"label:{name}")
    return signs


def _is_certain(entry: WrittenLine, label: Label | None, recurring: Recurring) -> bool:
    """Whether a label is a speaker's beyond doubt: a sure one of several that take turns."""
    if label is None or ":" not in entry.text[: label.rest]:
        return False
    key = recurring.key(label)
    if key not in recurring.alternating or len(recurring.alternating) < 2:
        return False
    rest = entry.text[label.rest :].strip()
    if key in recurring.finished and rest and (not entry.ends_sentence or _is_quoted(rest)):
        return False
    form = label.form
    return form.sureness is Sureness.SURE or form.says_part or recurring.count[key] > 2


def _is_quoted(words: str) -> bool:
    return words[:1] in OPENING_QUOTES and words[-1:] in CLOSING_QUOTES


def _asks(label: Label | None, recurring: Recurring) -> bool:
    """Whether who stands in a label is one who asks, as far as the label and its words tell."""
    if label is None:
        return False
    if label.form.role is not None:
        return label.form.role != "official"
    return recurring.key(label) in recurring.asking


def _between(
    labels: Sequence[Label | None], asks: Sequence[bool], recurring: Recurring
) -> list[str]:
    """Say between whose labels each line stands: those that come again, or say the part."""

    def name(at: int) -> tuple[str, str] | None:
        label = labels[at]
        if label is None:
            return None
        key = recurring.key(label)
        if recurring.count[key] < 2 and label.form.sureness < Sureness.SURE:
            return None
        return key, "r" if asks[at] else "o"

    names = [name(at) for at in range(len(labels))]
    below: list[tuple[str, str] | None] = [None] * len(labels)
    after = None
    for at in range(len(labels) - 1, -1, -1):
        below[at] = after
        after = names[at] or after
    result, before = [], None
    for at in range(len(labels)):
        one, other = before, below[at]
        text = f"between:{one[1] if one else '-'}{other[1] if other else '-'}"
        result.append(text + ("-same" if one and other and one[0] == other[0] else ""))
        before = names[at] or before
    return result


def _document(
    own: Sequence[set[str]],
    labels: Sequence[Label | None],
    asks: Sequence[bool],
    recurring: Recurring,
) -> set[str]:
    """What holds of the document as a whole."""
    both = {
        asks[at]
        for at, label in enumerate(labels)
        if label is not None and (recurring.key(label) in recurring.alternating)
    }
    labelled = sum(label is not None for label in labels)
    free = sum("asks" in signs and "label" not in signs for signs in own)
    signs = {"text:labels-both" if len(both) == 2 else "text:labels-one" if both else "text:labels-few" if labelled else "text:no-labels"}
    signs.add("text:asks-free" if free * 2 > labelled else "text:asks-labelled")
    return signs


_BESIDE = (
    "asks", "asks-within", "puts-question", "of-self", "addressed", "ends", "open", "thanks",
    "furniture", "caption", "box", "label", "label:reporter", "label:official",
    "label:no-role", "label:alone", "words:1-3", "words:4-6", "words:71-", "words:36-70", "bold",
    "quote-first", "byline", "headline", "vocative", "request", "heading:2", "closing",
)  # fmt: skip


def _neighbours(own: Sequence[set[str]], at: int) -> Iterable[str]:
    if at > 0:
        yield from (f"above:{sign}" for sign in _BESIDE if sign in own[at - 1])
    else:
        yield "first"
    if at + 1 < len(own):
        yield from (f"below:{sign}" for sign in _BESIDE if sign in own[at + 1])
    else:
        yield "last"


def _place(entries: Sequence[WrittenLine], own: Sequence[set[str]], at: int) -> Iterable[str]:
    if 0 < at < 3:
        yield "among-first"
    if at >= len(entries) - 3:
        yield "among-last"


def _together(signs: set[str]) -> Iterable[str]:
    """Pairs of facts that say more together than each."""
    who = f"{'you' if 'addressed' in signs else ''}{'I' if 'of-self' in signs else ''}" or "nobody"
    yield f"of:{who}"
    text = next(sign for sign in signs if sign.startswith("text:labels") or sign == "text:no-labels")
    between = next(sign for sign in signs if sign.startswith("between:"))
    length = next(sign for sign in signs if sign.startswith("words:"))
    if "asks" in signs:
        for other in (f"of:{who}", text, between, length, *(
            sign for sign in ("puts-question", "vocative", "nobody-asked", "question-words", "above:asks", "below:asks", "look:questions", "look:others", "below:of-self", "below:label", "bold", "after-thanks") if sign in signs
        )):
            yield f"asks & {other}"
    elif "label" not in signs:
        for other in ("vocative", "addressed", "above:asks", "below:asks", "request", "no-mark", "look:questions", "look:answers"):
            if other in signs:
                yield f"states & {other}"
    if "label" in signs:
        yield f"label & {text}"
    if "open" in signs:
        yield f"open & {length}"
        if "above:ends" in signs and "below:ends" in signs:
            yield "open & between sentences"
