"""For each system of the default catalogue: from a basic phone to "done", told to everybody whom it concerns."""

from datetime import timedelta

import pytest

from dawati.catalogue.loading import default_catalogue
from handlers.handing_over import PromisePast
from models.commands import DESK, AskForAccount, By, CarryOutAccount, HandToOwner, RemindPromises
from models.refusals import NotOffered
from models.tables import History, Notice, System, SystemTally, Ticket
from models.tables.account import AccountAction, AccountState
from models.tables.ticket import Channel, State
from queries.caller import caller_on_record
from queries.offers import Asking
from queries.offers.accounts import systems
from tests.desk.support import Phone, Texter, approved, request_of
from tests.support.cast import JUMA, NEEMA, THERESIA, Desk

CATALOGUE = default_catalogue()
OFFERED = [system for system in CATALOGUE.systems if system.offers_account]
OTHERS = [system for system in CATALOGUE.systems if not system.offers_account]
SCREENS = 6  # front page, system, action, one detail, confirm, receipt: a proof of identity comes on top
PROOFS = ("account.how", "account.code", "account.pin")

by_code = pytest.mark.parametrize("system", OFFERED, ids=lambda system: system.code)

TYPED = {
    "account.user_name": "juma.h", "account.role": "Mhasibu", "account.self_service": "2", "account.how": "ofisini",
    "account.confirm": "1",
}  # fmt: skip


@pytest.fixture
def council(desk: Desk) -> Desk:
    """With the whole catalogue, as a new desk begins."""
    desk.do(CATALOGUE, DESK)

    def as_shipped(tx: object) -> None:
        for system in default_catalogue().systems:
            tx.save(system)  # type: ignore[attr-defined]  # it is a Transaction

    desk.door.database.write(as_shipped)
    return desk


def asked(desk: Desk, called: str, action: str) -> tuple[int, list[str]]:
    """Type the system's name and go on as each screen asks. The ticket, and the screens that were seen."""
    phone = Phone(desk)
    seen = [phone.dial().step]
    screen = phone.send("2")
    seen.append(screen.step)
    screen = phone.send(called)
    while not screen.final:
        seen.append(screen.step)
        if screen.step == "account.action":
            wanted = [option.value for option in screen.options].index(action)
            screen = phone.send(str(wanted + 1))
        else:
            screen = phone.send(TYPED[screen.step])
    seen.append(screen.step)
    assert "nywila" in screen.text.casefold()  # nobody will ask for it
    return desk.all(Ticket)[-1].id or 0, seen


@by_code
def test_from_a_basic_phone_to_done_told_to_all(council: Desk, system: System) -> None:
    desk, action = council, system.kinds.split(";")[0]
    ticket_id, seen = asked(desk, system.aliases.split(";")[0] or system.short, action)
    assert desk.all(Ticket)[-1].system_code == system.code
    count = len([step for step in seen if step not in PROOFS])
    assert count <= SCREENS + (1 if system.self_service else 0), seen
    approved(desk, ticket_id)
    if system.unit_acts == "no":
        promised = desk.clock().date() + timedelta(days=2)
        desk.do(HandToOwner(ticket_id, "REF-77", promised), desk.officer())
        assert request_of(desk, ticket_id).state == AccountState.WITH_OWNER
    desk.do(CarryOutAccount(ticket_id, "Tayari. Fuata kiungo ulichotumiwa."), desk.officer())
    assert request_of(desk, ticket_id).state == AccountState.DONE
    assert desk.all(Ticket)[-1].state == State.RESOLVED
    told = {route[1] for notice in desk.all(Notice)[-4:] for route in notice.routes}
    assert {JUMA, THERESIA} <= told


@pytest.mark.parametrize("system", OTHERS, ids=lambda system: system.code)
def test_what_is_no_account_is_never_offered_as_one(council: Desk, system: System) -> None:
    phone = Phone(council)
    screen = phone.dial("2")
    assert system.code not in [option.value for option in screen.options]
    assert phone.send(system.name).note
    with pytest.raises(NotOffered):
        council.do(
            AskForAccount(system.code, AccountAction.RESET), By(Channel.USSD, person_id=council.ids["juma"])
        )  # fmt: skip


def test_every_name_that_people_use_finds_its_system(council: Desk) -> None:
    phone = Phone(council)
    phone.dial("2")
    for system in OFFERED:
        for name in (system.short, system.name, *system.aliases.split(";")):
            assert phone.send(name).step == "account.action", name
            assert phone.send("0").step == "account.system"


