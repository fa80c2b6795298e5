"""Words and a box → the lines in which they stand there largest, broken where people would."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise

Extent = tuple[float, float, float]
"""How wide a line is, and how far it reaches above and below its base line, in ems."""
ExtentOf = Callable[[str], Extent]

CAPITAL = 0.74
"""How high a capital letter of the font is, in ems: a first line's marks stand above its place."""
_ABOVE = 0.2  # how far they may
_PITCH, _GAP = 1.12, 0.1
_MOST_LINES = 9
_LONGEST = 400  # letters: more are never shown
_RAGGED = 0.35  # what lines of unequal length cost of the size
_WHOLE_WORDS = 0.4  # of the largest size: words that need a smaller one are parted
_UNEVENNESS = 4  # the power of a line's width: the higher, the more the widest line counts
_SPLIT_NAME, _AFTER_LEANING, _AFTER_PUNCTUATION = 0.25, 0.06, -0.04  # of the size, for a break
_CUT = "…"
# Words that lead over to what follows.
_LEANING = frozenset(
    {
        *("và", "của", "về", "ở", "cho", "với", "là", "từ", "trong", "trên", "các", "những"),
        *("a", "an", "the", "and", "or", "of", "in", "on", "at", "to", "for", "from", "with"),
    }
)


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of one size; in pixels, with the first base line ``above`` from their top."""

    texts: tuple[str, ...]
    size: int
    pitch: int
    above: int

    @property
    def height(self) -> int:
        """From the top of their capitals to the last base line."""
        return self.above + self.pitch * (len(self.texts) - 1)


def fitted(text: str, width: int, height: int, sizes: range, extent_of: ExtentOf) -> Lines:
    """Give the lines of a text that stand in a box best; sizes and the box are in pixels.

    A word that makes the others small is parted. What does not fit at the smallest size is cut at
    a word.
    """
    smallest, largest = sizes.start, sizes.stop
    widest = width / max(smallest, largest * _WHOLE_WORDS)
    written = text[:_LONGEST].split()
    words = [part for word in written for part in _parted(word, widest, extent_of)]
    room = min(_MOST_LINES, height / smallest) * width / smallest
    so_far = accumulate(extent_of(word)[0] for word in words)
    # More than the smallest letters could fill is not tried.
    most = max(1, sum(ems <= room for ems in so_far))

    def lines_of(kept: int) -> Lines:
        whole = kept == len(words) and len(text) <= _LONGEST
        cut = words if whole else [*words[: kept - 1], _cut(words[kept - 1])]
        return max(_layouts(cut, width, height, largest, extent_of), key=lambda one: one[0])[1]

    if (lines := lines_of(most)).size >= smallest:
        return lines
    fits = bisect(range(1, most), 0, key=lambda kept: lines_of(kept).size < smallest)
    return lines_of(max(1, fits))


def _layouts(
    words: Sequence[str], width: int, height: int, largest: int, extent_of: ExtentOf
) -> Iterator[tuple[float, Lines]]:
    """Give for each number of lines how good the best of them are, and these."""
    for count in range(1, min(len(words), _MOST_LINES) + 1):
        texts = _balanced(words, count, extent_of)
        extents = [extent_of(line) for line in texts]
        pitch = max([_PITCH, *(one[2] + two[1] + _GAP for one, two in pairwise(extents))])
        above = max(CAPITAL, extents[0][1] - _ABOVE)
        tall = above + pitch * (count - 1)
        widest = max(one[0] for one in extents)
        exact = min(largest, width / widest, height / tall)
        size = int(exact)
        faults = sum(_fault(one.split()[-1], two.split()[0]) for one, two in pairwise(texts))
        ragged = 1 - sum(one[0] for one in extents) / count / widest
        yield (
            exact * (1 - faults - _RAGGED * ragged),
            Lines(tuple(texts), size, int(size * pitch), int(size * above)),
        )


def _balanced(words: Sequence[str], count: int, extent_of: ExtentOf) -> list[str]:
    """Give the words in so many lines, as even as may be, broken where it hurts least."""
    widths = [extent_of(word)[0] for word in words]
    space = extent_of("x x")[0] - 2 * extent_of("x")[0]
    even = sum(widths) / count

    def wide(start: int, end: int) -> float:
        return (sum(widths[start:end]) + space * (end - start - 1)) / even

    @cache
    def best(start: int, left: int) -> tuple[float, tuple[int, ...]]:
        """The cost of the lines from a word on, and where they end."""
        if left == 1:
            return wide(start, len(words)) ** _UNEVENNESS, (len(words),)
        found = []
        for end in range(start + 1, len(words) - left + 2):
            cost, ends = best(end, left - 1)
            fault = _UNEVENNESS * _fault(words[end - 1], words[end])
            found.append((cost + wide(start, end) ** _UNEVENNESS + fault, (end, *ends)))
        return min(found)

    ends = best(0, count)[1]
    return [" ".join(words[start:end]) for start, end in pairwise((0, *ends))]


def _fault(before: str, after: str) -> float:
    """Say what a break costs: names are kept together, and punctuation invites it."""
    if before[-1] in ",;:.!?–—":
        return _AFTER_PUNCTUATION
    if before.casefold() in _LEANING:
        return _AFTER_LEANING
    return _SPLIT_NAME if before[0].isupper() and after[0].isupper() else 0.0


def _parted(word: str, widest: float, extent_of: ExtentOf) -> Iterator[str]:
    """Give a word in parts that are no wider than ``widest`` ems, as even as may be."""
    count = next(
        n for n in range(1, len(word) + 1) if n == len(word) or extent_of(word)[0] <= n * widest
    )
    ends = [round(len(word) * n / count) for n in range(count + 1)]
    for start, end in pairwise(ends):
        yield word[start:end] + ("-" if end < len(word) else "")


def _cut(word: str) -> str:
    return word.rstrip(",;:.!?–—-") + _CUT
