"""The catalogue of systems: kept by the head and the administrator, read by the auditor, not there for anybody else."""

import pytest

from database import Transaction
from models import tables
from models.chain import FIRST, chained, link_of
from models.commands import AskForAccount, By, NameApprover, RetireSystem
from models.refusals import NoApprover, NotFound, NotOffered
from models.tables import AccountRequest, Approval, Change, Officer, System
from models.tables.account import AccountAction, AccountState
from models.tables.catalogue import ApproverPolicy
from models.tables.officer import Role
from models.tables.ticket import Channel
from queries.approvers import approver_for
from queries.caller import caller_on_record
from tests.console.conftest import Enter
from tests.console.front import Checked
from tests.console.front import Officer as Browser
from tests.desk.support import Phone
from tests.support.cast import BARAKA, JUMA, NEEMA, Desk

MNH = {
    "code": "afya-plus", "name": "AFYA Plus", "short": "AfyaPlus", "aliases": "afya; mfumo wa hospitali",
    "offers_account": "yes", "tier": "T2", "kind_reset": "yes", "kind_new": "yes", "asks_user_name": "yes",
    "asks_workplace": "yes", "approver": "supervisor", "unit_acts": "yes", "owner": "Wizara ya Afya",
    "contact": "0800 110 000", "self_service": "", "self_service_en": "", "act": "add",
}  # fmt: skip


@pytest.fixture
def head(desk: Desk, enter: Enter) -> Browser:
    """Neema heads the unit."""
    enter()  # the console is open, and everybody has a password

    def promote(tx: Transaction) -> None:
        neema = tx.get(Officer, desk.ids["officer:neema"])
        assert neema is not None
        neema.role = Role.HEAD
        tx.save(neema)

    desk.door.database.write(promote)
    return enter("neema")


def added(head: Browser, **fields: str) -> str:
    head.open("/settings/systems/new")
    return head.send("/settings/systems/new", **{**MNH, **fields})


def system(desk: Desk, code: str = "afya-plus") -> System:
    return next(each for each in desk.all(System) if each.code == code)


def test_a_system_is_added_and_says_who_did_it(head: Browser, desk: Desk) -> None:
    added(head)
    assert head.where == "/settings/systems/afya-plus"
    kept = system(desk)
    assert (kept.short, kept.aliases, kept.kinds, kept.asks) == (
        "AfyaPlus", "afya;mfumo wa hospitali", "reset;new", "user_name;workplace",
    )  # fmt: skip
    assert "Neema Mushi aliongeza mfumo" in head.words
    (change,) = desk.all(Change)
    assert (change.event, change.about, change.by_person_id) == (
        "system_added", "system:afya-plus", desk.ids["neema"],
    )  # fmt: skip
    assert not Checked(head.page).wrong


def test_what_is_edited_is_what_the_form_said_and_the_change_tells_before_and_after(head: Browser, desk: Desk) -> None:
    added(head)
    head.send("/settings/systems/afya-plus", **{**MNH, "act": "save", "short": "Afya+", "owner": "TAMISEMI"})
    assert (system(desk).short, system(desk).owner) == ("Afya+", "TAMISEMI")
    change = desk.all(Change)[-1]
    assert change.before == {"short": "AfyaPlus", "owner": "Wizara ya Afya"}
    assert change.after == {"short": "Afya+", "owner": "TAMISEMI"}
    head.send("/settings/systems/afya-plus", **{**MNH, "act": "save", "short": "Afya+", "owner": "TAMISEMI"})
    assert len(desk.all(Change)) == 2  # nothing changed the second time


