"""
Calling a web hook: POST of JSON to an allowed origin, signed, with a key that stays the same however often it is tried.

The name is resolved once, and the connection made to the address that was looked at. Redirects are not followed, no
proxy is used, and what comes back is limited in time and size.
"""

import hashlib
import hmac
import ipaddress
import json
import socket
import ssl
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from time import monotonic
from urllib.parse import urlsplit

from engine.domain.errors import HookFailed, HookUnanswered
from engine.domain.hooks import HookSettings, origin_of

TIMEOUT = 10.0  # seconds, of the whole call
MOST_SENT = 256 * 1024  # bytes
MOST_READ = 64 * 1024
AGAIN = frozenset({408, 425, 429})  # of the answers that say no, those that may say yes another time
OK = range(200, 300)


@dataclass(frozen=True)
class HookCall:
    """One call; `key` is the same in every try of it."""

    key: str
    url: str
    body: object


def call_hook(settings: HookSettings, call: HookCall, now: datetime) -> object:
    """
    Return the status and the answer's JSON (None where it has none): {"status": 200, "body": …}.

    Raises HookFailed (not allowed, too large, refused with 3xx or 4xx), HookUnanswered (no connection, no answer in
    time, 5xx).
    """
    body = json.dumps(call.body, ensure_ascii=False).encode()
    _require_allowed(settings, call.url, body)
    began = monotonic()
    connection = _connection(settings, call.url)
    try:
        parts = urlsplit(call.url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", path, body, _headers(settings, call, body, now))
        with connection.getresponse() as answer:
            return _answer(answer, _read(answer, began))
    except (OSError, HTTPException) as error:
        raise HookUnanswered(reason="no_answer", detail=type(error).__name__) from error
    finally:
        connection.close()


def signature(key: str, at: int, body: bytes) -> str:
    """Return the HMAC-SHA256, hex, over the second of sending, a dot and the body."""
    return hmac.new(key.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()


def _headers(settings: HookSettings, call: HookCall, body: bytes, now: datetime) -> dict[str, str]:
    at = int(now.timestamp())
    return {
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": call.key,
        "Banjie-Signature": f"t={at},v1={signature(settings.key, at, body)}",
    }


def _require_allowed(settings: HookSettings, url: str, body: bytes) -> None:
    if not settings.key:
        raise HookFailed(reason="no_key")
    if origin_of(url) not in settings.outside | settings.inside:
        raise HookFailed(reason="not_allowed", url=url[:200])
    if len(body) > MOST_SENT:
        raise HookFailed(reason="too_large")


def _connection(settings: HookSettings, url: str) -> HTTPConnection:
    """Return a connection to the address that an allowed host has now; raises HookFailed, HookUnanswered."""
    origin = origin_of(url)
    if origin is None:
        raise HookFailed(reason="not_allowed", url=url[:200])
    scheme, host, port = origin
    address = _address(host, port, may_be_private=origin in settings.inside)
    return (_SecureTo if scheme == "https" else _PlainTo)(host, port, address)


def _address(host: str, port: int, *, may_be_private: bool) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise HookUnanswered(reason="no_such_host", host=host) from error
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    if not may_be_private and not all(_is_public(address) for address in addresses):
        raise HookFailed(reason="private_address", host=host)
    return addresses[0]


def _is_public(address: str) -> bool:
    parsed = ipaddress.ip_address(address)
    mapped = getattr(parsed, "ipv4_mapped", None)
    return (mapped or parsed).is_global and not parsed.is_multicast


class _PlainTo(HTTPConnection):
    """Connects to an address that was looked at, by the name of its host."""

    def __init__(self, host: str, port: int, address: str) -> None:
        super().__init__(host, port, timeout=TIMEOUT)
        self._address = address

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), TIMEOUT)


class _SecureTo(HTTPSConnection):
    """The same over TLS; the certificate must be the host's."""

    def __init__(self, host: str, port: int, address: str) -> None:
        super().__init__(host, port, timeout=TIMEOUT)
        self._address = address

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), TIMEOUT)
        self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)


def _read(answer: HTTPResponse, began: float) -> bytes:
    read = b""
    while part := answer.read1(MOST_READ + 1 - len(read)):
        read += part
        if len(read) > MOST_READ:
            raise HookFailed(reason="answer_too_large")
        if monotonic() - began > TIMEOUT:
            raise HookUnanswered(reason="too_slow")
    return read


def _answer(answer: HTTPResponse, read: bytes) -> object:
    if answer.status in OK:
        return {"status": answer.status, "body": _json(read)}
    is_passing = answer.status in AGAIN or answer.status >= OK.stop + 200
    raise (HookUnanswered if is_passing else HookFailed)(reason="status", status=answer.status)


def _json(read: bytes) -> object:
    try:
        return json.loads(read)
    except ValueError:
        return None
