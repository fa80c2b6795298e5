"""The words that a programme says to its listeners: whole in every language, and in one place."""

from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import msgspec
import pytest

from broadcast.language import Language
from broadcast.messages import listeners
from broadcast.messages.listeners import ListenerWords, all_words, words_for

SOURCE = Path(__file__).parent.parent / "src" / "broadcast"
ROOM = SOURCE / "messages" / "listeners"
LANGUAGES = all_words()

# Rules of a language, and what engines and their services know of languages.
OTHER_ROOMS = {"spoken", "speech"}
# Figures, and words by which a language is known: listeners are told none of them.
OTHER_MODULES = {
    "metadata/phrase_words.py",
    "production/desk/expected_length.py",
    "script/part_words.py",
    "script/written_in.py",
}


def texts(words: msgspec.Struct, name: str = "") -> Iterator[tuple[str, str]]:
    """Give every text of a table with where it stands in it."""
    for field, value in msgspec.structs.asdict(words).items():
        place = f"{name}.{field}".strip(".")
        if isinstance(value, msgspec.Struct):
            yield from texts(value, place)
        elif isinstance(value, str):
            yield place, value
        else:
            assert isinstance(value, tuple), place
            assert value, place
            yield from ((place, text) for text in value)


def places_in(template: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def test_there_are_words_in_vietnamese_and_in_english() -> None:
    assert {"vi", "en"} <= {words.language for words in LANGUAGES}


@pytest.mark.parametrize("words", LANGUAGES, ids=lambda words: words.language)
def test_every_field_is_filled_in(words: ListenerWords) -> None:
    assert [place for place, text in texts(words) if text != text.strip() or not text] == []
    assert len(words.dates.months) == 12
    assert all(thanks == thanks.casefold() for thanks in words.chapters.thanks)


@pytest.mark.parametrize("words", LANGUAGES, ids=lambda words: words.language)
def test_every_language_fills_in_the_same(words: ListenerWords) -> None:
    english = {place: places_in(text) for place, text in texts(words_for("en"))}
    assert {place: places_in(text) for place, text in texts(words)} == english


def test_every_file_is_named_by_a_tag_and_holds_that_languages_words() -> None:
    files = {path.stem for path in ROOM.glob("*.py")} - {"__init__"}
    tags = {Language.of(name.replace("_", "-")).tag for name in files}
    assert tags == {words.language for words in LANGUAGES}


@pytest.mark.parametrize(
    ("languages", "language"),
    [
        (["vi"], "vi"),
        (["vi-VN"], "vi"),
        (["VI_vn"], "vi"),
        (["en-GB", "vi"], "en"),
        (["km", "vi"], "vi"),
        (["km"], "en"),
        (["km", "lo"], "en"),
        ([], "en"),
        (["--init--"], "en"),
        (["../vi"], "en"),
    ],
)
def test_the_words_are_of_the_first_language_that_has_some(
    languages: list[str], language: str
) -> None:
    assert words_for(*languages).language == language


def test_a_language_is_one_more_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOM / "en.py").read_text("utf-8")
    text = text.replace('language="en"', 'language="zh-Hant"').replace('"Presenter"', '"主持人"')
    (tmp_path / "zh_hant.py").write_text(text, "utf-8")
    monkeypatch.setattr(listeners, "__path__", [*listeners.__path__, str(tmp_path)])
    importlib.invalidate_caches()
    listeners._files.cache_clear()
    try:
        assert words_for("zh-Hant-TW").people.presenter == "主持人"
        assert words_for("zh-Hans").language == "en"
        assert [words.language for words in all_words()] == ["en", "vi", "zh-Hant"]
    finally:
        listeners._files.cache_clear()
        listeners._words.cache_clear()
        sys.modules.pop("broadcast.messages.listeners.zh_hant", None)


def goes_by_language(node: ast.AST) -> bool:
    """Whether a table has languages for its keys, {"vi": …} or dict(vi=…), or is asked for one."""
    if isinstance(node, ast.Dict):
        return any(isinstance(key, ast.Constant) and key.value in ("vi", "en") for key in node.keys)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        named = {each.arg for each in node.keywords}
        return node.func.id == "for_language" or (
            node.func.id == "dict" and not named.isdisjoint({"vi", "en"})
        )
    return False


def test_there_is_no_other_table_of_words_by_language() -> None:
    found = {
        module.relative_to(SOURCE).as_posix()
        for module in SOURCE.rglob("*.py")
        if module.relative_to(SOURCE).parts[0] not in OTHER_ROOMS
        and any(map(goes_by_language, ast.walk(ast.parse(module.read_text("utf-8")))))
    }
    assert found == OTHER_MODULES


@pytest.mark.parametrize(
    "table",
    ['{"vi": "Giới thiệu", "en": "Introduction"}', 'dict(vi="a")', "for_language(_WORDS, tag, 1)"],
)
def test_such_a_table_would_be_found(table: str) -> None:
    assert any(map(goes_by_language, ast.walk(ast.parse(table))))
