"""THIRD-PARTY.md names the licence of each thing that travels with the program.

Held to the installed packages: which there are, what they say of themselves, what lies in them.
"""

from __future__ import annotations

import io
import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from importlib.resources import files
from pathlib import Path

import pytest
from av._core import library_meta
from fontTools.ttLib import TTFont
from packaging.requirements import Requirement

from doc_pages import rows_of, sections_of

PAGE = sections_of("THIRD-PARTY.md")
PACKAGES = {row[0]: row[1] for row in rows_of(PAGE["Packages"])}
LIBRARIES = rows_of(PAGE["Libraries inside them"])
# They say it nowhere that a program can read; the page says how it is known.
SILENT = {"espeakng-loader"}
# What packages write for a licence that has an identifier of SPDX.
WRITTEN = {
    "BSD-2-Clause": r"BSD",
    "BSD-3-Clause": r"BSD",
    "GPL-3.0-or-later": r"GPLv3\+|GPL-3",
    "LGPL-3.0-or-later": r"LGPLv3\+|LGPL-3",
    "MPL-2.0": r"MPL.2\.0",
    "Apache-2.0": r"Apache",
    "Artistic-1.0-Perl": r"Artistic",
    "GPL-2.0-or-later": r"GPLv2\+|GPL-2\.0-or-later",
    "ISC": r"ISC",
}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def brought_along() -> dict[str, Distribution]:
    """Give what installing the program installs on this machine."""
    found: dict[str, Distribution] = {}
    waiting = ["broadcast"]
    while waiting:
        name = normal(waiting.pop())
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:  # of another system
            continue
        needs = map(Requirement, found[name].requires or [])
        waiting += [
            one.name for one in needs if one.marker is None or one.marker.evaluate({"extra": ""})
        ]
    del found["broadcast"]
    return found


BROUGHT = brought_along()


def said_of_itself(package: Distribution) -> str:
    facts = package.metadata
    classifiers = [one for one in facts.get_all("Classifier") or [] if one.startswith("License")]
    return " ".join([facts.get("License-Expression") or facts.get("License") or "", *classifiers])


def test_every_package_that_comes_along_has_a_row() -> None:
    assert set(BROUGHT) <= {*PACKAGES, "audioop-lts"}
    assert {"av", "espeakng-loader", "mutagen", "pydub"} <= set(BROUGHT)


@pytest.mark.parametrize("name", sorted(set(BROUGHT) & set(PACKAGES) - SILENT))
def test_a_package_has_the_licence_that_it_says_itself(name: str) -> None:
    said = said_of_itself(BROUGHT[name])
    for licence in re.split(r" (?:AND|OR) ", PACKAGES[name]):
        assert re.search(WRITTEN.get(licence, re.escape(licence)), said), said


def test_the_libraries_of_ffmpeg_have_the_licence_that_they_say_themselves() -> None:
    (row,) = (row for row in LIBRARIES if row[0].startswith("FFmpeg"))
    named = set(re.findall(r"\w+", row[0].partition("(")[2]))
    assert named == {name.removeprefix("lib") for name in library_meta}
    assert {facts["license"] for facts in library_meta.values()} == {"LGPL version 3 or later"}
    assert row[2].startswith("LGPL-3.0-or-later")


@pytest.mark.parametrize("package", ["av", "numpy", "pillow"])
def test_every_library_in_a_package_has_a_row(package: str) -> None:
    folder = Path(str(BROUGHT[package].locate_file(f"{package}.libs")))
    files = [file.name for file in folder.glob("*") if ".so" in file.name or ".dll" in file.name]
    told = " ".join(row[0] for row in LIBRARIES if package in row[1])
    for file in files:
        name = re.split(r"-[0-9a-f]{6,}|\.so|\.dll", file)[0].removeprefix("lib").rstrip("-_")
        assert re.search(rf"\b{re.escape(name)}", told, re.IGNORECASE), file


def test_the_fonts_that_come_along_are_free_and_say_so() -> None:
    ((row, place, licence),) = rows_of(PAGE["Fonts"])
    folder = files("broadcast") / re.findall("`(.+)`", place)[0]
    text = (folder / "OFL.txt").read_text("utf-8")
    assert licence.startswith("OFL-1.1")
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
    assert "with Reserved Font Name" not in text  # what was left out of it may bear its name
    for file in (one for one in folder.iterdir() if one.name.endswith(".ttf")):
        names = TTFont(io.BytesIO(file.read_bytes()))["name"]
        assert names.getDebugName(1).partition(" Medium")[0] in row
        assert "SIL Open Font License, Version 1.1" in names.getDebugName(13)
