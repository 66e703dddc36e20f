"""Every page as its readers see it in a real browser: no error, nothing blocked, nothing beside the screen."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page
from sqlalchemy import create_engine, text

from tests.browser.driver import Server, chromium, free_port, sign_in, violations

pytestmark = pytest.mark.browser
WIDTHS = (390, 1366, 1440)
TOO_WIDE = "() => document.documentElement.scrollWidth - window.innerWidth"
SEEN = "() => [document.title, Array.from(document.querySelectorAll('h1'), e => e.innerText.trim()).join('|')]"
PAGES = {  # who → addresses; {case}, {task}, {flag} and {code} are of the case that the tests register
    None: ("/sign-in", "/q", "/q/{code}"),
    "wangfang": ("/inbox", "/register", "/cases", "/cases/{case}", "/flags"),
    "lijing": (
        "/inbox",
        "/inbox?tab=claimable",
        "/inbox?tab=done",
        "/tasks/{task}",
        "/register",
        "/cases/{case}",
        "/flags",
        "/flags/{flag}",
        "/notices",
        "/account",
    ),
    "zhaolei": ("/inbox", "/flags", "/cases/{case}"),
    "chengang": ("/inbox", "/team", "/cases/{case}"),
    "hejun": ("/inbox", "/team", "/cases", "/cases/{case}"),
    "zhouting": ("/inbox", "/board", "/flags", "/flags/{flag}", "/cases/{case}"),
    "wumin": ("/board", "/board?light=red", "/cases/{case}", "/flags/{flag}", "/people", "/calendar", "/self-check"),
    "liuyang": ("/board", "/cases", "/flags"),
    "linyue": ("/designer/expressions", "/account"),
    "admin": (
        "/people",
        "/account",
        "/designer/expressions",
        "/calendar",
        "/self-check",
        "/interventions",
        "/interventions/{case}",
    ),
}


@dataclass
class Watch:
    """What a page complained of since it was last asked."""

    found: list[str] = field(default_factory=list[str])

    def on(self, page: Page) -> None:
        """Listen to a page."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.found.append(str(error)))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.found.append(message.text)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A demonstration with one case whose feedback limit has run out."""
    server = Server(tmp_path_factory.mktemp("pages"), free_port())
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def places(server: Server) -> dict[str, str]:
    """The ids of the case, made by hand in the browser: registered, coordinated, its limit let run out."""
    with chromium() as context:
        page = context.new_page()
        sign_in(page, server.address, "lijing")
        register(page, server.address)
        coordinate(page, server.address)
        sign_in(page, server.address, "wumin")
        page.goto(f"{server.address}/board")
        page.select_option("#working_days", "5")
        page.click(".clock-mover button")
        page.wait_for_selector(".toast-success")
    engine = create_engine(f"sqlite:///{server.instance}/banjie.db")
    with engine.connect() as connection:
        case, code = connection.execute(text("SELECT id, query_code FROM gov_case")).one()
        flag = connection.execute(text("SELECT id FROM flag WHERE code = 'F03'")).scalar_one()
        task = connection.execute(text("SELECT id FROM task WHERE element_id = 'feedback'")).scalar_one()
    engine.dispose()
    return {"case": case, "code": code, "flag": flag, "task": task}


def register(page: Page, address: str) -> None:
    """Fill the registration in and hand it in."""
    page.goto(f"{address}/register")
    page.get_by_label("云川市市场监督管理局").check()
    fill_all(page)
    page.click("form.form .work-foot .btn-primary")
    page.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}"))


def fill_all(page: Page) -> None:
    """Fill in what a form requires, as somebody in a hurry would."""
    known = {
        "title": "股权因多家法院查封无法变更",
        "content": "持生效文书到窗口申请变更股权，窗口说股权被三家法院冻结，让先找法院。",
        "matterName": "公司股权变更登记",
        "visitCount": "4",
        "windowReply": "股权冻结期间不能变更，先找法院。",
        "firstApplyDate": "2026-07-13",
        "expectation": "把股权变更到本人名下",
        "applicantName": "林先生",
        "phone": "13900001234",
    }
    for name, value in known.items():
        page.fill(f"form.form [name={name}]", value)
    for name, value in {"urgency": "urgent", "applicantType": "person", "failType": "buck_passing"}.items():
        page.check(f"form.form [name={name}][value={value}]")
    for name, value in {"entry": "window", "channel": "window", "region": "qinghe"}.items():
        page.select_option(f"form.form [name={name}]", value)


def coordinate(page: Page, address: str) -> None:
    """Decide that the departments have to be asked."""
    page.goto(f"{address}/inbox")
    page.check("form.form [name=decision][value=coordinate]")
    page.fill("form.form [name=opinion]", "涉及查封，需协调法院和市场监管局。")
    page.click("form.form .work-foot .btn-primary")
    page.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}"))


def look(context: BrowserContext, address: str, width: int) -> list[str]:
    """Return what is wrong with a page on a screen of that width."""
    page, watch = context.new_page(), Watch()
    watch.on(page)
    page.set_viewport_size({"width": width, "height": 800})
    answer = page.goto(address, wait_until="networkidle")
    faults = [*watch.found, *violations(page)]
    if answer is None or not answer.ok:
        faults.append("no page")
    if (beside := page.evaluate(TOO_WIDE)) > 0:
        faults.append(f"{beside} px wider than the screen")
    title, heads = page.evaluate(SEEN)
    if "办结" not in title or not heads:
        faults.append(f"title {title!r}, h1 {heads!r}")
    page.close()
    return faults


@pytest.mark.parametrize("login", PAGES, ids=str)
def test_a_page_fits_and_has_nothing_to_complain_of(server: Server, places: dict[str, str], login: str | None):
    addresses = [server.address + path.format(**places) for path in PAGES[login]]

    with chromium() as context:
        if login:
            sign_in(context.new_page(), server.address, login)
        found = {(address, width): look(context, address, width) for address in addresses for width in WIDTHS}

    assert {where: faults for where, faults in found.items() if faults} == {}


def test_the_drawing_shows_where_the_case_stands(server: Server, places: dict[str, str]):
    with chromium() as context:
        page = context.new_page()
        sign_in(page, server.address, "hejun")
        page.goto(f"{server.address}/cases/{places['case']}")
        page.wait_for_selector("#diagram[data-ready=yes]")
        marked = page.locator(".djs-element.is-open, .djs-element.is-overdue").count()
        warnings = page.locator("#diagram").get_attribute("data-warnings")

    assert marked > 0
    assert warnings == "0"


def test_english_is_one_click_away_and_stays(server: Server):
    with chromium() as context:
        page = context.new_page()
        sign_in(page, server.address, "lijing")
        page.click(".topbar a[lang=en]")
        page.goto(f"{server.address}/notices")

        assert page.locator("h1").inner_text() == "Notices"
        assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.usefixtures("places")  # the first case comes first
def test_a_case_is_registered_and_coordinated_without_scripts(server: Server):
    with chromium(scripts=False) as context:
        page = context.new_page()
        sign_in(page, server.address, "lijing")
        register(page, server.address)
        number = page.locator(".case-number .mono").inner_text()
        page.goto(f"{server.address}/inbox")
        page.click(f".task:has-text('{number}')")
        page.check("form.form [name=decision][value=coordinate]")
        page.fill("form.form [name=opinion]", "涉及查封，需协调法院和市场监管局。")
        page.click("form.form .work-foot .btn-primary")
        page.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}"))

        assert "协调并反馈" in page.locator("#now").inner_text()
