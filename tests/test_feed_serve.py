"""The preview answers as podcast hosts do: types, ranges, conditions; and shows nothing else."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path

import lxml.html
import pytest

from broadcast.errors import OutsideError
from broadcast.feed.published import FILE_ENDINGS
from broadcast.feed.serve import FeedServer, serve
from feeds_by_hand import Shelf
from timelines_by_hand import SHOW

MP3 = bytes(range(256)) * 40
LAST = len(MP3) - 1


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


def ask(server: FeedServer, path: str, method: str = "GET", **headers: str) -> Answer:
    """One request with a client that adds nothing of its own; ``If_Range`` is If-Range."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=60)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    connection.putheader("Host", headers.pop("Host", "localhost"))
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    response = connection.getresponse()
    answer = Answer(response.status, response.headers, response.read())
    connection.close()
    return answer


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FeedServer]:
    folder = tmp_path_factory.mktemp("served")
    shelf = Shelf(folder / "shelf")
    site = folder / "feed"
    shelf.write(site, shelf.episode())
    (site / "media" / "a b.mp3").write_bytes(MP3)
    (site / "media" / "empty.mp3").write_bytes(b"")
    (site / "media" / "đài.mp3").write_bytes(MP3)
    (site / "media" / "small.opus").write_bytes(MP3)
    (site / "media" / "cover.png").write_bytes(MP3)
    (folder / "secret.txt").write_text("secret", "utf-8")
    (site / "media" / ".unfinished-1").write_text("secret", "utf-8")
    made = serve(site, 0)
    thread = threading.Thread(target=made.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


def test_it_answers_on_this_machine_alone_unless_told_otherwise(server: FeedServer) -> None:
    assert server.server_address[0] == "127.0.0.1"
    assert server.url == f"http://127.0.0.1:{server.server_port}/"


def place_of(server: FeedServer, pattern: str) -> str:
    (file,) = server.folder.glob(pattern)
    return "/" + file.relative_to(server.folder).as_posix()


@pytest.mark.parametrize(
    ("pattern", "kind"),
    [
        ("feed.xml", "application/rss+xml; charset=utf-8"),
        ("index.html", "text/html; charset=utf-8"),
        ("media/nam-moi-*.mp3", "audio/mpeg"),
        ("media/nam-moi-*.vtt", "text/vtt; charset=utf-8"),
        ("media/nam-moi-*[0-9a-f].json", "application/json+chapters; charset=utf-8"),
        ("media/nam-moi-*.srt", "application/x-subrip; charset=utf-8"),
        ("media/nam-moi-*.transcript.json", "application/json; charset=utf-8"),
        ("media/nam-moi-*.transcript.html", "text/html; charset=utf-8"),
        ("media/nam-moi-*.transcript.txt", "text/plain; charset=utf-8"),
        ("media/small.opus", "audio/ogg"),
        ("media/cover.png", "image/png"),
        ("assets/cover-*.jpg", "image/jpeg"),
        ("assets/style-*.css", "text/css; charset=utf-8"),
        ("assets/player-*.js", "text/javascript; charset=utf-8"),
    ],
)
def test_get_and_head_tell_type_and_length_of_every_file(
    server: FeedServer, pattern: str, kind: str
) -> None:
    path = place_of(server, pattern)
    content = (server.folder / path[1:]).read_bytes()
    got, head = ask(server, path), ask(server, path, "HEAD")
    assert (got.status, head.status) == (200, 200)
    assert got.body == content
    assert head.body == b""
    for answer in (got, head):
        assert answer.headers["Content-Type"] == kind
        assert answer.headers["Content-Length"] == str(len(content))
        assert answer.headers["Accept-Ranges"] == "bytes"


def test_what_web_players_fetch_from_other_sites_may_be_fetched(server: FeedServer) -> None:
    fetched = [
        end
        for kind, end in FILE_ENDINGS.items()
        if kind.startswith("transcript") or kind == "chapters"
    ]
    shown = [f"media/nam-moi-{'?' * 12}.mp3", "assets/cover-*.jpg", "index.html"]
    allowed = {
        pattern: ask(server, place_of(server, pattern)).headers["Access-Control-Allow-Origin"]
        for pattern in (
            *(f"media/nam-moi-{'?' * 12}{end}" for end in fetched),
            "feed.xml",
            *shown,
        )
    }
    assert list(allowed.values()) == ["*"] * 7 + [None] * 3


def test_only_what_is_named_by_its_content_is_kept_for_long(server: FeedServer) -> None:
    assert "immutable" in ask(server, place_of(server, "media/*.vtt")).headers["Cache-Control"]
    assert ask(server, "/feed.xml").headers["Cache-Control"] == "no-cache"
    assert ask(server, "/episodes/nam-moi.html").headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=0-1", 0, 1),
        ("bytes=100-299", 100, 299),
        ("bytes=100-", 100, LAST),
        ("bytes=0-", 0, LAST),
        (f"bytes={LAST}-", LAST, LAST),
        (f"bytes=5-{LAST + 1000}", 5, LAST),
        ("bytes=-1", LAST, LAST),
        ("bytes=-500", LAST - 499, LAST),
        ("bytes=-999999", 0, LAST),
        ("Bytes=7-9", 7, 9),
    ],
)
def test_a_range_gives_those_bytes(server: FeedServer, asked: str, first: int, last: int) -> None:
    answer = ask(server, "/media/a%20b.mp3", Range=asked)
    assert answer.status == 206
    assert answer.body == MP3[first : last + 1]
    assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{len(MP3)}"
    assert answer.headers["Content-Length"] == str(last + 1 - first)
    assert answer.headers["Content-Type"] == "audio/mpeg"


