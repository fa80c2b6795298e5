"""A voice is downloaded: on from where it was cut off, held to its hash, put into its place."""

from __future__ import annotations

import hashlib
import io
import json
import random
import tarfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self

import pytest

from broadcast.errors import BroadcastError, OutsideError, UsageError
from broadcast.model import Utterance, Voice
from broadcast.production.voicing.get_voice import Gotten, get_voice, is_here, voice_to_get
from broadcast.speech import known_voices as table
from broadcast.speech.known_voices import KnownVoice, VoiceFile
from broadcast.speech.sherpa import Sherpa
from broadcast.speech.unpack import unpack
from models_by_hand import piper
from productions_by_hand import Notebook


@dataclass
class LoopbackHost:
    """A web server with files; ``cuts`` are after how many bytes the next answers end."""

    files: dict[str, bytes] = field(default_factory=dict)
    cuts: list[int] = field(default_factory=list)
    etag: str = '"1"'
    status: int = 0
    leads_to: str = ""
    ranges: list[str | None] = field(default_factory=list)

    def __enter__(self) -> Self:
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                host.answer(self)

            def log_message(self, *_: object) -> None:
                """Keep the test run's output clean."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        wanted = handler.headers["Range"]
        self.ranges.append(wanted)
        if self.leads_to or self.status:
            handler.send_response(302 if self.leads_to else self.status)
            handler.send_header("Location", self.leads_to)
            handler.send_header("Content-Length", "0")
            handler.end_headers()
            return
        whole = self.files[handler.path]
        begin = 0
        if wanted and handler.headers["If-Range"] == self.etag:
            begin = int(wanted.removeprefix("bytes=").rstrip("-"))
            handler.send_response(206)
            handler.send_header("Content-Range", f"bytes {begin}-{len(whole) - 1}/{len(whole)}")
        else:
            handler.send_response(200)
        if self.etag:
            handler.send_header("ETag", self.etag)
        handler.send_header("Content-Length", str(len(whole) - begin))
        handler.end_headers()
        end = begin + self.cuts.pop(0) if self.cuts else len(whole)
        handler.wfile.write(whole[begin:end])


def packed(folder: Path, name: str = "hum") -> bytes:
    (folder / "padding").write_bytes(random.Random(1).randbytes(200_000))
    with io.BytesIO() as file:
        with tarfile.open(fileobj=file, mode="w:bz2") as archive:
            archive.add(folder, name)
        return file.getvalue()


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BROADCAST_VOICES", str(tmp_path / "place"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return tmp_path / "place"


@pytest.fixture
def host(tmp_path: Path) -> Iterator[LoopbackHost]:
    with LoopbackHost({"/hum.tar.bz2": packed(piper(tmp_path / "made"))}) as server:
        yield server


def voice(host: LoopbackHost, sha256: str | None = None) -> KnownVoice:
    """The voice that the host has; without a hash, its true one is told somewhere."""
    whole = host.files["/hum.tar.bz2"]
    told = hashlib.sha256(whole).hexdigest() if sha256 is None else sha256
    file = VoiceFile(f"{host.url}/hum.tar.bz2", len(whole), told, told and "https://told.example/")
    return KnownVoice("hum", ("vi",), (file,), 16_000, "MIT", "CC0-1.0", ("https://x.example/",))


def get(one: KnownVoice, *given: Path) -> Gotten:
    return get_voice(one, Notebook(), given)


def left(place: Path) -> set[str]:
    return {file.name for file in place.iterdir() if not file.name.endswith(".lock")}


def test_a_voice_is_downloaded_and_speaks(host: LoopbackHost, place: Path) -> None:
    gotten = get(voice(host))
    assert gotten == Gotten(
        place / "hum", True, hashlib.sha256(host.files["/hum.tar.bz2"]).hexdigest()
    )
    assert left(place) == {"hum"}
    assert Sherpa().speak(Utterance("Xin chào.", Voice("sherpa", "hum", "vi")))


def test_a_cut_is_gone_on_from_within_a_call(host: LoopbackHost, place: Path) -> None:
    host.cuts = [70_000, 70_000]
    assert get(voice(host)).verified
    assert host.ranges == [None, "bytes=65536-", "bytes=131072-"]


def test_what_came_before_many_cuts_is_kept_for_the_next_call(
    host: LoopbackHost, place: Path
) -> None:
    host.cuts = [40_000] * 4
    with pytest.raises(OutsideError, match="cut off after"):
        get(voice(host))
    assert not is_here(voice(host))
    assert get(voice(host)).verified
    assert host.ranges[-1] == "bytes=131072-"


@pytest.mark.parametrize("etag", ['"2"', "", 'W/"1"'])
def test_what_may_have_become_another_file_is_begun_anew(host: LoopbackHost, etag: str) -> None:
    host.cuts = [40_000] * 4
    with pytest.raises(OutsideError):
        get(voice(host))
    host.etag = etag
    host.files["/hum.tar.bz2"] += b"\0"
    assert get(voice(host)).verified


def test_a_server_that_ends_at_once_each_time_is_not_asked_for_ever(host: LoopbackHost) -> None:
    host.cuts = [0] * 99
    with pytest.raises(OutsideError, match="cut off after"):
        get(voice(host))
    assert len(host.ranges) < 9


def test_a_file_that_is_not_the_one_that_it_should_be_is_not_installed(
    host: LoopbackHost, place: Path
) -> None:
    with pytest.raises(OutsideError, match="is not the file that it should be") as caught:
        get(voice(host, "ab" * 32))
    assert "changed it" in str(caught.value.hint)
    assert not is_here(voice(host))
    assert get(voice(host)).verified  # from the beginning: nothing of the other is left
    assert host.ranges == [None, None]


def test_without_a_public_hash_the_first_download_is_remembered(
    host: LoopbackHost, place: Path, tmp_path: Path
) -> None:
    one = voice(host, "")
    first = get(one)
    assert not first.verified
    assert json.loads((place / "first-downloads.json").read_text()) == {
        one.files[0].address: first.sha256
    }
    assert get(one) == first
    host.files["/hum.tar.bz2"] = packed(piper(tmp_path / "other", speakers=2))
    host.etag = '"2"'
    with pytest.raises(OutsideError, match="is not the file") as caught:
        get(one)
    assert "first-downloads.json" in str(caught.value.hint)
    assert (
        Sherpa().about("hum").version
        == json.loads((place / "hum/voice.json").read_text())["sha256"][:16]
    )


def test_more_than_was_told_is_not_taken(host: LoopbackHost) -> None:
    one = voice(host)
    host.files["/hum.tar.bz2"] = bytes(9_000_000)
    with pytest.raises(OutsideError, match="more than"):
        get(one)


@pytest.mark.parametrize("status", [403, 404, 500])
def test_a_refusal_is_told_with_its_status(host: LoopbackHost, status: int) -> None:
    host.status = status
    with pytest.raises(OutsideError, match=f"status {status}"):
        get(voice(host))


def test_nobody_is_followed_to_where_others_could_change_the_file(host: LoopbackHost) -> None:
    host.leads_to = "http://elsewhere.example/hum.tar.bz2"
    with pytest.raises(OutsideError, match=r"sends us on to elsewhere\.example"):
        get(voice(host))


def test_one_is_followed_to_another_address_on_this_machine(
    host: LoopbackHost, tmp_path: Path
) -> None:
    with LoopbackHost(leads_to=f"{host.url}/hum.tar.bz2") as other:
        one = voice(host)
        file = VoiceFile(f"{other.url}/hum.tar.bz2", one.bytes, one.files[0].sha256, "https://x/")
        assert get(KnownVoice("hum", ("vi",), (file,), 16_000, "", "", ())).verified


def test_without_internet_that_is_said_with_another_way(host: LoopbackHost) -> None:
    one = voice(host)
    host.__exit__()
    try:
        with pytest.raises(OutsideError, match=r"no way to 127\.0\.0\.1:\d+ from here") as caught:
            get(one)
    finally:
        host.__enter__()
    assert "--from FILE" in str(caught.value.hint)
    assert one.files[0].address in str(caught.value.hint)


def test_a_file_loaded_elsewhere_is_held_to_the_same_hash(
    host: LoopbackHost, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    file = stick / "hum.tar.bz2"
    with pytest.raises(BroadcastError, match="is not there"):
        get(voice(host), file)
    file.write_bytes(host.files["/hum.tar.bz2"] + b"\0")
    with pytest.raises(OutsideError, match="is not the file"):
        get(voice(host), file)
    file.write_bytes(host.files["/hum.tar.bz2"])
    assert get(voice(host), file).verified
    assert file.exists()
    assert host.ranges == []


def test_a_voice_of_single_files_is_put_together(host: LoopbackHost, tmp_path: Path) -> None:
    files = []
    for made in (tmp_path / "made").iterdir():
        host.files[f"/{made.name}"] = made.read_bytes()
        files.append(VoiceFile(f"{host.url}/{made.name}", made.stat().st_size))
    one = KnownVoice("hum", ("vi",), tuple(files), 16_000, "", "", ("https://x.example/",))
    assert not get(one).verified
    assert is_here(one)


def test_what_is_no_voice_takes_no_voices_place(host: LoopbackHost, tmp_path: Path) -> None:
    get(voice(host))
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "readme.txt").write_text("hello")
    host.files["/hum.tar.bz2"] = packed(tmp_path / "empty")
    host.etag = '"2"'
    with pytest.raises(OutsideError, match="is no voice"):
        get(voice(host))
    assert is_here(voice(host))


def test_an_unknown_name_is_told_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="No voice 'lan' is known") as caught:
        voice_to_get("lan")
    assert "vi-vais1000" in str(caught.value.hint)


def archive(folder: Path, name: str, kind: bytes = tarfile.REGTYPE, size: int = 3) -> Path:
    file = folder / "bad.tar"
    with tarfile.open(file, "w") as opened:
        good = tarfile.TarInfo("model/tokens.txt")
        opened.addfile(good, io.BytesIO())
        member = tarfile.TarInfo(name)
        member.type, member.size = kind, size if kind == tarfile.REGTYPE else 0
        member.linkname = "/etc/passwd"
        opened.addfile(member, io.BytesIO(bytes(member.size)))
    return file


@pytest.mark.parametrize(
    "name",
    [
        *("../evil", "model/../../evil", "/evil", "model/..", "..", "model/a\\..\\..\\evil"),
        *("C:/evil", "model/con", "model/NUL.txt", "model/evil.", "model/a:b", "model/a\nb"),
    ],
)
def test_no_file_of_an_archive_is_anywhere_else(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "deep" / "ready"
    folder.mkdir(parents=True)
    with pytest.raises(OutsideError, match="leads elsewhere"):
        unpack(archive(tmp_path, name), folder)
    there = {
        file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*") if file.is_file()
    }
    assert there == {"bad.tar", "deep/ready/tokens.txt"}


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE]
)
def test_links_and_devices_are_not_unpacked(tmp_path: Path, kind: bytes) -> None:
    (tmp_path / "ready").mkdir()
    with pytest.raises(OutsideError, match=r"is no file|is broken"):
        unpack(archive(tmp_path, "model/link", kind), tmp_path / "ready")
    assert not (tmp_path / "ready" / "link").exists()


def test_an_archive_that_grows_without_measure_is_not_unpacked(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.tar.bz2"
    with tarfile.open(bomb, "w:bz2", compresslevel=1) as opened:
        member = tarfile.TarInfo("model/zeros.onnx")
        member.size = 60_000_000
        opened.addfile(member, io.BytesIO(bytes(member.size)))
    (tmp_path / "ready").mkdir()
    with pytest.raises(OutsideError, match="too much in it"):
        unpack(bomb, tmp_path / "ready")


def test_one_with_too_many_files_is_not_unpacked(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "many.tar", "w") as opened:
        for number in range(5_001):
            member = tarfile.TarInfo(f"m/{number}")
            member.type = tarfile.DIRTYPE
            opened.addfile(member)
    with pytest.raises(OutsideError, match="too much in it"):
        unpack(tmp_path / "many.tar", tmp_path)


@pytest.mark.parametrize("content", [b"", b"<html>", b"BZh91AY&SY" + bytes(40)])
def test_what_is_no_archive_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.tar.bz2").write_bytes(content)
    with pytest.raises(OutsideError, match="is broken"):
        unpack(tmp_path / "x.tar.bz2", tmp_path)


def test_the_table_of_voices_travels_with_the_program() -> None:
    assert "known_voices.toml" in {one.name for one in Path(table.__file__).parent.iterdir()}
