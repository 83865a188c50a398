"""The book and those who serve it agree: offers, finds, conversations that lead to others, receipts, handlers."""

import dataclasses
from string import Formatter

import pytest

from conversations.book import BOOK
from conversations.engine import HOME, MENU
from conversations.examples import OFFERS as EXAMPLES
from conversations.examples import OUTCOMES
from handlers import HANDLERS
from handlers.knowing import PREPARED, TRIED
from handlers.people import digest_of_code
from locales import LANGUAGES
from models import commands
from models.commands import (
    AcceptInvitation,
    AddWords,
    AskForAccount,
    By,
    ConfirmResolution,
    DecideApproval,
    DisownRequest,
    Entered,
    Imported,
    Invited,
    Outcome,
    Printed,
    ProveIdentity,
    RateTicket,
    ReopenTicket,
    ReportFault,
    ResolveTicket,
    SetLanguage,
)
from models.tables import Invitation
from models.tables.account import AccountAction
from models.tables.proving import Purpose
from models.tables.ticket import Channel
from queries.offers import FINDS, OFFERS
from tests.support.cast import STRANGER, Desk

STEPS = [(conversation, step) for conversation in BOOK.values() for step in conversation.steps]
RESULTS = {By, Outcome, Entered, Imported, Invited, Printed}  # what comes with a command or of it

ENDS_IN: dict[str, set[type]] = {
    "report": {ReportFault},
    "report_words": {ReportFault},
    "account": {AskForAccount},
    "tickets": {AddWords, ConfirmResolution, ReopenTicket, RateTicket},
    "answer": {AddWords},
    "confirm": {ConfirmResolution, ReopenTicket},
    "rate": {RateTicket},
    "still_wrong": {AddWords},
    "approve": {DecideApproval},
    "not_me": {DisownRequest},
    "prove": {ProveIdentity},
    "register": {AcceptInvitation},
    "language": {SetLanguage},
}
"""By conversation, the commands that it can end in."""


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_offer_of_the_book_is_answered_and_no_other() -> None:
    named = {step.offer for _, step in STEPS if step.offer}
    assert named == {*OFFERS, *PREPARED} == set(EXAMPLES)
    assert not set(OFFERS) & set(PREPARED)


def test_everything_that_the_book_looks_up_is_found_and_no_other() -> None:
    assert {step.looks_up for _, step in STEPS if step.looks_up} == {*FINDS, *TRIED}
    assert not set(FINDS) & set(TRIED)


def test_what_is_secret_is_tried_and_not_looked_up() -> None:
    assert {step.looks_up for _, step in STEPS if step.secret} == set(TRIED)


def test_what_looks_up_reads_first() -> None:
    assert [step.name for _, step in STEPS if step.looks_up and step.reads is None] == []


def test_every_option_leads_somewhere() -> None:
    for conversation, step in STEPS:
        for choice in step.choices:
            assert not choice.opens or choice.opens in BOOK
            assert not choice.visits or conversation.step(choice.visits).on_request
        assert set(conversation.then) <= set(BOOK)


def test_a_step_asked_on_request_is_requested_by_some_option() -> None:
    for conversation, step in STEPS:
        if step.on_request:
            assert any(choice.visits == step.name for each in conversation.steps for choice in each.choices)


def test_every_step_can_be_answered() -> None:
    for _, step in STEPS:
        assert step.reads or step.choices or step.offer, step.name


def test_step_names_are_safe_for_a_hop_label() -> None:
    for conversation, step in STEPS:
        label = f"{conversation.name}.{step.name}"
        assert label.isascii()
        assert label.replace(".", "").replace("_", "").isalnum()
        assert len(label) <= 99  # what Africa's Talking takes


@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_have_the_words_that_texts_ask_for(language: str) -> None:
    for _, step in STEPS:
        given = set(EXAMPLES[step.offer][language].words) if step.offer else set()
        assert placeholders(step.text) == given, step.text


def test_a_conversation_with_a_command_says_what_became_of_it() -> None:
    assert {name for name, conversation in BOOK.items() if conversation.command} == set(ENDS_IN)
    assert [name for name in ENDS_IN if not BOOK[name].receipt] == []


def test_a_conversation_that_the_desk_begins_has_a_title_to_be_continued_by() -> None:
    assert [
        name for name in ("answer", "confirm", "approve", "prove", "report", "account") if not BOOK[name].title
    ] == []


def test_receipts_ask_only_for_what_every_outcome_brings(desk: Desk) -> None:
    outcomes = outcomes_of_every_ending(desk)
    for name, endings in ENDS_IN.items():
        for ending in endings:
            assert placeholders(BOOK[name].receipt) <= set(outcomes[ending].words), (name, ending)
    for conversation in BOOK.values():
        assert placeholders(conversation.receipt) <= set(OUTCOMES["sw"]), conversation.name


def outcomes_of_every_ending(desk: Desk) -> dict[type, Outcome]:
    """Carry out each command that ends a conversation, as the cast would."""
    juma = By(Channel.USSD, person_id=desk.ids["juma"])
    theresia = By(Channel.SMS, person_id=desk.ids["theresia"])
    outcomes: dict[type, Outcome] = {}

    def done(command: object, by: By = juma) -> int:
        outcome = desk.do(command, by)
        assert isinstance(outcome, Outcome)
        outcomes[type(command)] = outcome
        return outcome.ticket_id or 0

    ticket_id = done(ReportFault("0301"))
    done(AddWords(ticket_id, "inatoa karatasi tupu"))
    desk.do(ResolveTicket(ticket_id, "Tumebadilisha tona."), desk.officer())
    done(ReopenTicket(ticket_id, "bado"))
    desk.do(ResolveTicket(ticket_id, "Tumebadilisha tona."), desk.officer())
    done(ConfirmResolution(ticket_id))
    done(RateTicket(ticket_id, 4))
    request_id = done(AskForAccount("gms", AccountAction.RESET))
    desk.proves("juma", Purpose.IDENTIFY, request_id)
    done(ProveIdentity(request_id))
    done(DecideApproval(request_id, yes=True), theresia)
    done(DisownRequest())
    done(SetLanguage("en"))
    rules = desk.door.rules
    invitation = Invitation(
        person_id=desk.ids["baraka"], code_digest=digest_of_code(rules.key, "12345678"), made_at=desk.clock(),
        expires_at=rules.hours.end_of_working_day(desk.clock(), 3),
    )  # fmt: skip
    desk.door.database.write(lambda tx: tx.add(invitation))
    done(AcceptInvitation("12345678"), By(Channel.USSD, caller=f"phone:{STRANGER}"))
    return outcomes


def test_each_command_has_exactly_one_handler() -> None:
    """A second one stops the import (`handlers.door.handles`)."""
    known = {getattr(commands, name) for name in commands.__all__}
    asked = {each for each in known if isinstance(each, type) and dataclasses.is_dataclass(each)} - RESULTS
    assert set(HANDLERS) == asked


def test_the_book_is_by_name() -> None:
    assert [name for name, conversation in BOOK.items() if conversation.name != name] == []


def test_the_engines_home_and_its_menu_are_in_the_book() -> None:
    assert BOOK[HOME].step(MENU).choices
