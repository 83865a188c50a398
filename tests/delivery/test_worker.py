"""The worker at work: channels that are slow, broken or silent, and many workers at once."""

import asyncio
import logging
import threading
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest

from database import open_database
from dawati.rim import Rim
from delivery.ports import Carried, Parcel
from delivery.rehearsal import RehearsedCarrier, sent
from delivery.worker import Worker
from handlers import Door
from handlers.ports import AwaitedDesk
from models.commands import By, NoteFate
from models.tables.notice import Debt, Fate
from tests.delivery.owing import CHAT, SMS, attempts, fates, notice, owe
from tests.support.cast import Desk, desk_on


@asynccontextmanager
async def at_work(
    desk: Desk | Door, *carriers: RehearsedCarrier, through: AwaitedDesk | None = None, name: str = "worker"
) -> AsyncIterator[Worker]:
    door = desk.door if isinstance(desk, Desk) else desk
    wake = asyncio.Event()
    worker = Worker(through or Rim(door), carriers, name, frozenset(), wake)
    running = asyncio.create_task(worker.run())
    yield worker
    worker.stop()
    await running


async def until(holds: Callable[[], bool]) -> None:
    """The test's own time limit ends a wait for what never comes."""
    while not holds():  # noqa: ASYNC110  # what is waited for stands in a table, and sets no event
        await asyncio.sleep(0.01)


def paid(desk: Desk, *owed: int) -> Callable[[], bool]:
    return lambda: all(notice(desk, each).debt is Debt.PAID for each in owed)


async def test_what_is_owed_is_carried_and_noted(desk: Desk) -> None:
    owed = owe(desk, "habari", CHAT)
    chat = RehearsedCarrier("telegram")
    async with at_work(desk, chat):
        await until(paid(desk, owed))
    assert chat.said_to("8812") == ["habari"]


async def test_a_chat_gets_its_messages_in_order_while_others_get_theirs(desk: Desk) -> None:
    texts = [f"neno {number}" for number in range(6)]
    owed = [owe(desk, text, CHAT) for text in texts]
    owed += [owe(desk, f"kwa {number}", ["telegram", str(number)]) for number in range(30)]
    chat = RehearsedCarrier("telegram", most=3)
    async with at_work(desk, chat):
        await until(paid(desk, *owed))
    assert chat.said_to("8812") == texts
    assert len(chat.handed) == 36


async def test_a_channel_that_hangs_holds_up_no_other(desk: Desk) -> None:
    owe(desk, "kwa simu", SMS)
    owed = owe(desk, "kwa chati", CHAT)
    sms, chat = RehearsedCarrier("sms"), RehearsedCarrier("telegram")
    sms.gate.clear()
    async with at_work(desk, sms, chat):
        await until(paid(desk, owed))
        sms.gate.set()


