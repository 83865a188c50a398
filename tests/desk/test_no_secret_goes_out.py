"""No officer's words carry a password to anybody, whatever the command: refused, and nothing of them is kept."""

import pytest

from models.commands import (
    AddNote,
    AskForAccount,
    AskRequester,
    CancelTicket,
    ClaimTicket,
    ResolveTicket,
    SetWaiting,
)
from models.refusals import HoldsSecret
from models.tables import History, Notice, Ticket, Words
from models.tables.account import AccountAction
from models.tables.ticket import WaitingOn
from models.values.secret import mask_secrets
from tests.desk.support import Phone, Texter
from tests.support.cast import Desk

CANNED = (
    "Nywila yako mpya ni Karibu2026. Ibadilishe ukiingia.",
    "Your new password is Welcome#26, change it at first log-in.",
    "Tumia Mvomero44 kama nywila ya muda",
    "PIN mpya: 4471",
)
PLAIN = (
    "Akaunti yako imefunguliwa. Utaweka nywila mpya ukiingia mara ya kwanza.",
    "Your account was unlocked. Choose a new password at first log-in.",
    "Fika ofisi ya TEHAMA chumba 14 ukiwa na kitambulisho kupata nywila mpya",
)


@pytest.mark.parametrize("words", CANNED)
def test_a_reply_with_a_password_is_refused_in_every_command(desk: Desk, words: str) -> None:
    Phone(desk).dial("1", "2", "1", "412", "1")
    ticket = desk.all(Ticket)[-1].id or 0
    desk.do(ClaimTicket(ticket), desk.officer())
    before = [len(desk.all(model)) for model in (History, Words, Notice)]
    for command in (
        AskRequester(ticket, words),
        AddNote(ticket, words),
        SetWaiting(ticket, WaitingOn.PART, words),
        SetWaiting(ticket, WaitingOn.OFFICE, words),
        ResolveTicket(ticket, words),
        CancelTicket(ticket, words),
        AskForAccount("hcmis", AccountAction.RESET, words[:60], for_person_id=desk.ids["juma"]),
    ):
        with pytest.raises(HoldsSecret):
            desk.do(command, desk.officer())
    assert [len(desk.all(model)) for model in (History, Words, Notice)] == before


@pytest.mark.parametrize("words", PLAIN)
def test_a_reply_that_speaks_of_passwords_and_holds_none_goes_out(desk: Desk, words: str) -> None:
    assert mask_secrets(words) == (words, False)
    Phone(desk).dial("1", "2", "1", "412", "1")
    desk.do(ResolveTicket(desk.all(Ticket)[-1].id or 0, words), desk.officer())
    assert desk.all(Words)[-1].text == words


def test_who_writes_a_password_is_told_that_it_was_left_out(desk: Desk) -> None:
    juma = Texter(desk)
    juma.say("hitilafu")
    juma.say("password yangu ni Zamaradi77")
    assert "imeondolewa" in juma.screen.note
    assert "Zamaradi77" not in str([notice.screen for notice in desk.all(Notice)])
