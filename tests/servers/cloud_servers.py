"""Storage of clouds on this machine: moto's S3, Microsoft's own Azurite, and a door to Google's.

No program is at hand that speaks Google's XML protocol as it is written to. It is S3's but for who
asks: the door looks at that as Google tells of it, and hands on to moto. Google's was never met.
"""

from __future__ import annotations

import atexit
import base64
import json
import os
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import uuid4

import requests

from served import PASSWORD, USER, Server

BUCKET = "podcast"
AZURITE = Path(__file__).parents[2] / ".servers" / "node_modules" / ".bin" / "azurite-blob"
"""Brought by npm: `make servers`. Without it the tests of Azure's storage fail."""
GOOGLE_USER = "dai@podcast.iam.gserviceaccount.example"


@contextmanager
def moto() -> Iterator[tuple[str, Any]]:
    """moto's server of S3 with a bucket that everybody may read, and boto3 that reads it."""
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        aws_access_key_id=USER,
        aws_secret_access_key=PASSWORD,
        region_name="us-east-1",
    )
    requests.post(f"{endpoint}/moto-api/reset", timeout=10).raise_for_status()
    client.create_bucket(Bucket=BUCKET)
    readers = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": ["s3:GetObject"],
        "Resource": [f"arn:aws:s3:::{BUCKET}/*"],
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [readers]})
    client.put_bucket_policy(Bucket=BUCKET, Policy=policy)
    try:
        yield endpoint, client
    finally:
        client.close()
        server.stop()


def _of_moto(kind: str, endpoint: str, client: Any, **further: str) -> Server:
    def read(path: str) -> bytes | None:
        try:
            answer = client.get_object(Bucket=BUCKET, Key=f"www/{path}")
        except client.exceptions.NoSuchKey:
            return None
        body: bytes = answer["Body"].read()
        return body

    def paths() -> set[str]:
        pages = client.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix="www/")
        return {
            one["Key"].removeprefix("www/") for page in pages for one in page.get("Contents", ())
        }

    def head(path: str) -> tuple[str, str]:
        answer = client.head_object(Bucket=BUCKET, Key=f"www/{path}")
        return answer["ContentType"], answer["CacheControl"]

    web = f"{endpoint}/{BUCKET}/www/"
    return Server(kind, f"{kind}://{BUCKET}/www", read, paths, web=web, head=head, **further)


@contextmanager
def s3(folder: Path) -> Iterator[Server]:
    """moto's server of S3; what lies there is read by boto3."""
    with moto() as (endpoint, client):
        settings = f'user = "{USER}"\nendpoint = "{endpoint}"\nregion = "us-east-1"\n'
        yield _of_moto("s3", endpoint, client, settings=settings)


@contextmanager
def google(folder: Path) -> Iterator[Server]:
    """A door that lets in whoever signs by the service account's key, and moto behind it."""
    from cryptography.hazmat.primitives.asymmetric import rsa

    key, other = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    with moto() as (behind, client):
        server = ThreadingHTTPServer(("127.0.0.1", 0), _door(behind, key.public_key()))
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        settings = f'endpoint = "http://127.0.0.1:{server.server_address[1]}"\n'
        try:
            yield _of_moto(
                "gs", behind, client, settings=settings, secret=_account(key), wrong=_account(other)
            )
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def _account(key: Any) -> str:
    """Give a service account's key as the file that Google gives, line breaks and all."""
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    account = {
        "type": "service_account",
        "project_id": "podcast",
        "private_key_id": "0d1f",
        "private_key": pem,
        "client_email": GOOGLE_USER,
        "token_uri": "https://oauth2.googleapis.com/token",
    }
    return json.dumps(account, indent=2)


