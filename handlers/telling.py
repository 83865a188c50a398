"""Owing people a word: who is told of what, in their language, on which routes."""

from collections.abc import Mapping

from sqlalchemy import bindparam, func, literal, or_, select, update

from conversations.screen import Screen
from database import Row, columns, spelled, table_of
from handlers.talk import Talk
from handlers.work import Work
from locales import say
from models.tables import Address, Conversation, Duty, Notice, Officer, Person, Place, Ticket
from models.tables.conversation import Standing
from models.tables.notice import Lane
from models.tables.officer import Role
from models.tables.person import AddressKind
from models.tables.ticket import Channel
from queries.caller import Caller, caller_on_record

_address, _officer, _person, _place, _duty = (columns(each) for each in (Address, Officer, Person, Place, Duty))
_conversation = columns(Conversation)

_ROUTES = (
    select(_address.kind, _address.value)
    .where(_address.person_id == bindparam("person_id"), _address.ended_at.is_(None))
    .order_by(_address.id)
)
# Whoever works there: their part of the tree holds the place. Those with a turn on the rota come first.
_UNIT = (
    select(_officer.person_id, _duty.id.label("turn"), _place.path)
    .join_from(table_of(Officer), table_of(Place), _officer.place_id == _place.id)
    .outerjoin(
        table_of(Duty),
        (_duty.officer_id == _officer.id) & (_duty.starts_at <= bindparam("at", type_=_duty.starts_at.type))
        & (_duty.ends_at > bindparam("at", type_=_duty.ends_at.type)),
    )
    .where(
        _officer.retired.is_(False),
        or_(*(_officer.role == role for role in (Role.OFFICER, Role.HEAD, Role.ADMINISTRATOR))),
        literal("").concat(bindparam("path", type_=_place.path.type)).like(_place.path.concat("%")),
    )
    .order_by(func.length(_place.path).desc(), _officer.id)
)  # fmt: skip

_STOP_ASKING = (
    update(table_of(Conversation))
    .where(
        _conversation.ticket_id == bindparam("about"),
        _conversation.name == bindparam("asked"),
        _conversation.asked_by_desk,
        _conversation.standing == spelled(Standing.OPEN),
    )
    .values(standing=Standing.CANCELLED)
)

CHANNEL_OF = {AddressKind.PHONE: "sms", AddressKind.TELEGRAM: "telegram"}


def owe(
    work: Work,
    fact: str,
    screen: Screen,
    caller: Caller,
    routes: list[list[str]],
    *,
    ticket_id: int | None = None,
    conversation_id: int | None = None,
    revision: int = 0,
    card: str = "",
    lane: Lane = Lane.WORD,
    secret: bool = False,
) -> None:
    """Write down that this is to be said. Without any route there is nothing to owe: the console shows it anyway."""
    if not routes:
        return
    work.tx.insert(
        Notice,
        fact=fact,
        lane=lane,
        ticket_id=ticket_id,
        conversation_id=conversation_id,
        revision=revision,
        person_id=caller.person_id,
        language=screen.language,
        screen=screen.to_json(),
        card=card,
        routes=routes,
        channel=routes[0][0],
        address=routes[0][1],
        due_at=work.at,
        demonstration=caller.demonstration,
        secret=secret,
        made_at=work.at,
    )
    work.owed = True


def tell(work: Work, ticket: Ticket, caller: Caller, fact: str, msgid: str, /, **words: str) -> None:
    """A plain word about a ticket to one person."""
    screen = Screen(say(msgid, caller.language, **words), caller.language, "desk.word", final=True)
    owe(work, f"{fact}:{caller.party}", screen, caller, routes_to(work, caller, ticket.channel), ticket_id=ticket.id)


def tell_everywhere(work: Work, ticket: Ticket, caller: Caller, fact: str, msgid: str, /, **words: str) -> None:
    """The same word to each address on record, none instead of another: whoever took over one does not have all. The
    one that is speaking has its reply."""
    screen = Screen(say(msgid, caller.language, **words), caller.language, "desk.word", final=True)
    speaking = work.by.caller.partition(":")[2]
    for place, route in enumerate(routes_to(work, caller, ticket.channel)):
        if route[1] == speaking:
            continue
        owe(work, f"{fact}:{caller.party}:{place}", screen, caller, [route], ticket_id=ticket.id)


