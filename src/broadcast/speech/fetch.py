"""A web address → a file, which goes on where it was cut off; the user's proxies are honoured."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from socket import gaierror
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from broadcast.errors import OutsideError
from broadcast.messages import Message
from broadcast.messages.system_reasons import system_reason
from broadcast.speech.settings import is_this_machine

if TYPE_CHECKING:
    import requests

_WAIT_S = 20.0
_REDIRECTS = 5
_TRIES = 4
"""How often a cut is gone on from, as long as something more came each time."""
_PIECE = 1 << 14
"""So much is lost at a cut."""
_HINT = Message("fetch.hint", "Call it again: it goes on where it was.")


def fetch(address: str, file: Path, largest: int, progress: Callable[[int], object]) -> str:
    """Load what is at ``address`` into ``file``; give its SHA-256 in hexadecimal digits.

    What came before a cut stays beside it, and is gone on from when the server says that it is
    still the same (RFC 9110 section 13.1.5). ``progress`` is called with the bytes there are.
    Raises OutsideError for no internet, a refusal, a cut, or more than ``largest`` bytes.
    """
    part, mark = file.with_name(f"{file.name}.part"), file.with_name(f"{file.name}.etag")
    for tries_left in reversed(range(_TRIES)):
        before = _size(part)
        try:
            _go_on(address, part, mark, largest, progress)
            break
        except _CutError as error:
            if tries_left and _size(part) != before:
                continue
            raise OutsideError(
                Message(
                    "fetch.cut",
                    "The download from {host} was cut off after {bytes:bytes}.",
                    host=_host(address),
                    bytes=_size(part),
                ),
                hint=_HINT,
            ) from error
    with part.open("rb") as whole:
        digest = hashlib.file_digest(whole, "sha256").hexdigest()
    part.replace(file)
    mark.unlink(missing_ok=True)
    return digest


class _CutError(Exception):
    """The answer ended before its end; never leaves this file."""


def _go_on(
    address: str, part: Path, mark: Path, largest: int, progress: Callable[[int], object]
) -> None:
    import requests

    there = _size(part)
    same = mark.read_text("ascii") if there and mark.is_file() else ""
    headers = {"Accept-Encoding": "identity"}
    if same:
        headers |= {"Range": f"bytes={there}-", "If-Range": same}
    try:
        with requests.Session() as session, _answer(session, address, headers) as answer:
            if answer.status_code == 416:  # all of it is there, or it has become shorter
                part.unlink()
                raise _CutError
            goes_on = answer.status_code == 206 and _begins_at(answer) == there and bool(same)
            if not goes_on:
                there = 0
                entity = answer.headers.get("ETag", "")
                # A weak one may be that of other bytes.
                if entity and entity.isascii() and not entity.startswith("W/"):
                    mark.write_text(entity, "ascii")
                else:
                    mark.unlink(missing_ok=True)
            length = answer.headers.get("Content-Length", "")
            whole = there + int(length) if length.isdecimal() else None
            with part.open("ab" if goes_on else "wb") as file:
                for piece in answer.iter_content(_PIECE):
                    there += len(piece)
                    if there > largest:
                        raise OutsideError(
                            Message(
                                "fetch.too-much",
                                "{host} sends more than the {bytes:bytes} that were expected.",
                                host=_host(address),
                                bytes=largest,
                            )
                        )
                    file.write(piece)
                    progress(there)
            if whole is not None and there < whole:
                raise _CutError
    except (requests.exceptions.ChunkedEncodingError, requests.exceptions.ReadTimeout) as error:
        raise _CutError from error
    except requests.exceptions.ContentDecodingError as error:
        raise _CutError from error
    except requests.ConnectionError as error:
        # One that was lost midway is told by requests as one that never was.
        if there:
            raise _CutError from error
        raise _no_way(address, error) from error
    except requests.RequestException as error:
        raise _no_way(address, error) from error


def _answer(session: requests.Session, address: str, headers: dict[str, str]) -> requests.Response:
    """Ask, follow where the server sends us as long as nobody can listen, and give the answer."""
    for _ in range(_REDIRECTS):
        answer = session.get(
            address, headers=headers, stream=True, timeout=_WAIT_S, allow_redirects=False
        )
        if not answer.is_redirect:
            break
        elsewhere = urljoin(address, answer.headers["Location"])
        answer.close()
        if urlsplit(elsewhere).scheme != "https" and not is_this_machine(elsewhere):
            raise OutsideError(
                Message(
                    "fetch.elsewhere",
                    "{host} sends us on to {elsewhere}, where others could change the file.",
                    host=_host(address),
                    elsewhere=_host(elsewhere),
                )
            )
        address = elsewhere
    if answer.status_code not in (200, 206, 416):
        answer.close()
        raise OutsideError(
            Message(
                "fetch.refused",
                "{host} does not give the file (status {status}).",
                host=_host(address),
                status=answer.status_code,
            ),
            hint=Message("fetch.refused.hint", "Try again in a while, or take another voice."),
        )
    return answer


def _begins_at(answer: requests.Response) -> int | None:
    """Give where the part that was sent begins (RFC 9110 section 14.4)."""
    told = answer.headers.get("Content-Range", "").removeprefix("bytes ").partition("-")[0]
    return int(told) if told.isdecimal() else None


def _no_way(address: str, error: Exception) -> OutsideError:
    reason = error.__context__
    while reason is not None and not isinstance(reason, OSError):
        reason = reason.__context__
    return OutsideError(
        Message(
            "fetch.no-internet",
            "There is no way to {host} from here: {why}.",
            host=_host(address),
            # A name that is not found is what a machine without internet has of any.
            why=system_reason(reason)
            if isinstance(reason, OSError) and reason.errno and not isinstance(reason, gaierror)
            else Message("fetch.nobody", "nobody answers there"),
        ),
        hint=Message(
            "fetch.no-internet.hint",
            "Is there internet? Or load {address} elsewhere, and name the file: --from FILE",
            address=address,
        ),
    )


def _host(address: str) -> str:
    return urlsplit(address).netloc.rpartition("@")[2]


def _size(file: Path) -> int:
    return file.stat().st_size if file.is_file() else 0
