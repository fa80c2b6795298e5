"""Brings the catalogues and docs/messages.md up to the messages that the program has.

Run by `make messages` after a message was added or changed. What is new in a catalogue is left
empty for its translator, what is gone goes, and a message whose English changed loses its text: the
tests fail until somebody has written it anew.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from broadcast.cli import click_words
from broadcast.messages.compiling import compile_catalogues

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "broadcast"
LOCALE = SOURCE / "messages" / "locale"
PAGE = ROOT / "docs" / "messages.md"
KEYWORDS = {
    "Message": ((1, "c"), 2),
    "help_text": ((1, "c"), 2),
    "counted": ((1, "c"), 2, 3),
}
_HEAD = """# Messages and their codes

Every message has a code that stays when its words change, for programs that read `--json`, and for
catalogues of other languages (`src/broadcast/messages/locale/`). {…} is filled in. After a message
was added or changed, `make messages` writes this page and brings the catalogues up to it.
"""


def messages_in_the_source() -> Catalog:
    """Give every message of the program, sorted by its code.

    Raises ValueError where one code has two templates.
    """
    found: dict[str, tuple[str | tuple[str, ...], str]] = {}
    for file, line, template, _, code in extract_from_dir(
        SOURCE, method_map=[("**.py", "python")], keywords=KEYWORDS
    ):
        assert code is not None, f"{file}:{line}: a message without a code"
        other, elsewhere = found.setdefault(code, (template, f"{file}:{line}"))
        if other != template:
            raise ValueError(f"{code} is said in two ways: {elsewhere} and {file}:{line}")
    catalogue = Catalog(domain="broadcast", project="broadcast", fuzzy=False)
    for code in sorted(found):
        catalogue.add(found[code][0], context=code)
    for words in (*click_words.WORDS, *click_words.PLURALS):
        catalogue.add(words)
    return catalogue


def catalogue_in(file: Path) -> Catalog:
    """Read a catalogue."""
    with file.open("rb") as source:
        return read_po(source)


def entries(catalogue: Catalog) -> Iterator[Message]:
    """Give a catalogue's messages without its head."""
    return (message for message in catalogue if message.id)


def faults(catalogue: Catalog, source: Catalog) -> list[str]:
    """Say what is wrong with a catalogue: what is missing, fuzzy, gone, or names other values."""
    told = []
    theirs = {(message.context, message.id): message for message in entries(catalogue)}
    for message in entries(source):
        translated = theirs.pop((message.context, message.id), None)
        if translated is None or not all(_forms(translated.string)):
            told.append(f"{_name(message)}: missing")
            continue
        if translated.fuzzy:
            told.append(f"{_name(message)}: fuzzy")
        wanted = set().union(*map(_places, _forms(message.id)))
        told += [
            f"{_name(message)}: names other values"
            for form in _forms(translated.string)
            # A form for one of something need not tell how many.
            if _places(form) not in (wanted, wanted - {"count"})
        ]
    told += [f"{_name(message)}: no longer said" for message in theirs.values()]
    return told


def page(catalogue: Catalog) -> str:
    """Give docs/messages.md."""
    rows = [
        f"| `{message.context}` | {' / '.join(map(_cell, _forms(message.id)))} |"
        for message in entries(catalogue)
        if message.context
    ]
    return "\n".join([_HEAD, "| code | English |", "|---|---|", *rows, ""])


def write(file: Path, catalogue: Catalog) -> None:
    """Write a catalogue as it is kept: no lines of the source, which change with every edit."""
    with file.open("wb") as target:
        write_po(target, catalogue, no_location=True, ignore_obsolete=True, width=96)


def _name(message: Message) -> str:
    return message.context or _forms(message.id)[0]


def _forms(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _places(template: str) -> set[str]:
    """Give the names of the values in a template."""
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def main() -> None:
    """Bring the catalogues and the page up to the source."""
    source = messages_in_the_source()
    PAGE.write_text(page(source), "utf-8")
    for file in sorted(LOCALE.glob("*/LC_MESSAGES/broadcast.po")):
        known = catalogue_in(file)
        new = Catalog(
            locale=known.locale, domain="broadcast", project="broadcast", fuzzy=False,
            header_comment=known.header_comment,
        )  # fmt: skip
        new.revision_date = new.creation_date = known.creation_date
        for message in entries(source):
            translated = known.get(message.id, message.context)
            new.add(message.id, translated.string if translated else "", context=message.context)
        write(file, new)
        missing = len(faults(new, source))
        sys.stdout.write(f"{file.relative_to(ROOT)}: {len(new)} messages, {missing} to write\n")


if __name__ == "__main__":
    if sys.argv[1:] != ["compile"]:
        main()
    compile_catalogues(LOCALE)
