"""The studio in a real browser, by mouse and by keys, without a fault that axe knows."""

from __future__ import annotations

import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from browsing import OpenPage, until
from productions_by_hand import ASK, LAM, NAME, SCRIPT
from studios_running import studio_of, studio_process
from test_accessible import faults, is_too_wide

STATION = Path(__file__).parent.parent / "data" / "station-0.1"
TITLE = "Đường làng Đông"
PASTED = SCRIPT.replace("Cầu mới qua sông Vân", TITLE)


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return Path(shutil.copytree(STATION, tmp_path / "station"))


@pytest.fixture
def first_address(station: Path) -> Iterator[str]:
    with studio_of(station) as address:
        yield address


def board(open_page: OpenPage, address: str, **how: object) -> Page:
    page = open_page(address, **how)
    until(
        page, "document.querySelectorAll('.prog').length && !document.querySelector('[data-waits]')"
    )
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_board_has_no_fault_and_is_never_too_wide(
    first_address: str, open_page: OpenPage, scheme: str
) -> None:
    for width in (390, 1024, 1280):
        page = board(
            open_page,
            first_address,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
        )
        assert "token" not in page.url
        assert faults(page) == []
        assert not is_too_wide(page)


def test_a_text_is_pasted_told_and_made_a_programme(
    station: Path, first_address: str, open_page: OpenPage
) -> None:
    page = board(open_page, first_address)
    page.locator("#paste").fill(PASTED)
    page.locator("#understood:visible").wait_for()
    assert "4 lượt của 2 người" in page.locator("#understood").inner_text()
    assert faults(page) == []
    page.locator("#make").click()
    page.wait_for_url("**/script")
    assert (station / "scripts/duong-lang-dong.txt").read_text("utf-8") == PASTED


def test_a_programme_is_made_by_keys_alone(
    station: Path, first_address: str, open_page: OpenPage
) -> None:
    page = board(open_page, first_address)
    page.keyboard.press("n")
    page.keyboard.insert_text(PASTED)
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/script")
    assert (station / "scripts/duong-lang-dong.txt").is_file()


def test_an_empty_field_is_told_and_entered(first_address: str, open_page: OpenPage) -> None:
    page = board(open_page, first_address)
    page.locator("#make").click()
    assert "Chưa có bài" in page.locator("#wrong").inner_text()
    assert page.evaluate("document.activeElement.id") == "paste"


def test_programmes_are_found_without_tones_and_walked_by_arrows(
    first_address: str, open_page: OpenPage
) -> None:
    page = board(open_page, first_address)
    shown = "[...document.querySelectorAll('.prog')].filter((row) => !row.hidden).length"
    all_of_them = page.evaluate(shown)
    page.keyboard.press("/")
    page.keyboard.type("lop boi")
    assert page.evaluate(shown) == 1 < all_of_them
    page.keyboard.type(" khong-co-chu-nay")
    assert page.evaluate(shown) == 0
    assert page.locator("#none-found").is_visible()
    page.locator("#q").fill("")
    page.locator(".prog h3 a").first.focus()
    page.keyboard.press("ArrowDown")
    second = page.locator(".prog h3 a").nth(1)
    assert second.evaluate("(link) => link === document.activeElement")


def test_a_browser_that_was_not_let_in_is_told_what_to_open(
    first_address: str,
) -> None:
    plain = first_address.partition("?")[0]
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(plain)
    assert refused.value.code == 403
    with refused.value as answer:
        assert "broadcast studio" in answer.read().decode()


OTHER = "Bà Lê Thị Hoa"


def script_of(open_page: OpenPage, address: str, **how: object) -> Page:
    page = open_page(address, **how)
    page.goto(f"{address.partition('?')[0]}programmes/{NAME}/script")
    return page


@pytest.fixture
def script(station: Path) -> Path:
    """A script of four turns, one line that is left out and one figure, in the station."""
    file = station / "scripts" / f"{NAME}.txt"
    text = SCRIPT.replace("một tháng", "30 ngày") + "\nẢnh: Minh Hải\n"
    file.write_text(text, "utf-8")
    return file


def speakers(page: Page) -> list[str]:
    return page.locator(".said h3").all_inner_texts()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_script_has_no_fault_and_is_never_too_wide(
    script: Path, first_address: str, open_page: OpenPage, scheme: str
) -> None:
    for width in (390, 1024, 1280):
        page = script_of(
            open_page,
            first_address,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
        )
        page.locator("[data-open]").first.click()
        page.locator("#tools summary").click()
        page.locator("#tools [data-act=edit]").click()
        assert page.locator("#words").is_visible()
        assert faults(page) == []
        assert not is_too_wide(page)


