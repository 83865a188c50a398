"""Juma's registered number changes: in person, told to the old one, a day later, unless the old one says SIO MIMI."""

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

from models.commands import ApplyNumberChanges, By, ChangeNumber, LinkTelegram, ResolveTicket
from models.commands.by import DESK
from models.commands.hearing import Shared
from models.refusals import AddressTaken, Frozen, NotApprovedYet, NotFound, NotYours, NumberMoving, SamePerson
from models.tables import Address, History, NumberChange, Ticket
from models.tables.person import AddressKind, Proof
from models.tables.ticket import Channel, State
from tests.desk.support import Texter
from tests.desk.test_not_me import asked, by, frozen, reached
from tests.support.cast import JUMA, NEEMA, STRANGER, THERESIA, Desk

CHAT = "700100"


def move(desk: Desk, new: str = STRANGER, person: str = "juma", old: str = JUMA) -> ChangeNumber:
    return ChangeNumber(desk.ids[person], old, new, "Kitambulisho cha kazi")


def phones(desk: Desk, person: str = "juma") -> list[str]:
    return [
        each.value
        for each in desk.all(Address)
        if each.person_id == desk.ids[person] and each.kind == AddressKind.PHONE and each.ended_at is None
    ]


def a_day_later(desk: Desk) -> None:
    desk.clock.forward(hours=24)
    desk.do(ApplyNumberChanges(), DESK)


def test_the_old_number_is_told_and_a_day_passes_before_it_changes(either_desk: Desk) -> None:
    desk = either_desk
    desk.do(move(desk), desk.officer())
    assert reached(desk, "SIO MIMI") == [JUMA]
    assert STRANGER not in str([notice.screen for notice in Texter(desk, JUMA).inbox])
    desk.clock.forward(hours=23, minutes=59)
    desk.do(ApplyNumberChanges(), DESK)
    assert phones(desk) == [JUMA]
    desk.clock.forward(minutes=1)
    desk.do(ApplyNumberChanges(), DESK)
    assert phones(desk) == [STRANGER]
    new = desk.all(Address)[-1]
    assert (new.proof, new.proven_at) == (Proof.OFFICER, desk.clock())
    assert desk.all(Ticket)[-1].state == State.RESOLVED
    assert "number_changed" in [row.event for row in desk.all(History)]
    assert "Juma Hassan" in Texter(desk, THERESIA).screen.text


def test_the_old_number_stops_it_with_two_words(either_desk: Desk) -> None:
    desk = either_desk
    desk.do(move(desk), desk.officer())
    Texter(desk, JUMA).say("SIO MIMI")
    a_day_later(desk)
    assert phones(desk) == [JUMA]
    assert frozen(desk)
    assert desk.all(NumberChange)[0].stopped_at is not None
    with pytest.raises(Frozen):
        desk.do(move(desk), desk.officer())


def test_the_old_number_is_heard_even_when_it_is_too_late(desk: Desk) -> None:
    desk.do(move(desk), desk.officer())
    a_day_later(desk)
    Texter(desk, JUMA).say("SIO MIMI")
    assert frozen(desk)


def test_a_person_frozen_for_something_else_keeps_their_number(desk: Desk) -> None:
    desk.do(move(desk), desk.officer())
    asked(desk)
    desk.clock.forward(hours=1)
    Texter(desk, JUMA).say("SIO MIMI")
    a_day_later(desk)
    assert phones(desk) == [JUMA]


def test_only_an_officer_who_serves_there_and_never_for_oneself(desk: Desk) -> None:
    for person in ("juma", "theresia"):
        with pytest.raises(NotYours):
            desk.do(move(desk), by(desk, person))
    with pytest.raises(NotFound):
        desk.do(move(desk), desk.officer("baraka"))
    with pytest.raises(SamePerson):
        desk.do(move(desk, person="neema", old=NEEMA), desk.officer())
    assert not desk.all(NumberChange)


def test_a_number_of_somebody_else_is_neither_taken_nor_given(desk: Desk) -> None:
    with pytest.raises(AddressTaken):
        desk.do(move(desk, new=THERESIA), desk.officer())
    with pytest.raises(NotFound):
        desk.do(move(desk, old=THERESIA), desk.officer())
    desk.do(move(desk), desk.officer())
    with pytest.raises(NumberMoving):
        desk.do(move(desk, new="+255754888888"), desk.officer())


def test_a_number_that_was_given_away_meanwhile_is_not_taken(desk: Desk) -> None:
    desk.do(move(desk), desk.officer())
    desk.door.database.write(
        lambda tx: tx.add(
            Address(
                person_id=desk.ids["theresia"], kind=AddressKind.PHONE, value=STRANGER, proof=Proof.HR_LIST,
                proven_at=desk.clock(),
            )
        )
    )  # fmt: skip
    a_day_later(desk)
    assert phones(desk) == [JUMA]
    assert desk.all(Ticket)[-1].state == State.CANCELLED


def test_nobody_closes_it_before_its_time(desk: Desk) -> None:
    desk.do(move(desk), desk.officer())
    with pytest.raises(NotApprovedYet):
        desk.do(ResolveTicket(desk.all(Ticket)[-1].id or 0, "tayari"), desk.officer())


@pytest.mark.parametrize("sql", [
    "UPDATE number_change SET officer_person_id = person_id",
    "UPDATE number_change SET applied_at = asked_at, stopped_at = asked_at",
])  # fmt: skip
def test_the_table_itself_refuses_it(either_desk: Desk, sql: str) -> None:
    either_desk.do(move(either_desk), either_desk.officer())
    engine = create_engine(either_desk.door.database.url)
    with engine.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(text(sql))
    engine.dispose()


def test_a_chat_whose_number_moved_to_another_is_theirs_only_by_sharing_anew(desk: Desk) -> None:
    """The chat stays Juma's; that his old number is another's now gives the chat of neither to the other."""
    desk.do(LinkTelegram(CHAT, JUMA), By(Channel.TELEGRAM, caller=f"telegram:{CHAT}"))
    desk.do(move(desk), desk.officer())
    a_day_later(desk)
    chat = Texter(desk, CHAT, Channel.TELEGRAM)
    chat.say(Shared(JUMA))  # the number is on nobody's record now
    owners = [each.person_id for each in desk.all(Address) if each.value == CHAT and each.ended_at is None]
    assert owners == [desk.ids["juma"]]
    chat.say(Shared(THERESIA, genuine=False))  # a card that was passed on
    assert [each.person_id for each in desk.all(Address) if each.value == CHAT and each.ended_at is None] == owners