def _door(behind: str, key: Any) -> type[BaseHTTPRequestHandler]:
    handed_on = requests.Session()
    handed_on.auth = lambda request: request

    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self._body()
            if not _is_signed(self.headers.get("Authorization", ""), key):
                words = b"<?xml version='1.0' encoding='UTF-8'?><Error><Code>AuthenticationRequired"
                self._say(401, {}, words + b"</Code><Message>Invalid JWT</Message></Error>")
                return
            headers = {
                name.lower().replace("x-goog-", "x-amz-"): value
                for name, value in self.headers.items()
                if name.lower() not in ("authorization", "host", "content-length")
            }
            # moto takes who is signed in from S3's own signature; the bucket is this user's.
            headers["Authorization"] = (
                f"AWS4-HMAC-SHA256 Credential={USER}/20250101/us-east-1/s3/aws4_request, "
                "SignedHeaders=host, Signature=0"
            )
            given = handed_on.request(
                self.command, behind + self.path, headers=headers, data=body, timeout=60
            )
            self._say(given.status_code, dict(given.headers), given.content)

        do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = answer  # noqa: N815

        def _body(self) -> bytes:
            if self.headers.get("Transfer-Encoding", "") != "chunked":
                return self.rfile.read(int(self.headers.get("Content-Length", 0)))
            data = b""
            while size := int(self.rfile.readline(), 16):
                data += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return data

        def _say(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in headers.items():
                if name.lower() not in ("content-length", "transfer-encoding", "connection"):
                    self.send_header(name, value)
            size = headers.get("Content-Length") if self.command == "HEAD" else len(body)
            self.send_header("Content-Length", str(size or 0))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    return Door


def _is_signed(authorization: str, key: Any) -> bool:
    """Whether a request has a token that the account signed for itself (Google's AIP-4111)."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.hashes import SHA256

    way, _, token = authorization.partition(" ")
    parts = token.split(".")
    if way != "Bearer" or len(parts) != 3:
        return False
    head, claims, signature = (
        base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in parts
    )
    with suppress(InvalidSignature):
        key.verify(signature, ".".join(parts[:2]).encode(), PKCS1v15(), SHA256())
        told, now = json.loads(claims), time.time()
        return bool(
            json.loads(head)["alg"] == "RS256"
            and told["iss"] == told["sub"] == GOOGLE_USER
            and told["scope"].startswith("https://www.googleapis.com/auth/")
            and told["iat"] - 60 < now < told["exp"] <= told["iat"] + 3600
        )
    return False


@cache
def _azurite() -> str:
    """Start Azurite once for all tests of a process, and give its address."""
    account = {"AZURITE_ACCOUNTS": f"{USER}:{_azure_key(PASSWORD)}"}
    process = subprocess.Popen(
        [
            *(AZURITE, "--blobHost", "127.0.0.1", "--blobPort", "0", "--inMemoryPersistence"),
            *("--disableTelemetry", "--skipApiVersionCheck", "--silent"),
        ],
        env={**os.environ, **account},
        stdout=subprocess.PIPE,
        text=True,
    )
    atexit.register(process.wait)
    atexit.register(process.terminate)
    assert process.stdout is not None
    for line in process.stdout:
        if "listens on " in line:
            return line.partition("listens on ")[2].strip()
    raise AssertionError("Azurite did not start")


def _azure_key(password: str) -> str:
    return base64.b64encode(password.encode()).decode()


@contextmanager
def azure(folder: Path) -> Iterator[Server]:
    """Azurite with a fresh container; what lies there is read by Microsoft's own library."""
    from azure.core.exceptions import ResourceNotFoundError
    from azure.storage.blob import BlobServiceClient

    endpoint, name = f"{_azurite()}/{USER}", f"podcast-{uuid4().hex}"
    key = _azure_key(PASSWORD)
    login = {"account_name": USER, "account_key": key}
    with BlobServiceClient(endpoint, credential=login) as service:
        container = service.create_container(name, public_access="blob")

        def read(path: str) -> bytes | None:
            try:
                body: bytes = container.download_blob(f"www/{path}").readall()
            except ResourceNotFoundError:
                return None
            return body

        def paths() -> set[str]:
            return {one.name.removeprefix("www/") for one in container.list_blobs("www/")}

        def head(path: str) -> tuple[str, str]:
            told = container.get_blob_client(f"www/{path}").get_blob_properties().content_settings
            return told.content_type, told.cache_control

        yield Server(
            "az",
            f"az://{name}/www",
            read,
            paths,
            settings=f'user = "{USER}"\nendpoint = "{endpoint}"\n',
            web=f"{endpoint}/{name}/www/",
            secret=key,
            wrong=_azure_key("not-the-password"),
            head=head,
        )
        container.delete_container()
