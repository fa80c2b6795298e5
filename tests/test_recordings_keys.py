"""What names a file's digest, and what names what is heard in it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from broadcast.cache import file_digest
from broadcast.recordings import listen as listening
from broadcast.recordings.listen import digest, digest_key, heard_key, listen, remembered
from keys_by_hand import Asked, assert_counts


@dataclass(frozen=True)
class Touched:
    name: str
    inode: int
    size_bytes: int
    changed_ns: int

    def key(self) -> str:
        return digest_key(self.name, self.inode, self.size_bytes, self.changed_ns)


def test_a_digest_is_that_of_a_file_of_one_size_and_time() -> None:
    touched = Touched("02.wav", 5, 1_000, 10**18), Touched("04.wav", 6, 1_001, 10**18 + 1)
    counts = {"name": True, "inode": True, "size_bytes": True, "changed_ns": True}
    assert_counts(Touched.key, *touched, counts)


def test_a_file_remembered_by_the_size_and_time_it_has_wherever_it_is_named_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    cache = Asked("its digest")
    file = tmp_path / "02.wav"
    other = tmp_path / "04.wav"
    for one in (file, other):
        one.write_bytes(b"sound")
        os.utime(one, ns=(10**18, 10**18))
    assert digest(file, cache) == digest(Path("02.wav"), cache) == "its digest"
    os.utime(file, ns=(10**18, 10**18 + 1_000))
    digest(file, cache)
    os.utime(file, ns=(10**18, 10**18))
    digest(file, cache)
    digest(other, cache)
    file.write_bytes(b"longer")
    os.utime(file, ns=(10**18, 10**18))
    digest(file, cache)
    first, relative, later, again, another, longer = cache.keys
    assert first == relative == again
    assert len({first, later, another, longer}) == 4


def test_what_is_heard_is_named_by_the_bytes_alone(tmp_path: Path) -> None:
    (tmp_path / "02.wav").write_bytes(b"sound")
    (tmp_path / "Lời bà Yến.mp3").write_bytes(b"sound")
    known = file_digest(tmp_path / "02.wav")
    for file in tmp_path.iterdir():
        cache = Asked(known)
        listen(file, cache)
        listen(file, cache, known)
        remembered(known, cache)
        assert cache.keys[1:] == [heard_key(known)] * 3
    assert heard_key("another") != heard_key(known)


def test_a_new_version_of_listening_listens_again(monkeypatch: pytest.MonkeyPatch) -> None:
    before = heard_key("digest")
    monkeypatch.setattr(listening, "VERSION", listening.VERSION + 1)
    assert heard_key("digest") != before