def test_what_the_department_asks_for_comes_first(council: Desk) -> None:
    """Juma of the finance department has asked for VPN twice and for FFARS once; his head sees it, Neema does not."""
    juma = By(Channel.USSD, person_id=council.ids["juma"])
    for _ in range(2):
        council.do(AskForAccount("vpn", AccountAction.UNLOCK), juma)
    council.do(AskForAccount("ffars", AccountAction.UNLOCK), juma)
    assert listed(council, "theresia")[:3] == ["vpn", "ffars", "hcmis"]
    assert listed(council, "neema")[:2] == ["hcmis", "muse"]
    counted = {(row.place_id, row.system_code): row.requests for row in council.all(SystemTally)}
    assert counted == {
        (council.ids["mvomero-dc/finance"], "vpn"): 2, (council.ids["mvomero-dc/finance"], "ffars"): 1,
    }  # fmt: skip


def listed(desk: Desk, name: str) -> list[str]:
    """The systems as somebody would be shown them."""
    with desk.door.database.reading() as reading:
        caller = caller_on_record(reading, desk.ids[name])
        assert caller is not None
        return [
            option.value for option in systems(Asking(reading, caller, "sw", desk.clock(), desk.door.rules), {}).options
        ]


def test_a_role_and_a_cost_centre_are_asked_where_the_system_wants_them(council: Desk) -> None:
    phone = Phone(council)
    phone.dial("2", "muse")
    screen = phone.send("3")
    assert screen.step == "account.role"
    screen = phone.send("Mhasibu wa kijiji")
    while screen.step in PROOFS:
        screen = phone.send(TYPED[screen.step])
    assert [option.value for option in screen.options if option.visits] == ["workplace"]
    assert phone.send("2").step == "account.workplace"
    assert phone.send("2003A Mlali").step == "account.confirm"
    assert phone.send("1").final
    request = request_of(council, council.all(Ticket)[-1].id or 0)
    assert (request.role, request.workplace) == ("Mhasibu wa kijiji", "2003A Mlali")


def test_a_password_typed_as_a_role_is_refused(council: Desk) -> None:
    phone = Phone(council)
    phone.dial("2", "muse", "3")
    screen = phone.send("nywila yangu ni Simba@2026")
    assert (screen.step, bool(screen.note)) == ("account.role", True)


def test_on_the_promised_morning_the_officer_is_reminded_once(desk: Desk) -> None:
    ticket_id = handed(desk, days=1)
    assert desk.do(RemindPromises(), DESK) == 0
    desk.clock.forward(days=1, hours=-10)  # the promised day, before the office opens
    assert desk.do(RemindPromises(), DESK) == 0
    desk.clock.forward(hours=9)
    assert desk.do(RemindPromises(), DESK) == 1
    assert desk.do(RemindPromises(), DESK) == 0
    assert "REF-77" in Texter(desk, NEEMA).screen.text
    assert "promise_due" in [row.event for row in desk.all(History) if row.ticket_id == ticket_id]


def test_a_new_promise_is_reminded_of_again_and_what_is_done_is_not(desk: Desk) -> None:
    ticket_id = handed(desk, days=1)
    desk.clock.forward(days=1)
    assert desk.do(RemindPromises(), DESK) == 1
    desk.do(HandToOwner(ticket_id, "REF-77", desk.clock().date() + timedelta(days=1)), desk.officer())
    assert desk.do(RemindPromises(), DESK) == 0
    desk.clock.forward(days=1)
    assert desk.do(RemindPromises(), DESK) == 1
    desk.do(HandToOwner(ticket_id, "REF-77", desk.clock().date() + timedelta(days=3)), desk.officer())
    desk.do(CarryOutAccount(ticket_id), desk.officer())
    desk.clock.forward(days=5)
    assert desk.do(RemindPromises(), DESK) == 0


def test_the_requester_reads_the_owners_reference_and_promise(desk: Desk) -> None:
    handed(desk, days=1)
    text = Texter(desk, JUMA).screen.text
    assert "REF-77" in text
    assert "05/03/2026" in text


def test_a_promise_for_yesterday_is_refused(desk: Desk) -> None:
    with pytest.raises(PromisePast):
        handed(desk, days=-1)


def handed(desk: Desk, days: int) -> int:
    """Juma's request on HCMIS, handed to its owner with a promise."""
    desk.do(AskForAccount("hcmis", AccountAction.RESET), By(Channel.USSD, person_id=desk.ids["juma"]))
    ticket_id = desk.all(Ticket)[-1].id or 0
    approved(desk, ticket_id)
    desk.do(HandToOwner(ticket_id, "REF-77", desk.clock().date() + timedelta(days=days)), desk.officer())
    return ticket_id
