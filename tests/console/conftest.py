from collections.abc import Callable, Iterator

import pytest

from tests.console.front import Officer, opened
from tests.support.cast import Desk

Enter = Callable[..., Officer]


@pytest.fixture
def console_url(desk: Desk) -> Iterator[str]:
    with opened(desk) as url:
        yield url


@pytest.fixture
def enter(console_url: str) -> Iterator[Enter]:
    """A browser of its own for each; with a name, logged in."""
    browsers: list[Officer] = []

    def entered(login: str = "") -> Officer:
        browsers.append(Officer(console_url, login))
        return browsers[-1]

    yield entered
    for browser in browsers:
        browser.http.close()


@pytest.fixture
def neema(enter: Enter) -> Officer:
    return enter("neema")
