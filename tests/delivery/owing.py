"""Debts to try the worker with, and a look at what became of them."""

from typing import Any

from sqlalchemy import select

from conversations.screen import Screen
from database import Transaction, columns
from models.commands import By, ReportFault
from models.tables import Attempt, History, Notice, Ticket
from models.tables.notice import Debt, Fate, Lane
from models.tables.ticket import Channel
from tests.support.cast import JUMA, Desk

SMS = ["sms", JUMA]
CHAT = ["telegram", "8812"]

_EVERY_NOTICE = select(columns(Notice).id)


def owe(desk: Desk, text: str, *routes: list[str], lane: Lane = Lane.WORD, **more: Any) -> int:
    """One notice, about no ticket unless one is named."""
    ways = [list(route) for route in routes or (SMS,)]

    def write(tx: Transaction) -> int:
        screen = Screen(text, "sw", "desk.word", final=True)
        return int(
            tx.insert(
                Notice, fact=f"test:{text}", lane=int(lane), language="sw", screen=screen.to_json(), routes=ways,
                channel=ways[0][0], address=ways[0][1], due_at=desk.clock(), made_at=desk.clock(), **more,
            )
        )  # fmt: skip

    return desk.door.database.write(write)


def a_ticket(desk: Desk) -> int:
    """Juma's; what it obliges the desk to say is put aside."""
    desk.do(ReportFault(words="Printa haichapishi"), By(Channel.SMS, person_id=desk.ids["juma"]))
    desk.door.database.write(_nothing_owed)
    ticket_id = desk.all(Ticket)[-1].id
    assert ticket_id is not None
    return ticket_id


def _nothing_owed(tx: Transaction) -> None:
    for row in tx.all(_EVERY_NOTICE):
        notice = tx.get(Notice, row.id)
        assert notice is not None
        notice.settled(Debt.PAID)
        tx.save(notice)


def notice(desk: Desk, notice_id: int) -> Notice:
    return next(each for each in desk.all(Notice) if each.id == notice_id)


def attempts(desk: Desk, notice_id: int | None = None) -> list[Attempt]:
    return [each for each in desk.all(Attempt) if notice_id in (None, each.notice_id)]


def fates(desk: Desk, notice_id: int) -> list[tuple[str, Fate]]:
    """Which channels were tried, and what came of each."""
    return [(each.channel, each.fate) for each in attempts(desk, notice_id)]


def told(desk: Desk) -> list[tuple[str, dict[str, str | int]]]:
    """What the tickets' histories say of notices."""
    return [(row.event, row.facts) for row in desk.all(History) if row.event.startswith("notice_")]
