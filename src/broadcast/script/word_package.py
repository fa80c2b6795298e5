"""The bytes of a Word file, turned into the XML of its parts: bounded, and nothing fetched."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lxml import etree

from broadcast.errors import BroadcastError
from broadcast.messages import Message
from broadcast.script.text_file import GIVE_AS

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_LOOSE = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_XML_BYTES = 48_000_000
_MOST_TAGS = 1_200_000
_MOST_PARTS = 4_000

# What zipfile raises at bytes that are no zip; of places and lengths that cannot be it says no more
# than ValueError, struct.error or OverflowError.
_ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    KeyError,
    ValueError,
)
_COMPRESSED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What a package may be made with (ECMA-376, part 2, annex C)."""


class WordPackage:
    """The parts of a Word file."""

    def __init__(self, package: zipfile.ZipFile, file: Path) -> None:
        self._package, self._file = package, file
        self._bytes_left, self._tags_left = _MOST_XML_BYTES, _MOST_TAGS
        self.names = package.namelist()
        if len(self.names) > _MOST_PARTS:
            raise _damaged(file)

    def document(self) -> Any:
        """Give the part with the text of the document."""
        main = self._main()
        if main is None:
            raise BroadcastError(
                Message("script.no-word-document", "this is not a Word document"),
                file=self._file,
                hint=GIVE_AS,
            )
        return self.xml(main)

    def _main(self) -> str | None:
        found = sorted(name for name in self.names if _is_main(name))
        return "word/document.xml" if "word/document.xml" in found else next(iter(found), None)

    def embedded(self, node: Any) -> tuple[str, bytes] | None:
        """Give the name and the content of the part that a w:altChunk refers to."""
        wanted = next((value for key, value in node.items() if key.endswith("}id")), "")
        folder, _, main = (self._main() or "").rpartition("/")
        relations = f"{folder}/_rels/{main}.rels"
        if not wanted or relations not in self.names:
            return None
        for one in self.xml(relations):
            if one.get("Id") == wanted:
                name = posixpath.normpath(posixpath.join("/", folder, one.get("Target") or ""))[1:]
                return (name, self._content(name)) if name in self.names else None
        return None

    def part(self, name: str) -> Any:
        """Give word/NAME.xml, None if there is none."""
        path = f"word/{name}.xml"
        return self.xml(path) if path in self.names else None

    def xml(self, name: str) -> Any:
        """Give a part's root element.

        Raises BroadcastError for a damaged part and for parts that expand beyond all measure.
        """
        content = self._content(name).replace(_STRICT, _LOOSE)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as wrong:
            raise _damaged(self._file) from wrong
        if root.getroottree().docinfo.doctype:
            raise BroadcastError(
                Message(
                    "script.word-with-dtd", "this Word file holds what no Word file holds (a DTD)"
                ),
                file=self._file,
            )
        return root

    def _content(self, name: str) -> bytes:
        with _faults_told(self._file):
            if self._package.getinfo(name).compress_type not in _COMPRESSED:
                raise _damaged(self._file)
            with self._package.open(name) as part:
                content = part.read(self._bytes_left + 1)
        self._bytes_left -= len(content)
        self._tags_left -= content.count(b"<")
        if self._bytes_left < 0 or self._tags_left < 0:
            raise BroadcastError(
                Message("script.word-too-large", "this Word file expands beyond all measure"),
                file=self._file,
            )
        return content


@contextmanager
def opened(content: bytes, file: Path) -> Iterator[WordPackage]:
    """Open a Word file.

    Raises BroadcastError for a damaged or password-protected file.
    """
    if content.startswith(_OLE):
        raise BroadcastError(
            Message(
                "script.word-locked-or-old",
                "this Word file is protected by a password, or is an old .doc",
            ),
            file=file,
            hint=Message(
                "script.word-locked-or-old.hint",
                "Open it in Word, take the password off and save it as .docx.",
            ),
        )
    with _faults_told(file):
        package = zipfile.ZipFile(io.BytesIO(content))
    with package:
        yield WordPackage(package, file)


@contextmanager
def _faults_told(file: Path) -> Iterator[None]:
    try:
        yield
    except _ZIP_FAULTS as wrong:
        raise _damaged(file) from wrong
    except RuntimeError as wrong:
        raise BroadcastError(
            Message("script.locked", "this file is protected by a password"), file=file
        ) from wrong


def _damaged(file: Path) -> BroadcastError:
    return BroadcastError(
        Message("script.word-damaged", "this Word file is damaged"),
        file=file,
        hint=Message("script.word-damaged.hint", "Open it in Word and save it again as .docx."),
    )


def _is_main(name: str) -> bool:
    return name.startswith("word/document") and name.endswith(".xml")
