"""Speaking to the desk as a phone, a texter or a chat would, below the channels."""

from itertools import count

from conversations.screen import Screen
from models.commands import By, ConfirmInPerson, DecideApproval, HearHop, HearMessage
from models.commands.hearing import Heard, Said, Typed
from models.tables import AccountRequest, Approval, Notice
from models.tables.account import AccountState
from models.tables.person import AddressKind
from models.tables.ticket import Channel
from tests.support.cast import JUMA, Desk

_sessions = count(1)
_messages = count(1)


class Phone:
    """Somebody's basic phone: dials, types, and sees the last screen."""

    def __init__(self, desk: Desk, number: str = JUMA) -> None:
        self.desk = desk
        self.number = number
        self.text = ""
        self.session = ""

    def dial(self, *keys: str) -> Screen:
        self.session, self.text = f"ATUid_{next(_sessions)}", ""
        screen = self._hop()
        for key in keys:
            screen = self.send(key)
        return screen

    def send(self, keys: str) -> Screen:
        self.text = f"{self.text}*{keys}" if self.text else keys
        return self._hop()

    def _hop(self) -> Screen:
        screen = self.desk.do(HearHop(self.session, self.number, "64004", self.text), By(Channel.USSD))
        assert isinstance(screen, Screen)
        return screen


class Texter:
    """Somebody who texts or chats; what the desk replies is the newest notice owed to their address."""

    def __init__(self, desk: Desk, number: str = JUMA, channel: Channel = Channel.SMS) -> None:
        self.desk = desk
        self.number = number
        self.channel = channel
        self.kind = AddressKind.PHONE if channel == Channel.SMS else AddressKind.TELEGRAM

    def say(self, said: Said | str, language: str = "") -> Heard:
        """As a new message each time; `language` is that of its keyword."""
        heard = Typed(said) if isinstance(said, str) else said
        message = HearMessage(self.channel, self.kind, self.number, f"m{next(_messages)}", heard, language)
        outcome = self.desk.do(message, By(self.channel))
        assert isinstance(outcome, Heard)
        return outcome

    @property
    def inbox(self) -> list[Notice]:
        return [notice for notice in self.desk.all(Notice) if notice.routes[0][1] == self.number]

    @property
    def screen(self) -> Screen:
        return Screen.from_json(self.inbox[-1].screen)


def request_of(desk: Desk, ticket_id: int) -> AccountRequest:
    return next(each for each in desk.all(AccountRequest) if each.ticket_id == ticket_id)


def approved(desk: Desk, ticket_id: int) -> None:
    """The requester comes to the office with an identity document, and whoever was asked says yes at the console."""
    if request_of(desk, ticket_id).state == AccountState.IDENTITY_CHECK:
        desk.do(ConfirmInPerson(ticket_id), desk.officer())
    for approval in desk.all(Approval):
        if approval.ticket_id == ticket_id and approval.decided_at is None:
            desk.do(DecideApproval(ticket_id, yes=True), By(Channel.WEB, person_id=approval.approver_id))
    assert request_of(desk, ticket_id).state == AccountState.IN_HAND
