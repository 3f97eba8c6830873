"""Stands before every page: lets in only what a browser on this machine asks of this desk, and sends every page out sealed.

Until officers have accounts the desk is for loopback only. A browser can be talked into asking loopback by a page from
elsewhere, in two ways: a name that is pointed at 127.0.0.1 (refused by the Host header), and a form or script of another
origin (refused by Origin and Sec-Fetch-Site). What a page may load is said by the content security policy: nothing that
does not come from this desk.
"""

import ipaddress
from collections.abc import Callable, Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BODY_BYTES = 16 * 1024
"""An action is some hundred bytes."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SEALS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


Judge = Callable[[str, Iterable[str], Headers], tuple[int, str] | None]


class NotLoopback(Exception):
    """The desk was told to listen where others could reach it."""


def is_loopback(host: str) -> bool:
    """Whether a host name or address (brackets of IPv6 allowed) means this machine itself."""
    bare = host.removeprefix("[").removesuffix("]").lower()
    if bare == "localhost":
        return True
    try:
        return ipaddress.ip_address(bare).is_loopback
    except ValueError:
        return False


def split_host(header: str) -> tuple[str, str]:
    """Host and port ("" where there is none) of a Host header."""
    if header.startswith("["):
        host, _, rest = header.partition("]")
        return f"{host}]", rest.removeprefix(":")
    host, _, port = header.partition(":")
    return host, port


def why_refused(method: str, hosts: Iterable[str], headers: Headers) -> tuple[int, str] | None:
    """The status and sentence that a request is refused with, or None where it may pass."""
    named = tuple(hosts)
    if len(named) != 1 or not is_loopback(split_host(named[0])[0]):
        return 421, "This desk answers only on this machine's own address, 127.0.0.1 or localhost."
    if method not in {"GET", "HEAD", "POST"}:
        return 405, "This desk knows GET, HEAD and POST."
    if method == "POST":
        return _why_post_refused(named[0], headers)
    return None


def _why_post_refused(host: str, headers: Headers) -> tuple[int, str] | None:
    origin = headers.get("origin")
    if origin is not None and origin.lower() != f"http://{host.lower()}":
        return 403, "Actions are taken from this desk's own pages only."
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return 403, "Actions are taken from this desk's own pages only."
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()):
        return 411, "The length of the body is missing."
    if int(length) > MOST_BODY_BYTES:
        return 413, f"A body has at most {MOST_BODY_BYTES} bytes here."
    return None


def why_board_refused(method: str, hosts: Iterable[str], headers: Headers) -> tuple[int, str] | None:
    """The same for a board that televisions reach by whatever name: there is nothing to change there, so all may look."""
    del hosts, headers
    return None if method in {"GET", "HEAD"} else (405, "A board knows GET and HEAD.")


class Guard:
    """The outermost layer of a web application; `judge` says who is refused."""

    def __init__(self, app: ASGIApp, judge: Judge = why_refused) -> None:
        self._app = app
        self._judge = judge

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on and seal what comes back."""
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        refused = self._judge(scope["method"], headers.getlist("host"), headers)

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                out = MutableHeaders(scope=message)
                for name, value in SEALS.items():
                    out[name] = value
                out.setdefault("cache-control", "no-store")
            await send(message)

        if refused is None:
            await self._app(scope, receive, sealed)
        else:
            status, why = refused
            await PlainTextResponse(why, status_code=status)(scope, receive, sealed)
