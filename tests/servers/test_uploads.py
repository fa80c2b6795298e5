"""A station uploads to real servers by the command line, and listeners get it all; killed too."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from broadcast.delivery.host import Secret
from hosts_of_uploads import lacking
from real_servers import KINDS, PASSWORD, Server, running

NAME, OTHER = "lop-boi", "cho-que"
OF_BEFORE = Path(__file__).parent.parent / "data" / "station-0.1"
KILLED = Path(__file__).parent / "killed_upload.py"
BASE = "https://radio.example.vn/podcast/"
KILLS = 60 if os.environ.get("KILLS") == "all" else -(-60 // len(KINDS))
"""How often an upload is killed at a random moment, over each kind: sixty and more in all."""


@dataclass(frozen=True)
class Station:
    """A station in a folder of its own, and the secret that its user keeps."""

    root: Path
    secret: str = PASSWORD


def older_station(folder: Path, secret: str = PASSWORD) -> Station:
    """Copy two episodes of the station that version 0.1.0 left."""
    shutil.copytree(OF_BEFORE, folder)
    for other in ("cau-xom-ben", "vu-he-thu"):
        shutil.rmtree(folder / "episodes" / other)
    return Station(folder, secret)


def command(station: Station, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "broadcast", *arguments]


def environment(station: Station) -> dict[str, str]:
    return {
        **os.environ,
        "BROADCAST_LANG": "en",
        "BROADCAST_UPLOAD_PASSWORD": station.secret,
        "PYTHONUTF8": "1",
    }


def run(station: Station, tmp_path: Path, *arguments: str, status: int = 0) -> str:
    done = subprocess.run(
        command(station, *arguments),
        cwd=station.root,
        env=environment(station),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    told = done.stdout + done.stderr
    assert "Traceback" not in told or "--debug" in arguments
    assert done.returncode == status, told
    assert secrets_in(station, told) == []
    return told


def files_below(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


def secrets_in(station: Station, told: str) -> list[str]:
    """Give what of the station's secret stands somewhere."""
    return [part for part in Secret(station.secret).parts if part in told]


def named(station: Station, server: Server) -> None:
    """Let the station name the server; what S3 serves is on the web too, and is looked at there."""
    file = station.root / "station.toml"
    base = server.web or BASE
    lines = [
        f'base_url = "{base}"' if "base_url" in line else line
        for line in file.read_text("utf-8").splitlines()
    ]
    check = "" if server.web else "check = false\n"
    upload = f'[upload]\nto = "{server.to}"\n{server.settings}{check}'
    file.write_text("\n".join([*lines, upload]), encoding="utf-8")


@pytest.fixture
def station(server: Server, tmp_path: Path) -> Station:
    """A station that uploads to the server, whose key its user has accepted."""
    station = older_station(tmp_path / "station", server.secret)
    named(station, server)
    run(station, tmp_path, "feed")
    run(station, tmp_path, "trust")
    return station


def site(station: Station) -> dict[str, bytes]:
    folder = station.root / "feed"
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def there(server: Server) -> dict[str, bytes | None]:
    return {path: server.read(path) for path in server.paths()}


def test_what_is_published_withdrawn_and_left_alone_comes_as_it_is_to_every_kind_of_host(
    server: Server, station: Station, tmp_path: Path
) -> None:
    if server.kind == "sftp":
        told = run(station, tmp_path, "upload", status=3)
        assert "SHA256:" in told
        assert "--accept-host-key" in told
        assert server.paths() == set()
        run(station, tmp_path, "upload", "--accept-host-key")
    else:
        run(station, tmp_path, "upload")
    assert there(server) == site(station)
    assert lacking(server.read, server.web or BASE) == []
    assert "already" in run(station, tmp_path, "upload")
    run(station, tmp_path, "withdraw", NAME)
    before = server.paths()
    run(station, tmp_path, "upload")
    assert there(server) == site(station)
    assert before - server.paths()
    told = [file.read_bytes().decode("latin-1") for file in files_below(tmp_path)]
    assert [words for words in told if secrets_in(station, words)] == []


