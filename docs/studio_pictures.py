"""Makes the pictures of the studio in docs/studio/: its screens with a station that was made up.

    python docs/studio_pictures.py [NAME …]

It needs what `make browser` brings, and Debian's Chromium. A screen is one line of SCREENS: its
name, its address, what is done there before the picture, and the width of the window.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
PICTURES = HERE / "studio"
CHROMIUM = "/usr/bin/chromium"
NAME = "phong-chong-bao"
TEXT = """\
Xã Vân Hải chủ động trước mùa mưa bão
Chia sẻ: Facebook Zalo In trang

Áp thấp nhiệt đới đang mạnh lên ngoài khơi. Phóng viên trao đổi với bà Trần Thị Minh Nguyệt, Chủ \
tịch UBND xã, về việc ứng phó.

PV: Thưa bà, đến hôm nay xã đã chuẩn bị những gì?

Bà Minh Nguyệt: Ban Chỉ huy PCTT của xã họp từ ngày 25/11. Cả xã có 1.250 ha lúa, sáng nay đã gặt \
được 98,7%. Tất cả 162 tàu cá đều đã vào bờ.

PV: Còn chỗ trú cho bà con ở vùng trũng thì sao ạ?

Bà Minh Nguyệt: Mỗi điểm có lương khô, nước uống và thuốc cho 3 ngày.

Minh: Nhà tôi đã dọn lên điểm QZX từ hôm qua.

PV: Xin cảm ơn bà.

Tin liên quan: Lịch cắt điện tuần 48

Hồng Thắm thực hiện.
"""


@dataclass(frozen=True, slots=True)
class Screen:
    """A picture: its name, where in the studio it is made, and what is done there first."""

    name: str
    address: str
    prepare: Callable[[Page], object]
    width: int = 1280
    height: int = 860


def board(page: Page) -> None:
    """Wait until each script was read."""
    for row in page.locator(".prog").all():
        row.locator(".wrongs > *").first.wait_for()
    page.locator(".prog[data-waits]").first.wait_for(state="detached")


def to_top(page: Page) -> None:
    """Bring the turn in hand, and the one before it, into the picture."""
    for _ in range(2):  # what comes into sight takes its true height first
        page.locator("li:has(+ li .said.now)").evaluate("(row) => row.scrollIntoView()")
        page.wait_for_timeout(200)


def script(page: Page) -> None:
    """Open a reading in the turn with the most of them."""
    page.locator(".read", has_text="1.250 ha").click()
    to_top(page)


def doubt(page: Page) -> None:
    """Go to the first place to look at."""
    page.keyboard.press("k")
    to_top(page)


def hear(page: Page) -> None:
    """Wait for the picture of the programme."""
    page.get_by_role("slider").first.wait_for()


def publish(page: Page) -> None:
    """Wait for the page that listeners will get."""
    page.frame_locator("iframe").locator("h1").wait_for()
    page.wait_for_timeout(500)


def settings(page: Page) -> None:
    """Wait for the first field."""
    page.get_by_role("textbox").first.wait_for()


SCREENS = (
    Screen("board", "", board),
    Screen("script", f"programmes/{NAME}/script", script),
    Screen("script-doubt", f"programmes/{NAME}/script", doubt, 1024),
    Screen("hear", f"programmes/{NAME}/hear", hear),
    Screen("publish", f"programmes/{NAME}/publish", publish),
    Screen("station", "station", settings),
)


@contextmanager
def studio() -> Iterator[str]:
    """Run the studio on a copy of this repository's station, and give its first address."""
    with tempfile.TemporaryDirectory() as folder:
        station = Path(folder)
        settings = (HERE.parent / "station.toml").read_text("utf-8")
        (station / "station.toml").write_text(settings.replace('"gtts", ', ""), "utf-8")
        shutil.copy(HERE.parent / "lexicon.tsv", station)
        shutil.copytree(HERE.parent / "scripts", station / "scripts")
        (station / f"scripts/{NAME}.txt").write_text(TEXT, "utf-8")
        broadcast = [sys.executable, "-m", "broadcast"]
        environment = {**os.environ, "BROADCAST_LANG": "vi", "PYTHONUNBUFFERED": "1"}
        for command in (["build", "bien-sach-van-hai", NAME], ["publish", "bien-sach-van-hai"]):
            subprocess.run([*broadcast, *command], cwd=station, env=environment, check=True)
        running = subprocess.Popen(
            [*broadcast, "studio", "--port", "0", "--no-browser"],
            cwd=station,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert running.stdout is not None
        told = running.stdout.readline() + running.stdout.readline()
        found = re.search(r"http://\S+token=\S+", told)
        assert found, told
        try:
            yield found[0]
        finally:
            running.send_signal(signal.SIGINT)
            running.wait()


def picture(browser: Browser, address: str, screen: Screen, scheme: str) -> bytes:
    """Open a screen, prepare it, and give its picture as small WebP."""
    size = {"width": screen.width, "height": screen.height}
    context = browser.new_context(
        viewport=size,  # type: ignore[arg-type]
        color_scheme=scheme,  # type: ignore[arg-type]
        locale="vi-VN",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address)
    page.goto(address.partition("?")[0] + screen.address)
    screen.prepare(page)
    shown = Image.open(io.BytesIO(page.screenshot()))
    context.close()
    data = io.BytesIO()
    shown.save(data, "WEBP", quality=82, method=6)
    return data.getvalue()


def main(wanted: list[str]) -> None:
    """Make the pictures of the screens that are named, or of all."""
    PICTURES.mkdir(exist_ok=True)
    with studio() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for screen in SCREENS:
            if wanted and screen.name not in wanted:
                continue
            for scheme in ("light", "dark"):
                data = picture(browser, address, screen, scheme)
                (PICTURES / f"{screen.name}-{scheme}.webp").write_bytes(data)
                sys.stdout.write(f"{screen.name}-{scheme}.webp {len(data) / 1000:.0f} kB\n")


if __name__ == "__main__":
    main(sys.argv[1:])
