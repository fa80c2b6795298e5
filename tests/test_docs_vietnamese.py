"""The Vietnamese pages show the program's messages as it prints them."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from types import ModuleType

import click
import pytest
from babel.messages.pofile import read_po

from doc_pages import ROOT, links_in, rows_of, sections_of, spans_in, text_of
from test_docs import commands

PAGES = sorted((ROOT / "docs" / "vi").glob("*.md"))
CATALOGUE = ROOT / "src" / "broadcast" / "messages" / "locale" / "vi" / "LC_MESSAGES"
_PRINTED = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_VALUE = re.compile(r"\{[^}]*\}")
_PLACE = re.compile(r"^(?:.*?: )?(?:lỗi|cảnh báo|lưu ý): ")


def lines_of_the_catalogue() -> Iterator[re.Pattern[str]]:
    with (CATALOGUE / "broadcast.po").open("rb") as file:
        catalogue = read_po(file)
    for entry in catalogue:
        forms = [entry.string] if isinstance(entry.string, str) else entry.string
        for line in (line for form in forms if entry.id for line in form.splitlines()):
            words = _VALUE.split(line)
            if sum(map(len, words)) >= 8:  # a message of values alone would match anything
                yield re.compile(".+".join(map(re.escape, words)))


SAID = list(lines_of_the_catalogue())


def sentences_shown() -> list[tuple[str, str]]:
    shown = [
        (page.name, line.strip())
        for page in PAGES
        for block in _PRINTED.findall(page.read_text("utf-8"))
        for line in block.splitlines()
        if line.endswith((".", "?"))
    ]
    told = rows_of(sections_of("docs/vi/README.md")["Máy nói gì"])
    return shown + [("README.md", spans_in(row[0])[0]) for row in told]


@pytest.mark.parametrize(("page", "sentence"), sentences_shown())
def test_a_sentence_that_a_page_shows_as_printed_is_in_the_catalogue(
    page: str, sentence: str
) -> None:
    words = _PLACE.sub("", sentence)
    without_stop = words.removesuffix(".")  # some get it when they are printed
    found = [one for one in SAID if one.fullmatch(words) or one.fullmatch(without_stop)]
    assert found, f"{page}: {sentence}"


def test_there_are_sentences_of_several_pages() -> None:
    assert len({page for page, _ in sentences_shown()}) >= 3


def words_never_used() -> list[str]:
    rows = rows_of(sections_of("docs/vi/glossary.md")["Words"])
    return [word for row in rows for word in row[2].split(", ") if word != "–"]


@pytest.mark.parametrize("never", words_never_used())
def test_a_word_that_the_glossary_bars_is_in_no_message_and_on_no_page(never: str) -> None:
    barred = re.compile(rf"(?<!\w){re.escape(never)}(?!\w)", re.IGNORECASE * never.islower())
    with (CATALOGUE / "broadcast.po").open("rb") as file:
        catalogue = read_po(file)
    found = [
        entry.context
        for entry in catalogue
        for form in ([entry.string] if isinstance(entry.string, str) else entry.string)
        if entry.id and barred.search(form)
    ]
    pages = [page.name for page in PAGES if page.name != "glossary.md"]
    found += [name for name in pages if barred.search(text_of(f"docs/vi/{name}"))]
    assert found == []


def vietnamese_pages() -> ModuleType:
    """Give docs/vietnamese_pages.py, which `make messages` runs."""
    file = ROOT / "docs" / "vietnamese_pages.py"
    spec = importlib.util.spec_from_file_location("vietnamese_pages", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pages_of_commands_and_messages_are_what_the_program_says() -> None:
    pages = vietnamese_pages()
    assert text_of("docs/vi/lenh.md") == pages.commands_page()
    assert text_of("docs/vi/thong-bao.md") == pages.messages_page()


def own_options(text: str) -> set[str]:
    return set(re.findall(r"^\| `(--?[\w-]+)", text, re.MULTILINE))


def test_every_command_and_option_is_told_in_both_languages() -> None:
    vietnamese, english = sections_of("docs/vi/lenh.md"), sections_of("docs/commands.md")
    of_all = own_options(english["Every command"])
    for path, command in commands():
        there = {one.opts[0] for one in command.params if isinstance(one, click.Option)} - of_all
        for page in (vietnamese, english):
            (options,) = [own_options(text) for head, text in page.items() if named(head) == path]
            assert there <= options | of_all, path
            assert options <= there | of_all, path


def named(heading: str) -> str:
    """Give the command that a heading names, without what is typed after it."""
    words = re.match(r"`broadcast((?: [a-z]+)+)(?=[ `])", heading)
    return words[1].strip() if words else ""


def test_every_setting_is_told_in_both_languages_with_the_same_default() -> None:
    def rows(page: str) -> dict[tuple[str, str], str]:
        return {
            (table, row[0]): row[1].replace("cần có", "needed")
            for table, section in sections_of(page).items()
            if table.startswith("`[")
            for row in rows_of(section)
        }

    assert rows("docs/vi/thiet-lap.md") == rows("docs/settings.md")


SUBJECTS = {
    "scripts.md": "kich-ban.md", "real-voices.md": "giong-that.md", "sound.md": "am-thanh.md",
    "going-public.md": "dang.md", "spoken.md": "cach-doc.md", "messages.md": "thong-bao.md",
    "commands.md": "lenh.md", "settings.md": "thiet-lap.md",
    "voices.md": "giong-may.md", "online-voices.md": "giong-mang.md",
    "uploading.md": "chep-len.md", "studio.md": "phong-thu.md",
    "many-programmes.md": "nhieu-chuong-trinh.md",
}  # fmt: skip
FOR_DEVELOPERS = {"design.md", "engines.md", "understanding.md"}


def test_every_page_for_users_is_there_in_vietnamese_and_found_from_its_first_page() -> None:
    english = {page.name for page in (ROOT / "docs").glob("*.md")} - FOR_DEVELOPERS
    assert english == set(SUBJECTS)
    first = {file for file, _ in links_in(text_of("README.vi.md"))}
    assert {f"docs/vi/{page}" for page in SUBJECTS.values()} <= first
