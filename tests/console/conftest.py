from collections.abc import Iterator

import pytest

from tests.console.front import Officer, opened
from tests.support.cast import Desk


@pytest.fixture
def console_url(desk: Desk) -> Iterator[str]:
    with opened(desk) as url:
        yield url


@pytest.fixture
def neema(console_url: str) -> Iterator[Officer]:
    officer = Officer(console_url, "neema")
    yield officer
    officer.http.close()
