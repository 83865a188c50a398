"""The shortest whole story, told to the desk itself: six screens, one ticket, word to the officer, and back."""

from conversations.screen import Screen
from models.commands import By, ClaimTicket, HearHop, ResolveTicket
from models.tables import History, Notice, Ticket
from models.tables.ticket import Channel, State
from tests.support.cast import JUMA, Desk


def hop(desk: Desk, session: str, text: str, phone: str = JUMA) -> Screen:
    screen = desk.do(HearHop(session, phone, "64004", text), By(Channel.USSD))
    assert isinstance(screen, Screen)
    return screen


def test_a_fault_is_reported_claimed_resolved_and_confirmed(either_desk: Desk) -> None:
    desk = either_desk
    seen = [hop(desk, "s1", text).step for text in ("", "1", "1*2", "1*2*1", "1*2*1*412", "1*2*1*412*1")]
    assert seen == ["front.menu", "report.category", "report.fault", "report.device", "report.confirm", "report.end"]
    (ticket,) = desk.all(Ticket)
    assert ticket.id is not None
    assert [notice.routes for notice in desk.all(Notice)] == [[["sms", "+255754000003"]]]

    desk.do(ClaimTicket(ticket.id), desk.officer())
    desk.do(ResolveTicket(ticket.id, "Tumebadilisha waya."), desk.officer())
    assert hop(desk, "s2", "").step == "front.unfinished"
    assert hop(desk, "s2", "1").step == "confirm.works"
    assert hop(desk, "s2", "1*1").step == "rate.stars"
    hop(desk, "s2", "1*1*5")

    (ticket,) = desk.all(Ticket)
    assert (ticket.state, ticket.rating) == (State.CLOSED, 5)
    assert [row.event for row in desk.all(History)] == ["reported", "claimed", "resolved", "confirmed", "rated"]


def test_the_same_hop_again_is_answered_the_same_and_does_nothing(desk: Desk) -> None:
    for text in ("", "1", "1*2", "1*2*1", "1*2*1*412"):
        hop(desk, "s1", text)
    first = hop(desk, "s1", "1*2*1*412*1")
    assert hop(desk, "s1", "1*2*1*412*1") == first
    assert len(desk.all(Ticket)) == 1