@pytest.mark.parametrize(
    "asked", [f"bytes={LAST + 1}-", f"bytes={LAST + 1}-{LAST + 9}", "bytes=-0", "bytes=999999-"]
)
def test_a_range_outside_the_file_is_refused_with_its_length(
    server: FeedServer, asked: str
) -> None:
    answer = ask(server, "/media/a%20b.mp3", Range=asked)
    assert (answer.status, answer.body) == (416, b"")
    assert answer.headers["Content-Range"] == f"bytes */{len(MP3)}"
    assert answer.headers["Content-Length"] == "0"


def test_an_empty_file_has_no_first_byte(server: FeedServer) -> None:
    assert ask(server, "/media/empty.mp3").status == 200
    assert ask(server, "/media/empty.mp3", Range="bytes=0-").status == 416


@pytest.mark.parametrize(
    "asked",
    [
        "bytes=0-1,5-9",
        "bytes=9-5",
        "bytes=-",
        "bytes=a-b",
        "items=0-5",
        "0-5",
        "bytes=" + "9" * 5000 + "-",
        "bytes=²-5",
    ],
)
def test_several_ranges_and_what_is_no_range_give_the_whole_file(
    server: FeedServer, asked: str
) -> None:
    answer = ask(server, "/media/a%20b.mp3", Range=asked)
    assert (answer.status, answer.body) == (200, MP3)
    assert answer.headers["Content-Range"] is None


def test_head_ignores_ranges(server: FeedServer) -> None:
    answer = ask(server, "/media/a%20b.mp3", "HEAD", Range="bytes=0-4")
    assert answer.status == 200
    assert answer.headers["Content-Length"] == str(len(MP3))


def test_who_has_the_file_gets_no_second_copy(server: FeedServer) -> None:
    first = ask(server, "/feed.xml")
    etag, modified = first.headers["ETag"], first.headers["Last-Modified"]
    assert etag.startswith('"')
    for known in (
        {"If_None_Match": etag},
        {"If_None_Match": f'"other", W/{etag}'},
        {"If_None_Match": "*"},
        {"If_Modified_Since": modified},
        {"If_Modified_Since": formatdate(time.time() + 9999, usegmt=True)},
        {"If_None_Match": etag, "Range": "bytes=0-4"},
    ):
        for method in ("GET", "HEAD"):
            answer = ask(server, "/feed.xml", method, **known)
            assert (answer.status, answer.body) == (304, b""), known
            assert answer.headers["ETag"] == etag


