"""Theresia is on leave and names who says yes for her; nobody comes to approve their own by it."""

from datetime import timedelta

import pytest

from models.commands import By, DecideApproval, Delegate, EndDelegation, ImportLeavers
from models.commands.by import DESK
from models.commands.leaving import LeaverRow
from models.refusals import HasLeft, NotFound, NotYours, PeriodWrong
from models.tables import History, Ticket
from models.tables.officer import Role
from models.tables.ticket import Channel
from tests.desk.support import Texter
from tests.desk.test_not_me import asked, by
from tests.support.cast import BARAKA, JUMA, NEEMA, THERESIA, Desk


def log_in(desk: Desk, person: str, role: Role) -> By:
    from models.tables import Officer

    officer = Officer(
        person_id=desk.ids[person], login=f"{person}2", password_hash="unusable", role=role,
        place_id=desk.ids["mvomero-dc"],
    )  # fmt: skip
    return By(Channel.WEB, officer_id=desk.door.database.write(lambda tx: tx.add(officer)).id)


def leave(desk: Desk, to: str = BARAKA, days: float = 7, for_person: str = "") -> Delegate:
    return Delegate(to, desk.clock() + timedelta(days=days), desk.ids[for_person] if for_person else None)


def approvers(desk: Desk) -> list[object]:
    return [row.facts["approver_id"] for row in desk.all(History) if row.event == "approval_asked"]


def test_while_it_holds_approvals_go_to_the_delegate_and_the_history_says_for_whom(either_desk: Desk) -> None:
    desk = either_desk
    desk.do(leave(desk), log_in(desk, "theresia", Role.APPROVER))
    asked(desk)
    assert approvers(desk) == [desk.ids["baraka"]]
    assert "Juma Hassan" in Texter(desk, BARAKA).screen.text
    stood_in = next(row for row in desk.all(History) if row.event == "stands_in")
    assert stood_in.facts["approver_id"] == desk.ids["theresia"]
    with pytest.raises(NotFound):
        desk.do(DecideApproval(desk.all(Ticket)[-1].id or 0, yes=True), by(desk, "theresia", Channel.WEB))
    desk.clock.forward(days=7)
    asked(desk)
    assert approvers(desk)[-1] == desk.ids["theresia"]


def test_it_is_ended_early(desk: Desk) -> None:
    theresia = log_in(desk, "theresia", Role.APPROVER)
    desk.do(leave(desk), theresia)
    desk.do(EndDelegation(), theresia)
    asked(desk)
    assert approvers(desk) == [desk.ids["theresia"]]


def test_a_delegate_never_approves_their_own(desk: Desk) -> None:
    desk.do(leave(desk, to=JUMA), log_in(desk, "theresia", Role.APPROVER))
    asked(desk)
    assert approvers(desk) == [desk.ids["theresia"]]


def test_a_delegate_who_left_is_passed_over_and_cannot_be_named(desk: Desk) -> None:
    theresia = log_in(desk, "theresia", Role.APPROVER)
    desk.do(leave(desk), theresia)
    desk.do(ImportLeavers((LeaverRow(BARAKA, "Baraka Mollel"),)), DESK)
    asked(desk)
    assert approvers(desk) == [desk.ids["theresia"]]
    with pytest.raises(HasLeft):
        desk.do(leave(desk), theresia)


def test_only_the_approver_at_the_console_or_the_head_names_one(desk: Desk) -> None:
    with pytest.raises(NotYours):
        desk.do(leave(desk), by(desk, "theresia"))  # an SMS may come from a stolen number
    with pytest.raises(NotYours):
        desk.do(leave(desk, for_person="theresia"), desk.officer())
    with pytest.raises(NotFound):
        desk.do(leave(desk, for_person="theresia"), desk.officer("baraka"))
    head = log_in(desk, "juma", Role.HEAD)
    with pytest.raises(NotYours):
        desk.do(leave(desk, to=JUMA, for_person="theresia"), head)
    desk.do(leave(desk, to=NEEMA, for_person="theresia"), head)
    asked(desk)
    assert approvers(desk) == [desk.ids["neema"]]


@pytest.mark.parametrize("days", [0, -1, 61])
def test_it_ends_on_a_day_to_come(desk: Desk, days: int) -> None:
    with pytest.raises(PeriodWrong):
        desk.do(leave(desk, days=days), log_in(desk, "theresia", Role.APPROVER))


def test_nobody_stands_in_for_themselves(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.do(leave(desk, to=THERESIA), log_in(desk, "theresia", Role.APPROVER))
