"""Calls back that are open: what the officer's page shows, and what anybody who is being called may ask."""

import hashlib
import hmac
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select

from conversations.steps import Answers, Offer
from database import Reading, Row, columns, table_of
from locales import N_, say
from models.tables import CallBack, Person
from queries.offers.asking import Asking

CALL_LASTS = timedelta(minutes=30)  # longer ago, nobody "is calling now"

_call, _person = columns(CallBack), columns(Person)

_TO_PERSON = (
    select(_call.id, _call.ticket_id, _call.phone, _call.salt, _call.started_at, _person.name.label("officer"))
    .join_from(table_of(CallBack), table_of(Person), _call.officer_id == _person.id)
    .where(
        _call.person_id == bindparam("person_id"),
        _call.ended_at.is_(None),
        _call.started_at > bindparam("since", type_=_call.started_at.type),
    )
)

YES = N_("Yes. {officer} (ICT) is calling you and must first say the code you were sent. Never a password.")
NO = N_("No. Nobody of the ICT unit is calling you now. Hang up. Tell nobody a password, PIN or code.")


def open_call(reading: Reading, person_id: int, at: datetime) -> Row | None:
    return reading.one(_TO_PERSON, person_id=person_id, since=at - CALL_LASTS)


def call_code(key: bytes, call_id: int, salt: str) -> str:
    """What the officer says first. It is in no table: the page and the notice work it out."""
    made = hmac.new(key, f"call-back:{call_id}:{salt}".encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(made[:8], 'big') % 10**6:06d}"


def calling(asking: Asking, _: Answers) -> Offer:
    """The officer's name, only where a call to the one who asks is open; else the same No for everybody."""
    person_id = asking.caller.person_id
    call = open_call(asking.reading, person_id, asking.at) if person_id is not None else None
    if call is None:
        return Offer(words={"calling": say(NO, asking.language)})
    return Offer(words={"calling": say(YES, asking.language, officer=call.officer)})