def test_a_turn_is_given_to_somebody_else_and_taken_back_by_mouse(
    script: Path, first_address: str, open_page: OpenPage
) -> None:
    text = script.read_text("utf-8")
    page = script_of(open_page, first_address)
    page.locator("[data-open]").nth(3).click()
    page.locator("#tools summary").click()
    page.locator("#other").fill(OTHER)
    page.locator("#by-other").click()
    until(page, f"document.querySelectorAll('.said h3')[3].textContent === '{OTHER}'")
    assert f"{OTHER}:" in script.read_text("utf-8")
    page.locator("#undo").click()
    until(page, f"document.querySelectorAll('.said h3')[3].textContent !== '{OTHER}'")
    assert script.read_text("utf-8") == text


def test_a_wrong_split_is_mended_by_keys_alone(
    script: Path, first_address: str, open_page: OpenPage
) -> None:
    text = script.read_text("utf-8")
    script.write_text(text.replace(ASK, f"{ASK} Sắp rồi, thưa anh."), "utf-8")
    page = script_of(open_page, first_address)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    assert page.locator(".line[aria-current]").inner_text() == "Sắp rồi, thưa anh."
    page.keyboard.press("t")
    until(page, "document.querySelectorAll('.said').length === 5")
    assert speakers(page)[1] == LAM
    assert page.locator(".said.now .line").all_inner_texts() == ["Sắp rồi, thưa anh."]
    page.keyboard.press("Control+z")
    until(page, "document.querySelectorAll('.said').length === 4")


def test_a_line_that_was_left_out_is_kept(
    script: Path, first_address: str, open_page: OpenPage
) -> None:
    page = script_of(open_page, first_address)
    page.locator("[data-act=keep]").click()
    until(page, "!document.querySelector('[data-act=keep]')")
    assert script.read_text("utf-8").endswith("\n\\Ảnh: Minh Hải\n")


def test_a_change_from_elsewhere_is_told_and_shown_when_wanted(
    script: Path, first_address: str, open_page: OpenPage
) -> None:
    page = script_of(open_page, first_address)
    text = script.read_text("utf-8")
    script.write_text(text.replace(ASK, "Thưa ông, cầu xong chưa?"), "utf-8")
    until(page, "!document.querySelector('#outside').hidden")
    assert ASK in page.locator(".said").first.inner_text()
    assert faults(page) == []
    page.locator("#fresh").click()
    until(page, "document.querySelector('.said').innerText.includes('cầu xong chưa')")


def test_two_tabs_never_write_over_each_other(
    script: Path, first_address: str, open_page: OpenPage
) -> None:
    one, other = (script_of(open_page, first_address) for _ in range(2))
    one.locator("[data-open]").nth(3).click()
    one.locator("#tools summary").click()
    one.locator("#other").fill(OTHER)
    one.locator("#by-other").click()
    until(one, f"document.querySelectorAll('.said h3')[3].textContent === '{OTHER}'")
    until(other, "!document.querySelector('#outside').hidden")
    assert OTHER in script.read_text("utf-8")


def test_a_programme_is_built_and_a_turn_and_a_seam_are_heard(
    script: Path, station: Path, first_address: str, open_page: OpenPage
) -> None:
    settings = (station / "station.toml").read_text("utf-8")
    (station / "station.toml").write_text(settings.replace('"gtts", ', ""), "utf-8")
    page = script_of(open_page, first_address)
    page.keyboard.press("Control+Enter")
    until(page, "document.querySelectorAll('[data-hear]').length")
    assert faults(page) == []
    turn = page.locator("[data-hear]:not([data-seam])").nth(1)
    turn.click()
    from_s = int(turn.get_attribute("data-hear") or 0) / 1000
    until(page, f"document.querySelector('#sound').currentTime > {from_s}")
    assert turn.get_attribute("aria-pressed") == "true"
    until(page, "document.querySelector('#sound').paused")
    to_s = int(turn.get_attribute("data-to") or 0) / 1000
    assert page.evaluate("document.querySelector('#sound').currentTime") < to_s + 0.6
    assert turn.get_attribute("aria-pressed") == "false"
    seam = page.locator("[data-seam]").first
    seam.click()
    until(page, "!document.querySelector('#sound').paused")
    seam.click()
    assert page.evaluate("document.querySelector('#sound').paused")


def test_a_reading_is_written_by_tab_arrows_and_enter_alone(
    script: Path, first_address: str, open_page: OpenPage
) -> None:
    page = script_of(open_page, first_address)
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    active = "document.activeElement.dataset.read"
    for _ in range(4):
        if page.evaluate(active) == "30":
            break
        page.keyboard.press("Tab")
    assert page.evaluate(active) == "30"
    page.keyboard.press("Enter")
    assert page.locator("#spoken").input_value() == "ba mươi"
    assert faults(page) == []
    page.keyboard.insert_text("ba chục")
    page.keyboard.press("Enter")
    until(page, "document.querySelector('[data-read]').dataset.said === 'ba chục'")
    assert page.locator("#reader").is_hidden()
    assert page.evaluate("Boolean(document.activeElement.closest('.said'))")
    assert '"30": "ba chục"' in script.read_text("utf-8")


