"""A catalogue of a language that the program has none of, written as its translator would."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

from broadcast.messages.compiling import compile_catalogues

ROOT = Path(__file__).parent.parent
PLURALS = {
    "vi": "nplurals=1; plural=0;",
    "pl": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
}
POLISH = """
msgctxt "level.error"
msgid "error"
msgstr "błąd"

msgctxt "level.note"
msgid "note"
msgstr "uwaga"

msgctxt "command.check"
msgid "Show how a script is understood: turns, speakers, cues, dropped lines, problems, length."
msgstr "Pokaż, jak rozumiany jest scenariusz."

msgctxt "option.json"
msgid "Print one JSON document."
msgstr "Wypisz jeden dokument JSON."

msgctxt "script.none-named"
msgid "There is no script {name!r}."
msgstr "Nie ma scenariusza {name!r}."
"""


def write_catalogue(locale: Path, language: str, entries: str) -> Path:
    """Write a catalogue into a folder of them, and compile it."""
    file = locale / language / "LC_MESSAGES" / "broadcast.po"
    file.parent.mkdir(parents=True)
    head = (
        f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Plural-Forms: {PLURALS[language]}\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    )
    file.write_text(head + entries, "utf-8")
    compile_catalogues(locale)
    return file


def message_codes() -> ModuleType:
    """Give docs/message_codes.py, which `make messages` runs."""
    spec = importlib.util.spec_from_file_location("message_codes", ROOT / "docs/message_codes.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