async def test_a_carrier_that_breaks_leaves_its_attempts_open_and_its_secrets_unsaid(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(parcel: Parcel) -> Carried:
        raise ValueError(f"bot123:token and {parcel.address}")

    lost, owed = owe(desk, "kwa simu", SMS), owe(desk, "kwa chati", CHAT)
    sms, chat = RehearsedCarrier("sms", broken), RehearsedCarrier("telegram")
    with caplog.at_level(logging.INFO):
        async with at_work(desk, sms, chat):
            await until(paid(desk, owed))
            await until(lambda: "ValueError" in caplog.text)
    assert fates(desk, lost) == [("sms", Fate.SENDING)]
    assert "token" not in caplog.text
    assert SMS[1] not in caplog.text


async def test_stopping_waits_for_what_a_gateway_was_handed(desk: Desk) -> None:
    owed = owe(desk, "habari", CHAT)
    chat = RehearsedCarrier("telegram")
    chat.gate.clear()
    async with at_work(desk, chat) as worker:
        await until(lambda: bool(chat.handed))
        worker.stop()
        owe(desk, "baadaye", ["telegram", "9"])
        asyncio.get_running_loop().call_later(0.05, chat.gate.set)
    assert notice(desk, owed).debt is Debt.PAID
    assert [parcel.screen.text for parcel in chat.handed] == ["habari"]


async def test_a_cancelled_worker_still_notes_what_a_gateway_was_handed(desk: Desk) -> None:
    owed = owe(desk, "habari", CHAT)
    chat = RehearsedCarrier("telegram")
    chat.gate.clear()
    running = asyncio.create_task(Worker(Rim(desk.door), [chat], "worker", frozenset(), asyncio.Event()).run())
    await until(lambda: bool(chat.handed))
    running.cancel()
    asyncio.get_running_loop().call_later(0.05, chat.gate.set)
    with pytest.raises(asyncio.CancelledError):
        await running
    assert notice(desk, owed).debt is Debt.PAID


async def test_patience_and_then_success(desk: Desk) -> None:
    def busy_once(parcel: Parcel) -> Carried:
        if len(chat.handed) == 1:
            return Carried(parcel.attempt_id, Fate.REFUSED, "429", retry_in=timedelta(seconds=3))
        return sent(parcel)

    owed = owe(desk, "habari", CHAT)
    chat = RehearsedCarrier("telegram", busy_once)
    async with at_work(desk, chat):
        await until(lambda: notice(desk, owed).debt is Debt.OWED and len(chat.handed) == 1)
        desk.clock.forward(seconds=8)
        await until(paid(desk, owed))
    assert fates(desk, owed) == [("telegram", Fate.REFUSED), ("telegram", Fate.REACHED)]


class Stumbling:
    """A desk whose database is away, now and then."""

    def __init__(self, desk: AwaitedDesk, stumbles: int) -> None:
        self.desk = desk
        self.stumbles = stumbles

    async def do(self, command: object, by: By) -> Any:
        if isinstance(command, NoteFate) and self.stumbles:
            self.stumbles -= 1
            raise ConnectionError
        return await self.desk.do(command, by)


async def test_a_fate_is_written_down_even_if_the_database_was_away(desk: Desk) -> None:
    owed = owe(desk, "habari", CHAT)
    async with at_work(desk, RehearsedCarrier("telegram"), through=Stumbling(Rim(desk.door), 1)):
        await until(paid(desk, owed))


class Away:
    def __init__(self, desk: AwaitedDesk) -> None:
        self.desk = desk
        self.asked = 0

    async def do(self, command: object, by: By) -> Any:
        self.asked += 1
        if self.asked == 1:
            raise ConnectionError
        return await self.desk.do(command, by)


async def test_a_worker_outlives_a_database_that_is_away(desk: Desk) -> None:
    owed = owe(desk, "habari", CHAT)
    async with at_work(desk, RehearsedCarrier("telegram"), through=Away(Rim(desk.door))):
        await until(paid(desk, owed))


def test_two_workers_of_two_processes_send_each_notice_once_and_keep_each_chats_order(postgres_url: str) -> None:
    """Each with a loop, a door and connections of its own, as two processes have."""
    desk = desk_on(postgres_url)
    other = desk_on_same(desk)
    owed = [owe(desk, f"{chat}: {number}", ["telegram", str(chat)]) for number in range(4) for chat in range(25)]
    chats = [RehearsedCarrier("telegram", most=4), RehearsedCarrier("telegram", most=4)]
    order: list[Parcel] = []

    def answering(parcel: Parcel) -> Carried:
        order.append(parcel)
        return sent(parcel)

    async def work(door: Door, chat: RehearsedCarrier, name: str) -> None:
        chat.answer = answering
        async with at_work(door, chat, name=name):
            await until(paid(desk, *owed))

    threads = [
        threading.Thread(target=asyncio.run, args=(work(door, chat, name),))
        for door, chat, name in zip((desk.door, other), chats, ("one", "two"), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(parcel.screen.text for parcel in order).most_common(1)[0][1] == 1
    assert len(order) == len(attempts(desk)) == 100
    for chat in range(25):
        said = [parcel.screen.text for parcel in order if parcel.address == str(chat)]
        assert said == sorted(said)
    other.database.close()
    desk.door.database.close()


def desk_on_same(desk: Desk) -> Door:
    return Door(open_database(desk.door.database.url), desk.door.rules, desk.clock, desk.door.dice)
