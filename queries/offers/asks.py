"""The words of what the desk asks of its own accord. Each belongs to a ticket that the conversation was begun with."""

from sqlalchemy import bindparam, select

from conversations.steps import Answers, Offer
from database import Row, columns, table_of
from locales import N_, say
from models.refusals import NotFound
from models.tables import AccountRequest, History, Officer, Person, System, Ticket, Words
from models.values.ticket_number import TicketNumber
from queries.flags import care
from queries.offers.accounts import ACTIONS
from queries.offers.asking import Asking

_ticket, _history, _words, _officer, _person = (columns(each) for each in (Ticket, History, Words, Officer, Person))
_request, _system = columns(AccountRequest), columns(System)

_LAST_SAID = (
    select(_ticket.number, _words.text, _person.name.label("officer"))
    .join_from(table_of(Ticket), table_of(History), _history.ticket_id == _ticket.id)
    .outerjoin(table_of(Words), _history.words_id == _words.id)
    .outerjoin(table_of(Person), _history.by_person_id == _person.id)
    .where(_ticket.id == bindparam("ticket_id"), _history.event == bindparam("event"))
    .order_by(_history.step.desc())
    .limit(1)
)

_APPROVAL = (
    select(_ticket.number, _request.action, _system.name.label("system"), _person.name.label("requester"))
    .join_from(table_of(Ticket), table_of(AccountRequest), _request.ticket_id == _ticket.id)
    .join(table_of(System), _request.system_code == _system.code)
    .join(table_of(Person), _request.requester_id == _person.id)
    .where(_ticket.id == bindparam("ticket_id"))
)

DONE = N_("The work is done.")


def question(asking: Asking, answers: Answers) -> Offer:
    row = _last_said(asking, answers, "asked")
    return Offer(words={"officer": row.officer or "", "number": TicketNumber(row.number).shown, "question": row.text})


def resolution(asking: Asking, answers: Answers) -> Offer:
    row = _last_said(asking, answers, "resolved")
    return Offer(words={"number": TicketNumber(row.number).shown, "words": row.text or say(DONE, asking.language)})


def approval(asking: Asking, answers: Answers) -> Offer:
    row = asking.reading.one(_APPROVAL, ticket_id=int(answers["ticket_id"]))
    if row is None:
        raise NotFound
    warning = care(asking.reading, int(answers["ticket_id"]), asking.language)
    return Offer(
        words={
            "requester": row.requester,
            "action": say(ACTIONS[row.action], asking.language),
            "system": row.system,
            "number": TicketNumber(row.number).shown,
            "care": f" {warning}" if warning else "",
        }
    )


def _last_said(asking: Asking, answers: Answers, event: str) -> Row:
    row = asking.reading.one(_LAST_SAID, ticket_id=int(answers["ticket_id"]), event=event)
    if row is None:
        raise NotFound
    return row
