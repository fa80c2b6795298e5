"""The studio answers its own pages in this machine's browser, and nobody else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from broadcast.studio import incoming
from broadcast.studio.safety import CHANGE_HEADER, Keys
from productions_by_hand import NAME, SCRIPT
from studio_at_hand import KEYS, ORIGIN, OWN_PAGE, browser_in, small_station, stranger

PASTE = "/programmes?file=pasted.txt"
PATHS = ("/", f"/programmes/{NAME}/row", "/files/studio.css", "/nowhere")


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    return browser_in(small_station(tmp_path))


def scripts_in(folder: Path) -> list[str]:
    return sorted(file.name for file in (folder / "scripts").iterdir())


def test_the_first_address_gives_a_cookie_that_only_this_site_sends(tmp_path: Path) -> None:
    answer = stranger(small_station(tmp_path)).get(f"/?token={KEYS.token}")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert KEYS.token not in cookie


@pytest.mark.parametrize("path", [*PATHS, "/?token=wrong", "/?token="])
def test_who_has_not_opened_the_first_address_sees_nothing(tmp_path: Path, path: str) -> None:
    answer = stranger(small_station(tmp_path)).get(path)
    assert answer.status_code == 403
    assert "cầu" not in answer.text
    assert "set-cookie" not in answer.headers


def test_keys_differ_at_every_start() -> None:
    one, other = Keys(8010), Keys(8010)
    assert not {one.token, one.session, one.change} & {other.token, other.session, other.change}
    assert len({one.token, one.session, one.change}) == 3


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8010", "127.0.0.1", "127.0.0.1:80", "127.0.0.1.x:8010"]
)
def test_another_name_that_leads_here_is_refused(client: TestClient, host: str) -> None:
    for path in (*PATHS, f"/?token={KEYS.token}"):
        answer = client.get(path, headers={"host": host})
        assert answer.status_code == 421
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({}, "no origin and no word"),
        ({"origin": ORIGIN}, "no word"),
        ({CHANGE_HEADER: KEYS.change}, "no origin"),
        ({**OWN_PAGE, CHANGE_HEADER: KEYS.session}, "another word"),
        ({**OWN_PAGE, "origin": "http://evil.example"}, "another page"),
        ({**OWN_PAGE, "origin": "null"}, "a page of no place"),
        ({**OWN_PAGE, "origin": "http://127.0.0.1:9000"}, "another port"),
        ({**OWN_PAGE, "origin": "https://127.0.0.1:8010"}, "another scheme"),
        ({**OWN_PAGE, "sec-fetch-site": "cross-site"}, "another site"),
        ({**OWN_PAGE, "sec-fetch-site": "same-site"}, "another port, as browsers tell it"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_no_other_page_changes_anything(
    client: TestClient, tmp_path: Path, headers: dict[str, str], why: str
) -> None:
    answer = client.post(PASTE, content=SCRIPT.encode(), headers=headers)
    assert answer.status_code == 403
    assert scripts_in(tmp_path) == [f"{NAME}.txt"]


def test_its_own_page_may(client: TestClient, tmp_path: Path) -> None:
    assert client.post(PASTE, content=SCRIPT.encode(), headers=OWN_PAGE).status_code == 201
    assert len(scripts_in(tmp_path)) == 2


def test_a_change_without_the_cookie_is_refused(tmp_path: Path) -> None:
    client = stranger(small_station(tmp_path))
    answer = client.post(PASTE, content=SCRIPT.encode(), headers=OWN_PAGE)
    assert answer.status_code == 403
    assert scripts_in(tmp_path) == [f"{NAME}.txt"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_forbids_what_is_not_the_studio_s_own(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        "/files/../app.py",
        "/files/%2e%2e/app.py",
        "/files/..%2fapp.py",
        "/programmes/..%2f..%2fstation/row",
        "/programmes/%2e%2e/row",
        "/programmes/..%5cstation/row",
        "/programmes/station.toml/row",
    ],
)
def test_no_address_leads_out_of_where_it_belongs(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "email" not in answer.text
    assert "Starlette" not in answer.text


@pytest.mark.parametrize(
    "name", ["../../station.txt", "..\\..\\station.txt", "/etc/passwd.txt", "a/../../b.txt", ".."]
)
def test_a_file_s_name_leads_nowhere(client: TestClient, tmp_path: Path, name: str) -> None:
    before = {file for file in tmp_path.rglob("*") if ".broadcast" not in file.parts}
    answer = client.post(
        "/programmes", params={"file": name}, content=SCRIPT.encode(), headers=OWN_PAGE
    )
    assert answer.status_code == 201
    new = {file for file in tmp_path.rglob("*") if ".broadcast" not in file.parts} - before
    assert {file.parent for file in new} == {tmp_path / "scripts"}
    assert not list((tmp_path / ".broadcast/incoming").iterdir())


HOSTILE = """\
<script>alert(1)</script> & "cầu" <img src=x onerror=alert(2)>

Phóng viên </h3><script>alert(3)</script>: Thưa ông, bao giờ cầu <b onclick=alert(4)>thông xe</b>?

Ông Đỗ Văn Lâm: Cầu thông xe đúng ngày lễ {{ words }} {% raw %}
sớm hơn </textarea><svg onload=alert(5)>.
"""


def test_words_of_a_script_never_become_markup(client: TestClient, tmp_path: Path) -> None:
    (tmp_path / "scripts/doc-hai.txt").write_text(HOSTILE, "utf-8")
    pages = ["/", "/programmes/doc-hai/row"]
    for page in pages:
        text = client.get(page).text
        assert not re.search(
            r"<script(?! type=\"module\" src=\"/files/)|<img|<b onclick|<svg onload", text
        )
        assert not re.search(r"<[^>]*\s(on\w+|style)=", text)


def test_a_text_longer_than_the_most_is_refused_before_it_is_read(client: TestClient) -> None:
    headers = {**OWN_PAGE, "content-length": str(2_000_000_000)}
    answer = client.post(PASTE, content=b"", headers=headers)
    assert answer.status_code == 422
    assert "64 MB" in answer.json()["told"]


def test_a_text_without_a_length_is_cut_off_at_the_most(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = []

    def endless():  # type: ignore[no-untyped-def]
        while True:
            sent.append(1)
            assert len(sent) < 100
            yield b"x" * 100

    monkeypatch.setattr("broadcast.studio.board.MOST_SCRIPT_BYTES", 1_000)
    assert incoming.MOST_SCRIPT_BYTES == 64_000_000
    limited = iter(endless())
    first = (next(limited) for _ in range(50))
    answer = client.post(PASTE, content=first, headers=OWN_PAGE)
    assert answer.status_code == 422
    assert scripts_in(tmp_path) == [f"{NAME}.txt"]
    assert not list((tmp_path / ".broadcast/incoming").iterdir())
