"""What every answer carries, and what no page may contain."""

import re

import pytest
from flask import Flask

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
}
PAGES = ("/", "/sign-in", "/q", "/nowhere", "/inbox")
INLINE = re.compile(r"<[^>]+\sstyle=|<script(?![^>]*\ssrc=)|<style|<[^>]+\son[a-z]+=|javascript:", re.IGNORECASE)


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_has_exactly_the_policy(app, path):
    answer = app.test_client().get(path)

    assert set(answer.headers["Content-Security-Policy"].split("; ")) == POLICY


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_forbids_guessing_framing_and_telling_others(app, path):
    headers = app.test_client().get(path).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_a_signed_in_page_is_not_kept_by_any_cache(browser):
    answer = browser("lijing").get("/inbox")

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"


def test_https_alone_is_asked_for_where_https_is_spoken(app):
    client = app.test_client()

    assert "Strict-Transport-Security" in client.get("/sign-in", base_url="https://localhost").headers
    assert "Strict-Transport-Security" not in client.get("/sign-in").headers


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(app):
    cookie = app.test_client().get("/sign-in").headers["Set-Cookie"]

    assert cookie.startswith("banjie=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def pages_without_arguments(app: Flask) -> list[str]:
    """Return the addresses of all pages that need no number in them."""
    rules = app.url_map.iter_rules()
    return sorted(str(rule) for rule in rules if "GET" in (rule.methods or ()) and not rule.arguments)


@pytest.mark.parametrize("login", [None, "lijing", "hejun", "wumin", "zhouting", "admin"])
def test_no_page_contains_what_the_policy_would_block(app, browser, login):
    client = browser(login)

    pages = {path: client.get(path).get_data(as_text=True) for path in pages_without_arguments(app)}

    assert {path: INLINE.findall(text) for path, text in pages.items() if INLINE.search(text)} == {}
    assert len(pages) > 8
