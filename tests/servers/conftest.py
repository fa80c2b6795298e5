"""Servers of every kind, and hosts connected to them as the program connects."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from broadcast.delivery import steady
from real_servers import KINDS, running
from served import AUTHORITY, Server


@pytest.fixture(autouse=True)
def _own_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test see this user's settings, keys or proxies, and trust the servers' authority."""
    authority = tmp_path / "authority.pem"
    AUTHORITY.cert_pem.write_to_path(authority)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "configuration"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(steady, "WAITS_S", (0.0, 0.0))


@pytest.fixture(params=sorted(KINDS))
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    """A server of each kind in turn."""
    with running(request.param, tmp_path / "server") as made:
        yield made


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the servers warn of what they do themselves; what is tested is not theirs."""
    for item in items:
        if "servers" in item.path.parts:
            for kind in ("DeprecationWarning", "ResourceWarning", "pytest.PytestWarning"):
                item.add_marker(pytest.mark.filterwarnings(f"ignore::{kind}"))
