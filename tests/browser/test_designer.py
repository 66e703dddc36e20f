"""The designer's benches in a real browser: typed, marked, corrected, evaluated, decided."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driver import ROOT, Server, chromium, free_port, sign_in, violations
from tests.browser.hand import keep
from tests.browser.test_pages import Watch

pytestmark = pytest.mark.browser
PAGE = "/designer/expressions"
EDITOR = ".cm-content"
MODEL = Path(__file__).parents[1] / "dmn/data/lamp.dmn"
DATA = '{"申请 金额": 2500, "类别": "A", "申请人": {"姓名": "李四"}}'
EXPECTED = (  # what the browser itself says of a refused form, and of a server that one test cuts off
    "Failed to load resource: the server responded with a status of 422",
    "Failed to load resource: net::ERR_FAILED",
)
PICTURES = os.environ.get("BANJIE_SCREENSHOTS")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A demonstration of the module's own."""
    server = Server(tmp_path_factory.mktemp("designer"), free_port())
    server.start()
    yield server
    server.kill()


@pytest.fixture
def page(server: Server) -> Iterator[Page]:
    """The benches, open before the process designer; at the end nothing was blocked and nothing complained."""
    with chromium() as context:
        page, watch = context.new_page(), Watch()
        watch.on(page)
        sign_in(page, server.address, "linyue")
        page.goto(server.address + PAGE)
        page.locator("form[data-ready]").wait_for()
        page.fill("#data", DATA)
        yield page
        assert [words for words in watch.found if not words.startswith(EXPECTED)] == []
        assert violations(page) == []


def write(page: Page, expression: str) -> None:
    """Write an expression in place of the one in the editor, key by key."""
    page.locator(EDITOR).click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.type(expression)


def picture(page: Page, name: str) -> None:
    """Keep a picture of the page where pictures are wanted."""
    if PICTURES is not None:
        keep(page.screenshot(animations="disabled", full_page=True), ROOT / PICTURES / f"{name}.png")


def test_a_mistake_of_grammar_is_marked_by_the_browser_alone(page: Page):
    page.route("**/check", lambda route: route.abort())
    write(page, "申请 金额 > ")

    expect(page.locator("#marks li").first).to_have_text("表达式在此处没有写完。")
    expect(page.locator(".cm-lint-marker-error")).to_be_visible()
    expect(page.locator("#marks")).to_have_attribute("data-state", "offline")
    page.unroute("**/check")


def test_an_unknown_name_is_marked_where_it_stands_then_corrected_and_evaluated(page: Page):
    write(page, "申请 金额 > 1000 and 种类 = ")
    page.keyboard.type('"A')  # the editor closes the quote by itself
    expect(page.locator("#marks li").first).to_contain_text("种类")
    expect(page.locator(".cm-lintRange-error").first).to_have_text("种类")
    picture(page, "designer-mistake")

    write(page, "申请 金额 > 1000 and 类别 = ")
    page.keyboard.type('"A')
    expect(page.locator("#marks")).to_have_attribute("data-state", "checked")
    expect(page.locator("#marks li")).to_have_count(0)

    page.get_by_role("button", name="计算").click()
    expect(page.locator("#value pre").first).to_have_text("true")


def test_a_name_with_a_space_and_an_entry_are_completed(page: Page):
    write(page, "申")
    page.locator(".cm-tooltip-autocomplete").get_by_role("option", name="申请 金额").click()
    expect(page.locator(EDITOR)).to_contain_text("申请 金额")

    write(page, "申请人.")
    page.keyboard.press("Control+Space")
    page.locator(".cm-tooltip-autocomplete").get_by_role("option", name="姓名").click()
    expect(page.locator(EDITOR)).to_contain_text("申请人.姓名")


def test_the_rule_that_fired_is_highlighted(page: Page):
    page.set_input_files("#file", MODEL)
    page.fill("#inputs", '{"剩余工作日": -2, "已停表": false}')
    page.get_by_role("button", name="求解").click()

    expect(page.locator("#result pre").first).to_have_text('"红"')
    expect(page.locator("tr.fired").first).to_contain_text("< 0")
    expect(page.locator("th", has_text="取值 -2")).to_be_visible()
    picture(page, "designer-decision")


@pytest.mark.parametrize("width", [390, 1366])
def test_the_benches_fit_the_screen(page: Page, width: int):
    page.set_viewport_size({"width": width, "height": 800})

    assert page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth") <= 0
    picture(page, f"designer-{width}")


def test_every_field_of_the_benches_has_a_name(page: Page):
    unnamed = page.evaluate(
        "() => Array.from(document.querySelectorAll('main textarea:not([hidden]), main select, main input"
        ":not([type=hidden])')).filter(e => !e.labels.length).map(e => e.id)"
    )

    assert unnamed == []
    expect(page.get_by_role("textbox", name="FEEL 表达式")).to_be_visible()


def test_without_scripts_the_benches_work_as_well(server: Server):
    with chromium(scripts=False) as context:
        page = context.new_page()
        sign_in(page, server.address, "linyue")
        page.goto(server.address + PAGE)
        page.fill("#expression", "申请 金额 + 1")
        page.fill("#data", DATA)
        page.get_by_role("button", name="计算").click()

        expect(page.locator("#value pre").first).to_have_text("2501")
