"""What officers and requesters may do with a ticket, and what each hears of the other."""

import pytest

from models.chain import FIRST, link_of
from models.commands import (
    AddNote,
    AddWords,
    AskRequester,
    AssignTicket,
    By,
    CancelTicket,
    ClaimTicket,
    CloseSilent,
    ConfirmResolution,
    ReopenTicket,
    ReportFault,
    ResolveTicket,
    SetWaiting,
    TakeUp,
)
from models.commands.by import DESK
from models.priority import Impact, Priority
from models.refusals import (
    AlreadyClaimed,
    HoldsSecret,
    NotFound,
    NotResolved,
    NotYours,
    Overtaken,
    TicketClosed,
    TicketEnded,
)
from models.tables import History, Officer, Ticket, Words
from models.tables.officer import Role
from models.tables.ticket import Channel, State, WaitingOn
from models.values.ticket_number import TicketNumber
from tests.desk.support import Phone, Texter
from tests.support.cast import JUMA, NEEMA, STRANGER, THERESIA, Desk
from tests.support.paying import pay


def reported(desk: Desk) -> int:
    Phone(desk).dial("1", "2", "1", "412", "1")
    return desk.all(Ticket)[-1].id or 0


def only(desk: Desk) -> Ticket:
    (ticket,) = desk.all(Ticket)
    return ticket


def only_number(desk: Desk, index: int) -> str:
    return TicketNumber(desk.all(Ticket)[index].number).shown


def second_officer(desk: Desk, role: Role = Role.OFFICER) -> By:
    """Theresia's log-in, in the same council."""
    officer = Officer(
        person_id=desk.ids["theresia"], login="theresia", password_hash="unusable", role=role,
        place_id=desk.ids["mvomero-dc"],
    )  # fmt: skip
    added = desk.door.database.write(lambda tx: tx.add(officer))
    return By(Channel.WEB, officer_id=added.id)


def test_two_officers_claim_and_the_second_is_told(desk: Desk) -> None:
    ticket_id = reported(desk)
    other = second_officer(desk)
    desk.do(ClaimTicket(ticket_id), desk.officer())
    with pytest.raises(AlreadyClaimed):
        desk.do(ClaimTicket(ticket_id), other)
    assert only(desk).officer_id == desk.ids["officer:neema"]
    assert [row.event for row in desk.all(History)] == ["reported", "claimed"]


def test_claiming_twice_is_one_fact(desk: Desk) -> None:
    ticket_id = reported(desk)
    desk.do(ClaimTicket(ticket_id), desk.officer())
    desk.do(ClaimTicket(ticket_id), desk.officer())
    assert [row.event for row in desk.all(History)] == ["reported", "claimed"]


@pytest.mark.parametrize(
    "command", [ClaimTicket, TakeUp, lambda i: AddNote(i, "ona"), lambda i: ResolveTicket(i, "ok")]
)
def test_another_councils_ticket_does_not_exist_for_an_officer(desk: Desk, command: type[ClaimTicket]) -> None:
    ticket_id = reported(desk)
    with pytest.raises(NotFound):
        desk.do(command(ticket_id), desk.officer("baraka"))
    assert only(desk).state == State.NEW


def test_an_auditor_changes_nothing(desk: Desk) -> None:
    ticket_id = reported(desk)
    auditor = second_officer(desk, Role.AUDITOR)
    with pytest.raises(NotYours):
        desk.do(ClaimTicket(ticket_id), auditor)


def test_a_member_of_staff_gives_no_officers_commands(desk: Desk) -> None:
    ticket_id = reported(desk)
    with pytest.raises(NotYours):
        desk.do(ClaimTicket(ticket_id), By(Channel.SMS, person_id=desk.ids["juma"]))


