"""Published episodes → the years they came in, parted where one page could not hold them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from broadcast.feed.addresses import year_path
from broadcast.feed.published import PublishedFacts

ON_INDEX = 30
"""How many episodes the show's page holds; with more, there is a page for each year."""
ON_PAGE = 400
"""How many a year's page holds: one for every day, and some more."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A year's page or a part of it: its ``path`` below feed/, its episodes, the newest first.

    ``part`` counts from the oldest; 0 is the page that the newest are on, and has the year's name.
    """

    year: int
    part: int
    episodes: Sequence[PublishedFacts]

    @property
    def months(self) -> tuple[int, int]:
        """The months of its first episode and of its last."""
        return self.episodes[-1].published.month, self.episodes[0].published.month

    @property
    def path(self) -> str:
        """Its place below feed/."""
        return year_path(self.year, self.part)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The episodes published just before one and just after it (None: it is the first, or last)."""

    earlier: PublishedFacts | None = None
    later: PublishedFacts | None = None

    @property
    def made_from(self) -> list[list[str] | None]:
        """What a page tells of them."""
        return [
            [one.name, one.title, one.language] if one else None
            for one in (self.earlier, self.later)
        ]


NOBODY = Neighbours()


def neighbours(newest_first: Sequence[PublishedFacts]) -> Iterator[Neighbours]:
    """Give the neighbours of each episode, in the same order."""
    chain = [None, *newest_first, None]
    for later, earlier in zip(chain, chain[2:], strict=False):
        yield Neighbours(earlier, later)


def shelves(newest_first: Sequence[PublishedFacts]) -> list[Shelf]:
    """Give the pages of all years, the newest first; none where the show's page holds everything.

    A part that is full stays as it is: new episodes come to the newest one.
    """
    if len(newest_first) <= ON_INDEX:
        return []
    found = []
    for year, episodes in groupby(newest_first, lambda one: one.published.year):
        every = list(episodes)
        ends = range(len(every) % ON_PAGE or ON_PAGE, len(every) + 1, ON_PAGE)
        count = len(ends)
        for n, end in enumerate(ends):
            begin = ends[n - 1] if n else 0
            found.append(Shelf(year, count - n if n else 0, every[begin:end]))
    return found
