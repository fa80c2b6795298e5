"""The studio's last screen: looked through, approved by name, published, withdrawn, uploaded."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import feedparser
import lxml.html
import pytest
from starlette.testclient import TestClient

from broadcast.production.desk.heard import mark_heard, sounds_of
from broadcast.production.desk.read_station import station_of
from broadcast.production.desk.trust import decide
from broadcast.production.public.upload_target import wanted_of_upload
from broadcast.workspace import Workspace
from productions_by_hand import (
    FIRST,
    LAM,
    NAME,
    SCRIPT,
    SECOND,
    SETTINGS,
    Production,
    production_in,
)
from station_at_hand import DRAFTS, STATION
from studio_at_hand import OWN_PAGE, browser_in

LAN = "Nguyễn Thị Lan, Phó Trưởng đài"
NEEDED = '[publish]\napproval = "official"\n'
SCREEN = f"/programmes/{NAME}/publish"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    """A station that wants approval where a synthetic voice says an official's words; one draft."""
    with production_in(tmp_path_factory.mktemp("built")) as made:
        made.set(NEEDED)
        made.build()
        yield made


@pytest.fixture
def here(built: Production, tmp_path: Path) -> Production:
    return built.copied_to(tmp_path / "station")


@pytest.fixture
def client(here: Production) -> TestClient:
    return browser_in(here.workspace)


def words_of(client: TestClient, address: str) -> str:
    return spoken(lxml.html.fromstring(client.get(address).text))


def spoken(part: lxml.html.HtmlElement) -> str:
    """All words of a part of a page, as one line."""
    return " ".join(" ".join(part.itertext()).split())


def shown(client: TestClient) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(client.get(SCREEN).text).get_element_by_id("screen")


def ask(client: TestClient, what: str, **fields: str) -> tuple[int, dict[str, object]]:
    """Send what the screen sends, with the draft that it shows."""
    given = json.dumps({"draft": shown(client).get("data-draft"), **fields})
    answer = client.post(f"/programmes/{NAME}/{what}", content=given, headers=OWN_PAGE)
    return answer.status_code, answer.json()


def is_published(here: Production) -> bool:
    record = here.workspace.published(NAME) / "published.json"
    return record.is_file() and json.loads(record.read_text("utf-8"))["state"] == "published"


def main_button(client: TestClient) -> str:
    """The one button of the screen that leads on."""
    (button,) = shown(client).xpath(".//*[contains(concat(' ', @class, ' '), ' main ')]")
    return str(button.get("id"))


def test_it_is_approved_by_name_then_published_then_withdrawn(
    client: TestClient, here: Production
) -> None:
    assert main_button(client) == "approve"
    assert ask(client, "approve", by=LAN) == (200, {"by": LAN})
    assert f"Approved {LAN}" in words_of(client, SCREEN)
    assert "Approved" in words_of(client, "/")
    assert main_button(client) == "publish"
    assert ask(client, "publish") == (200, {"waits": False})
    assert is_published(here)
    assert main_button(client) == "page"
    assert ask(client, "withdraw")[0] == 200
    assert not is_published(here)


def test_what_nobody_approved_is_refused_as_the_command_refuses_it(
    client: TestClient, here: Production
) -> None:
    status, told = ask(client, "publish")
    assert status == 422
    assert "nobody has approved that" in str(told["told"])
    assert not is_published(here)


def test_a_change_takes_approval_back_and_the_screen_says_what_changed(
    client: TestClient, here: Production
) -> None:
    ask(client, "approve", by=LAN)
    here.write(SCRIPT.replace("sớm hơn", "muộn hơn"))
    here.build()
    told = spoken(shown(client).get_element_by_id("gone"))
    assert "The approval no longer holds." in told
    assert "2: words changed" in told
    assert main_button(client) == "approve"


def test_a_draft_that_the_page_does_not_show_is_neither_approved_nor_published(
    client: TestClient, here: Production
) -> None:
    before = str(shown(client).get("data-draft"))
    here.write(SCRIPT.replace("sớm hơn", "muộn hơn"))
    here.build()
    for what in ("approve", "publish"):
        status, told = ask(client, what, by=LAN, draft=before)
        assert (status, told["code"]) == (422, "publish.built-meanwhile")


