"""From a pasted interview to a published episode with real voices, in a real browser.

By mouse, and by Tab, arrows and Enter alone; beside another tab and a command line; and with the
server and the tab killed at work.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import feedparser
import mutagen.mp3
import numpy as np
import pytest
import soundfile
from playwright.sync_api import Browser, BrowserContext, Page

import browsing
from broadcast.model import Utterance, Voice
from broadcast.speech.espeak import Espeak
from browsing import OpenPage
from productions_by_hand import SETTINGS
from studios_running import studio_of, studio_process

NAME = "mua-nuoc-noi-o-con-tre"
TITLE = "Mùa nước nổi ở Cồn Tre"
HOST = "Anh Phạm Hữu Nghĩa"
ASKER, TEACHER, FERRYMAN = "Phóng viên", "Cô giáo Lê Thị Sen", "Ông Trần Văn Bảy"
TURNS = (
    (ASKER, "Thưa cô, mùa nước nổi năm nay học trò đến lớp bằng cách nào?"),
    (TEACHER, "Các em đi đò, mỗi sáng hai chuyến. Ai cũng mặc áo phao."),
    (ASKER, "Thưa ông, chở các em qua sông có vất vả không?"),
    (TEACHER, "Vất vả mà vui. Bốn mươi năm nay tôi chưa bỏ chuyến nào."),
)
"""The last of them is said by the ferryman: whoever typed it out named the teacher."""
PASTED = "\n\n".join([TITLE, *(f"{who}: {words}" for who, words in TURNS)]) + "\n"
REAL = (1, 2, 4)
LAN = "Nguyễn Thị Lan, Phó Trưởng đài"
MOST_TABS = 90
MOST_WAIT_S = 60
"""How long is waited for a build; a busy machine takes several times what a quiet one does."""
FREE = "document.querySelector('#job').hidden"


def until(page: Page, condition: str) -> None:
    browsing.until(page, condition, MOST_WAIT_S)


@pytest.fixture
def station(tmp_path: Path) -> Path:
    """A station that has nothing yet, speaks by the embedded voice and wants approval."""
    folder = tmp_path / "station"
    (folder / "scripts").mkdir(parents=True)
    settings = SETTINGS.replace("tones", "espeak") + '[publish]\napproval = "official"\n'
    (folder / "station.toml").write_text(settings, "utf-8")
    return folder


@pytest.fixture
def address(station: Path) -> Iterator[str]:
    with studio_of(station) as first:
        yield first


@pytest.fixture(scope="session")
def phone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Recordings of the turns as they come from a phone, in other voices than a build gives."""
    folder = tmp_path_factory.mktemp("phone")
    for n, (_, words) in enumerate(TURNS, 1):
        wav = Espeak().speak(Utterance(words, Voice("espeak", f"vi+{('f4', 'm7')[n % 2]}", "vi")))
        samples, rate_hz = soundfile.read(BytesIO(wav), dtype="float32")
        room = np.random.default_rng(n).standard_normal(len(samples) + 2 * rate_hz) * 0.001
        room[rate_hz : rate_hz + len(samples)] += samples
        soundfile.write(folder / f"lượt {n}.wav", room.astype(np.float32), rate_hz)
    return folder


def record(station: Path, name: str = NAME) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        (station / "episodes" / name / "episode.json").read_text("utf-8")
    )
    return found


def real_turns(station: Path) -> list[int]:
    return [one["n"] for one in record(station)["turns"] if one["take"]["kind"] != "synthetic"]


def dropped(page: Page, n: int) -> None:
    until(page, f"document.querySelector('#turn-{n} .badge.real')")


def said_by(page: Page, n: int, name: str) -> None:
    """Say on the script screen, by mouse, who else says a turn."""
    page.locator(".said [data-open]").nth(n - 1).click()
    page.locator("#tools summary").click()
    page.locator("#other").click()
    page.keyboard.insert_text(name)
    page.locator("#by-other").click()
    until(page, f"document.querySelectorAll('.said h3')[{n - 1}].textContent === '{name}'")


