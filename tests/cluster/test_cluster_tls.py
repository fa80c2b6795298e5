"""A cluster that speaks TLS, by Dask's own settings: by the command, as its user gives them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import trustme
from distributed import Security

from broadcast.network.task import SHARED
from test_cluster import MOST_WAIT_S, VILLAGES, machines, new_station


def settings_of(authority: trustme.CA, folder: Path) -> dict[str, str]:
    """Give Dask's settings by which all of a cluster know each other, as variables."""
    folder.mkdir()
    certificate = authority.issue_cert("127.0.0.1", "localhost")
    files = {"ca": folder / "ca.pem", "cert": folder / "cert.pem", "key": folder / "key.pem"}
    authority.cert_pem.write_to_path(files["ca"])
    certificate.private_key_pem.write_to_path(files["key"])
    for part in certificate.cert_chain_pems:
        part.write_to_path(files["cert"], append=True)
    tls = "DASK_DISTRIBUTED__COMM__TLS__"
    return {
        f"{tls}CA_FILE": str(files["ca"]),
        **{
            f"{tls}{who}__{what.upper()}": str(files[what])
            for who in ("SCHEDULER", "WORKER", "CLIENT")
            for what in ("cert", "key")
        },
        "DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION": "True",
    }


def build(
    root: Path, address: str, storage: Path, settings: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "broadcast", "build", "--all", "--offline"]
    return subprocess.run(
        [*command, "--cluster", address],
        cwd=root,
        env={**os.environ, SHARED: str(storage), "BROADCAST_LANG": "en", **settings},
        capture_output=True,
        text=True,
        timeout=MOST_WAIT_S,
        check=False,
    )


def test_a_cluster_with_tls_builds_for_who_has_its_certificate_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = tmp_path / "storage"
    workspace = new_station(storage / "dai")
    ours = settings_of(trustme.CA(), tmp_path / "ours")
    strangers = settings_of(trustme.CA(), tmp_path / "strangers")
    for name, value in ours.items():
        monkeypatch.setenv(name, value)
    known = Security(
        require_encryption=True,
        tls_ca_file=str(tmp_path / "ours" / "ca.pem"),
        tls_client_cert=str(tmp_path / "ours" / "cert.pem"),
        tls_client_key=str(tmp_path / "ours" / "key.pem"),
    )
    with machines(tmp_path, storage, 1, known) as cluster:
        assert cluster.address.startswith("tls://")
        for settings in (dict.fromkeys(ours, ""), strangers):
            refused = build(workspace.root, cluster.address, storage, settings)
            assert refused.returncode == 3
            assert refused.stderr.startswith("error: No cluster answers at tls://")
            assert "Traceback" not in refused.stderr
        done = build(workspace.root, cluster.address, storage, ours)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (0, f"{len(VILLAGES)} built.")
