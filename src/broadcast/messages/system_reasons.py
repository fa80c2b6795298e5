"""Why the system, or what reads a format for us, refused → a message, for they speak English alone.

The system's errors are known by their numbers, others by the words of the reader, of which those
that people meet are listed. What is not listed is passed on as somebody else's words.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Sequence

from broadcast.messages import Message

_BY_NUMBER = {
    errno.ENOENT: Message("because.missing", "there is no such file or folder"),
    errno.EACCES: Message(
        "because.denied", "it is not allowed to you, or another program holds it"
    ),
    errno.EPERM: Message("because.not-permitted", "the system does not allow it"),
    errno.ENOSPC: Message("because.disk-full", "there is no room left on the disk"),
    errno.EDQUOT: Message("because.quota", "there is no room left for you on the disk"),
    errno.EISDIR: Message("because.folder", "it is a folder"),
    errno.ENOTDIR: Message("because.no-folder", "a part of its path is no folder"),
    errno.EEXIST: Message("because.exists", "it is there already"),
    errno.ENOTEMPTY: Message("because.not-empty", "the folder is not empty"),
    errno.EROFS: Message("because.read-only", "nothing can be written on this disk"),
    errno.ENAMETOOLONG: Message("because.long-name", "its name or path is too long"),
    errno.EINVAL: Message("because.name", "its name or what is asked of it is not possible there"),
    errno.EBUSY: Message("because.busy", "it is in use"),
    errno.ETXTBSY: Message("because.busy", "it is in use"),
    errno.EIO: Message("because.disk-broken", "the disk cannot read or write it"),
    errno.ENXIO: Message("because.no-device", "the disk is not there"),
    errno.ENODEV: Message("because.no-device", "the disk is not there"),
    errno.ELOOP: Message("because.links", "links lead round in a circle"),
    errno.EMFILE: Message("because.many-files", "too many files are open"),
    errno.ENFILE: Message("because.many-files", "too many files are open"),
    errno.ENOMEM: Message("because.memory", "the machine has not enough memory"),
    errno.EFBIG: Message("because.large", "the disk takes no file as large as that"),
    errno.EXDEV: Message("because.other-disk", "it is on another disk"),
    errno.EADDRINUSE: Message("because.port-taken", "another program uses it"),
    errno.EADDRNOTAVAIL: Message("because.no-address", "this machine has no such address"),
    errno.ECONNREFUSED: Message("because.refused", "nobody answers there"),
    errno.ECONNRESET: Message("because.broken-off", "the connection broke off"),
    errno.EPIPE: Message("because.broken-off", "the connection broke off"),
    errno.ETIMEDOUT: Message("because.late", "there was no answer in time"),
    errno.EHOSTUNREACH: Message("because.unreachable", "the network does not lead there"),
    errno.ENETUNREACH: Message("because.unreachable", "the network does not lead there"),
}
# Of Windows, which gives several of its reasons one number of the others (winerror.h).
_OF_WINDOWS = {
    32: Message("because.held", "another program has it open"),
    33: Message("because.held", "another program has it open"),
    206: Message("because.long-name", "its name or path is too long"),
}

_OF_TOML = (
    ("Invalid value", Message("because.toml.value", "the value is missing, or wants quotes")),
    ("Expected newline or end", Message("because.toml.after", "something stands after the value")),
    ("Expected '=' after a key", Message("because.toml.equals", "there is no = after the name")),
    (r"Expected '\]\]?' at the end", Message("because.toml.bracket", "a ] is missing")),
    ("Invalid statement", Message("because.toml.line", "the line sets nothing")),
    ("Invalid initial character", Message("because.toml.name", "the name of a setting is wrong")),
    ("Unterminated string", Message("because.toml.quote", "the closing quote is missing")),
    ("Illegal character '.n'", Message("because.toml.quote", "the closing quote is missing")),
    (
        "Illegal character|Found invalid",
        Message("because.toml.sign", "a sign that may not be there"),
    ),
    ("Unclosed array", Message("because.toml.bracket", "a ] is missing")),
    ("Unclosed inline", Message("because.toml.brace", "a }} is missing")),
    (
        "Unescaped|Escaped|Invalid hex",
        Message("because.toml.backslash", "a \\ means nothing there"),
    ),
    ("Invalid date", Message("because.toml.date", "there is no such day or time")),
    ("Cannot |Duplicate", Message("because.toml.twice", "the name stands twice")),
)
_OF_YAML = (
    ("mapping values", Message("because.yaml.colon", "a second colon stands in the line")),
    ("could not find expected ':'", Message("because.yaml.no-colon", "a line has no colon")),
    ("expected <block end>|sequence entries|mapping keys|invalid indentation",
     Message("because.yaml.indent", "the line is set in wrongly, or is no “key: value”")),
    (r"found character '.t'", Message("because.yaml.tab", "a tab stands where blanks are wanted")),
    ("found character", Message("because.yaml.sign", "a value with a sign first has no quotes")),
    ("found unexpected end|found unexpected document",
     Message("because.yaml.quote", "the closing quote is missing")),
    (r"expected ',' or", Message("because.yaml.bracket", "a closing ] or }} is missing")),
    ("found unknown escape", Message("because.yaml.backslash", "a \\ means nothing there")),
    ("expected '<document", Message("because.yaml.extra", "something stands after its end")),
    ("found undefined|could not determine|expected the node",
     Message("because.yaml.sign", "a value with a sign first has no quotes")),
)  # fmt: skip
_OF_TABLES = (
    (
        "field larger",
        Message("because.table.cell", "a cell is too long, or its quote is not closed"),
    ),
    ("unexpected end|new-line", Message("because.table.quote", "a closing quote is missing")),
    ("NUL", Message("because.table.nul", "it has signs that are no text")),
)
_OF_XML = (
    ("Opening and ending|Premature|EndTag", Message("because.xml.end", "an element is not closed")),
    ("Document is empty|Start tag", Message("because.xml.empty", "it does not begin as XML does")),
    ("Entity|xmlParseEntity", Message("because.xml.entity", "a & stands in it as it is")),
    (
        "PCDATA|encoding|Input is not|Char",
        Message("because.xml.letters", "it has signs that XML may not have"),
    ),
    ("Extra content", Message("because.xml.extra", "something stands after its end")),
)


def system_reason(error: OSError) -> Message:
    """Say why the system refused: by the error's number, else in its own words."""
    of_windows = _OF_WINDOWS.get(getattr(error, "winerror", None) or 0)
    known = of_windows or _BY_NUMBER.get(error.errno or 0)
    return known or others_words(error.strerror or str(error) or type(error).__name__)


def toml_reason(words: str) -> Message:
    """Say what a reader of TOML stumbled over."""
    return _known(words, _OF_TOML)


def yaml_reason(words: str) -> Message:
    """Say what a reader of YAML stumbled over."""
    return _known(words, _OF_YAML)


def table_reason(words: str) -> Message:
    """Say what a reader of tables (CSV) stumbled over."""
    return _known(words, _OF_TABLES)


def xml_reason(words: str) -> Message:
    """Say what a reader of XML stumbled over."""
    return _known(words, _OF_XML)


def others_words(words: str) -> Message:
    """Give a reason in the words of a system or a program that we know no others for."""
    return Message("because.others", "{words}", words=" ".join(words.split()).rstrip("."))


def _known(words: str, known: Sequence[tuple[str, Message]]) -> Message:
    found = (message for pattern, message in known if re.match(pattern, words))
    return next(found, None) or others_words(words)