def test_who_has_another_file_gets_this_one(server: FeedServer) -> None:
    modified = ask(server, "/feed.xml").headers["Last-Modified"]
    for known in (
        {"If_None_Match": '"other"'},
        {"If_None_Match": '"other"', "If_Modified_Since": modified},
        {"If_Modified_Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
        {"If_Modified_Since": "yesterday"},
        {"If_Modified_Since": "Mon, 01 Jan 0001 00:00:00 -0000"},
    ):
        assert ask(server, "/feed.xml", **known).status == 200, known


def test_a_download_goes_on_only_in_the_same_file(server: FeedServer) -> None:
    path = "/media/a%20b.mp3"
    first = ask(server, path, "HEAD")
    for same in (first.headers["ETag"], first.headers["Last-Modified"]):
        assert ask(server, path, Range="bytes=10-", If_Range=same).status == 206
    for other in ('"other"', "W/" + first.headers["ETag"], "Thu, 01 Jan 1970 00:00:00 GMT"):
        answer = ask(server, path, Range="bytes=10-", If_Range=other)
        assert (answer.status, answer.body) == (200, MP3)


def test_a_changed_file_has_another_etag(server: FeedServer) -> None:
    file = server.folder / "media" / "changing.mp3"
    file.write_bytes(MP3)
    before = ask(server, "/media/changing.mp3").headers["ETag"]
    file.write_bytes(MP3 + b"more")
    assert ask(server, "/media/changing.mp3").headers["ETag"] != before


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/media/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/media/..%2f..%2fsecret.txt",
        "/..%5csecret.txt",
        "/%2fetc/passwd",
        "//etc/passwd",
        "/C:%5cWindows/win.ini",
        "/.broadcast.json",
        "/media/.unfinished-1",
        "/%00",
        "/feed.xml%00.html",
        "/" + "a" * 5000,
        "/media/",
        "/media",
        "/feed.xml/",
        "/feed.xml/x",
        "http://[",
        "/nothing.html",
    ],
)
def test_nothing_else_can_be_seen(server: FeedServer, path: str) -> None:
    for method in ("GET", "HEAD"):
        answer = ask(server, path, method)
        if answer.status == 301:
            answer = ask(server, answer.headers["Location"], method)
        assert answer.status == 404
        assert b"secret" not in answer.body


def test_a_link_out_of_the_folder_leads_nowhere(server: FeedServer) -> None:
    try:
        (server.folder / "out.txt").symlink_to(server.folder.parent / "secret.txt")
    except OSError:
        pytest.skip("this system makes no links for this user")
    assert ask(server, "/out.txt").status == 404


@pytest.mark.parametrize(
    "path", ["/", "/index.html", "/?from=mail", "/index.html?x=../..", "http://127.0.0.1/"]
)
def test_the_folder_itself_is_its_page(server: FeedServer, path: str) -> None:
    answer = ask(server, path)
    assert answer.status == 200
    assert SHOW.title in answer.body.decode("utf-8")


def test_names_in_any_script_can_be_fetched(server: FeedServer) -> None:
    assert ask(server, "/media/%C4%91%C3%A0i.mp3").body == MP3
    assert ask(server, "/media/%ff%fe.mp3").status == 404


def test_a_folder_without_its_slash_is_redirected_within_this_site(server: FeedServer) -> None:
    for path in ("/episodes", "//episodes"):
        answer = ask(server, path)
        assert answer.status == 301
        assert answer.headers["Location"] == "/episodes/"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "BREW"])
