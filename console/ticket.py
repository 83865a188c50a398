"""A ticket's page, and what can be done there."""

from collections.abc import Callable, Mapping

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from console.inbound import Form, StaleForm, day_of, id_of, number_of, words_of
from console.render import GUARDED
from console.serving import Console, Page, Visit, acted, again, away, once, shown
from database import Reading
from models.commands import (
    AddNote,
    AddWords,
    AskRequester,
    AssignTicket,
    By,
    CancelTicket,
    CarryOutAccount,
    ClaimTicket,
    ConfirmAsSecond,
    ConfirmInPerson,
    ConfirmResolution,
    EndCallBack,
    HandToOwner,
    ReopenTicket,
    ResolveTicket,
    SetWaiting,
    StartCallBack,
    TakeUp,
)
from models.refusals import Refused
from models.tables.account import AccountState
from models.tables.proving import CallOutcome
from models.tables.ticket import Channel, State, WaitingOn
from queries.account_proof import proof_of
from queries.ticket_page import photo, ticket_card, ticket_page

PHOTOS = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})

ACTS: Mapping[str, tuple[str, Callable[[int, Form], object]]] = {
    "claim": ("take", lambda ticket, form: ClaimTicket(ticket)),
    "take_up": ("take", lambda ticket, form: TakeUp(ticket)),
    "confirm": ("take", lambda ticket, form: ConfirmResolution(ticket)),
    "assign": ("assign", lambda ticket, form: AssignTicket(ticket, id_of(form.get("officer", "")))),
    "ask": ("talk", lambda ticket, form: AskRequester(ticket, words_of(form))),
    "note": ("talk", lambda ticket, form: AddNote(ticket, words_of(form))),
    "resolve": ("talk", lambda ticket, form: ResolveTicket(ticket, words_of(form))),
    "part": ("talk", lambda ticket, form: SetWaiting(ticket, WaitingOn.PART, words_of(form, needed=False))),
    "office": ("talk", lambda ticket, form: SetWaiting(ticket, WaitingOn.OFFICE, words_of(form, needed=False))),
    "answer": ("talk", lambda ticket, form: AddWords(ticket, words_of(form))),
    "reopen": ("talk", lambda ticket, form: ReopenTicket(ticket, words_of(form, needed=False))),
    "cancel": ("talk", lambda ticket, form: CancelTicket(ticket, words_of(form))),
    "in_person": ("account", lambda ticket, form: ConfirmInPerson(ticket)),
    "call": ("account", lambda ticket, form: StartCallBack(ticket)),
    "call_genuine": ("account", lambda ticket, form: EndCallBack(ticket, CallOutcome.GENUINE)),
    "call_missed": ("account", lambda ticket, form: EndCallBack(ticket, CallOutcome.NOT_REACHED)),
    "call_false": ("account", lambda ticket, form: EndCallBack(ticket, CallOutcome.NOT_GENUINE)),
    "second": ("account", lambda ticket, form: ConfirmAsSecond(ticket)),
    "carry_out": ("account", lambda ticket, form: CarryOutAccount(ticket, words_of(form, needed=False))),
    "hand_over": (
        "account",
        lambda ticket, form: HandToOwner(ticket, words_of(form, "reference"), day_of(form, "promised")),
    ),
}
"""What a button says, at which form of the page, and the command that it stands for."""

SAID_FOR = frozenset({"answer", "confirm", "reopen"})
"""The officer's hand and the requester's words: as a rule they came by telephone."""


def routes(console: Console) -> list[BaseRoute]:
    async def act(visit: Visit, form: Form) -> Response:
        number = number_of(visit.request)
        ticket_id = await _ticket_id(console, visit)
        name = form.get("act", "")
        at, command = ACTS.get(name, ("take", _stale))
        channel = Channel.PHONE if name in SAID_FOR else Channel.WEB
        by = By(channel, officer_id=visit.seat.officer_id)
        try:
            await once(console, visit, form, command(ticket_id, form), by)
        except Refused as refusal:
            return await again(console, visit, view, form, refusal, at=at)
        return away(f"/tickets/{number.shown}")

    return [
        Route("/tickets/{number}", shown(console, view), methods=["GET"]),
        Route("/tickets/{number}", acted(console, act), methods=["POST"]),
        Route("/tickets/{number}/photos/{photo}", shown(console, picture), methods=["GET"]),
    ]


def view(visit: Visit, reading: Reading) -> Page:
    found = ticket_page(reading, visit.seat, number_of(visit.request))
    return Page(
        "ticket.html",
        {
            "page": found,
            "ticket": found.card,
            "open": found.card.state not in (State.RESOLVED, State.CLOSED, State.CANCELLED),
            "mine": found.card.officer_id == visit.seat.officer_id,
            "state": found.card.state,
            "account": found.account,
            "proof": proof_of(reading, visit.seat, found.card.id, visit.now) if found.account else None,
            "in_hand": found.account is not None
            and found.account.state in (AccountState.IN_HAND, AccountState.WITH_OWNER),
        },
        "live",
    )


def picture(visit: Visit, reading: Reading) -> Response:
    kind, content = photo(reading, visit.seat, number_of(visit.request), id_of(visit.request.path_params["photo"]))
    headers = {
        **GUARDED,
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, max-age=86400",
    }
    return Response(content, media_type=kind if kind in PHOTOS else "application/octet-stream", headers=headers)


async def _ticket_id(console: Console, visit: Visit) -> int:
    return await console.in_thread(
        lambda reading: int(ticket_card(reading, visit.seat, number_of(visit.request)).id)
    )  # fmt: skip


def _stale(ticket: int, form: Form) -> object:
    raise StaleForm
