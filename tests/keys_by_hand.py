"""Everything a key could be made from, changed place by place: what counts in it, and what not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from broadcast.cache import Cache
from broadcast.messages import Message

T = TypeVar("T")


def assert_counts(key: Callable[[T], object], one: T, other: T, counts: Mapping[str, bool]) -> None:
    """Change each place in ``one``, and nothing else, for what ``other`` has there.

    ``counts`` says of every place, or of the nearest that it lies in, whether another value there
    makes another key: a field that was added fails until somebody has decided that.
    """
    of_one = key(one)
    assert key(deepcopy(one)) == of_one
    found: dict[str, set[bool]] = {}
    for place, changed in each_change(one, other):
        found.setdefault(place, set()).add(key(changed) != of_one)
    assert found == {place: {_decided(counts, place)} for place in found}
    assert not [known for known in counts if not any(_lies_in(place, known) for place in found)]


def within(place: str, counts: Mapping[str, bool]) -> dict[str, bool]:
    """Give what counts in a value that lies in another one at ``place``."""
    return {f"{place}.{inner}": whether for inner, whether in counts.items()}


def each_change(
    one: Any, other: Any, place: str = "", *, may_be_alike: bool = False
) -> Iterator[tuple[str, Any]]:
    """Give ``one`` again and again, with one thing changed each time, and where that is.

    Down to the fields of the values in a tuple, and of the first in a mapping; of those, also other
    ones, fewer, and in another order. The two must be unlike in every place, or it is not tried.
    """
    if is_dataclass(one) and type(one) is type(other) and not isinstance(one, Message):
        for field in fields(one):
            mine, theirs = getattr(one, field.name), getattr(other, field.name)
            inside = f"{place}.{field.name}".lstrip(".")
            for inner, changed in each_change(mine, theirs, inside, may_be_alike=may_be_alike):
                yield inner, replace(one, **{field.name: changed})
        return
    if may_be_alike and one == other:
        return
    assert one != other, f"{place} is alike in both examples: give it another value in one of them"
    yield place, other
    if isinstance(one, Mapping) and one and other:
        (name, value), *others = one.items()
        other_name, other_value = next(iter(other.items()))
        yield place, dict(others)
        yield place, {other_name: value, **dict(others)}
        for inner, changed in each_change(value, other_value, place):
            yield inner, {name: changed, **dict(others)}
    elif isinstance(one, tuple) and one:
        yield place, one[1:]
        if one[::-1] != one:
            yield place, one[::-1]
        for at, value in enumerate(one if other and is_dataclass(one[0]) else ()):
            for inner, changed in each_change(value, other[0], place, may_be_alike=at > 0):
                yield inner, (*one[:at], changed, *one[at + 1 :])


def _decided(counts: Mapping[str, bool], place: str) -> bool | None:
    while place and place not in counts:
        place = place.rpartition(".")[0]
    return counts.get(place)


def _lies_in(place: str, outer: str) -> bool:
    return place == outer or place.startswith(f"{outer}.")


class Asked(Cache):
    """A cache that has everything, so that nothing is made, and notes the keys it is asked for."""

    def __init__(self, known: Any = None) -> None:
        super().__init__(Path("nowhere"), 0)
        self.known = known
        self.keys: list[str] = []

    def find(self, key: str) -> Path | None:
        self.keys.append(key)
        return Path(key)

    def value(self, key: str, kind: type[T]) -> T | None:
        self.keys.append(key)
        return self.known

    def remember(self, key: str, kind: type[T], found: Callable[[], T]) -> T:
        self.keys.append(key)
        return self.known

    def make_with(self, key: str, kind: type[T], write: Callable[[Path], T]) -> tuple[Path, Any]:
        self.keys.append(key)
        return self.known

    def kept_with(self, key: str, kind: type[T]) -> tuple[Path, Any] | None:
        self.keys.append(key)
        return self.known
