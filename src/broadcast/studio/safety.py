"""Who may ask the studio anything: this machine's own browser, from the studio's own pages.

A server on the loopback is reached by every page that a browser has open. A page elsewhere that
makes its name lead here (DNS rebinding) has another ``Host``; one that sends something here has
another ``Origin``, lacks the cookie (``SameSite``) and cannot know what changes must bring along.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = "127.0.0.1"
CHANGE_HEADER = "x-studio-change"
"""What every change brings along: a word that only the studio's pages know."""
TOKEN = "token"
_READS = frozenset({"GET", "HEAD"})
_OWN_ASKING = frozenset({"same-origin", "none"})
POLICY = "Content-Security-Policy"
_OWN = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "
)
SHOWS_PREVIEW = f"{_OWN}'none'; frame-src 'self'"
"""What a screen may load that shows a draft's page within it."""
IS_PREVIEW = f"{_OWN}'self'"
"""What a draft's page may load, which a screen of the studio may show within it."""
_HEADERS = {
    POLICY: f"{_OWN}'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def _secret() -> str:
    return secrets.token_urlsafe(32)


@dataclass(frozen=True, slots=True)
class Keys:
    """What one start of the studio knows, at one port of this machine, and nobody else.

    ``token`` stands in the first address, ``session`` in the cookie it is exchanged for,
    ``change`` in the studio's pages.
    """

    port: int
    token: str = field(default_factory=_secret)
    session: str = field(default_factory=_secret)
    change: str = field(default_factory=_secret)

    @property
    def address(self) -> str:
        """The studio's own address, without its token."""
        return f"http://{LOOPBACK}:{self.port}/"

    @property
    def first_address(self) -> str:
        """The address that lets a browser in."""
        return f"{self.address}?{TOKEN}={self.token}"

    @property
    def cookie(self) -> str:
        """The cookie's name; all ports of a machine share their cookies, so it has the port."""
        return f"broadcast-studio-{self.port}"

    @property
    def hosts(self) -> frozenset[str]:
        """The names that the studio answers to."""
        return frozenset({f"{LOOPBACK}:{self.port}", f"localhost:{self.port}"})


class Guard:
    """Lets through what the studio's own pages ask, and says no to everything else."""

    def __init__(self, app: ASGIApp, keys: Keys, refusal: str) -> None:
        self._app = app
        self._keys = keys
        self._refusal = refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it before anything of it is read."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        answer = self._answer(scope)
        await (answer or self._app)(scope, receive, guarded)

    def _answer(self, scope: Scope) -> Response | None:
        """Give what is answered instead of the studio; None: the studio answers."""
        keys, headers = self._keys, Headers(scope=scope)
        host = headers.get("host", "").casefold()
        if host not in keys.hosts or len(headers.getlist("host")) != 1:
            return PlainTextResponse("This is not the address of the studio.", 421)
        origin = headers.get("origin")
        if origin is not None and origin.casefold() != f"http://{host}":
            return PlainTextResponse("Another page may ask nothing here.", 403)
        given = QueryParams(scope["query_string"]).get(TOKEN)
        if given is not None and scope["path"] == "/" and scope["method"] in _READS:
            return self._entered() if _same(given, keys.token) else self._refused()
        if headers.get("sec-fetch-site", "none") not in _OWN_ASKING:
            return PlainTextResponse("Another page may ask nothing here.", 403)
        if not _same(_cookie(headers, keys.cookie), keys.session):
            return self._refused()
        if scope["method"] in _READS:
            return None
        # A browser names the page that changes something; what names none is no page of ours.
        if origin is None or not _same(headers.get(CHANGE_HEADER, ""), keys.change):
            return PlainTextResponse("A change comes from a page of the studio alone.", 403)
        return None

    def _entered(self) -> Response:
        """Exchange the token of the first address for a cookie, and take it out of the address."""
        answer = RedirectResponse("/", 303)
        answer.set_cookie(
            self._keys.cookie, self._keys.session, path="/", httponly=True, samesite="strict"
        )
        return answer

    def _refused(self) -> Response:
        return PlainTextResponse(self._refusal, 403)


def _same(given: str, known: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), known.encode("ascii"))


def _cookie(headers: Headers, name: str) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""
