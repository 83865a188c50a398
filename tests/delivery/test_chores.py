"""Periodic jobs are done by one process at a time, and what nobody needs any more is put away."""

import asyncio
import threading
from datetime import timedelta
from typing import Any

from database import Transaction, open_database
from dawati.rim import Rim
from delivery.chores import CHORES, Chore, Chores
from handlers import Door
from models.commands import DESK, By, HearHangUp, HearHop, Sweep, TakeChore
from models.tables import Conversation, Receipt, UssdSession
from models.tables.conversation import Standing
from models.tables.notice import Debt, Fate
from models.tables.ticket import Channel
from tests.delivery.owing import fates, notice, owe
from tests.support.cast import STRANGER, Desk, desk_on
from tests.support.paying import lease

HALF_A_MINUTE = timedelta(seconds=30)


def test_a_job_is_taken_once_in_its_time(desk: Desk) -> None:
    take = TakeChore("sweep", HALF_A_MINUTE)
    assert [desk.do(take, DESK) for _ in range(3)] == [True, False, False]
    desk.clock.forward(seconds=30)
    assert [desk.do(take, DESK) for _ in range(2)] == [True, False]
    assert desk.do(TakeChore("another", HALF_A_MINUTE), DESK)


def test_many_processes_that_ask_at_once_get_one_yes(postgres_url: str) -> None:
    desk = desk_on(postgres_url)
    doors = [Door(open_database(postgres_url), desk.door.rules, desk.clock, desk.door.dice) for _ in range(6)]
    for _ in range(3):
        answers: list[bool] = []
        at_once = threading.Barrier(len(doors))

        def ask(door: Door, answers: list[bool] = answers, at_once: threading.Barrier = at_once) -> None:
            at_once.wait()
            answers.append(door.do(TakeChore("sweep", HALF_A_MINUTE), DESK))

        threads = [threading.Thread(target=ask, args=(door,)) for door in doors]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(answers) == [False] * 5 + [True]
        desk.clock.forward(seconds=30)
    for door in (*doors, desk.door):
        door.database.close()


async def test_what_a_dead_worker_left_is_settled_by_the_jobs(desk: Desk) -> None:
    owed = owe(desk, "habari")
    lease(desk)
    desk.clock.forward(seconds=61)
    chores = Chores(Rim(desk.door))
    for chore in CHORES:
        assert await chores.turn(chore)
        assert not await chores.turn(chore)
    assert fates(desk, owed) == [("sms", Fate.UNKNOWN)]
    assert notice(desk, owed).debt is Debt.TRYING


class Counting:
    """A desk that always finds a full round more to do, or fails."""

    def __init__(self, rounds: int) -> None:
        self.rounds = rounds
        self.done = 0

    async def do(self, command: object, by: By) -> Any:
        if isinstance(command, TakeChore):
            return True
        if self.rounds == 0:
            raise ConnectionError
        self.done += 1
        return 10 if self.done < self.rounds else 3


async def test_a_job_goes_on_while_it_finds_a_full_round_to_do() -> None:
    desk = Counting(4)
    assert await Chores(desk).turn(Chore("sweep", HALF_A_MINUTE, Sweep(), full=10))
    assert desk.done == 4


async def test_a_job_that_fails_does_not_stop_the_others_and_all_of_them_stop_when_told() -> None:
    chores = Chores(Counting(0))
    running = asyncio.create_task(chores.run())
    await asyncio.sleep(0)
    chores.stop()
    await running


def test_a_session_that_never_reported_its_end_ends_by_itself(desk: Desk) -> None:
    desk.do(HearHop("silent", STRANGER, "64004", ""), By(Channel.USSD))
    desk.do(HearHop("polite", STRANGER, "64004", ""), By(Channel.USSD))
    desk.do(HearHangUp("polite", "Success"), By(Channel.USSD))
    desk.clock.forward(minutes=6)
    desk.do(Sweep(), DESK)
    assert {each.id: each.end_status for each in desk.all(UssdSession)} == {
        "silent": "unreported", "polite": "Success",
    }  # fmt: skip


def test_what_is_past_its_time_is_put_away_and_nothing_else(desk: Desk) -> None:
    desk.do(HearHop("old", STRANGER, "64004", ""), By(Channel.USSD))
    desk.do(HearHop("old", STRANGER, "64004", "1"), By(Channel.USSD))
    desk.door.database.write(lambda tx: _receipt(tx, desk, "old"))
    desk.clock.forward(days=29)
    desk.do(HearHop("new", STRANGER, "64004", ""), By(Channel.USSD))
    desk.door.database.write(lambda tx: _receipt(tx, desk, "new"))
    desk.clock.forward(days=2)
    desk.do(Sweep(), DESK)
    assert [each.id for each in desk.all(UssdSession)] == ["new"]
    assert [each.message for each in desk.all(Receipt)] == ["new"]


def _receipt(tx: Transaction, desk: Desk, message: str) -> None:
    tx.add(Receipt(channel="sms", message=message, at=desk.clock()))


def test_a_front_page_that_led_nowhere_is_closed_after_a_day_and_a_question_is_not(desk: Desk) -> None:
    def write(tx: Transaction) -> None:
        for name in ("front", "answer"):
            tx.add(Conversation(party="person:1", name=name, language="sw", touched_at=desk.clock()))

    desk.door.database.write(write)
    desk.clock.forward(hours=23)
    desk.do(Sweep(), DESK)
    assert {each.standing for each in desk.all(Conversation)} == {Standing.OPEN}
    desk.clock.forward(hours=2)
    desk.do(Sweep(), DESK)
    assert [each.name for each in desk.all(Conversation) if each.standing is Standing.OPEN] == ["answer"]


def test_a_sweep_takes_no_more_than_it_may(desk: Desk) -> None:
    for number in range(7):
        desk.do(HearHop(f"s{number}", STRANGER, "64004", ""), By(Channel.USSD))
    desk.clock.forward(hours=1)
    assert [desk.do(Sweep(most=3), DESK) for _ in range(4)] == [3, 3, 1, 0]