@pytest.mark.parametrize("at", ["soon", "2030-13-01T07:00", "99999-01-01T07:00"])
def test_a_time_that_is_none_is_told(client: TestClient, at: str) -> None:
    ask(client, "approve", by=LAN)
    status, told = ask(client, "publish", at=at)
    assert (status, told["told"]) == (422, f"There is no such time: {at}")


def test_it_waits_for_a_time_and_says_so(client: TestClient, here: Production) -> None:
    ask(client, "approve", by=LAN)
    assert ask(client, "publish", at="2090-01-01T07:00") == (200, {"waits": True})
    assert "Scheduled 2090-01-01 07:00" in words_of(client, SCREEN)
    assert not (here.root / "feed/episodes").exists()


def test_what_is_due_comes_when_one_wants(client: TestClient, here: Production) -> None:
    ask(client, "approve", by=LAN)
    ask(client, "publish")
    (here.root / "feed/feed.xml").unlink()
    assert "What listeners have is not what was published last." in words_of(client, SCREEN)
    assert client.post("/feed", content="{}", headers=OWN_PAGE).status_code == 200
    assert (here.root / "feed/feed.xml").is_file()
    assert "what was published last" not in words_of(client, SCREEN)


def test_errors_are_told_one_by_one(client: TestClient, here: Production) -> None:
    here.set(NEEDED, SETTINGS.replace("8000/", "8000/podcast/feed.xml"))
    ask(client, "approve", by=LAN)
    status, told = ask(client, "publish")
    assert (status, told["code"]) == (422, "publish.has-errors")
    (problem,) = told["problems"]
    assert "base_url" in problem
    assert not is_published(here)


def test_the_checklist_says_what_is_synthetic_unheard_and_loud(
    client: TestClient, here: Production
) -> None:
    told = words_of(client, f"/programmes/{NAME}/checks")
    assert "Nothing in the script is in the way" in told
    assert f"Synthetic voice: 4 of 4 turns The words of {LAM}; listeners are told" in told
    assert "Nothing of it was listened to yet" in told
    assert "As loud as it should be" in told
    record = here.draft().record
    keys = sounds_of(record)
    first = record.interview[0]
    mark_heard(here.workspace, NAME, *(key for id_, key in keys.items() if id_ != first.id))
    assert "Not listened to: turn 1" in words_of(client, f"/programmes/{NAME}/checks")
    (there,) = lxml.html.fromstring(client.get(f"/programmes/{NAME}/checks").text).xpath(
        "//a[contains(@href, '#')]/@href"
    )
    page, _, place = there.partition("#")
    assert lxml.html.fromstring(client.get(page).text).get_element_by_id(place) is not None
    mark_heard(here.workspace, NAME, *keys.values())
    assert "All of it was listened to" in words_of(client, f"/programmes/{NAME}/checks")


def test_the_checklist_says_that_recordings_or_the_script_changed(
    client: TestClient, here: Production
) -> None:
    here.record("02.wav", FIRST)
    here.record("04.wav", SECOND)
    here.build()
    assert "No guest's words" in words_of(client, f"/programmes/{NAME}/checks")
    here.write(SCRIPT.replace("sớm hơn", "muộn hơn"))
    told = words_of(client, f"/programmes/{NAME}/checks")
    assert "The script was changed since the build" in told
    here.build()
    told = words_of(client, f"/programmes/{NAME}/checks")
    assert "The recordings leave 1 doubt" in told
    assert "turn 2: 02.wav was recorded for other words" in told


