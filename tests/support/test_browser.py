from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from tests.support.browser import OpenPage

PAGE = "<title>Dawati</title><p>{}</p><script>document.title += ' hai'</script>"


def test_a_page_has_the_width_that_was_asked_for_and_runs_scripts(open_page: OpenPage) -> None:
    narrow = open_page(width=320, height=640)
    narrow.set_content(PAGE.format("Habari"))
    assert narrow.evaluate("window.innerWidth") == 320
    assert narrow.title() == "Dawati hai"


def test_a_page_can_be_looked_at_without_scripts(open_page: OpenPage) -> None:
    plain = open_page(javascript=False)
    plain.set_content(PAGE.format("Habari"))
    assert plain.title() == "Dawati"
    assert plain.inner_text("p") == "Habari"


def test_a_picture_is_taken(page: Page, shot: Callable[[Page, str], Path]) -> None:
    page.set_content(PAGE.format("Habari"))
    assert shot(page, "habari").read_bytes().startswith(b"\x89PNG")
