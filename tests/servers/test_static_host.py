"""nginx and Apache serve feed/ as they come, and as --host-files teaches them."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError

import pytest

from broadcast.delivery.as_seen import is_kind
from broadcast.feed.served_types import served_types
from broadcast.production.public.check_live import check_live
from broadcast.workspace import Workspace
from productions_by_hand import Notebook
from test_uploads import Station, older_station, run

NOW = datetime(2025, 9, 20, 12, 0, tzinfo=timezone(timedelta(hours=7)))
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
APACHE = shutil.which("apache2") or "/usr/sbin/apache2"
"""Debian's: apt-get install --no-install-recommends nginx-light apache2. Else these tests fail."""
CONFIGURATION = """\
daemon off; master_process off; pid {place}/pid; error_log {place}/error.log;
events {{ worker_connections 64; }}
http {{
  access_log off; types {{ {types} }} default_type application/octet-stream;
  client_body_temp_path {place}/a; proxy_temp_path {place}/b; fastcgi_temp_path {place}/c;
  uwsgi_temp_path {place}/d; scgi_temp_path {place}/e;
  server {{ listen 127.0.0.1:{port}; root {root}; {further} }}
}}
"""
# What a shared host gives its customers: .htaccess is read, for types and headers alone.
OF_APACHE = """\
ServerRoot {place}
ServerName 127.0.0.1
User www-data
Group www-data
Listen 127.0.0.1:{port}
PidFile {place}/pid
ErrorLog {place}/error.log
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule dir_module {modules}/mod_dir.so
LoadModule mime_module {modules}/mod_mime.so
{further}
TypesConfig /etc/mime.types
DocumentRoot {root}
DirectoryIndex index.html
<Directory />
    AllowOverride None
</Directory>
<Directory {root}>
    Require all granted
    AllowOverride FileInfo
</Directory>
"""
HEADERS = "LoadModule headers_module /usr/lib/apache2/modules/mod_headers.so"
# What Debian's mime.types has of what is in feed/.
TYPES = (
    "text/html html; text/css css; text/xml xml; application/javascript js; text/plain txt; "
    "image/png png; image/jpeg jpg; image/svg+xml svg; audio/mpeg mp3; application/json json;"
)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def nginx(place: Path, root: Path, port: int, further: str = "") -> Iterator[None]:
    place.mkdir(exist_ok=True)
    file = place / "nginx.conf"
    file.write_text(
        CONFIGURATION.format(place=place, root=root, port=port, types=TYPES, further=further)
    )
    with served([NGINX, "-c", str(file)], place, port):
        yield


@contextmanager
def apache(place: Path, root: Path, port: int, further: str = HEADERS) -> Iterator[None]:
    """Apache with Debian's own table of types."""
    place.mkdir(exist_ok=True)
    file, modules = place / "apache.conf", "/usr/lib/apache2/modules"
    file.write_text(
        OF_APACHE.format(place=place, root=root, port=port, modules=modules, further=further)
    )
    with served([APACHE, "-f", str(file), "-DFOREGROUND"], place, port):
        yield


@contextmanager
def served(command: list[str], place: Path, port: int) -> Iterator[None]:
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(200):
                assert process.poll() is None, (place / "error.log").read_text()
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/feed.xml", timeout=5).close()
                    break
                except URLError:
                    time.sleep(0.02)
            yield
        finally:
            process.terminate()