def test_the_changes_are_a_chain_of_their_own(head: Browser, desk: Desk) -> None:
    added(head)
    head.send("/settings/systems/afya-plus", act="retire")
    before = FIRST
    for change in desk.all(Change):
        assert change.link == link_of(desk.door.rules.key, before, chained(change))
        before = change.link
    assert len(desk.all(Change)) == 2


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"short": "Mfumo wa Hospitali"}, "herufi 1 hadi 16"),
        ({"short": "Afya😀"}, "herufi 1 hadi 16"),
        ({"name": ""}, "herufi 1 hadi 60"),
        ({"code": "muse"}, "msimbo huo"),
        ({"code": "9!"}, "Msimbo"),
        ({"aliases": "lawson"}, "lawson tayari ni HCMIS / Lawson"),
        ({"self_service": "Bonyeza Reset."}, "lugha zote mbili"),
        ({"self_service": "a" * 101, "self_service_en": "b"}, "herufi 100"),
        ({"tier": ""}, "daraja"),
        ({"kind_reset": "", "kind_new": ""}, "aina moja"),
        ({"approver": "none"}, "T2 na T3"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field_and_what_was_typed_stays(
    head: Browser, desk: Desk, fields: dict[str, str], words: str
) -> None:
    added(head, **fields)
    assert head.status == 422
    assert words in head.refusal
    assert 'value="mfumo wa hospitali"' in head.page or "afya; mfumo wa hospitali" in head.page or "aliases" in fields
    assert 'value="Wizara ya Afya"' in head.page
    assert not Checked(head.page).wrong
    assert not desk.all(Change)


def test_the_auditor_reads_and_others_find_nothing(head: Browser, enter: Enter) -> None:
    added(head)
    auditor = enter("mkaguzi")
    for path in ("/settings/systems", "/settings/systems/afya-plus"):
        auditor.open(path)
        assert (auditor.status, "AFYA Plus" in auditor.words) == (200, True)
    assert 'value="save"' not in auditor.page
    auditor.send("/settings/systems/afya-plus", **{**MNH, "act": "save"})
    assert auditor.status in (403, 404)
    for login in ("asha", "theresia", "baraka"):
        browser = enter(login)
        for path in (
            "/settings/systems",
            "/settings/systems/new",
            "/settings/systems/muse",
            "/settings/systems/hakuna",
        ):
            browser.open(path)
            assert browser.status == 404, (login, path)


def test_an_officer_changes_nothing_behind_the_page(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.do(RetireSystem("muse"), desk.officer())
    assert not system(desk, "muse").retired


def test_a_retired_system_is_on_no_list_and_comes_back(head: Browser, desk: Desk) -> None:
    added(head)
    head.send("/settings/systems/afya-plus", act="retire")
    phone = Phone(desk)
    assert phone.dial("2", "afya").note
    with pytest.raises(NotOffered):
        desk.do(AskForAccount("afya-plus", AccountAction.RESET), By(Channel.USSD, person_id=desk.ids["juma"]))
    head.send("/settings/systems/afya-plus", act="bring_back")
    assert phone.dial("0", "2", "afya").step == "account.action" or phone.send("afya").step == "account.action"


def test_a_kind_that_a_system_does_not_take_is_not_offered_and_is_refused(head: Browser, desk: Desk) -> None:
    added(head)
    phone = Phone(desk)
    screen = phone.dial("2", "afya")
    assert [option.value for option in screen.options] == ["reset", "new"]
    with pytest.raises(NotOffered):
        desk.do(AskForAccount("afya-plus", AccountAction.CLOSE), By(Channel.USSD, person_id=desk.ids["juma"]))


def test_nobody_approves_only_where_no_harm_is_done(head: Browser, desk: Desk) -> None:
    added(head, tier="T1", approver="none")
    desk.do(AskForAccount("afya-plus", AccountAction.RESET), By(Channel.USSD, person_id=desk.ids["juma"]))
    assert not desk.all(Approval)
    assert desk.all(AccountRequest)[-1].state != AccountState.APPROVAL


def test_whoever_is_named_for_the_place_approves(head: Browser, desk: Desk) -> None:
    """The finance department's own focal person stands before the council's."""
    added(head, approver="named")
    juma = By(Channel.USSD, person_id=desk.ids["juma"])
    with pytest.raises(NoApprover):
        desk.do(AskForAccount("afya-plus", AccountAction.RESET), juma)
    place = str(desk.ids["mvomero-dc"])
    head.send("/settings/systems/afya-plus", act="name", place=place, phone="0754999999")
    assert (head.status, "Hakuna aliye kwenye kumbukumbu" in head.refusal) == (422, True)
    assert 'value="0754999999"' in head.page
    head.send("/settings/systems/afya-plus", act="name", place=place, phone=NEEMA)
    assert approver_of_juma(desk) == desk.ids["neema"]
    desk.do(NameApprover("afya-plus", desk.ids["mvomero-dc/finance"], BARAKA), desk.officer())
    assert approver_of_juma(desk) == desk.ids["baraka"]
    desk.do(NameApprover("afya-plus", desk.ids["mvomero-dc/finance"], JUMA), desk.officer())
    assert approver_of_juma(desk) == desk.ids["theresia"]  # nobody approves their own
    desk.do(NameApprover("afya-plus", desk.ids["mvomero-dc/finance"]), desk.officer())
    assert approver_of_juma(desk) == desk.ids["neema"]


def approver_of_juma(desk: Desk) -> int | None:
    with desk.door.database.reading() as reading:
        juma = caller_on_record(reading, desk.ids["juma"])
        assert juma is not None
        approver = approver_for(reading, juma, "afya-plus", ApproverPolicy.NAMED, desk.clock())
        return approver.person_id if approver is not None else None


def test_many_changes_at_once_are_all_kept(either_desk: Desk) -> None:
    desk = either_desk

    def promote(tx: Transaction) -> None:
        neema = tx.get(tables.Officer, desk.ids["officer:neema"])
        assert neema is not None
        neema.role = Role.ADMINISTRATOR
        tx.save(neema)

    desk.door.database.write(promote)
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda code: desk.do(RetireSystem(code), desk.officer()), ("muse", "gms", "ess", "hcmis")))
    assert [change.step for change in desk.all(Change)] == [1, 2, 3, 4]


@pytest.mark.parametrize("sql", [
    "UPDATE system SET approver = 'none' WHERE code = 'muse'",
    "UPDATE system SET tier = NULL WHERE code = 'muse'",
])  # fmt: skip
def test_the_table_itself_keeps_somebodys_yes(either_desk: Desk, sql: str) -> None:
    from sqlalchemy import create_engine, text
    from sqlalchemy.exc import IntegrityError

    engine = create_engine(either_desk.door.database.url)
    with engine.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(text(sql))
    engine.dispose()