# moto takes every key.
@pytest.mark.parametrize("server", sorted({*KINDS} - {"s3"}), indirect=True)
def test_no_secret_is_told_of_a_refusal_also_where_the_program_shows_itself(
    server: Server, tmp_path: Path
) -> None:
    station = older_station(tmp_path / "station", server.wrong)
    named(station, server)
    run(station, tmp_path, "feed")
    run(station, tmp_path, "trust")
    accept = ["--accept-host-key"] if server.kind == "sftp" else []
    told = run(station, tmp_path, "upload", *accept, status=3)
    assert "refuses the name or the password" in told
    assert "HostError" in run(station, tmp_path, "upload", "--debug", status=1)
    written = [file.read_bytes().decode("latin-1") for file in files_below(tmp_path)]
    assert [words for words in written if secrets_in(station, words)] == []


def test_a_key_that_changed_is_refused_whatever_is_accepted(
    tmp_path: Path,
) -> None:
    with running("sftp", tmp_path / "first") as first:
        station = older_station(tmp_path / "station")
        named(station, first)
        run(station, tmp_path, "feed")
        run(station, tmp_path, "trust")
        run(station, tmp_path, "upload", "--accept-host-key")
        known = tmp_path / "configuration" / "broadcast" / "known_hosts"
        line = known.read_text("ascii")
    with running("sftp", tmp_path / "second") as second:
        old, new = (server.to.split(":")[2].split("/")[0] for server in (first, second))
        known.write_text(line.replace(f"]:{old}", f"]:{new}"), "ascii")
        file = station.root / "station.toml"
        file.write_text(file.read_text("utf-8").replace(first.to, second.to), "utf-8")
        run(station, tmp_path, "trust")
        told = run(station, tmp_path, "upload", "--accept-host-key", status=3)
        assert "another key than before" in told
        assert second.paths() == set()


@pytest.mark.parametrize("kind", ["ftps", "webdavs"])
def test_a_certificate_of_nobody_known_is_refused_before_anything_is_sent(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(kind, tmp_path / "server") as server:
        station = older_station(tmp_path / "station")
        named(station, server)
        run(station, tmp_path, "feed")
        run(station, tmp_path, "trust")
        monkeypatch.delenv("SSL_CERT_FILE")
        assert "certificate" in run(station, tmp_path, "upload", status=3)
        assert server.paths() == set()


@pytest.fixture(params=sorted(KINDS))
def two_sites(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Server, Station]]:
    with running(request.param, tmp_path / "server") as server:
        station = older_station(tmp_path / "station", server.secret)
        named(station, server)
        run(station, tmp_path, "feed")
        run(station, tmp_path, "trust")
        accept = ["--accept-host-key"] if server.kind == "sftp" else []
        run(station, tmp_path, "upload", *accept)
        yield server, station


def test_killed_at_any_moment_the_public_feed_is_old_or_new_and_what_it_names_is_there(
    two_sites: tuple[Server, Station], tmp_path: Path
) -> None:
    server, station = two_sites
    base, moments = server.web or BASE, random.Random(20_250_906)
    _change(station, tmp_path, 0)
    takes_s = max(0.05, killed_upload(station, tmp_path, 0) or 0)
    killed, feeds = 0, set()
    for nth in range(1, 4 * KILLS):
        if killed == KILLS:
            break
        old = server.read("feed.xml")
        _change(station, tmp_path, nth)
        new = site(station)["feed.xml"]
        assert old != new
        killed += killed_upload(station, tmp_path, moments.uniform(0, 0.9 * takes_s)) is None
        now = server.read("feed.xml")
        assert now in (old, new)
        feeds.add(now == new)
        assert lacking(server.read, base) == []
        run(station, tmp_path, "upload")
        assert there(server) == site(station)
    assert killed == KILLS
    assert False in feeds


def killed_upload(station: Station, tmp_path: Path, after_s: float) -> float | None:
    """Upload and be killed ``after_s`` seconds (0: never) after connecting; None: it was killed."""
    done = subprocess.run(
        [sys.executable, str(KILLED), str(after_s)],
        cwd=station.root,
        env=environment(station),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    if done.returncode == -signal.SIGKILL:
        return None
    assert done.returncode == 0, done.stderr
    return float(done.stdout.split()[-1]) if after_s == 0 else 0.0


def _change(station: Station, tmp_path: Path, nth: int) -> None:
    """Take an episode away or bring it back, so that media, pages and feed change."""
    if nth % 2:
        run(station, tmp_path, "withdraw", OTHER)
    else:
        run(station, tmp_path, "publish", OTHER, "--yes", "--force")
