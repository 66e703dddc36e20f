"""A person at the browser, who finds things by the words on the page."""

import os
import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page
from pypdf import PdfReader

from tests.browser.driver import ROOT, Server, sign_in, violations

PICTURES = os.environ.get("BANJIE_SCREENSHOTS")  # folder to keep pictures in; unset: none are kept
COLOURS = 192  # of a kept picture, which brings a page of 1440 pixels under 200 KB
TIMEOUT = 10_000  # ms until a page that does not come is a failure

Answer = str | bool | list[str]


@dataclass
class Hand:
    """Somebody at one browser; signs in as whoever is wanted, over a server that may be started again."""

    page: Page
    server: Server

    def sign_in(self, login: str) -> None:
        """Become somebody else."""
        sign_in(self.page, self.server.address, login)

    def go(self, path: str) -> None:
        """Open a page by its path."""
        self.page.goto(self.server.address + path)

    def follow(self, link: str) -> None:
        """Follow the first visible link of that name."""
        self.page.get_by_role("link", name=link).locator("visible=true").first.click()

    def press(self, button: str) -> None:
        """Press a button, and wait for the page it leads to."""
        with self.page.expect_navigation(timeout=TIMEOUT):
            self.page.get_by_role("button", name=button, exact=True).click()

    def open_task(self, name: str) -> None:
        """Open a task of the desk by its name."""
        self.go("/inbox")
        self.page.locator("a.task", has_text=name).first.click()
        self.page.get_by_role("heading", level=1, name=name).wait_for(timeout=TIMEOUT)

    def fill(self, answers: dict[str, Answer]) -> None:
        """Fill the page's form: a field or a question by its label, an option by its words."""
        form = self.page.locator("form.form")
        for label, answer in answers.items():
            worded = re.compile(rf"^\s*{re.escape(label)}(\s*必填)?\s*$")
            group = form.get_by_role("group", name=worded)
            if group.count():
                _choose(group, answer)
            else:
                _write(form.get_by_label(worded).first, answer)

    def hand_in(self, answers: dict[str, Answer], button: str) -> None:
        """Fill the form and hand it in; fails with the page's words when the form is refused."""
        self.fill(answers)
        self.press(button)
        refused = self.page.get_by_role("alert")
        assert refused.count() == 0, refused.first.inner_text()

    def read(self) -> str:
        """Return the words of the page's main part."""
        return self.page.locator("main").inner_text()

    def pdf(self, link: str) -> str:
        """Return the words of a paper, without the spaces between them."""
        address = self.page.get_by_role("link", name=link).first.get_attribute("href")
        answer = self.page.request.get(f"{self.server.address}{address}")
        assert answer.headers["content-type"] == "application/pdf"
        return re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(BytesIO(answer.body())).pages))

    def picture(self, name: str) -> None:
        """Keep a picture of the page where pictures are wanted; and see that nothing broke the page's policy."""
        assert violations(self.page) == []
        if PICTURES is None:
            return
        path = ROOT / PICTURES / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        keep(self.page.screenshot(animations="disabled"), path)


def keep(png: bytes, path: Path) -> None:
    """Keep a picture in few colours."""
    with Image.open(BytesIO(png)) as picture:
        picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def _choose(group: Locator, answer: Answer) -> None:
    role = "checkbox" if isinstance(answer, list) else "radio"
    for option in answer if isinstance(answer, list) else [answer]:
        group.get_by_role(role, name=str(option), exact=True).check()


def _write(field: Locator, answer: Answer) -> None:
    if answer is True:
        field.check()
    elif field.evaluate("element => element.tagName") == "SELECT":
        field.select_option(label=str(answer))
    else:
        field.fill(str(answer))
