"""The runs of text of a page, judged: which are the article's, which is its title."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from broadcast.model import Line
from broadcast.script.credits import is_byline, is_signature
from broadcast.script.furniture import furniture_in
from broadcast.script.label_forms import label_key
from broadcast.script.labels import SPEECH_DASH, label_of
from broadcast.script.names import has_words
from broadcast.script.opening import SITE
from broadcast.script.page_blocks import Block, Page
from broadcast.text import folded

# An article this short is a card in a list, not the interview.
_SHORTEST_ARTICLE_WORDS = 60
_MOST_CARD_WORDS = 60
_SHORTEST_TITLE = 8
_OUTSIDE = "outside the article of the page"
_LINK = "a link to another page"


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

    They stand around the headline, or hold nearly all words of the page.
    """
    trusted = {name for _, _, name in title.names} if title is not None else set()
    while True:
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


def _drop_links(page: Page, kept: Sequence[Block], title: Block | None) -> None:
    """Drop lines that are nothing but a link, with what stands beside one in a box of its own."""
    words: dict[int, int] = defaultdict(int)
    for block in kept:
        for holder in _around(page, block.holder):
            words[holder] += len(block.text.split())
    boxes: set[int] = set()
    signed = any(is_byline(block.text) and not block.is_link for block in kept)
    for block in kept:
        # A name that is a link is the byline, if there is no other.
        if block is title or not block.is_link or (not signed and is_signature(block.text)):
            continue
        if block.prefix.startswith("#") and len(block.text.split()) < 4:
            continue
        block.why = _LINK
        if len(block.text.split()) >= 4:
            box = next(
                (at for at in _around(page, block.holder) if words[at] > len(block.text.split())), 0
            )
            if box and words[box] <= _MOST_CARD_WORDS:
                boxes.add(box)
    if not boxes or sum(len(block.text.split()) for block in kept) <= 2 * _MOST_CARD_WORDS:
        return
    for block in kept:
        if (
            block.why is None
            and block is not title
            and not boxes.isdisjoint(_around(page, block.holder))
            and not _is_spoken(block, frozenset())
        ):
            block.why = _LINK


def _drop_outside(page: Page, kept: Sequence[Block], title: Block | None) -> None:
    """Drop what stands before the headline and outside the element that holds the article."""
    counted = [block for block in kept if block is title or furniture_in(block.text) is None]
    body = _body_of(page, counted, title)
    if not body:
        return
    inside = [body in _around(page, block.holder) for block in kept]
    begin, end = inside.index(True), len(inside) - inside[::-1].index(True)
    headline = next((at for at in range(begin) if kept[at] is title), begin if title else -1)
    signed = any(is_byline(block.text) for block in kept[begin:end])
    for at, block in enumerate(kept):
        if inside[at] or block is title:
            continue
        if headline < at < begin:
            continue
        if at >= end and not signed and not block.prefix.startswith("#"):
            signed = is_byline(block.text) or is_signature(block.text)
            if signed:
                continue
        block.why = _OUTSIDE


def _body_of(page: Page, counted: Sequence[Block], title: Block | None) -> int:
    """The innermost element that holds the article, 0 if that is the page itself.

    It holds nearly all the words but those of the headline and the lead above it, and nothing
    outside it is a turn of the interview.
    """
    body, blocks = 0, list(counted)
    while True:
        words: dict[int, int] = defaultdict(int)
        for block in blocks:
            for holder in _around(page, block.holder):
                if page.above[holder] == body:
                    words[holder] += len(block.text.split())
        if not words:
            return body
        most = max(words, key=lambda one: words[one])
        first = next(at for at, block in enumerate(blocks) if most in _around(page, block.holder))
        headline = next((at for at in range(first) if blocks[at] is title), first)
        total = sum(len(block.text.split()) for block in (*blocks[:headline], *blocks[first:]))
        share = 0.5 if most in page.articles else 0.75
        if words[most] < max(_SHORTEST_ARTICLE_WORDS, share * total):
            return body
        inside = [block for block in blocks if most in _around(page, block.holder)]
        names = frozenset(name for block in inside if (name := _label(block)) is not None)
        last = max(at for at, block in enumerate(blocks) if block is inside[-1])
        if any(_is_spoken(block, names) for block in blocks[last + 1 :]):
            return body
        body, blocks = most, inside


def _around(page: Page, holder: int) -> Iterator[int]:
    """The elements around a run of text, from the inside."""
    while holder:
        yield holder
        holder = page.above[holder]


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