def test_a_question_waits_for_the_answer_and_the_answer_ends_the_wait(desk: Desk) -> None:
    ticket_id = reported(desk)
    desk.do(ClaimTicket(ticket_id), desk.officer())
    desk.do(AskRequester(ticket_id, "Je, taa inawaka?"), desk.officer())
    assert (only(desk).state, only(desk).waiting_on) == (State.WAITING, WaitingOn.REQUESTER)
    juma = Texter(desk, JUMA)
    assert "Je, taa inawaka?" in juma.screen.text
    pay(desk)  # the question has gone out: now what he types answers it
    juma.say("Ndiyo, inawaka")
    assert (only(desk).state, only(desk).waiting_on) == (State.IN_PROGRESS, WaitingOn.NOBODY)
    assert [words.text for words in desk.all(Words)] == ["Je, taa inawaka?", "Ndiyo, inawaka"]
    assert "2600001-0" in Texter(desk, NEEMA).screen.text


def test_what_is_typed_before_the_question_was_sent_does_not_answer_it(desk: Desk) -> None:
    ticket_id = reported(desk)
    juma = Texter(desk, JUMA)
    juma.say("hitilafu nyingine")
    assert juma.screen.step == "front.menu"
    desk.do(AskRequester(ticket_id, "Je, taa inawaka?"), desk.officer())
    juma.say("1")
    assert juma.screen.step == "report.category"
    assert only(desk).waiting_on == WaitingOn.REQUESTER


def test_a_password_is_never_sent_to_a_person(desk: Desk) -> None:
    ticket_id = reported(desk)
    with pytest.raises(HoldsSecret):
        desk.do(ResolveTicket(ticket_id, "Nywila yako mpya ni Mvomero@2026"), desk.officer())
    assert only(desk).state == State.NEW
    assert not desk.all(Words)


def test_a_password_in_a_report_is_masked_before_it_is_kept(desk: Desk) -> None:
    words = "Nimeshindwa kuingia, nywila yangu ni Simba@2026"
    desk.do(ReportFault(words=words), By(Channel.SMS, person_id=desk.ids["juma"]))
    (kept,) = desk.all(Words)
    assert "Simba" not in kept.text


def test_a_resolution_that_does_not_hold_is_reopened(desk: Desk) -> None:
    ticket_id = reported(desk)
    desk.do(ResolveTicket(ticket_id, "Tumebadilisha waya."), desk.officer())
    phone = Phone(desk)
    assert phone.dial("1").step == "confirm.works"
    assert phone.send("2").step == "still_wrong.words"
    assert phone.send("Bado haichapishi").final
    ticket = only(desk)
    assert (ticket.state, ticket.reopened, ticket.close_due) == (State.ASSIGNED, 1, None)
    assert "2600001-0" in Texter(desk, NEEMA).screen.text


def test_silence_closes_after_the_set_time_and_not_before(desk: Desk) -> None:
    ticket_id = reported(desk)
    desk.do(ResolveTicket(ticket_id, "Tumebadilisha waya."), desk.officer())
    desk.clock.forward(days=4)  # three working days from Wednesday end on Monday at 15:30
    assert desk.do(CloseSilent(), DESK) == 0
    desk.clock.forward(days=1, hours=2)
    assert desk.do(CloseSilent(), DESK) == 1
    assert only(desk).state == State.CLOSED
    with pytest.raises(TicketEnded):
        desk.do(ReopenTicket(ticket_id), By(Channel.SMS, person_id=desk.ids["juma"]))


def test_only_the_requester_speaks_for_the_requester(desk: Desk) -> None:
    ticket_id = reported(desk)
    for somebody in (By(Channel.SMS, person_id=desk.ids["theresia"]), By(Channel.SMS, caller=f"phone:{STRANGER}")):
        for command in (AddWords(ticket_id, "haraka"), ConfirmResolution(ticket_id)):
            with pytest.raises(NotFound):
                desk.do(command, somebody)


def test_confirming_comes_after_resolving(desk: Desk) -> None:
    ticket_id = reported(desk)
    with pytest.raises(NotResolved):
        desk.do(ConfirmResolution(ticket_id), By(Channel.SMS, person_id=desk.ids["juma"]))


def test_waiting_for_a_part_is_said_with_its_reason(desk: Desk) -> None:
    ticket_id = reported(desk)
    desk.do(SetWaiting(ticket_id, WaitingOn.PART, "Tona imeagizwa"), desk.officer())
    assert (only(desk).state, only(desk).waiting_on) == (State.WAITING, WaitingOn.PART)
    desk.do(TakeUp(ticket_id), desk.officer())
    assert only(desk).state == State.IN_PROGRESS


