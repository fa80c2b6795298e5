"""Covers say the show's name or an episode's title, whole, in its own colours, and are drawn once.

The pictures are read by FFmpeg, what the font has by fontTools.
"""

from __future__ import annotations

import io
import unicodedata
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import av
import numpy as np
import pytest
from fontTools.ttLib import TTFont
from numpy.typing import NDArray

from broadcast.cache import Cache
from broadcast.errors import BroadcastError
from broadcast.feed.artwork import drawn
from broadcast.feed.artwork.colours import LEAST_CONTRAST, Colour, colours_of
from broadcast.feed.artwork.kept import (
    EpisodeWords,
    ShowWords,
    drawn_for_episode,
    drawn_for_show,
)
from broadcast.feed.artwork.letters import LETTERS, shown
from broadcast.feed.artwork.lines import fitted
from broadcast.feed.cover import (
    HEAVIEST_KB,
    cover_in_audio,
    cover_of,
    cover_problem,
    heavy_cover,
    wordless,
)
from timelines_by_hand import SHOW

SHOWS = (
    "Tiếng nói Phan Thiết",
    "60s",
    "BẢN TIN ỄNH ƯƠNG Ở ẤP ẨN",
    "Nông nghiệp và Cuộc sống nông thôn hôm nay",
    "The Harbour Hour",
    "Buôn Krông Păk, Čư M’gar, H’Hĕn",
)
LONG = (
    "Phỏng vấn Chủ tịch UBND xã Tân Lộc về kế hoạch xây dựng nông thôn mới nâng cao giai đoạn "
    "2025–2030 trên địa bàn xã"
)
TITLES = (
    "Tax",
    "Biển",
    "Cầu mới qua sông Vân thông xe sớm hơn một tháng",
    "NGẬP LỤT Ở MIỀN TRUNG: ỨNG PHÓ THẾ NÀO?",
    "Rechtsschutzversicherungsgesellschaftenangestelltenvertretung explained",
    "Ỗ" * 120,
    LONG,
)
VIETNAMESE = {
    unicodedata.normalize("NFC", letter + mark + tone)
    for letter in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for mark in ("",)
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
} | set("đĐ")


def pixels(picture: bytes) -> NDArray[np.uint8]:
    with av.open(io.BytesIO(picture), format="jpeg_pipe") as container:
        return next(container.decode(video=0)).to_ndarray(format="rgb24")


def luminance(colour: Colour) -> float:
    """As WCAG 2.2 defines relative luminance."""
    parts = [c / 255 for c in colour]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))