def tell_officer(work: Work, ticket: Ticket, officer: Caller, fact: str, msgid: str, /, **words: str) -> None:
    """A plain word about a ticket to somebody who works it: Telegram first, whatever the requester used."""
    screen = Screen(say(msgid, officer.language, **words), officer.language, "desk.word", final=True)
    routes = routes_to(work, officer, Channel.TELEGRAM)
    owe(work, f"{fact}:{officer.party}", screen, officer, routes, ticket_id=ticket.id)


def ask(
    work: Work, ticket: Ticket, caller: Caller, fact: str, conversation: str, *, given: Mapping[str, str] | None = None
) -> None:
    """A word about a ticket that wants an answer: the conversation is begun for them, and waits on every channel."""
    talk = Talk(work, caller)
    screen = talk.begin(conversation, {"ticket_id": str(ticket.id), **(given or {})}, asked_about=ticket.id)
    last = talk.last
    assert last is not None  # begun just now
    owe(
        work, f"{fact}:{caller.party}", screen, caller, routes_to(work, caller, ticket.channel),
        ticket_id=ticket.id, conversation_id=last.id, revision=last.revision,
    )  # fmt: skip


def ask_everywhere(
    work: Work, ticket: Ticket, caller: Caller, fact: str, conversation: str, *, given: Mapping[str, str]
) -> None:
    """The same question at each address on record, none instead of another; whichever answers, answers it."""
    talk = Talk(work, caller)
    screen = talk.begin(conversation, {"ticket_id": str(ticket.id), **given}, asked_about=ticket.id)
    last = talk.last
    assert last is not None  # begun just now
    for place, route in enumerate(routes_to(work, caller, ticket.channel)):
        owe(
            work, f"{fact}:{caller.party}:{place}", screen, caller, [route],
            ticket_id=ticket.id, conversation_id=last.id, revision=last.revision,
        )  # fmt: skip


def stop_asking(work: Work, ticket: Ticket, *conversations: str) -> None:
    """What the desk had asked about the ticket is settled: nobody is asked any more, on any channel. The conversation
    that is just being answered ends by itself."""
    for name in conversations:
        work.tx.run(_STOP_ASKING, about=ticket.id, asked=name)


def requester_of(work: Work, ticket: Ticket) -> Caller:
    """Whom to tell about the ticket, on record or not."""
    if ticket.requester_id is not None:
        caller = caller_on_record(work.tx, ticket.requester_id)
        assert caller is not None  # a foreign key holds it
        return caller
    return Caller(ticket.caller, "sw", ticket.place_id, "")


def on_duty(work: Work, place_path: str) -> list[Caller]:
    """Those with a turn on the rota now; where nobody has one, everybody who works there."""
    rows = _nearest_unit(work, place_path)
    return _people(work, [row for row in rows if row.turn is not None] or rows)


def whole_unit(work: Work, place_path: str) -> list[Caller]:
    """Everybody who works there, on duty or not: for what does not wait for a turn."""
    return _people(work, _nearest_unit(work, place_path))


def _nearest_unit(work: Work, place_path: str) -> list[Row]:
    """The officers of the smallest part of the tree that holds the place and has any: a council's own unit, not the
    region's as well."""
    rows = work.tx.all(_UNIT, at=work.at, path=place_path)
    return [row for row in rows if row.path == rows[0].path]


def _people(work: Work, rows: list[Row]) -> list[Caller]:
    people = dict.fromkeys(row.person_id for row in rows)
    return [caller for person_id in people if (caller := caller_on_record(work.tx, person_id)) is not None]


def routes_to(work: Work, caller: Caller, used: Channel) -> list[list[str]]:
    """Where to reach them, best first: the channel they used, then the others. USSD cannot be called back: SMS is its
    way out."""
    if caller.person_id is None:
        kind, _, value = caller.address.partition(":")
        return [[CHANNEL_OF[AddressKind(kind)], value]] if value else []
    rows = work.tx.all(_ROUTES, person_id=caller.person_id)
    routes = [[CHANNEL_OF[row.kind], row.value] for row in rows if row.kind in CHANNEL_OF]
    first = "sms" if used in (Channel.USSD, Channel.SMS) else "telegram"
    return sorted(routes, key=lambda route: route[0] != first)
