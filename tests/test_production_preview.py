"""What is told of where feed/ can be heard on this machine is so."""

from __future__ import annotations

import socket
from http.client import HTTPConnection
from pathlib import Path

import pytest
from click.testing import CliRunner

from broadcast.errors import OutsideError
from broadcast.production.public import preview as previewing
from broadcast.production.public.preview import preview, served_at
from broadcast.workspace import Workspace
from station_at_hand import COMMAND, NAME, Station, older_station


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return older_station(tmp_path / "station")


def published(station: Station) -> str:
    """What publish says, on one line."""
    arguments = ["publish", NAME, "--station", str(station.root)]
    return " ".join(CliRunner().invoke(COMMAND, arguments).output.split())


def test_publish_names_the_address_while_the_feed_is_served_and_else_the_command(
    station: Station,
) -> None:
    assert "To listen: broadcast serve, then open the address that it gives" in published(station)
    with preview(Workspace(station.root), 0) as shown:
        assert f"To listen, open {shown.address}" in published(station)
        answer = HTTPConnection(shown.address.removeprefix("http://").rstrip("/"), timeout=60)
        answer.request("GET", "/feed.xml")
        assert answer.getresponse().read() == (station.root / "feed/feed.xml").read_bytes()
        answer.close()
    assert "To listen: broadcast serve" in published(station)


def test_where_another_program_has_the_usual_port_a_free_one_is_taken(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        monkeypatch.setattr(previewing, "USUAL_PORT", taken)
        workspace = Workspace(station.root)
        with preview(workspace, None) as shown:
            assert shown.address != f"http://127.0.0.1:{taken}/"
            assert served_at(workspace) == shown.address
        with pytest.raises(OutsideError, match="cannot be used"), preview(workspace, taken):
            pass  # who names a port wants that one


def test_what_a_killed_preview_left_behind_is_not_believed(
    station: Station, tmp_path: Path
) -> None:
    workspace = Workspace(station.root)
    other = older_station(tmp_path / "other")
    (other.root / "feed/feed.xml").write_text("<rss/>", "utf-8")
    with preview(Workspace(other.root), 0) as elsewhere:
        port = elsewhere.address.rstrip("/").rpartition(":")[2]
        workspace.served_file.parent.mkdir(exist_ok=True)
        workspace.served_file.write_text(port, "utf-8")
        assert served_at(Workspace(other.root)) == elsewhere.address
        assert served_at(workspace) is None
    for left in (port, "0", "70000", "-1", "99999999999999999999", "http://a.example/", ""):
        workspace.served_file.write_text(left, "utf-8")
        assert served_at(workspace) is None, left