def test_the_preview_is_the_listening_page_itself_and_finds_all_beside_it(
    client: TestClient, here: Production
) -> None:
    address = client.get(f"/programmes/{NAME}/preview").headers["location"]
    answer = client.get(address)
    assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
    page = lxml.html.fromstring(answer.content)
    page.make_links_absolute(f"http://127.0.0.1:8010{address}")
    loaded = page.xpath(
        "//audio/@src | //track/@src | //img/@src | //link[@rel='stylesheet']/@href | //script/@src"
    )
    assert len(loaded) >= 5
    for one in loaded:
        assert client.get(one).status_code == 200, one
    (audio,) = page.xpath("//audio/@src")
    draft = here.draft()
    sound = (draft.folder / draft.record.files.audio).read_bytes()
    part = client.get(audio, headers={"range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, sound[100:200])
    assert not here.workspace.published(NAME).exists()


def test_the_entry_is_the_feeds_own(client: TestClient) -> None:
    feed = feedparser.parse(client.get(f"/programmes/{NAME}/preview/feed.xml").content)
    (entry,) = feed.entries
    assert entry.title == "Cầu mới qua sông Vân"
    told = words_of(client, f"/programmes/{NAME}/entry")
    assert entry.title in told
    assert "Giọng đọc tổng hợp" in told


@pytest.mark.parametrize(
    "path", ["../../../station.toml", "media/../../station.toml", "..%2f..%2fstation.toml", "a/b"]
)
def test_the_preview_leads_nowhere_else(client: TestClient, path: str) -> None:
    answer = client.get(f"/programmes/{NAME}/preview/{path}")
    assert answer.status_code == 404


def test_what_was_never_built_has_nothing_to_approve(client: TestClient, here: Production) -> None:
    here.write(SCRIPT.replace("Cầu mới", "Cầu cũ"), "cau-cu")
    assert "Nothing is built yet" in words_of(client, "/programmes/cau-cu/publish")
    assert client.get("/programmes/cau-cu/preview/episodes/cau-cu.html").status_code == 404


def test_what_was_never_built_is_called_by_its_title_and_what_is_not_there_by_nothing(
    client: TestClient, here: Production
) -> None:
    script = SCRIPT.replace("Cầu mới", "Cầu cũ")
    here.write(script, "cau-cu")
    page = lxml.html.fromstring(client.get("/programmes/cau-cu/publish").text)
    (title,) = page.xpath("//h1/text()")
    assert title == script.partition("\n")[0]
    assert title in page.findtext(".//title")
    here.write("", "cau-cu")
    assert "cau-cu" in words_of(client, "/programmes/cau-cu/publish")
    assert client.get("/programmes/khong-co/publish").status_code == 404


def outcome(client: TestClient) -> dict[str, object]:
    """What an upload came to, as the screen is told."""
    assert client.post("/upload", content="{}", headers=OWN_PAGE).status_code == 202
    *_, last = client.get("/upload/progress").text.strip().split("\n\n")
    found: dict[str, object] = json.loads(last.removeprefix("data: "))
    return found


def test_feed_goes_to_the_host_beside_the_pages(client: TestClient, here: Production) -> None:
    host = here.root.parent / "host"
    host.mkdir()
    here.set(f'{NEEDED}[upload]\nto = "file:{host}"\ncheck = false\n')
    ask(client, "approve", by=LAN)
    ask(client, "publish")
    assert main_button(client) == "upload"
    assert client.get("/upload/progress").status_code == 404
    told = outcome(client)
    assert told["state"] == "failed"
    assert "nobody has allowed this station" in str(told["told"])
    for one in wanted_of_upload(here.workspace, station_of(here.workspace)):
        decide(one, allowed=True)
    told = outcome(client)
    assert (told["state"], told["code"]) == ("done", "")
    assert "has all of feed/ now" in str(told["told"])
    assert (host / "feed.xml").read_bytes() == (here.workspace.feed / "feed.xml").read_bytes()


def test_words_of_people_never_become_markup(client: TestClient, here: Production) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    ask(client, "approve", by=hostile)
    assert hostile in words_of(client, SCREEN)
    assert not shown(client).xpath(".//img | .//*[@onerror]")
    here.write(SCRIPT.replace("Cầu mới qua sông Vân", f"Cầu mới {hostile}"))
    here.build()
    for address in (SCREEN, f"/programmes/{NAME}/entry", f"/programmes/{NAME}/checks"):
        assert "onerror=alert" not in client.get(address).text.replace("&lt;img src=x onerror", "")
    page = lxml.html.fromstring(
        client.get(f"/programmes/{NAME}/preview/episodes/{NAME}.html").content
    )
    assert not page.xpath("//*[@onerror]")


@pytest.mark.parametrize("name", DRAFTS)
def test_drafts_of_before_are_looked_through_and_shown(name: str, tmp_path: Path) -> None:
    root = Path(shutil.copytree(STATION, tmp_path / "before"))
    client = browser_in(Workspace(root))
    before = {file for file in root.rglob("*") if ".broadcast" not in file.parts}
    for what in ("publish", "checks", "entry", f"preview/episodes/{name}.html"):
        assert client.get(f"/programmes/{name}/{what}").status_code == 200, what
    assert {file for file in root.rglob("*") if ".broadcast" not in file.parts} == before