@pytest.fixture
def www() -> Iterator[Path]:
    """A folder that every user of this machine may read: Apache serves as one without rights."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def station_on(tmp_path: Path, port: int, root: Path) -> Station:
    """A station that uploads into the folder that is served."""
    station = older_station(tmp_path / "station")
    file = station.root / "station.toml"
    lines = [
        f'base_url = "http://127.0.0.1:{port}/"' if "base_url" in line else line
        for line in file.read_text("utf-8").splitlines()
    ]
    file.write_text("\n".join([*lines, f'[upload]\nto = "file:{root}"\n']), "utf-8")
    run(station, tmp_path, "feed")
    run(station, tmp_path, "trust")
    run(station, tmp_path, "upload")
    return station


def codes(station: Station) -> dict[str, str]:
    found = check_live(Workspace(station.root), NOW, Notebook())
    return {problem.message.code: problem.level for problem in found}


def test_nginx_as_it_comes_is_told_what_it_lacks(tmp_path: Path, www: Path) -> None:
    port = free_port()
    station = station_on(tmp_path, port, www)
    with nginx(tmp_path / "nginx", www, port):
        assert codes(station) == {
            "upload.other-kind": "warning",
            "upload.not-for-others": "warning",
        }


def test_nginx_with_the_piece_for_it_lacks_nothing(tmp_path: Path, www: Path) -> None:
    port = free_port()
    station = station_on(tmp_path, port, www)
    run(station, tmp_path, "feed", "--host-files")
    piece = station.root / "host-files" / "nginx.conf"
    with nginx(tmp_path / "nginx", www, port, f"include {piece};"):
        assert codes(station) == {}
        told = run(station, tmp_path, "feed", "--check", "--url")
        assert "The feed is in order." in told


def test_what_is_lost_old_cut_or_public_on_the_host_is_told(tmp_path: Path, www: Path) -> None:
    port = free_port()
    station = station_on(tmp_path, port, www)
    run(station, tmp_path, "feed", "--host-files")
    piece = station.root / "host-files" / "nginx.conf"
    with nginx(tmp_path / "nginx", www, port, f"include {piece};"):
        sound = min((www / "media").glob("*.mp3"))
        whole = sound.read_bytes()
        sound.write_bytes(whole[:-1])
        assert codes(station) == {"live.other-size": "error"}
        sound.unlink()
        assert codes(station) == {"live.missing": "error"}
        sound.write_bytes(whole)
        (www / "delivery.json").write_text("{}")
        assert codes(station) == {"live.public": "error"}
        (www / "delivery.json").unlink()
        run(station, tmp_path, "withdraw", "lop-boi")
        assert codes(station)["live.other-feed"] == "error"
        run(station, tmp_path, "upload")
        assert codes(station) == {}


def test_apache_as_it_comes_is_told_what_it_lacks(tmp_path: Path, www: Path) -> None:
    port = free_port()
    station = station_on(tmp_path, port, www)
    with apache(tmp_path / "apache", www, port):
        assert codes(station) == {"upload.not-for-others": "warning"}


def test_apache_with_the_rules_for_it_lacks_nothing(tmp_path: Path, www: Path) -> None:
    port = free_port()
    station = station_on(tmp_path, port, www)
    run(station, tmp_path, "feed", "--host-files")
    shutil.copy(station.root / "host-files" / ".htaccess", station.root / "feed")
    run(station, tmp_path, "upload")
    with apache(tmp_path / "apache", www, port):
        assert codes(station) == {}
        sound = min((www / "media").glob("*.mp3"))
        base = f"http://127.0.0.1:{port}/"
        given = head(f"{base}media/{sound.name}", Range="bytes=2-5")
        assert (given["status"], given["Content-Range"][:9]) == ("206", "bytes 2-5")
        assert given["Content-Type"] == "audio/mpeg"
        assert "immutable" in given["Cache-Control"]
        assert head(f"{base}feed.xml")["Cache-Control"] == "public, max-age=300"
        subtitles = next((www / "media").glob("*.vtt"))
        given = head(f"{base}media/{subtitles.name}", Origin="https://player.example")
        assert given["Content-Type"].startswith("text/vtt")
        assert given["Access-Control-Allow-Origin"] == "*"
        for ending, kind in served_types().items():
            (www / "media" / f"of-its-kind{ending}").write_bytes(b"0")
            given = head(f"{base}media/of-its-kind{ending}")
            assert is_kind(given["Content-Type"], kind), ending


def test_apache_without_its_module_of_headers_takes_what_it_can_of_the_rules(
    tmp_path: Path, www: Path
) -> None:
    port = free_port()
    station = station_on(tmp_path, port, www)
    run(station, tmp_path, "feed", "--host-files")
    shutil.copy(station.root / "host-files" / ".htaccess", www)
    with apache(tmp_path / "apache", www, port, further=""):
        assert codes(station) == {"upload.not-for-others": "warning"}


def head(address: str, **headers: str) -> dict[str, str]:
    """Give status and headers of an answer."""
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers)) as answer:
        return {"status": str(answer.status), **dict(answer.headers)}
