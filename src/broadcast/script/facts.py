"""The lines of a document → what is known of each before anything is decided: its facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from broadcast.script.apart import Apart, apart_of, repeated_in
from broadcast.script.bindings import Tag, bindings
from broadcast.script.credits import is_signature, names_staff
from broadcast.script.entries import WrittenLine
from broadcast.script.furniture import is_headline, is_portrait_caption
from broadcast.script.label_forms import Sureness
from broadcast.script.labels import LIST_MARK, Declared, Label
from broadcast.script.names import Words, has_full_name
from broadcast.script.recurring import AMOUNT, Look, Recurring, possible_labels, recurring_in
from broadcast.script.set_phrases import ends_asking, is_closing, is_thanks, opens_as_question

_ADDRESSED = re.compile(
    r"\b(?:ông|bà|anh|chị|cô|chú|bác|cụ|thầy|bạn|em|PGS|GS|TS|đồng chí|bác s[ĩỹ]|luật sư|your?)\b",
    re.IGNORECASE,
)
_OF_SELF = re.compile(
    r"\b(?:tôi|chúng tôi|mình|em|chúng em|chúng ta|con|I|I'm|I've|we|we're|my|our|us)\b"
)
_TURNS_TO = re.compile(
    r"\bthưa\b|\btheo (?:ông|bà|anh|chị|thầy|cô|PGS|bác|bạn|đồng chí)\b"
    r"|\b(?:ông|bà|anh|chị|thầy|PGS|cô|bạn|bác|đồng chí) (?:có|đánh giá|nghĩ|nhận|làm|cho|từng"
    r"|muốn|thấy|sẽ|đã|chỉ|giúp|lý giải|nói|mong|kỳ vọng|dự|bắt đầu|gặp|cảm)\b"
    r"|\bxin (?:hỏi|ông|bà|anh|chị|PGS|bác sĩ|đồng chí|cho)\b|\bvới (?:ông|bà|anh|chị)\b"
    r"|\b(?:do|did|are|were|have|would|could|can|will) you\b|\btell (?:me|us)\b",
    re.IGNORECASE,
)
_QUESTION_WORD = re.compile(
    r"\b(?:gì|nào|sao|đâu|ai|bao giờ|bao nhiêu|thế nào|ra sao|vì sao|tại sao|hay không|không ạ"
    r"|what|why|how|when|where|who|which)\b",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"\b(?:xin|mời|đề nghị|nhờ) (?:ông|bà|anh|chị|thầy|cô|bác|PGS|GS|TS|đồng chí|bạn|quý)\b"
    r"|\bcho (?:biết|hỏi)\b|\btell (?:me|us)\b",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:vậy|thế|còn|nhưng|và|so|and|but|then)\b", re.IGNORECASE)
_PICTURE = re.compile(r"\b(?:ảnh|hình|photo|picture)s?\b\W*[^.]{0,30}$|\((?:ảnh|hình)\b", re.I)
_MARK = re.compile(r"\s*([-–—―*•●▪◦·»>+→■□►▶✓?◆♦❖✔○])")
_NUMBER = re.compile(r"\s*(?:câu(?: hỏi)?\s*)?\d{1,2}\s?[.)/:]\s*(?=\S)", re.IGNORECASE)
_EARLY_COLON = re.compile(r"\W*[^\s:][^:“”\"?!.]{1,50}\s?[:：]\s*\S")
_SENTENCE = re.compile(r"[.?!…]+[”\")]*(?:\s|$)")
_LENGTHS = ((3, "1-3"), (6, "4-6"), (10, "7-10"), (18, "11-18"), (35, "19-35"), (70, "36-70"))


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
    bound = bindings(entries, labels, title)
    looks = [_look(entry) for entry in entries]
    own = [_own(entry) for entry in entries]
    puts = ["asks" in signs and "turns-to" in signs for signs in own]
    recurring = recurring_in(entries, labels, looks, puts)
    for at, label in enumerate(labels):
        if label is not None:
            own[at] |= _of_label(entries, at, label, recurring)
    asks = [_asks(label, recurring) for label in labels]
    between = _between(labels, asks, recurring)
    around = _document(own, labels, asks, recurring)
    repeated = repeated_in(entries)
    found: list[Facts] = []
    thanked = signed = listed = False
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
        if at in repeated:
            signs.add("repeated")
        signs |= set(_together(signs))
        found.append(
            Facts(
                entry,
                label,
                asks[at],
                "thanks" in signs,
                bound.apart.get(at) or apart_of(entries, at, listed, at in repeated),
                frozenset(signs),
                bound.tags.get(at),
            )
        )
        thanked = thanked or "thanks" in signs
        signed = signed or ("byline" in signs and at > len(entries) // 2)
        if entry.begins_section:
            listed = True
        elif "asks" in signs or label is not None or "11-18" not in signs and "ends" in signs:
            listed = False
    return tuple(found)


def _look(entry: WrittenLine) -> Look:
    mark = _MARK.match(entry.text)
    number = "1" if mark is None and _NUMBER.match(entry.text) else ""
    return (
        number if mark is None else mark[1],
        entry.is_bold,
        entry.text.isupper(),
        entry.heading > 1,
    )


def _own(entry: WrittenLine) -> set[str]:
    """What holds of a line whatever stands around it."""
    text = entry.text
    bare = LIST_MARK.sub("", text, count=1)
    count = len(text.split())
    signs = {f"words:{next((name for most, name in _LENGTHS if count <= most), '71-')}"}
    signs.add("ends" if entry.ends_sentence else "open")
    if ends_asking(text):
        signs.add("asks")
    elif "?" in text:
        signs.add("asks-within")
    elif _QUESTION_WORD.search(text[-60:]):
        signs.add("question-word")
    signs |= {name for name, pattern in _PATTERNS if pattern.search(bare)}
    if opens_as_question(bare):
        signs.add("vocative")
    if _LINK.match(bare):
        signs.add("links-on")
    if is_thanks(bare):
        signs.add("thanks")
    if is_closing(text):
        signs.add("closing")
    look = _look(entry)
    if look[0]:
        signs.add(f"mark:{look[0]}")
    if look[1]:
        signs.add("bold")
    if look[2]:
        signs.add("capitals")
    if entry.heading:
        signs.add(f"heading:{min(entry.heading, 2)}")
    if entry.after_gap:
        signs.add("after-gap")
    if bare[:1] in "“\"'‘«":
        signs.add("quote-first")
    if bare[:1].islower():
        signs.add("small-first")
    if (sentences := len(_SENTENCE.findall(text))) != 1:
        signs.add("sentences:0" if sentences == 0 else "sentences:2-3" if sentences < 4 else "sentences:4-")
    if entry.furniture is not None:
        signs.add("furniture")
        if entry.begins_section:
            signs.add("section")
    if is_portrait_caption(text):
        signs.add("portrait")
    if is_headline(text):
        signs.add("headline")
    if entry.is_byline:
        signs.add("byline")
    if is_signature(text):
        signs.add("signature")
    if names_staff(text):
        signs.add("staff")
    if _EARLY_COLON.match(text):
        signs.add("colon")
    if entry.verbatim:
        signs.add("verbatim")
    return signs


_PATTERNS = (
    ("addressed", _ADDRESSED),
    ("of-self", _OF_SELF),
    ("turns-to", _TURNS_TO),
    ("request", _REQUEST),
    ("picture", _PICTURE),
)


def _of_label(
    entries: Sequence[WrittenLine], at: int, label: Label, recurring: Recurring
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
        ("then-quote", rest[:1] in "“\"«" and rest[-1:] in "”\"»"),
        ("then-short", len(rest.split()) <= 3),
        ("then-amount", len(rest) <= 80 and rest != "" and AMOUNT.fullmatch(rest)),
        ("no-colon", ":" not in entries[at].text[: label.rest]),
    ):
        if holds:
            signs.add(f"label:{name}")
    return signs


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
    "asks", "asks-within", "turns-to", "of-self", "addressed", "ends", "open", "thanks",
    "furniture", "portrait", "picture", "label", "label:reporter", "label:official",
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
            sign for sign in ("turns-to", "vocative", "above:asks", "below:asks", "look:questions", "look:others", "below:of-self", "below:label", "bold", "after-thanks") if sign in signs
        )):
            yield f"asks & {other}"
    elif "label" not in signs:
        for other in ("turns-to", "above:asks", "below:asks", "request", "look:questions", "look:answers"):
            if other in signs:
                yield f"states & {other}"
    if "label" in signs:
        yield f"label & {text}"
    if "open" in signs:
        yield f"open & {length}"
        if "above:ends" in signs and "below:ends" in signs:
            yield "open & between sentences"
