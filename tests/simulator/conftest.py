"""A desk that only listens, a simulator around it, and who uses it: all over real HTTP."""

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from simulator import SimulatorSettings, create_simulator
from simulator.backstage import Backstage
from simulator.chat import Chat
from simulator.handset import Handset
from simulator.serving import served
from tests.simulator.listening_desk import ASHA, BAKARI, TOKEN, ListeningDesk

if TYPE_CHECKING:
    from telegram import Bot


@pytest.fixture
def desk() -> ListeningDesk:
    return ListeningDesk()


@pytest.fixture
def desk_url(desk: ListeningDesk) -> Iterator[str]:
    with served(desk.app()) as url:
        yield url


@pytest.fixture
def options() -> dict[str, Any]:
    """What a test file wants otherwise in the simulator's settings."""
    return {}


@pytest.fixture
def simulator_url(desk_url: str, options: dict[str, Any]) -> Iterator[str]:
    settings = SimulatorSettings(
        desk_url=desk_url,
        at_hook_key="the-key",
        bot_token=TOKEN,
        cast=(ASHA, BAKARI),
        report_after=0.01,
        repeat_every=0.02,
        webhook_retry=0.02,
        **options,
    )
    with served(create_simulator(settings)) as url:
        yield url


@pytest.fixture
def backstage(simulator_url: str) -> Backstage:
    return Backstage(simulator_url)


@pytest.fixture
def handset(desk_url: str, simulator_url: str) -> Iterator[Handset]:
    phone = Handset(ASHA.phone, desk_url, "the-key", simulator_url=simulator_url)
    yield phone
    phone.close()


@pytest.fixture
async def bot(simulator_url: str) -> "AsyncIterator[Bot]":
    from telegram import Bot  # slow to import, and most tests of phones need none

    base = f"{simulator_url}/telegram"
    async with Bot(TOKEN, base_url=f"{base}/bot", base_file_url=f"{base}/file/bot") as running:
        yield running


@pytest.fixture
def asha(simulator_url: str) -> Iterator[Chat]:
    chat = Chat.of(simulator_url, "Asha", ASHA.phone)
    yield chat
    chat.close()


@pytest.fixture
def bakari(simulator_url: str) -> Iterator[Chat]:
    chat = Chat.of(simulator_url, "Bakari", BAKARI.phone)
    yield chat
    chat.close()
