"""Flags: what looks like a robbery is told to whoever is asked for a yes, and kept in the history."""

from datetime import UTC, datetime, timedelta

import pytest

from models.commands import AskForAccount
from models.flags import Facts, Flag, flags_of
from models.tables import Address, History
from models.tables.account import AccountAction
from models.tables.catalogue import Tier
from models.tables.person import AddressKind, Proof
from tests.desk.support import Phone, Texter
from tests.desk.test_not_me import asked
from tests.support.cast import JUMA, STRANGER, THERESIA, Desk

AT = datetime(2026, 3, 4, 11, 0, tzinfo=UTC)


def facts(**known: object) -> Facts:
    return Facts(**{"at": AT, "tier": Tier.T1, "action": AccountAction.RESET, "office_open": True, **known})  # type: ignore[arg-type]  # each case names its own


@pytest.mark.parametrize(
    ("known", "flag"),
    [
        ({"number_changed_at": AT - timedelta(days=13)}, Flag.NEW_NUMBER),
        ({"requests": 3}, Flag.MANY_REQUESTS),
        ({"people_of_number": 3}, Flag.MANY_PEOPLE),
        ({"by_officer": 31, "by_others": 20, "others": 2}, Flag.OFFICER),
        ({"by_officer": 10}, Flag.OFFICER),
        ({"tier": Tier.T3, "office_open": False}, Flag.OUT_OF_HOURS),
    ],
)
def test_each_flag_is_raised_by_its_fact(known: dict[str, object], flag: Flag) -> None:
    assert flags_of(facts(**known)) == (flag,)


@pytest.mark.parametrize(
    "known",
    [
        {"number_changed_at": AT - timedelta(days=14)},
        {"number_changed_at": AT, "action": AccountAction.CLOSE},
        {"requests": 2},
        {"people_of_number": 2},
        {"by_officer": 9},
        {"by_officer": 30, "by_others": 20, "others": 2},
        {"tier": Tier.T3},
        {"tier": Tier.T2, "office_open": False},
    ],
)
def test_what_is_usual_raises_none(known: dict[str, object]) -> None:
    assert flags_of(facts(**known)) == ()


def flagged(desk: Desk) -> list[str]:
    return [str(row.facts["flags"]) for row in desk.all(History) if row.event == "flagged"]


def test_the_third_request_of_a_month_is_flagged_to_the_approver(either_desk: Desk) -> None:
    for _ in range(2):
        asked(either_desk)
    assert flagged(either_desk) == []
    asked(either_desk)
    assert flagged(either_desk) == ["many_requests"]
    assert "Tahadhari: maombi 3 siku 30." in Texter(either_desk, THERESIA).screen.text
    either_desk.clock.forward(days=31)
    asked(either_desk)
    assert len(flagged(either_desk)) == 1


def test_a_reset_from_a_number_that_is_new_is_flagged_until_it_is_two_weeks_old(either_desk: Desk) -> None:
    desk = either_desk
    new = Address(
        person_id=desk.ids["juma"], kind=AddressKind.PHONE, value=STRANGER, proof=Proof.OFFICER, proven_at=desk.clock()
    )  # fmt: skip
    desk.door.database.write(lambda tx: tx.add(new))
    asked(desk)
    assert flagged(desk) == ["new_number"]
    assert "namba mpya" in Phone(desk, THERESIA).dial("1").text
    desk.clock.forward(days=14, hours=1)
    asked(desk)
    assert flagged(desk) == ["new_number"]


def test_payroll_at_night_is_flagged(desk: Desk) -> None:
    desk.clock.forward(hours=10)
    asked(desk, "muse")
    assert flagged(desk) == ["out_of_hours"]


def test_a_number_that_many_people_had_is_flagged(desk: Desk) -> None:
    had = [
        Address(
            person_id=desk.ids[person], kind=AddressKind.PHONE, value=JUMA, proof=Proof.HR_LIST,
            proven_at=desk.clock(), ended_at=desk.clock(),
        )
        for person in ("neema", "baraka")
    ]  # fmt: skip
    desk.door.database.write(lambda tx: [tx.add(address) for address in had])
    asked(desk)
    assert flagged(desk) == ["many_people"]


def test_an_officer_who_types_in_far_more_than_others_is_flagged(desk: Desk) -> None:
    for person in ("juma", *["juma"] * 9):
        desk.do(AskForAccount("gms", AccountAction.NEW, for_person_id=desk.ids[person]), desk.officer())
    assert flagged(desk)[-1] == "many_requests;officer"
