"""The runs of text of a page, judged: which are the article's, which is its title."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from broadcast.model import Line
from broadcast.script import reasons
from broadcast.script.credits import is_byline, is_signature
from broadcast.script.furniture import furniture_in
from broadcast.script.label_forms import label_key
from broadcast.script.labels import SPEECH_DASH, label_of
from broadcast.script.names import has_words
from broadcast.script.page_blocks import Block, Page
from broadcast.script.particulars import SITE
from broadcast.text import folded

# An article this short is a card in a list, not the interview.
_SHORTEST_ARTICLE_WORDS = 60
_MOST_CARD_WORDS = 60
_MOST_TRUSTED = 40
_SHORTEST_TITLE = 8
_SHORTEST_LINK = 4
_MOST_INVITING = 6


def judge(page: Page) -> None:
    """Set apart what stands outside the article, and mark its title as the one heading "# ".

    What tags and attributes say is certain; names of elements are trusted less, and the place of
    a line on the page least.
    """
    seen = [block for block in page.blocks if block.why is None and has_words(block.text)]
    title = _title_of(seen, page.titles)
    trusted = _misnamed(seen, title)
    for block in seen:
        block.why = next((why for _, why, name in block.names if name not in trusted), None)
    _drop_links(page, [block for block in seen if block.why is None], title)
    _drop_outside(page, [block for block in seen if block.why is None], title)
    for block in seen:
        if block.prefix == "# ":
            block.prefix = "## "
    if title is not None:
        title.prefix = "# "


def _title_of(seen: Sequence[Block], titles: Sequence[str]) -> Block | None:
    """The title of the article: what the page calls itself, else its first heading.

    The name of the site often stands in the title of the window too, and is a link.
    """
    keys = [folded(title) for title in titles]

    def rank(block: Block) -> tuple[bool, bool, bool, int, bool]:
        key = folded(block.text)
        is_site = SITE.match(key) is not None
        return key in keys, not is_site, not block.is_link, len(key), bool(block.prefix)

    named = [
        block
        for block in seen
        if (block.prefix.startswith("#") or not block.is_link)
        and len(key := folded(block.text)) >= _SHORTEST_TITLE
        and any(title.startswith(key) or title.endswith(key) for title in keys)
    ]
    return max(named, key=rank, default=None) or next(
        (block for block in seen if block.prefix == "# "), None
    )


def _misnamed(seen: Sequence[Block], title: Block | None) -> set[str]:
    """The names of elements that hold the article whatever they say: "widget", a form.

    They stand around the headline, hold all turns of the interview that are plain at once, or hold
    nearly all words of the page.
    """
    if not any(block.names for block in seen):
        return set()
    trusted = {name for _, _, name in title.names} if title is not None else set()
    spoken = [block for block in seen if _is_spoken(block, frozenset())]
    if all(any(name not in trusted for _, _, name in block.names) for block in spoken):
        counts = Counter(
            name
            for block in spoken
            for name in {name for _, why, name in block.names if why is not reasons.PAGE_COMMENTS}
        )
        trusted |= {name for name, count in counts.items() if count > 1}
    for _ in range(_MOST_TRUSTED):
        held: dict[tuple[int, str], int] = defaultdict(int)
        free = 0
        for block in seen:
            outer = next((at for at in block.names if at[2] not in trusted), None)
            if outer is None:
                free += len(block.text.split())
            else:
                held[outer[0], outer[2]] += len(block.text.split())
        if sum(held.values()) <= 3 * free or not held:
            return trusted
        trusted.add(max(held, key=lambda one: held[one])[1])
    return {name for block in seen for _, _, name in block.names}


def _drop_links(page: Page, kept: Sequence[Block], title: Block | None) -> None:
    """Drop lines that are nothing but a link, with what stands beside one in a box of its own."""
    if all(block.unlinked.strip() == block.text for block in kept):
        return
    words = _words_held(page, kept)
    boxes: set[int] = set()
    signed = any(is_byline(block.text) and not block.is_link for block in kept)
    for block in kept:
        # A name that is a link is the byline, if there is no other.
        if block is title or not _is_link(block) or (not signed and is_signature(block.text)):
            continue
        count = len(block.text.split())
        if block.prefix.startswith("#") and count < _SHORTEST_LINK:
            continue
        block.why = reasons.OTHER_PAGE
        if count >= _SHORTEST_LINK:
            box = block.holder
            while box and words[box] == count:
                box = page.above[box]
            if box and words[box] <= _MOST_CARD_WORDS:
                boxes.add(box)
    if words[0] <= 2 * _MOST_CARD_WORDS:
        return
    boxed = [False] * len(page.above)
    for at in range(1, len(boxed)):
        boxed[at] = at in boxes or boxed[page.above[at]]
    for block in kept:
        if (
            block.why is None
            and block is not title
            and boxed[block.holder]
            and not _is_spoken(block, frozenset())
        ):
            block.why = reasons.OTHER_PAGE


def _is_link(block: Block) -> bool:
    """Whether a line is a link, alone or with a word on why one should follow it."""
    if block.is_link:
        return True
    beside = block.unlinked.strip(" -–•»>→|")
    return not beside or (
        beside.endswith(":")
        and block.text.startswith(beside)
        and len(beside.split()) <= _MOST_INVITING
        and len(block.text.split()) > len(beside.split())
        and _label(block) is None
    )


def _drop_outside(page: Page, kept: Sequence[Block], title: Block | None) -> None:
    """Drop what stands before the headline and outside the element that holds the article."""
    words = _words_held(page, kept)
    if not any(_SHORTEST_ARTICLE_WORDS <= count < words[0] for count in words):
        return
    counted = [block for block in kept if block is title or furniture_in(block.text) is None]
    body = _body_of(page, counted, title)
    if not body:
        return
    inside = [block.holder in body for block in kept]
    begin, end = inside.index(True), len(inside) - inside[::-1].index(True)
    headline = next((at for at in range(begin) if kept[at] is title), begin if title else -1)
    signed = any(is_byline(block.text) for block in kept[begin:end])
    for at, block in enumerate(kept):
        if inside[at] or block is title or headline < at < begin:
            continue
        if at >= end and not signed and not block.prefix.startswith("#"):
            signed = is_byline(block.text) or is_signature(block.text)
            if signed:
                continue
        block.why = reasons.OUTSIDE_ARTICLE


def _body_of(page: Page, counted: Sequence[Block], title: Block | None) -> range:
    """The innermost element that holds the article, with those in it; empty if that is the page.

    It holds nearly all the words but those of the headline and the lead above it, and nothing
    outside it is a turn of the interview.
    """
    words = _words_held(page, counted)
    last = list(range(len(words)))
    fullest = [0] * len(words)
    for at in range(len(words) - 1, 0, -1):
        above = page.above[at]
        last[above] = max(last[above], last[at])
        if not fullest[above] or words[at] >= words[fullest[above]]:
            fullest[above] = at
    labels = [_label(block) for block in counted]
    body, blocks = 0, list(range(len(counted)))
    while (most := fullest[body]) and words[most] >= _SHORTEST_ARTICLE_WORDS:
        if words[most] < words[body]:
            held = range(most, last[most] + 1)
            inside = [at for at in blocks if counted[at].holder in held]
            headline = next((at for at in blocks if counted[at] is title), inside[0])
            lead = sum(len(counted[at].text.split()) for at in range(headline, inside[0]))
            share = 0.5 if most in page.articles else 0.75
            names = frozenset(label for at in inside if (label := labels[at]) is not None)
            if words[most] < share * (words[body] - lead) or any(
                _is_spoken(counted[at], names) for at in blocks if at > inside[-1]
            ):
                break
            blocks = inside
        body = most
    return range(body, last[body] + 1) if body else range(0)


def _words_held(page: Page, blocks: Sequence[Block]) -> list[int]:
    """How many words each element of the page holds; an element's number is above its holder's."""
    words = [0] * len(page.above)
    for block in blocks:
        words[block.holder] += len(block.text.split())
    for at in range(len(words) - 1, 0, -1):
        words[page.above[at]] += words[at]
    return words


def _label(block: Block) -> str | None:
    label = label_of(Line(block.number, block.text, block.bold))
    return None if label is None else label_key(label.text)


def _is_spoken(block: Block, names: frozenset[str]) -> bool:
    """Whether a line is plainly of an interview: it begins with one of its speakers, or asks."""
    label = label_of(Line(block.number, block.text, block.bold))
    if label is not None and (label.form.family or label_key(label.text) in names):
        return True
    return SPEECH_DASH.match(block.text) is not None or (
        bool(block.bold) and block.text.rstrip().endswith("?")
    )
