"""What a host promises, every kind keeps, with a real server of its protocol on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from broadcast.delivery import kinds
from broadcast.delivery.faults import HostError
from broadcast.delivery.host import Destination, Host, Login, Secret
from broadcast.production.desk.read_station import station_of
from broadcast.production.public.upload_target import target_of
from broadcast.station.upload import SCHEMES
from broadcast.workspace import Workspace
from real_servers import KINDS, PASSWORD, Server

WORDS = "Tiếng nói Vân Hải\n".encode() * 9_000
SHORT = b"<rss/>"
STATION = """\
[show]
title = "Tiếng nói Vân Hải"
language = "vi"
author = "Đài Vân Hải"
email = "dai@vanhai.example.vn"
base_url = "http://127.0.0.1:8000/"
"""


def target(server: Server, tmp_path: Path) -> Destination:
    """Give where the settings of a station lead that name the server."""
    folder = tmp_path / "station"
    folder.mkdir(exist_ok=True)
    text = f'{STATION}[upload]\nto = "{server.to}"\n{server.settings}'
    (folder / "station.toml").write_text(text, encoding="utf-8")
    workspace = Workspace(folder)
    return target_of(workspace, station_of(workspace))


def login(tmp_path: Path, secret: str = PASSWORD, *, accepts: bool = True) -> Login:
    return Login(Secret(secret), known_hosts=tmp_path / "known_hosts", accepts=accepts)


@pytest.fixture
def host(server: Server, tmp_path: Path) -> Iterator[Host]:
    host = kinds.connect(target(server, tmp_path), login(tmp_path, server.secret))
    yield host
    host.close()


def a_file(tmp_path: Path, data: bytes) -> Path:
    file = tmp_path / "a-file"
    file.write_bytes(data)
    return file


def put(host: Host, tmp_path: Path, path: str, data: bytes) -> int:
    sent: list[int] = []
    host.put(path, a_file(tmp_path, data), "text/plain; charset=utf-8", "max-age=9", sent.append)
    return sum(sent)


def test_there_is_a_server_of_every_kind_but_folders() -> None:
    served = {kind.partition(",")[0] for kind in KINDS}
    assert {*served, "file"} == set(SCHEMES) == set(kinds.KINDS)


def test_what_is_put_is_there_byte_for_byte_and_counted(
    server: Server, host: Host, tmp_path: Path
) -> None:
    assert put(host, tmp_path, "media/tập một.vtt", WORDS) == len(WORDS)
    assert put(host, tmp_path, "feed.xml", SHORT) == len(SHORT)
    assert put(host, tmp_path, "empty.txt", b"") == 0
    assert server.read("media/tập một.vtt") == WORDS
    assert server.read("feed.xml") == SHORT
    assert server.read("empty.txt") == b""


def test_what_is_put_again_takes_the_place_of_what_was_there(
    server: Server, host: Host, tmp_path: Path
) -> None:
    put(host, tmp_path, "episodes/a.html", WORDS)
    put(host, tmp_path, "episodes/a.html", SHORT)
    assert server.read("episodes/a.html") == SHORT


def test_a_folder_is_listed_with_sizes_and_without_what_is_deeper(
    host: Host, tmp_path: Path
) -> None:
    put(host, tmp_path, "media/a b.mp3", WORDS)
    put(host, tmp_path, "media/deeper/c.mp3", SHORT)
    put(host, tmp_path, "feed.xml", SHORT)
    assert host.list("media") == {"a b.mp3": len(WORDS)}
    assert host.list("") == {"feed.xml": len(SHORT)}
    assert host.list("nowhere") == {}


def test_what_is_moved_replaces_and_leaves_nothing_behind(
    server: Server, host: Host, tmp_path: Path
) -> None:
    put(host, tmp_path, "feed.xml", SHORT)
    put(host, tmp_path, "feed.xml.part", WORDS)
    host.move("feed.xml.part", "feed.xml")
    assert server.read("feed.xml") == WORDS
    assert server.paths() == {"feed.xml"}


def test_what_is_removed_is_gone_and_what_is_gone_already_is_no_fault(
    server: Server, host: Host, tmp_path: Path
) -> None:
    put(host, tmp_path, "media/a.mp3", SHORT)
    host.remove("media/a.mp3")
    host.remove("media/a.mp3")
    host.remove("nowhere/a.mp3")
    assert server.paths() == set()


# moto takes every key: test_bad_hosts.py has what S3 says to a wrong one.
@pytest.mark.parametrize("server", sorted({*KINDS} - {"s3"}), indirect=True)
def test_a_wrong_password_is_told_as_such_and_not_told_itself(
    server: Server, tmp_path: Path
) -> None:
    with pytest.raises(HostError) as refused:
        kinds.connect(target(server, tmp_path), login(tmp_path, server.wrong)).list("")
    assert refused.value.message.code == "upload.login"
    assert not refused.value.passes
    told = f"{refused.value} {refused.value.hint}"
    assert [part for part in Secret(server.wrong).parts if part in told] == []


def test_a_folder_that_is_not_there_is_told(server: Server, tmp_path: Path) -> None:
    there = target(server, tmp_path)
    is_bucket = kinds.KINDS[server.kind].has_endpoint
    elsewhere = replace(there, place="/no-such", host="nobody" if is_bucket else there.host)
    with pytest.raises(HostError) as refused:
        kinds.connect(elsewhere, login(tmp_path, server.secret)).list("media")
    assert refused.value.message.code == "upload.no-place"


def test_a_host_that_is_not_there_may_come_back(server: Server, tmp_path: Path) -> None:
    there = target(server, tmp_path)
    nobody = replace(there, port=9, endpoint=there.endpoint and "http://127.0.0.1:9")
    with pytest.raises(HostError) as failed:
        kinds.connect(nobody, login(tmp_path, server.secret)).list("")
    assert failed.value.message.code == "upload.disturbed"
    assert failed.value.passes
