"""Debian's Chromium for tests that look at pages as a person does.

`page` is an ordinary screen, `open_page(width=320)` any other, `shot(page, "queue")` a picture of it. A page
that raises a script error, or asks another host for anything, fails its test.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Request, Route, sync_playwright

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "msedge", "chrome")
FLAGS = [
    "--no-sandbox",  # the sandbox refuses root, as whom the tests run in a container
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
HERE = {"127.0.0.1", "localhost"}
COLOURS = 200  # of a picture: what a page has, at a third of the bytes
INSIDE = {"data", "blob", "about"}  # these schemes ask nobody


class OpenPage(Protocol):
    def __call__(self, *, width: int = ..., height: int = ..., javascript: bool = ...) -> Page: ...


# The synchronous driver marks its thread's event loop as running for as long as it lives, and asynchronous
# tests refuse to start under it: so it lives as long as one file of tests, not as the session.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Do not ask for it in a file that also holds asynchronous tests."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        pytest.fail("This test needs Chromium; on Debian or Ubuntu: apt install chromium", pytrace=False)
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=program, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Opens pages that share nothing with each other, not even a log-in."""
    contexts = []
    wrongs: list[str] = []

    def stay_here(route: Route, request: Request) -> None:
        asked = urlsplit(request.url)
        if asked.hostname in HERE or asked.scheme in INSIDE:
            route.continue_()
        else:
            wrongs.append(f"asked another host: {request.url}")
            route.abort()

    def opened(*, width: int = 1280, height: int = 800, javascript: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            timezone_id="Africa/Dar_es_Salaam",
            locale="sw-TZ",
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.route("**/*", stay_here)
        page = context.new_page()
        page.on("pageerror", lambda error: wrongs.append(f"script error: {error}"))
        return page

    yield opened
    for context in contexts:
        context.close()
    if wrongs:
        pytest.fail("\n".join(wrongs), pytrace=False)


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """An ordinary screen of 1280 by 800."""
    return open_page()


@pytest.fixture
def shot(tmp_path: Path) -> Callable[[Page, str], Path]:
    """Pictures what a page shows as `<name>.png`: for good where `make shots` says, else in passing."""
    folder = Path(os.environ.get("SHOTS") or tmp_path)

    def taken(page: Page, name: str) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
        few = picture.quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(folder / f"{name}.png", optimize=True)
        return folder / f"{name}.png"

    return taken
