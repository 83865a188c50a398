"""From a thumb to a ticket and back to the phone: both hooks, the worker, the gateway's package, all over real HTTP."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import pytest
from starlette.applications import Starlette

from dawati.rim import Rim
from delivery.worker import Worker
from handlers import Stirred
from models.commands import AskRequester, ClaimTicket
from models.tables import Attempt, Ticket, Words
from models.tables.notice import Fate
from models.values.ticket_number import TicketNumber
from simulator import SimulatorSettings, create_simulator
from simulator.backstage import Backstage
from simulator.handset import Handset
from simulator.serving import listening_socket, served, url_of
from sms.gateways.africastalking import AfricasTalkingCarrier
from sms.routes import routes
from tests.sms.conftest import KEY
from tests.support.cast import JUMA, NEEMA, Desk


def application(desk: Desk, simulator_url: str) -> Starlette:
    """The SMS channel and a worker on one loop, as `serve` has them."""
    rim = Rim(desk.door)
    carrier = AfricasTalkingCarrier("sandbox", "a-key", url=f"{simulator_url}/africastalking", sender="DAWATI")

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        owed, loop = asyncio.Event(), asyncio.get_running_loop()

        def wake(stirred: Stirred) -> None:
            if stirred.owed:
                loop.call_soon_threadsafe(owed.set)

        desk.door.listen(wake)
        worker = Worker(rim, [carrier], "worker", frozenset({"sms"}), owed)
        working = asyncio.create_task(worker.run())
        yield
        worker.stop()
        await working
        carrier.close()

    return Starlette(routes=routes(rim, key=KEY), lifespan=lifespan)


@dataclass
class World:
    """A desk with its phones."""

    desk: Desk
    juma: Handset
    neema: Handset
    backstage: Backstage

    def ticket(self) -> Ticket:
        (ticket,) = self.desk.all(Ticket)
        return ticket

    def wait_for_fate(self, phone: str, fate: Fate, said: str) -> None:
        until = time.monotonic() + 10
        while time.monotonic() < until:
            attempts = [each for each in self.desk.all(Attempt) if each.address == phone]
            if attempts and (attempts[-1].fate, attempts[-1].said) == (fate, said):
                return
            time.sleep(0.02)
        raise AssertionError([(each.fate, each.said) for each in self.desk.all(Attempt)])


@pytest.fixture
def world(desk: Desk) -> Iterator[World]:
    at_desk, at_simulator = listening_socket(), listening_socket()
    desk_url = url_of(at_desk)
    settings = SimulatorSettings(
        desk_url=desk_url, at_hook_key="the-key", bot_token="1:x", report_after=0.05, repeat_every=0.05
    )
    with served(create_simulator(settings), at_simulator) as url, served(application(desk, url), at_desk):
        juma, neema = (Handset(number, desk_url, "the-key", simulator_url=url) for number in (JUMA, NEEMA))
        yield World(desk, juma, neema, Backstage(url))
        juma.close()
        neema.close()


def test_a_report_its_question_and_the_answer(world: World) -> None:
    assert world.juma.text_message("HITILAFU printa haichapishi", times=3, message_id="ATInb_1") == 200
    receipt = world.juma.wait_for_text("Ahsante")
    ticket = world.ticket()
    assert TicketNumber(ticket.number).shown in receipt
    world.neema.wait_for_text(TicketNumber(ticket.number).shown)
    world.wait_for_fate(JUMA, Fate.REACHED, "Success")

    assert ticket.id is not None
    world.desk.do(ClaimTicket(ticket.id), world.desk.officer())
    world.desk.do(AskRequester(ticket.id, "Je, taa ya printa inawaka?"), world.desk.officer())
    world.juma.wait_for_text("Je, taa ya printa inawaka?")
    assert world.juma.text_message("Hapana, haiwaki kabisa") == 200
    world.juma.wait_for_text("Jibu lako")
    assert [words.text for words in world.desk.all(Words)][-1] == "Hapana, haiwaki kabisa"
    assert len(world.desk.all(Ticket)) == 1


def test_a_phone_that_is_off_is_known_to_be(world: World) -> None:
    reports = [{"status": "Buffered"}, {"status": "Failed", "after": 0.05, "reason": "UserNotReachable"}]
    world.backstage.script_sms({"reports": reports}, number=JUMA)
    world.juma.text_message("HALI")
    world.wait_for_fate(JUMA, Fate.UNREACHED, "UserNotReachable")


def test_a_gateway_without_balance_is_asked_again_later(world: World) -> None:
    world.backstage.script_sms({"code": 405}, number=JUMA)
    world.juma.text_message("MSAADA")
    world.wait_for_fate(JUMA, Fate.REFUSED, "InsufficientBalance")
    assert world.juma.inbox == []
    world.desk.clock.forward(minutes=20)
    world.juma.wait_for_text("HITILAFU")
