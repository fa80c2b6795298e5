"""The command `studio` serves a station on the loopback until it is ended, and says where."""

from __future__ import annotations

import socket
import sys
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from broadcast.errors import OutsideError
from broadcast.messages.rendering import ENGLISH
from broadcast.studio.server import run_studio
from broadcast.workspace import Workspace
from productions_by_hand import NAME
from station_at_hand import Station
from studio_at_hand import small_station
from studios_running import studio_of


def test_the_address_that_is_printed_lets_a_browser_in_and_ctrl_c_ends_it(tmp_path: Path) -> None:
    small_station(tmp_path)
    with studio_of(tmp_path, "en") as address:
        opener = build_opener(HTTPCookieProcessor(CookieJar()))
        with opener.open(address) as answer:
            assert NAME in answer.read().decode()
            assert "server" not in answer.headers
            assert "token" not in answer.url
    assert not (tmp_path / ".broadcast/incoming").exists()


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(OutsideError) as refused:
            run_studio(small_station(tmp_path), ENGLISH, port, pytest.fail)
    assert refused.value.message.code == "studio.port-taken"


def test_without_the_extra_it_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    done = Station(small_station(tmp_path).root).run("studio", "--no-browser")
    assert isinstance(done.exception, OutsideError)
    assert "broadcast[studio]" in str(done.exception.hint)


def test_it_needs_a_station(tmp_path: Path) -> None:
    done = Station(Workspace(tmp_path).root).run("studio", "--no-browser")
    assert done.exit_code != 0
