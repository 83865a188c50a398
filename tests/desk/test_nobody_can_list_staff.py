"""A guess at somebody else's ticket, and at one that is not there: the same words, by the same questions asked."""

from collections.abc import Callable
from typing import Any

import pytest

from database import Reading
from models.commands import By, ReportFault
from models.commands.hearing import Wants
from models.refusals import NotFound
from models.tables import Ticket
from models.tables.person import AddressKind
from models.tables.ticket import Channel
from models.values.ticket_number import TicketNumber
from queries.caller import caller_at
from queries.offers import Asking, DeskKnows
from tests.desk.support import Texter
from tests.desk.test_people_and_their_conversations import invite
from tests.support.cast import STRANGER, THERESIA, Desk


class Counting:
    """A reading that counts what it is asked."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.asked: list[object] = []

    def __getattr__(self, name: str) -> Any:
        real: Callable[..., Any] = getattr(self.reading, name)

        def counted(statement: object, *more: Any, **values: Any) -> Any:
            self.asked.append(statement)
            return real(statement, *more, **values)

        return counted


def questions(desk: Desk, phone: str, number: int) -> list[object]:
    with desk.door.database.reading() as reading:
        caller = caller_at(reading, desk.door.rules, AddressKind.PHONE, phone)
        counting: Any = Counting(reading)
        asking = Asking(counting, caller, caller.language, desk.clock(), desk.door.rules)
        with pytest.raises(NotFound):
            DeskKnows(asking).find("ticket", {}, str(number))
        return list(counting.asked)


@pytest.mark.parametrize("guesser", [STRANGER, THERESIA])
def test_a_ticket_of_another_and_none_at_all_cost_and_say_the_same(desk: Desk, guesser: str) -> None:
    desk.do(ReportFault("0301", words="haichapishi"), By(Channel.SMS, person_id=desk.ids["juma"]))
    there = desk.all(Ticket)[-1].number
    missing = TicketNumber.made(2026, 777)
    assert questions(desk, guesser, there) == questions(desk, guesser, missing)
    said = []
    for number in (there, missing):
        texter = Texter(desk, guesser)
        texter.say(Wants("tickets", {"ticket": TicketNumber(number).shown}))
        said.append(f"{texter.screen.note} {texter.screen.text}")
    assert said[0] == said[1]


def test_an_invitation_that_is_wrong_and_one_that_is_spent_are_said_alike(desk: Desk) -> None:
    invite(desk, "12345678")
    Texter(desk, "+255754888888").say(Wants("register", {"code": "12345678"}))
    said = []
    for code in ("12345678", "87654321"):
        texter = Texter(desk, STRANGER)
        texter.say(Wants("register", {"code": code}))
        assert texter.screen.note
        said.append(texter.screen.note)
    assert said[0] == said[1]
