"""Juma is transferred: what he has is to be closed, what he asked for ends, and nobody asks in his name again."""

import pytest

from handlers.importing import RowRefused
from models.commands import AskForAccount, By, CarryOutAccount, DecideApproval, ImportLeavers, MarkLeft
from models.commands.by import DESK
from models.commands.importing import Imported
from models.commands.leaving import LeaverRow
from models.refusals import HasLeft, NotFound, NotYours
from models.tables import AccountRequest, Conversation, History, Officer, Person, Ticket
from models.tables.account import AccountAction, AccountState
from models.tables.conversation import Standing
from models.tables.officer import Role
from models.tables.person import Employment
from models.tables.ticket import Channel, Kind, State
from tests.desk.test_not_me import asked, by, done, in_hand, make_head
from tests.support.cast import JUMA, NEEMA, STRANGER, THERESIA, Desk

LEAVES = ImportLeavers((LeaverRow(JUMA, "HASSAN, Juma".replace(",", "")),))


def requests(desk: Desk) -> dict[int, AccountRequest]:
    return {row.ticket_id: row for row in desk.all(AccountRequest)}


def test_each_account_they_have_gets_a_ticket_and_all_else_one(either_desk: Desk) -> None:
    desk = either_desk
    had, waiting = done(desk), asked(desk, "ess")
    assert desk.do(LEAVES, DESK) == Imported(changed=1)
    close = [row for row in requests(desk).values() if row.action == AccountAction.CLOSE]
    assert [(row.system_code, row.state) for row in close] == [("gms", AccountState.IN_HAND)]
    assert desk.all(Ticket)[-1].kind == Kind.REQUEST
    assert requests(desk)[waiting].state == AccountState.EXPIRED
    assert next(t for t in desk.all(Ticket) if t.id == waiting).state == State.CANCELLED
    assert requests(desk)[had].state == AccountState.DONE
    desk.do(CarryOutAccount(close[0].ticket_id, "Imefungwa."), desk.officer())
    events = {row.event for row in desk.all(History)}
    assert {"left", "leaver_account", "requester_left"} <= events


def test_nothing_is_asked_in_their_name_any_more(desk: Desk) -> None:
    desk.do(LEAVES, DESK)
    with pytest.raises(HasLeft):
        asked(desk)
    with pytest.raises(HasLeft):
        desk.do(AskForAccount("gms", AccountAction.RESET, for_person_id=desk.ids["juma"]), desk.officer())


def test_nobody_is_asked_to_approve_what_ended(desk: Desk) -> None:
    asked(desk)
    desk.do(LEAVES, DESK)
    asking = [each for each in desk.all(Conversation) if each.name == "approve"]
    assert [each.standing for each in asking] == [Standing.CANCELLED]


def test_an_approver_who_left_approves_nothing(desk: Desk) -> None:
    ticket_id = asked(desk)
    desk.do(ImportLeavers((LeaverRow(THERESIA, "Theresia Kavishe", Employment.TRANSFERRED),)), DESK)
    with pytest.raises(HasLeft):
        desk.do(DecideApproval(ticket_id, yes=True), by(desk, "theresia", Channel.WEB))


def test_an_officer_who_left_can_do_nothing_more(desk: Desk) -> None:
    ticket_id = asked(desk)
    in_hand(desk, ticket_id)
    desk.do(ImportLeavers((LeaverRow(NEEMA, "Neema Mushi"),)), DESK)
    assert next(each for each in desk.all(Officer) if each.login == "neema").retired
    with pytest.raises(NotYours):
        desk.do(CarryOutAccount(ticket_id), desk.officer())


def test_a_list_is_taken_twice_and_closes_once(desk: Desk) -> None:
    done(desk)
    desk.do(LEAVES, DESK)
    before = len(desk.all(Ticket))
    assert desk.do(LEAVES, DESK) == Imported(same=1)
    assert len(desk.all(Ticket)) == before


@pytest.mark.parametrize(("phone", "name"), [(JUMA, "Baraka Mollel"), (STRANGER, "Juma Hassan")])
def test_a_row_that_means_somebody_else_stops_the_whole_list(desk: Desk, phone: str, name: str) -> None:
    with pytest.raises(RowRefused):
        desk.do(ImportLeavers((LeaverRow(THERESIA, "Theresia Kavishe"), LeaverRow(phone, name))), DESK)
    assert {person.employment for person in desk.all(Person)} == {Employment.SERVING}


def test_the_list_is_for_whoever_runs_the_desk_and_one_person_for_the_head(desk: Desk) -> None:
    with pytest.raises(NotYours):
        desk.do(LEAVES, By(Channel.SMS, person_id=desk.ids["theresia"]))
    leaves = MarkLeft(desk.ids["juma"], Employment.TRANSFERRED, "Barua ya HR 12/2026")
    with pytest.raises(NotYours):
        desk.do(leaves, desk.officer())
    with pytest.raises(NotFound):
        desk.do(leaves, desk.officer("baraka"))
    head = make_head(desk)
    with pytest.raises(NotYours):
        desk.do(MarkLeft(desk.ids["theresia"], Employment.LEFT, "mimi"), head)
    desk.do(leaves, head)
    assert next(p for p in desk.all(Person) if p.id == desk.ids["juma"]).employment == Employment.TRANSFERRED
    assert Role.HEAD in {each.role for each in desk.all(Officer)}
