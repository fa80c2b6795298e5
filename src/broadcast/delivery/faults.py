"""Why a host did not do what was asked → an error that says what to do, or to try again."""

from __future__ import annotations

import re
import socket
import ssl

from broadcast.errors import OutsideError
from broadcast.messages import Message
from broadcast.messages.system_reasons import others_words, system_reason

_LATER = Message(
    "upload.later.hint",
    "Check the connection and try again: broadcast upload goes on where it stopped. "
    "Listeners have what they had before.",
)

# What OpenSSL and rustls say.
_OF_CERTIFICATES = (
    ("expired", Message("upload.certificate.ended", "it has ended")),
    ("not yet valid|NotValidYet", Message("upload.certificate.early", "it is not valid yet")),
    (
        "issuer|self.signed",
        Message("upload.certificate.unknown", "nobody known vouches for it"),
    ),
    (
        "mismatch|NotValidForName|match",
        Message("upload.certificate.name", "it is for another name"),
    ),
)


class HostError(OutsideError):
    """A host did not do what was asked; ``passes`` tells whether it may the next time."""

    def __init__(self, message: Message, hint: Message, *, passes: bool = False) -> None:
        super().__init__(message, hint=hint)
        self.passes = passes


def wrong_login(where: str) -> HostError:
    """The host does not let this user in."""
    return HostError(
        Message("upload.login", "{where} refuses the name or the password.", where=where),
        Message(
            "upload.login.hint",
            "Check the user in [upload] of station.toml, and the password where you keep it: the "
            "variable, the file or the keyring.",
        ),
    )


def no_secret(where: str, variable: str) -> HostError:
    """Nobody gave a password."""
    return HostError(
        Message("upload.no-secret", "There is no password for {where}.", where=where),
        Message(
            "upload.no-secret.hint",
            "Put it into the variable {variable}, or into a file outside the station that "
            "password_file in [upload] names. It never stands in station.toml.",
            variable=variable,
        ),
    )


def no_key(where: str) -> HostError:
    """What was given as a cloud's key is none."""
    return HostError(
        Message("upload.no-key", "What you keep for {where} is no such key.", where=where),
        Message(
            "upload.no-key.hint",
            "For Azure it is an access key of the storage account, or a signature (SAS) for the "
            "container; for Google's storage all of the JSON file of a service account's key.",
        ),
    )


def unknown_key(where: str, kind: str, fingerprint: str) -> HostError:
    """The host shows a key that nobody has accepted."""
    return HostError(
        Message(
            "upload.host-key",
            "The key of {where} is not known: {kind} {fingerprint}",
            where=where,
            kind=kind,
            fingerprint=fingerprint,
        ),
        Message(
            "upload.host-key.hint",
            "Compare it with what your host tells of its key. If it is the same, once: "
            "broadcast upload --accept-host-key",
        ),
    )


def changed_key(where: str, kind: str, fingerprint: str) -> HostError:
    """The host shows another key than the one that is known."""
    return HostError(
        Message(
            "upload.host-key-changed",
            "{where} has another key than before: {kind} {fingerprint}. Nothing was sent.",
            where=where,
            kind=kind,
            fingerprint=fingerprint,
        ),
        Message(
            "upload.host-key-changed.hint",
            "Somebody may stand in between. Ask your host; if the key is new, take its line out of "
            "known_hosts, then accept the new one.",
        ),
    )


def no_room(where: str) -> HostError:
    """The host is full."""
    return HostError(
        Message("upload.no-room", "{where} has no room left.", where=where),
        Message(
            "upload.no-room.hint",
            "Make room there, or withdraw old episodes; then the same command goes on. "
            "Listeners have what they had before.",
        ),
    )


def forbidden(where: str, path: str) -> HostError:
    """The host does not let this user write there."""
    return HostError(
        Message("upload.forbidden", "{where} does not allow {path}.", where=where, path=path),
        Message(
            "upload.forbidden.hint",
            "Check that the folder in [upload] to is your own there, and that this user may write "
            "and delete in it.",
        ),
    )


def no_place(where: str) -> HostError:
    """The folder or bucket is not there."""
    return HostError(
        Message("upload.no-place", "There is no such place: {where}.", where=where),
        Message(
            "upload.no-place.hint",
            "Make the folder or bucket at your host, or correct to in [upload] of station.toml.",
        ),
    )


def wrong_clock(where: str) -> HostError:
    """The host says that this computer's clock is wrong."""
    return HostError(
        Message("upload.clock", "{where} says that this computer's clock is wrong.", where=where),
        Message("upload.clock.hint", "Set the clock, then try again."),
    )


def certificate(where: str, reason: str) -> HostError:
    """The host cannot prove that it is the one that is meant."""
    return HostError(
        Message(
            "upload.certificate",
            "The certificate of {where} is not accepted: {reason}. Nothing was sent.",
            where=where,
            reason=_reason_of_certificate(reason),
        ),
        Message(
            "upload.certificate.hint",
            "Check the host's name in [upload] to and this computer's clock; else ask your host.",
        ),
    )


def other_tls(where: str) -> HostError:
    """The host does not begin as FTPS of the kind that is set."""
    return HostError(
        Message(
            "upload.other-tls", "It seems that {where} speaks the other kind of FTPS.", where=where
        ),
        Message(
            "upload.other-tls.hint",
            "There are two kinds. Where TLS comes first (implicit): port 990, or implicit_tls = "
            "true in [upload]. Where it is asked for (explicit): port 21, implicit_tls = false.",
        ),
    )


def half(where: str, path: str, size: int, wanted: int) -> HostError:
    """The host says that it has another size than what was sent."""
    return HostError(
        Message(
            "upload.half",
            "{where} has {size} of the {wanted} bytes of {path}.",
            where=where,
            path=path,
            size=size,
            wanted=wanted,
        ),
        _LATER,
        passes=True,
    )


def missing_extra(kind: str, package: str) -> HostError:
    """What speaks this protocol is not installed."""
    return HostError(
        Message(
            "upload.extra",
            "For {kind} the package {package} is wanting.",
            kind=kind,
            package=package,
        ),
        Message("upload.extra.hint", 'Install it with: pip install "broadcast[upload]"'),
    )


def refused(where: str, path: str, words: str) -> HostError:
    """The host said no in words of its own."""
    return HostError(
        Message(
            "upload.refused",
            "{where} did not take {path}: {reason}.",
            where=where,
            path=path or "/",
            reason=others_words(words),
        ),
        _LATER,
    )


def disturbed(where: str, error: Exception) -> HostError:
    """The connection failed; the next attempt may do better, but for a certificate."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return certificate(where, cause.verify_message)
        cause = cause.__cause__ or cause.__context__
    reason = _reason(error)
    return HostError(
        Message(
            "upload.disturbed",
            "The connection to {where} failed: {reason}.",
            where=where,
            reason=reason,
        ),
        _LATER,
        passes=True,
    )


def _reason_of_certificate(words: str) -> Message:
    found = (told for pattern, told in _OF_CERTIFICATES if re.search(pattern, words, re.IGNORECASE))
    return next(found, None) or others_words(words)


def _reason(error: Exception) -> Message:
    if isinstance(error, socket.gaierror):
        return Message("upload.no-such-host", "there is no host of that name")
    if isinstance(error, TimeoutError):
        return Message("because.late", "there was no answer in time")
    if isinstance(error, ssl.SSLError):
        return Message("upload.no-tls", "what answers there does not speak TLS as it should")
    if isinstance(error, OSError) and error.errno:
        return system_reason(error)
    return Message("because.broken-off", "the connection broke off")