def test_a_ticket_given_to_a_colleague_is_told_to_the_colleague(desk: Desk) -> None:
    ticket_id = reported(desk)
    colleague = second_officer(desk)
    desk.do(AssignTicket(ticket_id, colleague.officer_id or 0), desk.officer())
    assert only(desk).officer_id == colleague.officer_id
    with pytest.raises(NotFound):  # nobody gives it to another council
        desk.do(AssignTicket(ticket_id, desk.ids["officer:baraka"]), desk.officer())


def test_a_cancelled_ticket_is_told_and_over(desk: Desk) -> None:
    ticket_id = reported(desk)
    desk.do(CancelTicket(ticket_id, "Imeripotiwa mara mbili."), desk.officer())
    assert only(desk).state == State.CANCELLED
    with pytest.raises(TicketClosed):
        desk.do(TakeUp(ticket_id), desk.officer())


def test_an_officer_types_for_somebody_at_the_door(desk: Desk) -> None:
    command = ReportFault(fault_code="0401", for_person_id=desk.ids["juma"], impact=Impact.COUNCIL)
    desk.do(command, By(Channel.DOOR, officer_id=desk.ids["officer:neema"]))
    ticket = only(desk)
    assert (ticket.channel, ticket.requester_id, ticket.priority) == (Channel.DOOR, desk.ids["juma"], Priority.P2)
    assert ticket.entered_by_id == desk.ids["officer:neema"]


def test_somebody_unknown_reports_and_follows_the_ticket_by_their_number(desk: Desk) -> None:
    phone = Phone(desk, STRANGER)
    assert phone.dial("1", "3", "1").step == "report.who"
    phone.send("Asha, zahanati ya Mlali")
    assert phone.send("1").final
    ticket = only(desk)
    assert (ticket.requester_id, ticket.caller, ticket.caller_name) == (
        None, f"phone:{STRANGER}", "Asha, zahanati ya Mlali",
    )  # fmt: skip
    assert Phone(desk, STRANGER).dial("3", "1").step == "tickets.act"
    desk.do(ResolveTicket(ticket.id or 0, "Mtandao umerudi."), desk.officer())
    assert "Mtandao umerudi." in Texter(desk, STRANGER).screen.text


def test_a_ticket_number_is_told_only_to_those_whose_it_is(desk: Desk) -> None:
    reported(desk)
    stranger = Phone(desk, STRANGER).dial("3")
    theirs = Phone(desk, THERESIA).dial("4")
    assert stranger.final
    assert theirs.final
    asking = Phone(desk)
    asking.dial("4")
    assert asking.send("2600001-0").step == "tickets.act"
    Phone(desk, THERESIA).dial("1", "2", "1", "7", "1")
    hers, nobodys = only_number(desk, 1), TicketNumber.made(2026, 99).shown
    juma = Phone(desk)
    juma.dial("4")
    assert juma.send(hers).note == juma.send(nobodys).note != ""


def test_every_fact_is_chained_to_the_one_before(either_desk: Desk) -> None:
    desk = either_desk
    ticket_id = reported(desk)
    desk.do(ClaimTicket(ticket_id), desk.officer())
    desk.do(AddNote(ticket_id, "Nitakwenda kesho"), desk.officer())
    before = FIRST
    for row in desk.all(History):
        assert row.link == link_of(desk.door.rules.key, before, row)
        before = row.link
    tampered = desk.all(History)[1]
    tampered.event = "resolved"
    assert tampered.link != link_of(desk.door.rules.key, desk.all(History)[0].link, tampered)


def test_saving_what_somebody_else_has_changed_is_refused(desk: Desk) -> None:
    ticket_id = reported(desk)

    def two_at_once(tx: object) -> None:
        mine, theirs = (desk_tx.get(Ticket, ticket_id) for desk_tx in (tx, tx))  # type: ignore[attr-defined]  # it is a Transaction
        theirs.reopened = 3
        tx.save(theirs)  # type: ignore[attr-defined]  # the same
        tx.save(mine)  # type: ignore[attr-defined]  # the same

    with pytest.raises(Overtaken):
        desk.door.database.write(two_at_once)
    assert only(desk).reopened == 0
