"""What is of buckets alone: types, large files, signatures, and what clouds say of their own."""

from __future__ import annotations

import os
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import trustme

from broadcast.delivery import kinds
from broadcast.delivery.faults import HostError
from broadcast.delivery.host import Destination
from real_servers import KINDS, running
from served import USER, Server
from test_hosts import WORDS, login, put, target

LARGE = os.urandom((20 << 20) + 7)
OF_CLOUDS = sorted(
    kind for kind in KINDS if kinds.KINDS.get(kind, kinds.KINDS["file"]).has_endpoint
)
# What other programs are told by variables, of which none may reach ours.
OTHERS_SETTINGS = {
    "AWS_SESSION_TOKEN": "another-one",
    "AWS_ENDPOINT": "http://127.0.0.1:9",
    "AZURE_STORAGE_SAS_TOKEN": "sv=1&sig=another",
    "AZURE_STORAGE_ENDPOINT": "http://127.0.0.1:9",
    "GOOGLE_SERVICE_ACCOUNT": "/no/such/file.json",
    "GOOGLE_BEARER_TOKEN": "another-one",
}


@pytest.fixture(params=OF_CLOUDS)
def cloud(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    with running(request.param, tmp_path / "server") as made:
        yield made


def test_type_and_time_to_keep_come_along_with_small_and_large_files(
    cloud: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in OTHERS_SETTINGS.items():
        monkeypatch.setenv(name, value)
    host = kinds.connect(target(cloud, tmp_path), login(tmp_path, cloud.secret))
    assert os.environ.items() >= OTHERS_SETTINGS.items()
    for path, data in (("media/tập.vtt", WORDS), ("media/large.mp3", LARGE)):
        assert put(host, tmp_path, path, data) == len(data)
        assert cloud.read(path) == data
        assert cloud.head is not None
        assert cloud.head(path) == ("text/plain; charset=utf-8", "max-age=9")
    assert host.list("media") == {"tập.vtt": len(WORDS), "large.mp3": len(LARGE)}


def test_a_large_file_is_counted_as_it_goes(cloud: Server, tmp_path: Path) -> None:
    host, sent = kinds.connect(target(cloud, tmp_path), login(tmp_path, cloud.secret)), list[int]()
    file = tmp_path / "large.mp3"
    file.write_bytes(LARGE)
    host.put("media/large.mp3", file, "audio/mpeg", "max-age=9", sent.append)
    assert sum(sent) == len(LARGE)
    assert max(sent) < len(LARGE) / 2


def test_a_signature_for_the_container_does_in_place_of_azures_key(tmp_path: Path) -> None:
    from azure.storage.blob import ContainerSasPermissions, generate_container_sas

    with running("az", tmp_path / "server") as server:
        place = target(server, tmp_path)
        signature = generate_container_sas(
            USER,
            place.host,
            account_key=server.secret,
            permission=ContainerSasPermissions(read=True, write=True, delete=True, list=True),
            expiry=datetime.now(UTC) + timedelta(hours=1),
        )
        for secret in (signature, f"?{signature}"):
            host = kinds.connect(place, login(tmp_path, secret))
            put(host, tmp_path, "media/a.mp3", WORDS)
            assert server.read("media/a.mp3") == WORDS
            host.remove("media/a.mp3")
            assert server.paths() == set()
        ended = signature.replace("sig=", "sig=AAAA")
        with pytest.raises(HostError) as refused:
            put(kinds.connect(place, login(tmp_path, ended)), tmp_path, "feed.xml", b"<rss/>")
        assert refused.value.message.code == "upload.login"


@pytest.mark.parametrize(
    ("kind", "secret"),
    [("az", "no key at all!"), ("az", ""), ("gs", "no JSON"), ("gs", "{}"), ("gs", '{"a": 1}')],
)
def test_what_is_no_key_of_a_cloud_is_told_before_anything_is_sent(
    tmp_path: Path, kind: str, secret: str
) -> None:
    place = Destination(kind, "podcast", "", f"{kind}://podcast", user=USER)
    with pytest.raises(HostError) as refused:
        kinds.connect(place, login(tmp_path, secret))
    assert refused.value.message.code == "upload.no-key"


@contextmanager
def cloud_that_says(
    status: int, code: str, words: str = "no"
) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """A service that answers everything with one error, and keeps what it was asked."""
    asked: list[dict[str, str]] = []

    class Says(BaseHTTPRequestHandler):
        def answer(self) -> None:
            asked.append({name.lower(): value for name, value in self.headers.items()})
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            body = f"<Error><Code>{code}</Code><Message>{words}</Message></Error>".encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_PUT = do_POST = answer  # noqa: N815

        def log_message(self, *args: object) -> None:
            pass

    with listening(Says) as port:
        yield f"http://127.0.0.1:{port}", asked


@pytest.mark.parametrize(
    ("kind", "status", "says", "words", "code"),
    [
        ("s3", 403, "InvalidAccessKeyId", "no", "upload.login"),
        ("s3", 403, "SignatureDoesNotMatch", "no", "upload.login"),
        ("s3", 403, "AccessDenied", "no", "upload.forbidden"),
        ("s3", 403, "RequestTimeTooSkewed", "no", "upload.clock"),
        ("s3", 404, "NoSuchBucket", "no", "upload.no-place"),
        ("s3", 400, "QuotaExceeded", "no", "upload.no-room"),
        ("s3", 503, "SlowDown", "no", "upload.disturbed"),
        ("s3", 400, "Whatever", "after 403 and 507", "upload.refused"),
        ("az", 403, "AuthenticationFailed", "formed correctly", "upload.login"),
        ("az", 403, "AuthenticationFailed", "Request date header too old", "upload.clock"),
        ("az", 403, "AuthorizationPermissionMismatch", "no", "upload.forbidden"),
        ("az", 403, "AuthorizationFailure", "not authorized", "upload.forbidden"),
        ("az", 404, "ContainerNotFound", "no", "upload.no-place"),
        ("az", 503, "ServerBusy", "no", "upload.disturbed"),
        ("gs", 401, "AuthenticationRequired", "no", "upload.login"),
        ("gs", 403, "AccessDenied", "no", "upload.forbidden"),
        ("gs", 404, "NoSuchBucket", "no", "upload.no-place"),
        ("gs", 400, "invalid_grant", "not in a reasonable timeframe", "upload.clock"),
        ("gs", 429, "SlowDown", "no", "upload.disturbed"),
    ],
)
def test_what_clouds_say_is_told_with_what_to_do(
    tmp_path: Path, kind: str, status: int, says: str, words: str, code: str
) -> None:
    with running(kind, tmp_path / "server") as known, cloud_that_says(status, says, words) as said:
        endpoint, asked = said
        place = Destination(
            kind, "podcast", "", f"{kind}://podcast", user=USER, endpoint=endpoint, region="auto"
        )
        host = kinds.connect(place, login(tmp_path, known.secret))
        with pytest.raises(HostError) as refused:
            put(host, tmp_path, "401/507.html", b"<html>")
    assert refused.value.message.code == code
    assert refused.value.hint
    assert refused.value.passes == (code == "upload.disturbed")
    # R2 and others refuse checksums beside the signature (boto3#4392).
    if kind == "s3":
        assert all("content-type" in one for one in asked)
        names = {name for one in asked for name in one}
        assert not {name for name in names if "checksum" in name or "trailer" in name}


class Lies(BaseHTTPRequestHandler):
    """A service that says yes to everything and has three bytes of it."""

    def answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(201 if self.command == "PUT" else 200)
        for name, value in (
            ("Content-Length", "3" if self.command == "HEAD" else "0"),
            ("Last-Modified", "Sat, 20 Sep 2025 12:00:00 GMT"),
            ("ETag", '"0"'),
            ("x-ms-blob-type", "BlockBlob"),
        ):
            self.send_header(name, value)
        self.end_headers()

    do_HEAD = do_PUT = answer  # noqa: N815

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def listening(kind: type[BaseHTTPRequestHandler], *, tls: bool = False) -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        trustme.CA().issue_cert("localhost").configure_cert(context)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("kind", OF_CLOUDS)
def test_a_cloud_that_has_less_than_it_took_is_found_out(tmp_path: Path, kind: str) -> None:
    with running(kind, tmp_path / "server") as known, listening(Lies) as port:
        endpoint = f"http://127.0.0.1:{port}"
        place = Destination(kind, "podcast", "", "the cloud", user=USER, endpoint=endpoint)
        with pytest.raises(HostError, match="has 3 of the 6 bytes"):
            put(
                kinds.connect(place, login(tmp_path, known.secret)),
                tmp_path,
                "feed.xml",
                b"<rss/>",
            )


@pytest.mark.parametrize("kind", OF_CLOUDS)
def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path, kind: str) -> None:
    with running(kind, tmp_path / "server") as known, listening(Lies, tls=True) as port:
        endpoint = f"https://localhost:{port}"
        place = Destination(kind, "podcast", "", "the cloud", user=USER, endpoint=endpoint)
        with pytest.raises(HostError) as refused:
            kinds.connect(place, login(tmp_path, known.secret)).list("")
    assert refused.value.message.code == "upload.certificate"
    assert not refused.value.passes


@pytest.mark.parametrize("kind", OF_CLOUDS)
def test_why_a_cloud_is_not_reached_is_told(tmp_path: Path, kind: str) -> None:
    with running(kind, tmp_path / "server") as known:
        for endpoint, why in (
            ("http://127.0.0.1:9", "nobody answers there"),
            ("http://no-such.invalid", "no host of that name"),
        ):
            place = Destination(
                kind, "podcast", "", f"{kind}://podcast", user=USER, endpoint=endpoint
            )
            with pytest.raises(HostError, match=why) as failed:
                kinds.connect(place, login(tmp_path, known.secret)).list("")
            assert failed.value.passes