def listeners_have_it(station: Path, phone: Path) -> None:
    """Read what is published with other programs than the one that wrote it."""
    feed = feedparser.parse((station / "feed/feed.xml").read_bytes())
    assert not feed.bozo
    (entry,) = feed.entries
    assert entry.title == TITLE
    (enclosure,) = entry.enclosures
    sound = station / "feed" / enclosure.href.removeprefix("http://127.0.0.1:8000/")
    assert sound.stat().st_size == int(enclosure.length)
    assert mutagen.mp3.MP3(sound).info.length > 10
    page = station / "feed" / entry.link.removeprefix("http://127.0.0.1:8000/")
    html = (page / "index.html" if page.is_dir() else page).read_text("utf-8")
    for _, words in TURNS:
        assert words.partition(". ")[0] in html
    assert FERRYMAN in html
    for n in REAL:
        assert likeness(sound, phone / f"lượt {n}.wav") > 0.5
    assert likeness(sound, phone / "lượt 3.wav") < 0.3


def likeness(whole: Path, part: Path) -> float:
    """Give how much like a recording the likest place of a programme is: 1 is the same sound."""
    (programme, rate_hz), (wanted, wanted_hz) = (
        soundfile.read(file, dtype="float32") for file in (whole, part)
    )
    programme = programme if programme.ndim == 1 else programme.mean(axis=1)
    times = np.arange(0, len(wanted) / wanted_hz, 1 / rate_hz)
    wanted = np.interp(times, np.arange(len(wanted)) / wanted_hz, wanted)
    loud = np.flatnonzero(np.abs(wanted) > 0.05)
    wanted = wanted[loud[0] : loud[-1]]
    size = 1 << (len(programme) + len(wanted)).bit_length()
    found = np.fft.irfft(np.fft.rfft(programme, size) * np.fft.rfft(wanted, size).conj(), size)
    summed = np.concatenate([[0.0], np.cumsum(np.square(programme, dtype=np.float64))])
    energy = summed[len(wanted) :] - summed[: -len(wanted)]
    norm = np.sqrt(np.maximum(energy, energy.max() / 100) * np.square(wanted).sum())
    return float((np.abs(found[: len(energy)]) / norm).max())


def test_an_interview_becomes_an_episode_with_real_voices_by_mouse(
    station: Path, address: str, phone: Path, open_page: OpenPage
) -> None:
    page = open_page(address)
    page.locator("#paste").click()
    page.keyboard.insert_text(PASTED)
    page.locator("#make").click()
    page.wait_for_url("**/script")
    said_by(page, 4, FERRYMAN)
    page.locator("#build").click()
    until(page, f"document.querySelectorAll('[data-hear]').length && {FREE}")
    page.locator(".steps a", has_text="Nghe").click()
    for n in REAL:
        with page.expect_file_chooser() as chooser:
            page.locator(f"#turn-{n} .drop").click()
        chooser.value.set_files(phone / f"lượt {n}.wav")
        dropped(page, n)
        until(page, f"document.querySelector('#screen').dataset.follows === 'yes' && {FREE}")
    page.locator("#turn-4 [data-hear]").first.click()
    until(page, "document.querySelector('#turn-4').dataset.heard === ''")
    page.locator(".steps a", has_text="Duyệt và đăng").click()
    page.wait_for_url("**/publish")
    page.locator("#by").click()
    page.keyboard.insert_text(LAN)
    page.locator("#approve").click()
    page.locator("main", has_text=LAN).wait_for()
    page.locator("#publish.main").click()
    page.locator("#page.main").wait_for()
    assert real_turns(station) == list(REAL)
    listeners_have_it(station, phone)


def tab_to(page: Page, role: Any, name: str, key: str = "Tab") -> None:
    """Press Tab until what has this role and a name that begins so has the focus."""
    named = re.compile(f"^{re.escape(name)}")
    folds = page.locator("summary").filter(has_text=named)  # which has no role of its own
    places = folds if role == "summary" else page.get_by_role(role, name=named)
    wanted = places.and_(page.locator(":focus"))
    for _ in range(MOST_TABS):
        page.keyboard.press(key)
        if wanted.count():
            return
    pytest.fail(f"{MOST_TABS} times {key} never come to the {role} {name!r}")


