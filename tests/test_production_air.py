"""What the air master tells a playout system of the programme, in its cart chunk (AES46)."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from productions_by_hand import LAM, NAME, Production, new_production

ASK, END = "Ông có vui không?", "Chúng tôi vui lắm. Hẹn gặp lại tất cả bà con trong vùng."


def cart_of(file: Path) -> list[str]:
    """Read the texts of a WAV's cart chunk, from the title to the out cue, and its start date."""
    data = file.read_bytes()
    at = 12
    while data[at : at + 4] != b"cart":
        (size,) = struct.unpack_from("<I", data, at + 4)
        at += 8 + size + size % 2
    cart = data[at + 8 :]
    places = [*((4 + 64 * n, 64) for n in range(7)), (452, 10)]
    return [cart[at : at + size].rstrip(b"\0").decode("ascii") for at, size in places]


@pytest.fixture
def bridge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Production:
    made = new_production(tmp_path / "station", monkeypatch)
    made.write(f"Cầu mới\n\nPhóng viên: {ASK}\n\n{LAM}: {END}\n")
    return made


def test_the_air_master_tells_whose_it_is_and_its_last_six_words(bridge: Production) -> None:
    bridge.build(formats=("wav",))
    title, artist, cut_id, _, _, _, out_cue, day = cart_of(
        bridge.workspace.draft(NAME) / f"{NAME}.wav"
    )
    assert (title, artist, cut_id) == ("Cau moi", "Dai Van Hai", NAME)
    assert out_cue == "tat ca ba con trong vung."
    assert day == "2025-09-06"