def test_a_reading_is_heard_before_it_is_written(
    script: Path, station: Path, first_address: str, open_page: OpenPage
) -> None:
    settings = (station / "station.toml").read_text("utf-8")
    (station / "station.toml").write_text(settings.replace('"gtts", ', ""), "utf-8")
    text = script.read_text("utf-8")
    page = script_of(open_page, first_address)
    page.locator("[data-read]").click()
    page.keyboard.insert_text("ba chục")
    page.locator("#say-reading").click()
    heard = "performance.getEntriesByType('resource').some((one) => one.name.includes('/said/'))"
    until(page, heard)
    assert faults(page) == []
    assert script.read_text("utf-8") == text


def test_escape_leaves_a_reading_as_it_was_and_gives_the_hand_back(
    script: Path, first_address: str, open_page: OpenPage
) -> None:
    text = script.read_text("utf-8")
    page = script_of(open_page, first_address)
    page.locator("[data-read]").click()
    page.keyboard.insert_text("chẳng phải")
    page.keyboard.press("Escape")
    assert page.locator("#reader").is_hidden()
    assert page.evaluate("document.activeElement.dataset.read") == "30"
    assert script.read_text("utf-8") == text


def test_words_are_mended_by_keys_and_letters_can_be_switched_off(
    script: Path, first_address: str, open_page: OpenPage
) -> None:
    page = script_of(open_page, first_address)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("e")
    assert page.locator("#words").input_value() == ASK
    page.keyboard.insert_text("Thưa ông, cầu xong chưa?")
    page.keyboard.press("Enter")
    until(page, "document.querySelector('.said').innerText.includes('cầu xong chưa')")
    assert "Phóng viên: Thưa ông, cầu xong chưa?" in script.read_text("utf-8")
    page.locator("details.keys summary").click()
    page.locator("[data-letters]").uncheck()
    page.reload()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("e")
    assert page.locator("#editor").is_hidden()
    page.locator("[data-act=edit]").press("Enter")
    assert page.locator("#editor").is_visible()


def test_a_doubt_is_ended_by_its_own_button(
    script: Path, first_address: str, open_page: OpenPage
) -> None:
    script.write_text(f"{SCRIPT}\nMinh: Nhà tôi cũng góp công QZX.\n", "utf-8")
    page = script_of(open_page, first_address)
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.matches('[data-problem]')")
    assert faults(page) == []
    page.locator("[data-remedy][data-act=as-words]").click()
    until(page, "!document.querySelector('[data-act=as-words]')")
    assert "\\Minh: Nhà tôi" in script.read_text("utf-8")
    page.locator("[data-remedy][data-act=read]").click()
    assert page.locator("#spoken").input_value() == "quy dét ích"


@pytest.fixture
def unheeded(browser: Browser) -> Iterator[OpenPage]:
    """Open an address in a browser that may complain, as one does of what is refused."""
    contexts = []

    def opened(address: str, **how: object) -> Page:
        contexts.append(browser.new_context(**how))  # type: ignore[arg-type]
        page = contexts[-1].new_page()
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()


def test_what_is_typed_outlives_a_change_by_the_command_line(
    script: Path, station: Path, first_address: str, unheeded: OpenPage
) -> None:
    page, other = (script_of(unheeded, first_address) for _ in range(2))
    page.locator("[data-open]").first.click()
    page.locator("[data-act=edit]").click()
    page.locator("#words").fill("Lời đang gõ dở?")
    other.locator("[data-act=keep]").click()
    until(other, "!document.querySelector('[data-act=keep]')")
    command = [sys.executable, "-m", "broadcast", "lexicon", "add", "30", "ba chục"]
    subprocess.run(command, cwd=station, check=True, capture_output=True)
    page.locator("#words").press("Enter")
    page.locator("#wrong:visible").wait_for()
    assert page.locator("#words").input_value() == "Lời đang gõ dở?"
    until(page, "!document.querySelector('#outside').hidden")
    page.locator("#fresh").click()
    until(page, "document.querySelector('#outside').hidden")
    until(page, "document.querySelector('[data-read]').dataset.said === 'ba chục'")
    assert page.locator("#words").input_value() == "Lời đang gõ dở?"
    page.locator("#words").press("Enter")
    until(page, "document.querySelector('.said').innerText.includes('gõ dở')")
    told = script.read_text("utf-8")
    assert "Lời đang gõ dở?" in told
    assert "\\Ảnh: Minh Hải" in told


