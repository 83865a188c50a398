"""What the stories of proof share: a chat that carries codes, and requests at each step of their way."""

import re
from datetime import timedelta

from conversations.screen import Screen
from models.commands import (
    AskForAccount,
    By,
    DecideApproval,
    EndCallBack,
    StartCallBack,
)
from models.tables import AccountRequest, Address, IdentityCheck, Notice
from models.tables.account import AccountAction
from models.tables.person import AddressKind, Proof
from models.tables.proving import CallOutcome
from models.tables.ticket import Channel
from tests.desk.support import Phone
from tests.support.cast import AFTERNOON, Desk

CHAT = "7000002"


def link_chat(desk: Desk, person: str = "juma", chat: str = CHAT, days: int = 40) -> None:
    address = Address(
        person_id=desk.ids[person], kind=AddressKind.TELEGRAM, value=chat, proof=Proof.SHARED_CONTACT,
        proven_at=AFTERNOON - timedelta(days=days),
    )  # fmt: skip
    desk.door.database.write(lambda tx: tx.add(address))


def code_in(desk: Desk, chat: str = CHAT) -> str:
    """The newest code that was sent there."""
    sent = [row for row in desk.all(Notice) if row.address == chat and row.fact.startswith("code:")]
    (code,) = re.findall(r"\b\d{6}\b", sent[-1].screen["text"])
    return str(code)


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def at_the_code(desk: Desk, system: str = "email") -> Phone:
    """Juma's basic phone stands where his code is asked for."""
    phone = Phone(desk)
    assert at_the_proof(phone, system, "telegram").step == "account.code"
    return phone


def at_the_proof(phone: Phone, system: str = "email", *keys: str) -> Screen:
    """He has said what he needs, and is asked how he proves who he is."""
    if phone.dial().step == "front.unfinished":
        phone.send("mengine")
    return [phone.send(key) for key in ("2", system, "1", "juma.h", *keys)][-1]


def request(desk: Desk) -> AccountRequest:
    return desk.all(AccountRequest)[-1]


def tries(desk: Desk) -> list[bool]:
    return [row.passed for row in desk.all(IdentityCheck)]


def asked(desk: Desk, system: str = "hcmis") -> int:
    desk.proves("juma")
    desk.do(AskForAccount(system, AccountAction.RESET, "juma.h"), By(Channel.USSD, person_id=desk.ids["juma"]))
    return request(desk).ticket_id


def approved(desk: Desk, system: str = "hcmis") -> int:
    ticket_id = asked(desk, system)
    desk.do(DecideApproval(ticket_id, yes=True), By(Channel.WEB, person_id=desk.ids["theresia"]))
    return ticket_id


def called(desk: Desk, ticket_id: int, outcome: CallOutcome = CallOutcome.GENUINE) -> None:
    desk.do(StartCallBack(ticket_id), desk.officer())
    desk.do(EndCallBack(ticket_id, outcome), desk.officer())
