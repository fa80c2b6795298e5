"""The content-addressed store."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import broadcast.cache as cache_module
from broadcast.cache import Cache, file_digest, key_of


def test_every_part_of_a_key_counts() -> None:
    parts = [("speech", "xin chào", {"voice": "vi", "rate": 165})]
    parts += [("speech", "xin chao", {"voice": "vi", "rate": 165})]
    parts += [("speech", "xin chào", {"voice": "vi", "rate": 166})]
    parts += [("speech", "xin chào", {"voice": "vi", "rate": None})]
    assert len({key_of(*part) for part in parts}) == len(parts)
    assert key_of({"a": 1, "b": 2}) == key_of({"b": 2, "a": 1})
    assert key_of("ab", "c") != key_of("a", "bc")


def test_what_is_put_is_found(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 1000)
    assert cache.get(key_of("x")) is None
    cache.put(key_of("x"), b"sound")
    assert cache.get(key_of("x")) == b"sound"


@dataclass(frozen=True)
class Told:
    file: Path
    words: tuple[str, ...]
    at: int | None = None


def test_a_value_is_found_once_and_has_its_types_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 1000)
    told = Told(Path("scripts/bến cá.txt"), ("Xin chào", "bà con"))
    assert cache.remember(key_of("x"), Told, lambda: told) == told
    assert cache.remember(key_of("x"), Told, lambda: pytest.fail("known")) == told
    assert cache.value(key_of("y"), Told) is None


@pytest.mark.parametrize("damage", [b"", b'{"file":', b"\0" * 30, b'{"words":3}', b"[]"])
def test_a_damaged_value_is_found_again(tmp_path: Path, damage: bytes) -> None:
    cache = Cache(tmp_path, 1000)
    told = Told(Path("a"), ("b",), 3)
    cache.put(key_of("x"), damage)
    assert cache.remember(key_of("x"), Told, lambda: told) == told
    assert cache.value(key_of("x"), Told) == told


def test_what_no_file_can_hold_is_not_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 1000)
    assert cache.remember(key_of("x"), tuple[str, ...], lambda: ("\ud800",)) == ("\ud800",)
    assert cache.get(key_of("x")) is None


def test_what_fails_while_being_made_is_not_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 1000)

    def half(path: Path) -> None:
        path.write_bytes(b"ha")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        cache.make(key_of("x"), half)
    assert cache.get(key_of("x")) is None
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("limit_bytes", "kept"),
    [(400, "used new middle old"), (250, "used new"), (150, "used"), (50, "used")],
)
def test_the_least_recently_used_goes_first_and_nothing_in_use(
    tmp_path: Path, limit_bytes: int, kept: str
) -> None:
    cache = Cache(tmp_path, limit_bytes)
    for age, name in enumerate(["used", "new", "middle", "old"]):
        os.utime(cache.put(key_of(name), bytes(100)), (1000 - age, 1000 - age))
    cache.trim(used_since=1000)
    left = [name for name in ["used", "new", "middle", "old"] if cache.find(key_of(name))]
    assert left == kept.split()


def test_leftovers_of_killed_writers_go(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 1000)
    leftover = cache.put(key_of("x"), b"x").with_suffix(".1234.part")
    leftover.write_bytes(b"half")
    os.utime(leftover, (1000, 1000))
    cache.trim(used_since=2000)
    assert not leftover.exists()


def test_a_files_digest_is_of_its_bytes_alone(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"same")
    (tmp_path / "b").write_bytes(b"same")
    assert file_digest(tmp_path / "a") == file_digest(tmp_path / "b") != file_digest(Path(__file__))


def test_many_writers_of_one_cache_leave_every_value_whole(tmp_path: Path) -> None:
    """Four processes put the same values, read them, and trim what they made themselves."""
    script = """
import sys
from pathlib import Path
from broadcast.cache import Cache, key_of

root, own = Path(sys.argv[1]), sys.argv[2]
cache = Cache(root / "shared", 200_000, made=root / own)
for round in range(60):
    for n in range(12):
        whole = bytes([n]) * 20_000
        found = cache.get(key_of(n))
        assert found is None or found == whole, (n, len(found))
        cache.put(key_of(n), whole)
    cache.trim(used_since=2e9 if round % 2 else 0)
"""
    writers = [
        subprocess.Popen([sys.executable, "-c", script, str(tmp_path), f"made-{n}"])
        for n in range(4)
    ]
    assert [writer.wait(120) for writer in writers] == [0] * 4
    assert not [*(tmp_path / "shared").rglob("*.part")]


def test_what_another_station_used_since_is_kept_whatever_a_listing_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NFS may tell a time of a minute ago until the file is opened."""
    cache = Cache(tmp_path / "shared", 0, made=tmp_path / "made")
    kept, gone = cache.put(key_of("kept"), b"x"), cache.put(key_of("gone"), b"x")
    long_ago_s = 1_000_000_000
    os.utime(gone, (long_ago_s, long_ago_s))
    real = os.stat

    def old(path: str, *more: object, **further: object) -> os.stat_result:
        facts = list(real(path, *more, **further))  # type: ignore[arg-type]
        facts[8] = long_ago_s
        return os.stat_result(facts)

    monkeypatch.setattr(cache_module.os, "stat", old)
    cache.trim(used_since=long_ago_s + 1)
    monkeypatch.undo()
    assert (kept.exists(), gone.exists()) == (True, False)
