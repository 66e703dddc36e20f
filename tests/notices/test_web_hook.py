"""A web hook is called where it is allowed, signed, and with a key; what comes back is limited."""

import hashlib
import hmac
import socket
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from engine.domain.errors import HookFailed, HookUnanswered
from engine.domain.hooks import HookSettings, hook_settings, origin_of
from engine.notices.web_hook import MOST_READ, MOST_SENT, HookCall, call_hook
from tests.hooks import Hook, hook

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
KEY = "a key of the partner's"


@pytest.fixture
def server() -> Iterator[Hook]:
    with hook() as running:
        yield running


def allowed(server: Hook, *, inside: bool = True) -> HookSettings:
    """Return settings that allow the server, as one of the office's own network or not."""
    origin = frozenset({("http", "127.0.0.1", server.port)})
    return HookSettings(inside=origin, key=KEY) if inside else HookSettings(outside=origin, key=KEY)


def called(server: Hook, body: object = None, settings: HookSettings | None = None, url: str = "") -> object:
    """Call the server."""
    return call_hook(settings or allowed(server), HookCall("call-1", url or server.url, body), NOW)


def test_a_call_is_json_signed_and_has_its_key(server: Hook):
    answer = called(server, {"金额": 3})

    headers, body = server.calls[0]
    seconds = int(NOW.timestamp())
    right = hmac.new(KEY.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    assert answer == {"status": 200, "body": {"ok": True}}
    assert (headers["Banjie-Signature"], headers["Idempotency-Key"]) == (f"t={seconds},v1={right}", "call-1")
    assert server.bodies == [{"金额": 3}]


def test_an_answer_that_is_no_json_is_none(server: Hook):
    server.answer((204, b"", {}))

    assert called(server) == {"status": 204, "body": None}


ERRORS = {500: HookUnanswered, 503: HookUnanswered, 429: HookUnanswered, 408: HookUnanswered, 400: HookFailed}


@pytest.mark.parametrize(("status", "error"), ERRORS.items())
def test_an_answer_that_says_no_is_an_error_of_its_kind(server: Hook, status: int, error: type[HookFailed]):
    server.answer((status, b"", {}))

    with pytest.raises(HookFailed) as caught:
        called(server)

    assert (type(caught.value), caught.value.facts["status"]) == (error, status)


def test_a_redirect_is_not_followed(server: Hook):
    server.answer((302, b"", {"Location": f"http://127.0.0.1:{server.port}/elsewhere"}))

    with pytest.raises(HookFailed):
        called(server)

    assert len(server.calls) == 1


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/hook", "http://localhost:{port}/hook", "https://127.0.0.1:{port}/",
                                 "http://a@127.0.0.1:{port}/", "ftp://127.0.0.1:{port}/", "file:///etc/passwd",
                                 "http://127.0.0.1:99999/", "nothing"])  # fmt: skip
def test_an_origin_that_is_not_on_the_list_is_not_called(server: Hook, url: str):
    with pytest.raises(HookFailed, match="not_allowed"):
        called(server, url=url.format(port=server.port))

    assert server.calls == []


def test_a_name_outside_may_not_lead_to_a_private_address(server: Hook):
    with pytest.raises(HookFailed, match="private_address"):
        called(server, settings=allowed(server, inside=False))

    assert server.calls == []


@pytest.mark.parametrize("address", ["10.0.0.1", "192.168.1.1", "169.254.169.254", "127.0.0.1", "::1", "fe80::1",
                                     "::ffff:10.0.0.1", "224.0.0.1", "100.64.0.1"])  # fmt: skip
def test_no_private_address_passes_for_a_public_one(server: Hook, monkeypatch: pytest.MonkeyPatch, address: str):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, server.port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: found)

    with pytest.raises(HookFailed, match="private_address"):
        called(server, settings=allowed(server, inside=False))


def test_nothing_is_called_without_a_key(server: Hook):
    settings = HookSettings(inside=allowed(server).inside)

    with pytest.raises(HookFailed, match="no_key"):
        called(server, settings=settings)


def test_too_much_is_neither_sent_nor_read(server: Hook):
    server.answer((200, b"1" * (MOST_READ + 1), {}))

    with pytest.raises(HookFailed, match="answer_too_large"):
        called(server)
    with pytest.raises(HookFailed, match="too_large"):
        called(server, "x" * MOST_SENT)

    assert len(server.calls) == 1


def test_a_server_that_is_not_there_may_be_there_another_time():
    with hook() as server:
        settings = allowed(server)

    with pytest.raises(HookUnanswered):
        called(server, settings=settings)


def test_the_settings_name_origins():
    read = hook_settings({"BANJIE_HOOKS": "https://Hook.example.gov, http://a.example:81", "BANJIE_HOOK_KEY": "k"})

    assert read.outside == {("https", "hook.example.gov", 443), ("http", "a.example", 81)}
    assert origin_of("https://hook.example.gov/path?q") in read.outside
    with pytest.raises(ValueError, match="nothing"):
        hook_settings({"BANJIE_HOOKS": "nothing"})