def test_an_interview_becomes_an_episode_with_tab_arrows_enter_and_space_alone(
    station: Path, address: str, phone: Path, open_page: OpenPage
) -> None:
    page = open_page(address)
    # Asked for only when a key is pressed, the browser's own window is quicker than the test.
    page.on("filechooser", lambda _: None)
    tab_to(page, "textbox", "Dán bài phỏng vấn")
    page.keyboard.insert_text(PASTED)
    tab_to(page, "button", "Tạo chương trình")
    page.keyboard.press("Enter")
    page.wait_for_url("**/script")
    tab_to(page, "button", f"Sửa: {ASKER}")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    tab_to(page, "button", "Sửa lời")
    tab_to(page, "summary", "Người khác")
    page.keyboard.press("Enter")
    tab_to(page, "textbox", "Người khác")
    page.keyboard.insert_text(FERRYMAN)
    tab_to(page, "button", "Nói lượt này")
    page.keyboard.press("Space")
    until(page, f"document.querySelectorAll('.said h3')[3].textContent === '{FERRYMAN}'")
    tab_to(page, "button", "Dựng và nghe", "Shift+Tab")
    page.keyboard.press("Enter")
    until(page, f"document.querySelectorAll('[data-hear]').length && {FREE}")
    tab_to(page, "link", "Nghe", "Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/hear")
    for n in REAL:
        tab_to(page, "button", f"Bản thu cho lượt {n}")
        with page.expect_file_chooser() as chooser:
            page.keyboard.press("Enter" if n % 2 else "Space")
        chooser.value.set_files(phone / f"lượt {n}.wav")
        dropped(page, n)
        until(page, f"document.querySelector('#screen').dataset.follows === 'yes' && {FREE}")
    tab_to(page, "button", "Nghe: lượt 4")
    page.keyboard.press("Space")
    until(page, "document.querySelector('#turn-4').dataset.heard === ''")
    tab_to(page, "link", "Duyệt và đăng", "Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/publish")
    tab_to(page, "textbox", "Người duyệt")
    page.keyboard.insert_text(LAN)
    tab_to(page, "button", "Duyệt bản này")
    page.keyboard.press("Enter")
    page.locator("main", has_text=LAN).wait_for()
    tab_to(page, "button", "Đăng")
    page.keyboard.press("Enter")
    page.locator("#page.main").wait_for()
    assert real_turns(station) == list(REAL)
    listeners_have_it(station, phone)