def contrast(one: Colour, other: Colour) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def written(picture: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Where something light is: text or the rule."""
    return np.asarray(picture.astype(int).sum(axis=2) > 430)


@pytest.mark.parametrize("face", ["medium", "bold"])
def test_the_font_has_every_vietnamese_letter_and_what_the_program_counts_on(face: str) -> None:
    data = files("broadcast.feed.artwork").joinpath("fonts", f"{face}.ttf").read_bytes()
    font = TTFont(io.BytesIO(data))
    assert VIETNAMESE <= LETTERS <= set(map(chr, font.getBestCmap()))
    assert len(VIETNAMESE) == 146
    assert len(data) < 150_000


@pytest.mark.parametrize("show", SHOWS)
def test_a_shows_cover_is_one_that_directories_take(show: str) -> None:
    picture = drawn.show_cover(ShowWords(show, "Đài Truyền thanh Phan Thiết"))
    assert cover_problem(picture) is None
    assert heavy_cover(picture) is None
    assert len(picture) < 250_000  # audio files carry it


@pytest.mark.parametrize("title", TITLES)
def test_nothing_of_an_episodes_cover_is_cut_off_at_its_edges(title: str) -> None:
    words = EpisodeWords("Tiếng nói Vân Hải", title, "Bà Nguyễn Thị Ẩn", "6 tháng 9 năm 2025")
    picture = drawn.episode_cover(words)
    assert cover_problem(picture) is None
    ink = written(pixels(picture))
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    assert rows[0] > 30
    assert rows[-1] < drawn.SIDE - 60
    assert columns[0] > 100
    assert columns[-1] < drawn.SIDE - 80


def test_a_shows_name_is_read_where_covers_are_smallest() -> None:
    """At 55 pixels a small letter has at least four rows; its station is for larger ones."""
    for show in ("Tiếng nói Phan Thiết", "The Harbour Hour", "Gặp gỡ cuối tuần"):
        ink = written(pixels(drawn.show_cover(ShowWords(show, ""))))[: drawn.SIDE // 4]
        rows = np.flatnonzero(ink.any(axis=1))
        assert np.ptp(rows) / drawn.SIDE * 55 > 4 / 0.75


def test_the_same_words_give_the_same_bytes_and_others_do_not() -> None:
    first = drawn.show_cover.__wrapped__(ShowWords("Chuyện làng", "Đài xã"))  # type: ignore[attr-defined]
    assert first == drawn.show_cover(ShowWords("Chuyện làng", "Đài xã"))
    assert first != drawn.show_cover(ShowWords("Chuyện phố", "Đài xã"))


def test_shows_differ_in_colour_and_keep_theirs() -> None:
    grounds = {colours_of(f"Kênh {n}").ground for n in range(100)}
    assert len(grounds) > 8
    assert colours_of("Chuyện Làng") == colours_of("CHUYỆN LÀNG")


def test_text_stands_out_from_all_that_lies_behind_it() -> None:
    for n in range(100):
        colours = colours_of(f"Kênh {n}")
        lightest = max(share for _, _, share in drawn._WAVES)
        red, green, blue = (round(c + (255 - c) * lightest) for c in colours.ground)
        assert contrast(colours.text, (red, green, blue)) >= LEAST_CONTRAST
        # The accent stands above the waves, where the ground is even.
        assert contrast(colours.accent, colours.ground) >= LEAST_CONTRAST


def even(line: str) -> tuple[float, float, float]:
    """A font whose letters are all half an em wide."""
    return len(line) / 2, 0.74, 0.2


def lines(text: str, width: int = 1000, height: int = 1000, smallest: int = 40) -> tuple[str, ...]:
    return fitted(text, width, height, range(smallest, 200), even).texts


def test_lines_are_even_and_keep_names_together() -> None:
    assert lines("Tiếng nói Phan Thiết") == ("Tiếng nói", "Phan Thiết")
    assert lines("một hai ba bốn") == ("một hai", "ba bốn")
    assert lines("Chợ nổi: còn hay mất", height=400) == ("Chợ nổi:", "còn hay mất")
    assert lines("xa vẫn nhớ và thương quê", height=400) == ("xa vẫn nhớ", "và thương quê")


def test_no_word_of_what_fits_is_lost() -> None:
    for title in (*SHOWS, LONG):
        assert " ".join(lines(title)) == title


def test_a_word_that_no_line_holds_is_parted_and_a_text_that_no_box_holds_is_cut() -> None:
    parted = lines("Rechtsschutzversicherungsgesellschaften")
    assert len(parted) > 1
    assert "".join(parted).replace("-", "") == "Rechtsschutzversicherungsgesellschaften"
    cut = lines("từng chữ một " * 40, height=200)
    assert cut[-1].endswith("…")
    assert fitted("từng chữ một " * 40, 1000, 200, range(40, 200), even).height <= 200


def test_signs_that_the_font_has_not_are_left_out_and_other_scripts_are_not_shown() -> None:
    assert shown("Chuyện làng 🎙️ hôm nay\u200b") == "Chuyện làng hôm nay"
    assert shown(unicodedata.normalize("NFD", "Tiếng nói")) == "Tiếng nói"
    assert shown("សំឡេងភូមិ") is None
    assert shown("村里的声音") is None


def test_a_name_in_another_script_gets_a_cover_without_words(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 10**9)
    khmer = replace(SHOW, title="សំឡេងភូមិ", cover=None)
    assert cover_of(khmer, cache).data == wordless()
    assert drawn_for_episode(khmer, "Cầu mới", (), "", cache) is None
    assert drawn_for_episode(SHOW, "村里的声音", (), "", cache) is None
    named = replace(SHOW, cover=None)
    guest = drawn_for_episode(named, "Cầu mới", ("Sok ចាន់",), "", cache)
    assert guest == drawn_for_episode(named, "Cầu mới", (), "", cache) is not None


def test_a_cover_is_drawn_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path, 10**9)
    show, episode = (
        drawn_for_show(SHOW, cache),
        drawn_for_episode(SHOW, "Cầu mới", ("Đỗ Văn Lâm",), "6/9", cache),
    )
    monkeypatch.setattr(drawn, "show_cover", None)
    monkeypatch.setattr(drawn, "episode_cover", None)
    assert drawn_for_show(SHOW, cache) == show
    assert drawn_for_episode(SHOW, "Cầu mới", ("Đỗ Văn Lâm",), "6/9", cache) == episode


def noise(side: int, kind: str, layout: str = "rgb24") -> bytes:
    """A picture that no codec makes small."""
    noisy = np.random.default_rng(1).integers(0, 256, (side, side, 4 if layout == "rgba" else 3))
    encoder = av.CodecContext.create(kind, "w")
    encoder.width = encoder.height = side
    encoder.pix_fmt = "yuvj444p" if kind == "mjpeg" else layout
    frame = av.VideoFrame.from_ndarray(noisy.astype(np.uint8), format=layout)
    packets = encoder.encode(frame.reformat(format=encoder.pix_fmt)) + encoder.encode(None)
    return b"".join(bytes(packet) for packet in packets)


@pytest.mark.parametrize(
    ("kind", "layout"), [("png", "rgb24"), ("png", "rgba"), ("mjpeg", "rgb24")]
)
def test_audio_carries_a_small_copy_of_a_heavy_cover(
    kind: str, layout: str, tmp_path: Path
) -> None:
    heavy = noise(1600, kind, layout)
    assert len(heavy) > 1_500_000
    copy = cover_in_audio(heavy, Cache(tmp_path, 10**9))
    assert len(copy) <= HEAVIEST_KB * 1000
    assert cover_problem(copy) is None
    assert pixels(copy).shape == (1400, 1400, 3)


def test_a_light_cover_is_carried_as_it_is(tmp_path: Path) -> None:
    light = wordless()
    assert cover_in_audio(light, Cache(tmp_path, 10**9)) is light
    assert list(tmp_path.iterdir()) == []


def test_a_heavy_cover_that_nobody_can_read_is_named(tmp_path: Path) -> None:
    for broken in (b"\x89PNG\r\n\x1a\n" + b"0" * 600_000, noise(800, "png")[:700_000]):
        with pytest.raises(BroadcastError) as raised:
            cover_in_audio(broken, Cache(tmp_path, 10**9), tmp_path / "bia.png")
        assert raised.value.file == tmp_path / "bia.png"
        assert raised.value.message.code == "cover.damaged"
