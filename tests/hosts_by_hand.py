"""Web hosts that serve folders under names of their own, as plain files or by their own rules.

One server on this machine is the proxy of all names, so that nothing is asked of the network.
"""

from __future__ import annotations

import re
import threading
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

Kind = Literal["plain", "apache", "netlify", "cloudflare"]
RULE = re.compile(r"RewriteRule (\S+) (\S+) \[R=301,L,NE\]")


@dataclass(frozen=True)
class Host:
    """A host's top folder, and by whose rules it answers."""

    top: Path
    kind: Kind = "plain"

    def answer(self, path: str) -> Path | str | None:
        """The file that a path leads to, the address it is sent on to, or None."""
        there = self.top / unquote(path).lstrip("/")
        if there.is_dir():
            there /= "index.html"
        if self.kind == "apache":
            return self._by_htaccess(path) or _file(there)
        if self.kind == "netlify":
            forced = self._by_rules(path, "301!")
            return forced or _file(there) or self._by_rules(path, "301")
        if self.kind == "cloudflare":
            return self._by_rules(path, "301") or _file(there)
        return _file(there)

    def _by_htaccess(self, path: str) -> str | None:
        parts = unquote(path).lstrip("/").split("/")
        for depth in range(len(parts) - 1, -1, -1):  # the deepest one rules
            file = self.top.joinpath(*parts[:depth], ".htaccess")
            if file.is_file():
                lines = file.read_text("ascii").splitlines()
                assert lines[1] == "RewriteEngine On"
                rule = RULE.fullmatch(lines[2])
                assert rule
                found = re.fullmatch(rule[1], "/".join(parts[depth:]))
                to = rule[2].replace("$1", found[1] if found else "")
                assert not re.search(r"(?<!\\)[%$]", to), "what Apache takes for something found"
                return re.sub(r"\\(.)", r"\1", to) if found else None
        return None

    def _by_rules(self, path: str, code: str) -> str | None:
        file = self.top / "_redirects"
        lines = file.read_text("ascii").splitlines() if file.is_file() else []
        for old, new, status in (line.split() for line in lines if not line.startswith("#")):
            begin = old.removesuffix("*")
            if status == code and (path.startswith(begin) if begin != old else path == old):
                return new.replace(":splat", path.removeprefix(begin))
        return None


def _file(file: Path) -> Path | None:
    return file if file.is_file() else None


@dataclass(frozen=True)
class Web:
    """What programs see of the hosts: ``asked`` is every address that was, in order."""

    proxy: str
    asked: list[str]

    @property
    def handler(self) -> urllib.request.ProxyHandler:
        return urllib.request.ProxyHandler({"http": self.proxy})

    def open(self, address: str) -> tuple[str, bytes]:
        """Fetch an address as a program does, and give the one where it ended."""
        with urllib.request.build_opener(self.handler).open(address, timeout=10) as answer:
            return answer.url, answer.read()


@contextmanager
def web_of(hosts: Mapping[str, Host]) -> Iterator[Web]:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            parts = urlsplit(self.path)
            host = hosts.get(parts.netloc)
            answer = host.answer(parts.path) if host else None
            data = answer.read_bytes() if isinstance(answer, Path) else b""
            self.send_response(404 if answer is None else 301 if isinstance(answer, str) else 200)
            if isinstance(answer, str):
                self.send_header("Location", answer)
            if parts.path.endswith(".xml"):
                self.send_header("Content-Type", "application/xml")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Web(f"http://127.0.0.1:{server.server_address[1]}", asked)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
