"""A real Chromium, and the demonstration's server in a process of its own."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=zh-CN",
]
WATCH = (
    "window.violations=[];document.addEventListener('securitypolicyviolation',"
    "e=>window.violations.push(e.effectiveDirective+' '+e.blockedURI+' '+e.sourceFile))"
)
PASSWORD = "Yunchuan-2026"


@contextmanager
def chromium(width: int = 1440, height: int = 900, *, scripts: bool = True) -> Iterator[BrowserContext]:
    """Yield a browser that notes every breach of the content security policy; it can be one without scripts."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        context = playwright.chromium.launch_persistent_context(
            folder,
            executable_path=CHROMIUM,
            headless=True,
            args=ARGUMENTS,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
        )
        context.add_init_script(WATCH)
        yield context
        context.close()


@dataclass
class Server:
    """The demonstration's server over one instance folder; can be killed and started again over the same data."""

    instance: Path
    port: int
    process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def address(self) -> str:
        """Return where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it answers; raises RuntimeError with its log when it does not."""
        environment = {**os.environ, "BANJIE_INSTANCE": str(self.instance), "PUBLIC_URL": self.address}
        environment.pop("DATABASE_URL", None)
        command = [sys.executable, "-m", "flask", "--app", "app", "demo", "--port", str(self.port)]
        with (self.instance / "server.log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)  # noqa: S603
        for _ in range(300):
            if self.process.poll() is not None:
                break
            try:
                urllib.request.urlopen(self.address + "/q", timeout=1).close()  # noqa: S310  # our own address
            except OSError:
                time.sleep(0.1)  # a process needs a moment to listen; there is nothing else to wait on
            else:
                return
        raise RuntimeError((self.instance / "server.log").read_text())

    def kill(self) -> None:
        """Kill it without warning, as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def sign_in(page: Page, address: str, login: str) -> None:
    """Sign in as one of the demonstration's people, whoever was signed in before."""
    page.context.clear_cookies()
    page.goto(f"{address}/sign-in")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url(lambda url: "sign-in" not in url)


def violations(page: Page) -> list[str]:
    """Return what broke the content security policy on the page."""
    return page.evaluate("() => window.violations")