def command(station: Path, *words: str) -> None:
    """Run a command beside the studio, as somebody at a terminal does."""
    done = subprocess.run(
        [sys.executable, "-m", "broadcast", *words], cwd=station, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def screen_of(open_page: OpenPage, address: str, what: str) -> Page:
    page = open_page(address)
    page.goto(f"{address.partition('?')[0]}programmes/{NAME}/{what}")
    return page


@pytest.fixture
def built(station: Path) -> Path:
    """The station with its programme built, all of it synthetic."""
    (station / f"scripts/{NAME}.txt").write_text(PASTED, "utf-8")
    command(station, "build", NAME)
    return station


def test_two_tabs_and_a_command_line_lose_nobodys_words_or_takes(
    built: Path, address: str, phone: Path, open_page: OpenPage
) -> None:
    words, heard = (screen_of(open_page, address, what) for what in ("script", "hear"))
    asked = "Hỏi từ thẻ này: các em qua sông thế nào?"
    beside = subprocess.Popen(
        [sys.executable, "-m", "broadcast", "swap", NAME, "2", str(phone / "lượt 2.wav")],
        cwd=built,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    heard.locator("#turn-4 [data-drop]").set_input_files(phone / "lượt 4.wav")
    words.locator(".said [data-open]").first.click()
    words.locator("#tools [data-act=edit]").click()
    words.locator("#words").fill(asked)
    words.locator("#words").press("Enter")
    until(words, "document.querySelector('.said').innerText.includes('Hỏi từ thẻ này')")
    told = beside.communicate(timeout=60)[0]
    assert beside.returncode == 0, told
    dropped(heard, 4)
    other = screen_of(open_page, address, "script")
    said_by(other, 3, HOST)
    until(words, "!document.querySelector('#outside').hidden")
    words.locator("#fresh").click()
    until(words, f"document.querySelectorAll('.said h3')[2].textContent === '{HOST}'")
    command(built, "build", NAME)
    script = (built / f"scripts/{NAME}.txt").read_text("utf-8")
    assert asked in script
    assert HOST in script
    assert real_turns(built) == [2, 4]
    heard.reload()
    dropped(heard, 2)
    dropped(heard, 4)
    assert asked in heard.locator("#turn-1").inner_text()
    assert heard.locator("#screen").get_attribute("data-follows") == "yes"


@pytest.fixture
def profile(browser: Browser) -> Iterator[BrowserContext]:
    """One person's browser, which stays when a tab of it or a studio is killed."""
    context = browser.new_context()
    yield context
    context.close()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def tab(profile: BrowserContext, address: str, what: str = "") -> Page:
    page = profile.new_page()
    page.goto(address)
    if what:
        page.goto(f"{address.partition('?')[0]}programmes/{NAME}/{what}")
    return page


def half_a_take(page: Page, station: Path, file: Path, port: int) -> socket.socket:
    """Send the first half of a recording for turn 4, as a browser on a slow disk does."""
    change = page.locator("meta[name=studio-change]").get_attribute("content")
    turn = page.locator("#turn-4").get_attribute("data-turn")
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in page.context.cookies())
    sound = file.read_bytes()
    head = (
        f"POST /programmes/{NAME}/takes/drop?turn={turn}&file=half.wav HTTP/1.1\r\n"
        f"Host: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nCookie: {cookies}\r\n"
        f"X-Studio-Change: {change}\r\nContent-Length: {len(sound)}\r\n\r\n"
    )
    sending = socket.create_connection(("127.0.0.1", port))
    sending.sendall(head.encode() + sound[: len(sound) // 2])
    last = time.monotonic() + MOST_WAIT_S
    while not any((station / ".broadcast/incoming").glob("*/*.wav")):
        assert time.monotonic() < last, "it never comes in"
        page.wait_for_timeout(20)
    return sending


def test_what_was_saved_outlives_a_server_killed_while_it_builds_and_a_take_comes_in(
    built: Path, phone: Path, profile: BrowserContext
) -> None:
    port = free_port()
    with studio_process(built, port=port) as (address, running):
        board = tab(profile, address)
        board.locator("#paste").fill("Tiêu đề dở\n\nPhóng viên: Câu hỏi dở dang")
        heard = tab(profile, address, "hear")
        heard.locator("#turn-2 [data-drop]").set_input_files(phone / "lượt 2.wav")
        dropped(heard, 2)
        until(heard, FREE)
        before = record(built)
        words = tab(profile, address, "script")
        said_by(words, 4, FERRYMAN)
        with half_a_take(heard, built, phone / "lượt 4.wav", port):
            words.locator("#build").click()
            until(words, f"!({FREE})")
            running.kill()
            running.wait()
        heard.locator("#turn-4 [data-drop]").set_input_files(phone / "lượt 4.wav")
        heard.locator("#turn-4 [data-wrong]:visible").wait_for()
        assert "broadcast studio" in heard.locator("#turn-4 [data-wrong]").inner_text()
        words.locator("#wrong:visible").wait_for()
        assert "broadcast studio" in words.locator("#wrong").inner_text()
        for page in (board, heard, words):
            page.close(run_before_unload=False)
    assert [turn["id"] for turn in record(built)["turns"]] == [one["id"] for one in before["turns"]]
    for left in (built / ".broadcast/incoming").iterdir():
        os.utime(left, (0, 0))
    with studio_process(built, port=port) as (address, running):
        board = tab(profile, address)
        assert "Câu hỏi dở dang" in board.locator("#paste").input_value()
        heard = tab(profile, address, "hear")
        assert FERRYMAN in heard.locator("#turn-4").inner_text()
        heard.locator("#build").click()
        until(heard, f"document.querySelector('#screen').dataset.follows === 'yes' && {FREE}")
        dropped(heard, 2)
        heard.locator("#turn-4 [data-drop]").set_input_files(phone / "lượt 4.wav")
        dropped(heard, 4)
        until(heard, FREE)
    assert real_turns(built) == [2, 4]
    assert list((built / ".broadcast/incoming").iterdir()) == []