def test_nothing_can_be_changed_from_outside(server: FeedServer, method: str) -> None:
    assert ask(server, "/feed.xml", method).status == 501


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8000", "127.0.0.1", "127.0.0.1:8000", "127.8.9.1", "[::1]:80"]
)
def test_it_answers_to_this_machines_own_names(server: FeedServer, host: str) -> None:
    assert ask(server, "/feed.xml", Host=host).status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "evil.example@127.0.0.1",
        "192.168.1.7",
        "[2001:db8::1]",
        "localhost evil.example",
        "127.0.0.1:80:80",
        "",
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_it_answers_to_no_other_name_that_leads_here(
    server: FeedServer, host: str, method: str
) -> None:
    for path in ("/feed.xml", "/", "/nothing.html"):
        answer = ask(server, path, method, Host=host)
        assert answer.status == 421
        assert SHOW.title.encode() not in answer.body
        assert answer.headers["Access-Control-Allow-Origin"] is None


def test_nor_when_the_name_is_in_the_address_or_given_twice(server: FeedServer) -> None:
    assert ask(server, "http://evil.example/feed.xml").status == 421
    twice = "GET /feed.xml HTTP/1.1\nHost: localhost\nHost: evil.example\n\n"
    assert exchange(server, twice).startswith("HTTP/1.1 421 ")


