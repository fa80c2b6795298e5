"""Words with capitals after a post, parted into what a place or body is called and who is named."""

from __future__ import annotations

from broadcast.script import vocabulary
from broadcast.script.names import Words
from broadcast.text import folded

MOST_OF_NAME = 5
OFFICES = (
    vocabulary.BODIES
    | vocabulary.OFFICES
    | vocabulary.UNITS
    | vocabulary.NAMED_BODIES
    | vocabulary.OUTLETS
)
PLACES = vocabulary.PLACES | vocabulary.CALLED_LIKE_PEOPLE
_SECOND_NAMES = {"văn", "thị", "hữu", "đình", "a", "mí", "seo"}
"""What stands after a surname, in the north's hills too, and in hardly any place's name."""
_ENDS_OF_PLACES = {"bắc", "nam", "đông", "tây", "thượng", "hạ", "trung"}


def name_after_place(before: Words, run: Words) -> Words | None:
    """The personal name that ends ``run``, whose first words may belong to what is before it.

    A unit's or a company's own name takes two words where both could be: "xã Hồng Sơn Nguyễn An".
    """
    # "Tỉnh ủy Hà Lâm", "Đảng ủy xã": a committee is called by its unit.
    unit = before.keys[-1:] == (folded("ủy"),) or before.ending(vocabulary.UNITS) > 0
    called = before.ending(vocabulary.NAMED_BODIES) > 0
    while office := run.opening(OFFICES):
        if any(run[:length].is_one_of(PLACES) for length in range(office, len(run) + 1)):
            break
        unit, called = True, run[:office].is_one_of(vocabulary.NAMED_BODIES)
        run = run[office:]
    for length in range(min(MOST_OF_NAME, len(run)), 0, -1):
        if run[:length].is_one_of(PLACES) and (length == len(run) or is_whole(run[length:])):
            return run[length:] or None
    starts = [at for at in range(len(run) - 1) if is_whole(run[at:])]
    sure = sure_starts(run)
    if 0 in starts and not called:
        whole = 0 in sure or _has_two_surnames(run)
        long = len(run) > 2 and 2 not in starts and run.keys[-1] not in _ENDS_OF_PLACES
        if whole or long or not (unit or sure):
            return run
    later = [at for at in sure or starts if at]
    return run[2 if 2 in later else later[0] :] if later else None


def sure_starts(run: Words) -> list[int]:
    """Where a surname stands with what follows surnames alone: "Nguyễn Văn Lành", "Giàng A Páo"."""
    return [
        at for at in range(len(run) - 2) if run.keys[at + 1] in _SECOND_NAMES and is_whole(run[at:])
    ]


def _has_two_surnames(run: Words) -> bool:
    """Whether ``run`` has two surnames of which neither begins places: "Trần Lê Mai Anh"."""
    both = (run[:1], run[1:2])
    return len(run) == 4 and all(one.is_one_of(vocabulary.COMMON_SURNAMES) for one in both)


def is_whole(words: Words) -> bool:
    """Whether ``words`` are a surname and given names, and no place."""
    return (
        2 <= len(words) <= MOST_OF_NAME
        and words.keys[:1] in vocabulary.SURNAMES_AFTER_POSTS
        and not words.is_one_of(vocabulary.PLACES)
    )
