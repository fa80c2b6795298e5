"""Which language the program speaks to whoever uses it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from broadcast.language import Language


def interface_language(*wishes: str | None) -> Language:
    """Give the first of these that names a language, by a code or a name of it; else English.

    In the order that users expect: the environment variable BROADCAST_LANG, ``[station] interface``
    of station.toml, the show's language, ``system_language``.
    """
    for wish in wishes:
        if wish:
            try:
                return Language.of(wish)
            except ValueError:
                continue  # a slip there is told where settings are checked
    return Language("en")


def system_language(environment: Mapping[str, str] = os.environ) -> str | None:
    """Give the language that the system speaks to this user; C and POSIX say nothing.

    By the variables that POSIX has for it (section 8.2), which Windows has not: it is asked for the
    language of its own windows.
    """
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "").partition(".")[0].partition("@")[0]
        if value:
            return None if value in ("C", "POSIX") else value
    return _language_of_windows()


def _language_of_windows() -> str | None:
    if sys.platform != "win32":
        return None
    import ctypes
    import locale

    return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage())


def interface_wishes(file: Path) -> list[str]:
    """Give what ``[station] interface`` and ``[show] language`` say, in this order.

    What is wrong in the file is passed over: it is told elsewhere, in the language found here.
    """
    import tomllib  # where the environment decides, nothing is read

    values: dict[str, object] = {}
    with suppress(OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        values = tomllib.loads(file.read_text("utf-8-sig"))
    wishes = []
    for name, key in (("station", "interface"), ("show", "language")):
        table = values.get(name)
        wish = table.get(key) if isinstance(table, dict) else None
        if isinstance(wish, str):
            wishes.append(wish)
    return wishes
