"""The whole desk, served over real HTTP with the simulated phone company, SMS gateway and Telegram beside it."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from dawati.app import create_app
from dawati.opening import now
from dawati.settings import DEMO, read_demo_settings
from handlers import Door
from models.tables import Address
from models.tables.person import AddressKind, Proof
from simulator.chat import Chat
from simulator.handset import Handset
from simulator.serving import listening_socket, served, url_of
from tests.stories.voices import OnSms, OnTelegram, OnUssd, Voice
from tests.support.cast import AFTERNOON, JUMA, NEEMA, THERESIA, Desk, desk_on

CHATS = {"juma": 7000002, "theresia": 7000001, "neema": 7000003}
PHONES = {"juma": JUMA, "theresia": THERESIA, "neema": NEEMA}
CHANNELS = ("ussd", "sms", "telegram")


@dataclass
class Town:
    """A desk that is open for business, and everybody's phones."""

    url: str
    desk: Desk
    voices: list[Voice] = field(default_factory=list)

    def voice(self, person: str, channel: str) -> Voice:
        voice = self._voice(person, channel)
        self.voices.append(voice)
        return voice

    def other(self, person: str, channel: str) -> Voice:
        """The line on which a code comes that somebody at that channel is sent. Opened before they begin."""
        return self.voice(person, "sms" if channel == "telegram" else "telegram")

    def _voice(self, person: str, channel: str) -> Voice:
        if channel == "telegram":
            chat = OnTelegram(Chat.of(f"{self.url}/simulator", person.title(), PHONES[person], id=CHATS[person]))
            chat.begin()  # a bot may not write to somebody who has never pressed Start
            return chat
        handset = Handset(PHONES[person], self.url, DEMO, simulator_url=f"{self.url}/simulator")
        return OnUssd(handset) if channel == "ussd" else OnSms(handset)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    desk = desk_on(url)
    for person, chat in CHATS.items():
        address = Address(
            person_id=desk.ids[person], kind=AddressKind.TELEGRAM, value=str(chat), proof=Proof.SHARED_CONTACT,
            proven_at=AFTERNOON,
        )  # fmt: skip
        desk.door.database.write(_adding(address))
    listener = listening_socket()
    at = url_of(listener)
    settings = read_demo_settings(env_file=None).model_copy(
        update={"database_url": url, "port": listener.getsockname()[1], "public_url": at}
    )
    settings = settings.model_copy(
        update={"at_api_url": f"{at}/simulator/africastalking", "telegram_api_url": f"{at}/simulator/telegram"}
    )
    desk.door = Door(desk.door.database, desk.door.rules, now, secrets.token_bytes)
    with served(create_app(settings, desk.door), listener):
        town = Town(at, desk)
        yield town
        for voice in town.voices:
            voice.hang_up()
    desk.door.database.close()


def _adding(address: Address) -> Callable[..., Address]:
    return lambda tx: tx.add(address)


@pytest.fixture(params=CHANNELS)
def channel(request: pytest.FixtureRequest) -> str:
    return str(request.param)
