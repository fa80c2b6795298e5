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
    errno.ENOENT: Message("reason.missing", "there is no such file or folder"),
    errno.EACCES: Message("reason.denied", "it is not allowed to you, or another program holds it"),
    errno.EPERM: Message("reason.not-permitted", "the system does not allow it"),
    errno.ENOSPC: Message("reason.disk-full", "there is no room left on the disk"),
    errno.EDQUOT: Message("reason.quota", "there is no room left for you on the disk"),
    errno.EISDIR: Message("reason.folder", "it is a folder"),
    errno.ENOTDIR: Message("reason.no-folder", "a part of its path is no folder"),
    errno.EEXIST: Message("reason.exists", "it is there already"),
    errno.ENOTEMPTY: Message("reason.not-empty", "the folder is not empty"),
    errno.EROFS: Message("reason.read-only", "nothing can be written on this disk"),
    errno.ENAMETOOLONG: Message("reason.long-name", "its name or path is too long"),
    errno.EINVAL: Message("reason.name", "its name or what is asked of it is not possible there"),
    errno.EBUSY: Message("reason.busy", "it is in use"),
    errno.ETXTBSY: Message("reason.busy", "it is in use"),
    errno.EIO: Message("reason.disk-broken", "the disk cannot read or write it"),
    errno.ENXIO: Message("reason.no-device", "the disk is not there"),
    errno.ENODEV: Message("reason.no-device", "the disk is not there"),
    errno.ELOOP: Message("reason.links", "links lead round in a circle"),
    errno.EMFILE: Message("reason.many-files", "too many files are open"),
    errno.ENFILE: Message("reason.many-files", "too many files are open"),
    errno.ENOMEM: Message("reason.memory", "the machine has not enough memory"),
    errno.EFBIG: Message("reason.large", "the disk takes no file as large as that"),
    errno.EXDEV: Message("reason.other-disk", "it is on another disk"),
    errno.EADDRINUSE: Message("reason.port-taken", "another program uses it"),
    errno.EADDRNOTAVAIL: Message("reason.no-address", "this machine has no such address"),
    errno.ECONNREFUSED: Message("reason.refused", "nobody answers there"),
    errno.ECONNRESET: Message("reason.broken-off", "the connection broke off"),
    errno.EPIPE: Message("reason.broken-off", "the connection broke off"),
    errno.ETIMEDOUT: Message("reason.late", "there was no answer in time"),
    errno.EHOSTUNREACH: Message("reason.unreachable", "the network does not lead there"),
    errno.ENETUNREACH: Message("reason.unreachable", "the network does not lead there"),
}
# Of Windows, which gives several of its reasons one number of the others (winerror.h).
_OF_WINDOWS = {
    32: Message("reason.held", "another program has it open"),
    33: Message("reason.held", "another program has it open"),
    206: Message("reason.long-name", "its name or path is too long"),
}

_OF_TOML = (
    ("Invalid value", Message("reason.toml.value", "the value is missing, or wants quotes")),
    ("Expected newline or end", Message("reason.toml.after", "something stands after the value")),
    ("Expected '=' after a key", Message("reason.toml.equals", "there is no = after the name")),
    (r"Expected '\]\]?' at the end", Message("reason.toml.bracket", "a ] is missing")),
    ("Invalid statement", Message("reason.toml.line", "the line sets nothing")),
    ("Invalid initial character", Message("reason.toml.name", "the name of a setting is wrong")),
    ("Unterminated string", Message("reason.toml.quote", "the closing quote is missing")),
    ("Illegal character '.n'", Message("reason.toml.quote", "the closing quote is missing")),
    (
        "Illegal character|Found invalid",
        Message("reason.toml.sign", "a sign that may not be there"),
    ),
    ("Unclosed array", Message("reason.toml.bracket", "a ] is missing")),
    ("Unclosed inline", Message("reason.toml.brace", "a }} is missing")),
    ("Unescaped|Escaped|Invalid hex", Message("reason.toml.backslash", "a \\ means nothing there")),
    ("Invalid date", Message("reason.toml.date", "there is no such day or time")),
    ("Cannot |Duplicate", Message("reason.toml.twice", "the name stands twice")),
)
_OF_YAML = (
    ("mapping values", Message("reason.yaml.colon", "a second colon stands in the line")),
    ("could not find expected ':'", Message("reason.yaml.no-colon", "a line has no colon")),
    ("expected <block end>|sequence entries|mapping keys|invalid indentation",
     Message("reason.yaml.indent", "the line begins too far left or right, or is no “key: value”")),
    (r"found character '.t'", Message("reason.yaml.tab", "a tab stands where blanks are wanted")),
    ("found character", Message("reason.yaml.sign", "a value with a sign first has no quotes")),
    ("found unexpected end|found unexpected document",
     Message("reason.yaml.quote", "the closing quote is missing")),
    (r"expected ',' or", Message("reason.yaml.bracket", "a closing ] or }} is missing")),
    ("found unknown escape", Message("reason.yaml.backslash", "a \\ means nothing there")),
    ("expected '<document start>'", Message("reason.yaml.extra", "something stands after the values")),
    ("found undefined|could not determine|expected the node",
     Message("reason.yaml.sign", "a value with a sign first has no quotes")),
)  # fmt: skip
_OF_TABLES = (
    (
        "field larger",
        Message("reason.table.cell", "a cell is too long, or its quote is not closed"),
    ),
    ("unexpected end|new-line", Message("reason.table.quote", "a closing quote is missing")),
    ("NUL", Message("reason.table.nul", "it has signs that are no text")),
)
_OF_XML = (
    ("Opening and ending|Premature|EndTag", Message("reason.xml.end", "an element is not closed")),
    ("Document is empty|Start tag", Message("reason.xml.empty", "it does not begin as XML does")),
    ("Entity|xmlParseEntity", Message("reason.xml.entity", "a & stands in it as it is")),
    ("PCDATA|encoding|Input is not|Char", Message("reason.xml.letters", "it has signs that XML may not have")),
    ("Extra content", Message("reason.xml.extra", "something stands after its end")),
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
    return Message("reason.others", "{words}", words=" ".join(words.split()).rstrip("."))


def _known(words: str, known: Sequence[tuple[str, Message]]) -> Message:
    found = (message for pattern, message in known if re.match(pattern, words))
    return next(found, None) or others_words(words)
