"""nginx serves feed/ as it comes, and as --host-files teaches it; feed --check --url tells."""

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
from urllib.error import URLError

from broadcast.production.public.check_live import check_live
from broadcast.workspace import Workspace
from productions_by_hand import Notebook
from test_uploads import Station, older_station, run

NOW = datetime(2025, 9, 20, 12, 0, tzinfo=timezone(timedelta(hours=7)))
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
"""Debian's: apt-get install --no-install-recommends nginx-light. Without it these tests fail."""
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
    with subprocess.Popen([NGINX, "-c", str(file)], stderr=subprocess.DEVNULL) as process:
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


def station_on(tmp_path: Path, port: int) -> Station:
    """A station that uploads into the folder that nginx serves."""
    station = older_station(tmp_path / "station")
    root = tmp_path / "www"
    root.mkdir(mode=0o755)
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


def test_nginx_as_it_comes_is_told_what_it_lacks(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    port = free_port()
    station = station_on(tmp_path, port)
    with nginx(tmp_path / "nginx", tmp_path / "www", port):
        assert codes(station) == {
            "upload.other-kind": "warning",
            "upload.not-for-others": "warning",
        }


def test_nginx_with_the_piece_for_it_lacks_nothing(tmp_path: Path) -> None:
    port = free_port()
    station = station_on(tmp_path, port)
    run(station, tmp_path, "feed", "--host-files")
    piece = station.root / "host-files" / "nginx.conf"
    with nginx(tmp_path / "nginx", tmp_path / "www", port, f"include {piece};"):
        assert codes(station) == {}
        told = run(station, tmp_path, "feed", "--check", "--url")
        assert "The feed is in order." in told


def test_what_is_lost_old_cut_or_public_on_the_host_is_told(tmp_path: Path) -> None:
    port = free_port()
    station = station_on(tmp_path, port)
    run(station, tmp_path, "feed", "--host-files")
    piece, www = station.root / "host-files" / "nginx.conf", tmp_path / "www"
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
