"""An engine's settings: which of them its user has to allow, and which change the sound."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from broadcast.model.engine import Claim, host_of
from broadcast.speech.settings import (
    address,
    claims_of,
    is_this_machine,
    key,
    keys_of_user,
    program,
    sounding,
    text,
    whole,
    with_the_users_own,
)

OWN = "https://brook.example/v1"


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of an engine that can do everything that needs leave."""

    url: str = address(OWN, variable="BROOK_URL")
    key_env: str = key("BROOK_KEY")
    command: str = program("brook")
    account: str = text("", needs_trust=True)
    model: str = text("small")
    patience: int = whole(3, 1, 9, sounds=False)


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROOK_KEY", "secret")
    for name in ("BROOK_URL", "OTHER_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("settings", "claims"),
    [
        (Settings(key_env=""), []),
        (Settings(key_env="", model="large", patience=4), []),
        (Settings(), [Claim("key_env", "key", "BROOK_KEY", OWN)]),
        (
            Settings(key_env="OTHER_KEY"),
            [Claim("key_env", "key", "OTHER_KEY", OWN, pending=False)],
        ),
        (
            Settings("http://brook.vn", key_env=""),
            [Claim("url", "address", "http://brook.vn")],
        ),
        (
            Settings("http://127.0.0.1:80", key_env=""),
            [Claim("url", "address", "http://127.0.0.1:80", pending=False)],
        ),
        (
            Settings("http://127.0.0.1:80"),
            [
                Claim("url", "address", "http://127.0.0.1:80", pending=False),
                Claim("key_env", "key", "BROOK_KEY", "http://127.0.0.1:80"),
            ],
        ),
        (
            Settings(key_env="", command="/usr/bin/brook"),
            [Claim("command", "program", "/usr/bin/brook")],
        ),
        (Settings(key_env="", account="an"), [Claim("account", "text", "an")]),
    ],
)
def test_what_a_station_sets_is_claimed_and_what_the_engine_has_is_not(
    settings: Settings, claims: list[Claim]
) -> None:
    assert list(claims_of(settings)) == claims


def test_an_engine_without_settings_claims_nothing() -> None:
    assert claims_of(None) == ()


def test_the_users_own_address_wins_and_is_not_claimed_but_a_key_to_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BROOK_URL", "http://mine.vn/")
    settings = Settings("http://brook.vn")
    assert with_the_users_own(settings) == Settings("http://mine.vn")
    assert list(claims_of(settings)) == [Claim("key_env", "key", "BROOK_KEY", "http://mine.vn")]


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://127.0.0.1", True),
        ("http://127.8.8.8:5000/v1", True),
        ("http://LOCALHOST:5000", True),
        ("http://[::1]:5000/v1", True),
        ("http://127.0.0.1.example.vn", False),
        ("http://localhost.example.vn", False),
        ("http://localhost.", False),
        ("http://127.0.0.1@example.vn", False),
        ("http://example.vn/127.0.0.1", False),
        ("http://example.vn#127.0.0.1", False),
        (r"http://127.0.0.1\@example.vn", False),
        ("http://0.0.0.0", False),
        ("http://10.0.0.1", False),
        ("http://2130706433", False),
        ("http://127.0.0.1:0", False),
        (" http://127.0.0.1", False),
        ("http://127.0.0.1\n", False),
        ("file://127.0.0.1/x", False),
        ("", False),
    ],
)
def test_this_machine_is_known_by_no_other_name(url: str, here: bool) -> None:
    assert is_this_machine(url) is here


def test_an_address_and_its_host() -> None:
    assert host_of("https://Speech.Example.vn:8443/v1/") == "speech.example.vn"
    assert host_of("http://[2001:db8::1]/v1") == "2001:db8::1"
    assert host_of("http://me:secret@example.vn") is None


def test_settings_that_sound_are_named_and_a_key_never_is() -> None:
    assert sounding(Settings()) == sounding(Settings(key_env="OTHER_KEY", patience=9))
    assert len({sounding(one) for one in (Settings(), Settings("x"), Settings(model="b"))}) == 3
    assert "secret" not in sounding(Settings())


def test_the_users_keys_are_known_so_that_they_can_be_hidden() -> None:
    assert keys_of_user(Settings()) == ("secret",)
    assert keys_of_user(Settings(key_env="OTHER_KEY")) == ()
    assert keys_of_user(Settings(key_env="")) == ()
