"""Catalogues as translators write them → as gettext reads them; where the package is built."""

from __future__ import annotations

from pathlib import Path


def compile_catalogues(locale: Path) -> list[Path]:
    """Write ``broadcast.mo`` beside every ``broadcast.po`` in ``locale``, and give their paths.

    Needs Babel, which the program does not.
    """
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    written = []
    for file in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        with file.open("rb") as source:
            catalogue = read_po(source)
        for message in catalogue:
            # Babel would write the English of one for every form that is not there yet.
            if isinstance(message.string, tuple) and not all(message.string):
                message.string = ""
        part = file.with_suffix(".mo.part")
        with part.open("wb") as target:
            write_mo(target, catalogue)
        written.append(part.replace(file.with_suffix(".mo")))
    return written