@pytest.mark.parametrize("path", ["/", "/feed.xml", "/nothing.html", "/episodes"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_every_answer_says_that_nothing_is_guessed_and_nothing_comes_from_elsewhere(
    server: FeedServer, path: str, method: str
) -> None:
    answer = ask(server, path, method)
    assert answer.headers.get_all("X-Content-Type-Options") == ["nosniff"]
    policy = dict(
        rule.strip().split(" ", 1) for rule in answer.headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'self'"
    assert "script-src" not in policy
    assert policy["frame-ancestors"] == "'none'"


def test_the_pages_need_nothing_that_the_policy_forbids(server: FeedServer) -> None:
    pages = [file for file in server.folder.rglob("*.html") if file.parent.name != "media"]
    for page in pages:
        tree = lxml.html.parse(str(page))
        assert tree.xpath("//@style | //style | //@*[starts-with(name(), 'on')]") == []
        inline = tree.xpath("//script[not(@src)]/@type")
        assert set(inline) <= {"application/ld+json"}  # data: a browser runs none of it
        shown = tree.xpath("//@src | //link[@rel='stylesheet' or @rel='icon']/@href")
        assert shown
        assert not any(":" in address for address in shown)


def test_it_tells_what_may_be_asked(server: FeedServer) -> None:
    asked = {"Origin": "https://player.example", "Access_Control_Request_Method": "GET"}
    for path, origin in (("/feed.xml", "*"), ("/media/a.vtt", "*"), ("/", None), ("*", None)):
        answer = ask(server, path, "OPTIONS", **asked)
        assert (answer.status, answer.body) == (204, b"")
        assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
        assert answer.headers["Access-Control-Allow-Origin"] == origin


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such pipes")
def test_a_pipe_or_a_device_in_the_folder_holds_nobody(server: FeedServer) -> None:
    os.mkfifo(server.folder / "media" / "pipe.mp3")
    (server.folder / "media" / "zero.mp3").symlink_to("/dev/zero")
    (server.folder / "media" / "piped").mkdir()
    os.mkfifo(server.folder / "media" / "piped" / "index.html")
    for method in ("GET", "HEAD"):
        for path in ("/media/pipe.mp3", "/media/zero.mp3", "/media/piped/"):
            assert ask(server, path, method).status == 404


def test_a_link_to_what_is_hidden_in_the_folder_leads_nowhere(server: FeedServer) -> None:
    (server.folder / "media" / "shown").mkdir()
    try:
        (server.folder / "shown.mp3").symlink_to(server.folder / "media" / ".unfinished-1")
        (server.folder / "media" / "shown" / "index.html").symlink_to(
            server.folder.parent / "secret.txt"
        )
    except OSError:
        pytest.skip("this system makes no links for this user")
    for path in ("/shown.mp3", "/media/shown/", "/media/shown/index.html"):
        answer = ask(server, path)
        assert (answer.status, b"secret" in answer.body) == (404, False)


def test_many_listeners_are_answered_at_once(server: FeedServer) -> None:
    slow = socket.create_connection(("127.0.0.1", server.server_port))
    slow.sendall(b"GET /feed.xml HTTP/1.1\r\n")  # and says no more

    def part(n: int) -> bool:
        return ask(server, "/media/a%20b.mp3", Range=f"bytes={n}-{n + 99}").body == MP3[n : n + 100]

    with slow, ThreadPoolExecutor(40) as listeners:
        assert all(listeners.map(part, range(400)))


def test_one_connection_serves_many_requests(server: FeedServer) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=60)
    for n in range(50):
        connection.request("GET", "/media/a%20b.mp3", headers={"Range": f"bytes={n}-{n}"})
        assert connection.getresponse().read() == MP3[n : n + 1]
    connection.close()


def exchange(server: FeedServer, asked: str) -> str:
    """What comes back for these words until the server ends the connection."""
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=60) as listener:
        listener.sendall(asked.replace("\n", "\r\n").encode())
        return b"".join(iter(lambda: listener.recv(65536), b"")).decode()


def test_an_old_program_may_keep_its_connection_and_is_told_so(server: FeedServer) -> None:
    kept = "GET /feed.xml HTTP/1.0\nConnection: keep-alive\n\n"
    told = exchange(server, kept + "GET /index.html HTTP/1.0\n\n")
    assert told.count("HTTP/1.1 200 OK") == 2
    assert told.count("Connection: keep-alive") == 1


def test_what_is_sent_along_with_a_request_is_not_taken_for_the_next(server: FeedServer) -> None:
    told = exchange(
        server, "GET /feed.xml HTTP/1.1\nContent-Length: 30\n\nGET / HTTP/1.1\nHost: x\n\n"
    )
    assert told.count("HTTP/1.1 ") == 1


def test_a_listener_who_hangs_up_disturbs_nobody(
    server: FeedServer, capfd: pytest.CaptureFixture[str]
) -> None:
    (server.folder / "media" / "long.mp3").write_bytes(bytes(8_000_000))
    with socket.create_connection(("127.0.0.1", server.server_port)) as listener:
        listener.sendall(b"GET /media/long.mp3 HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert listener.recv(1000)
    assert ask(server, "/feed.xml").status == 200
    assert capfd.readouterr().err == ""


def test_a_port_in_use_is_named(server: FeedServer) -> None:
    with pytest.raises(OutsideError, match=f"Port {server.server_port}") as raised:
        serve(server.folder, server.server_port)
    assert "--port" in (str(raised.value.hint or ""))


@pytest.mark.parametrize("port", [-1, 65_536])
def test_a_port_that_cannot_be_is_named(server: FeedServer, port: int) -> None:
    with pytest.raises(OutsideError, match=f"Port {port}"):
        serve(server.folder, port)


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl-C to a console, not to a process")
def test_ctrl_c_ends_it_cleanly_and_frees_the_port(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "shelf")
    shelf.write(tmp_path / "feed", shelf.episode())
    program = (
        "import sys; from pathlib import Path; from broadcast.feed.serve import serve\n"
        "with serve(Path(sys.argv[1]), int(sys.argv[2])) as server:\n"
        "    print(server.server_port, flush=True)\n"
        "    try:\n"
        "        server.serve_forever()\n"
        "    except KeyboardInterrupt:\n"
        "        pass\n"
    )

    port = 0
    for _ in range(2):  # the second time at once on the same port
        with subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path / "feed"), str(port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as running:
            try:
                assert running.stdout
                port = int(running.stdout.readline())
                # A listener who stays connected does not hold it up.
                with socket.create_connection(("127.0.0.1", port)) as listener:
                    listener.sendall(b"GET /feed.xml HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    assert listener.recv(12) == b"HTTP/1.1 200"
                    running.send_signal(signal.SIGINT)
                    told = running.communicate(timeout=60)[1]
            finally:
                running.kill()
        assert (running.returncode, told) == (0, "")