def test_what_was_saved_outlives_a_tab_and_a_server_that_are_killed(
    script: Path, station: Path, unheeded: OpenPage
) -> None:
    text = script.read_text("utf-8")
    with studio_process(station) as (address, running):
        page = script_of(unheeded, address)
        page.locator("[data-act=keep]").click()
        until(page, "!document.querySelector('[data-act=keep]')")
        kept = script.read_text("utf-8")
        page.locator("[data-open]").nth(3).click()
        page.evaluate(
            "document.querySelector('[data-act=said-by]:not([aria-pressed=true])').click()"
        )
        running.kill()
        running.wait()
        # While it was at work: the file is what it was before, or what was wanted, and whole.
        assert script.read_text("utf-8") in (kept, kept.replace(f"{LAM}: Mời", "Phóng viên: Mời"))
        page.locator("#wrong:visible").wait_for()
        page.close()
    script.write_text(kept, "utf-8")
    with studio_process(station) as (address, running):
        page = script_of(unheeded, address)
        page.locator("#undo").click()
        until(page, "document.querySelector('[data-act=keep]')")
        assert script.read_text("utf-8") == text


def test_of_a_thousand_turns_an_edit_draws_its_own_row_alone(
    script: Path, first_address: str, open_page: OpenPage
) -> None:
    turns = "\n\n".join(f"Phóng viên: {ASK} Câu {n}?\n\n{LAM}: Năm {n} ạ." for n in range(500))
    script.write_text(f"Cầu mới qua sông Vân\n\n{turns}\n", "utf-8")
    page = script_of(open_page, first_address)
    until(page, "document.querySelectorAll('.said').length === 1000")
    page.evaluate("document.querySelectorAll('#rows > li').forEach((row) => { row.old = true; })")
    page.locator(".said .line").nth(751).click()
    page.locator(".said.now [data-act=leave-out]").click()
    until(page, "document.querySelector('#rows .why s')")
    rows = "[...document.querySelectorAll('#rows > li')]"
    assert page.evaluate(f"{rows}.filter((row) => !row.old).length") == 1
    page.locator(".said").nth(10).click()
    page.locator(".said.now [data-act=join]").click()
    until(page, "document.querySelectorAll('.said').length === 999")
    assert page.evaluate(f"{rows}.filter((row) => !row.old).length") <= 3
    assert page.locator("span[data-name]").nth(998).text_content() == "lượt 999"
    assert page.locator("#rows > li").last.locator("[data-line]").text_content() == "2001"


def test_a_hostile_script_runs_nothing(
    script: Path, first_address: str, open_page: OpenPage
) -> None:
    bad = "</script><img src=x onerror=\"document.title='bad'\"><b id=bad>"
    script.write_text(
        f"{bad}\n\nPhóng viên {bad}: Thưa ông {bad} 30 {bad}?\n\n{LAM}: {bad} QZX.\n", "utf-8"
    )
    page = script_of(open_page, first_address)
    page.locator("[data-open]").first.click()
    page.locator("#tools [data-act=edit]").click()
    page.keyboard.press("Escape")
    page.locator("[data-read]").first.click()
    assert page.locator("#bad, #screen img").count() == 0
    assert page.title() != "bad"


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there; no more often than any way through a page is long."""
    for _ in range(120):
        if page.evaluate(f"document.activeElement.matches({selector!r})"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab never comes to {selector}")


def test_from_board_to_a_mended_script_with_tab_arrows_and_enter_alone(
    script: Path, first_address: str, open_page: OpenPage
) -> None:
    text = script.read_text("utf-8")
    script.write_text(text.replace(ASK, f"{ASK} Sắp rồi, thưa anh."), "utf-8")
    page = board(open_page, first_address)
    tab_to(page, f"a[href='/programmes/{NAME}/script']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/script")
    tab_to(page, "#build")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    assert page.locator(".line[aria-current]").inner_text() == "Sắp rồi, thưa anh."
    tab_to(page, "#tools [data-act=split]")
    page.keyboard.press("Enter")
    until(page, "document.querySelectorAll('.said').length === 5")
    tab_to(page, "#tools summary")
    page.keyboard.press("Enter")
    tab_to(page, "#tools [data-act=reporter]")
    assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "false"
    page.keyboard.press("Enter")
    until(page, "document.querySelectorAll('.said')[1].dataset.role === 'reporter'")
    tab_to(page, "[data-act=keep]")
    page.keyboard.press("Enter")
    until(page, "!document.querySelector('[data-act=keep]')")
    told = script.read_text("utf-8")
    assert "\\Ảnh: Minh Hải" in told
    assert f"{LAM}: Sắp rồi, thưa anh." in told
