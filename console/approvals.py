"""What waits for the yes or no of whoever is logged in."""

from datetime import date, datetime, time

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from console.inbound import Form, StaleForm, id_of
from console.serving import Console, Page, Visit, acted, again, away, once, shown
from database import Reading
from models.commands import By, DecideApproval, Delegate, EndDelegation
from models.refusals import Refused
from models.tables.ticket import Channel
from models.values.phone import PhoneNumber
from queries.approvers import stand_in_of
from queries.flags import care
from queries.offers.accounts import ACTIONS
from queries.ticket_page import waiting_for


def routes(console: Console) -> list[BaseRoute]:
    async def decide(visit: Visit, form: Form) -> Response:
        """As the person who was asked, not as an officer: the office gives nobody a yes."""
        by = By(Channel.WEB, person_id=visit.seat.person_id)
        try:
            if form.get("act") not in ("yes", "no"):
                raise StaleForm
            command = DecideApproval(id_of(form.get("ticket", "")), form["act"] == "yes")
            await once(console, visit, form, command, by)
        except Refused as refusal:
            return await again(console, visit, view, form, refusal, at=form.get("ticket", ""))
        return away("/approvals")

    async def away_from_here(visit: Visit, form: Form) -> Response:
        """Somebody else says yes while whoever is logged in is away."""
        try:
            if form.get("act") not in ("stand_in", "back"):
                raise StaleForm
            command: object = EndDelegation()
            if form["act"] == "stand_in":
                command = Delegate(PhoneNumber.parse(form.get("phone", "")), _end_of(form.get("until", ""), console))
            await once(console, visit, form, command)
        except Refused as refusal:
            return await again(console, visit, view, form, refusal, at="leave")
        return away("/approvals")

    return [
        Route("/approvals/leave", acted(console, away_from_here), methods=["POST"]),
        Route("/approvals", shown(console, view), methods=["GET"]),
        Route("/approvals", acted(console, decide), methods=["POST"]),
    ]


def _end_of(day: str, console: Console) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(day), time.max, console.rules.zone)
    except ValueError:
        raise StaleForm from None


def view(visit: Visit, reading: Reading) -> Page:
    waiting = waiting_for(reading, visit.seat.person_id, visit.now)
    cares = {each.ticket_id: care(reading, each.ticket_id, visit.seat.language) for each in waiting}
    return Page(
        "approvals.html",
        {
            "waiting": waiting,
            "actions": ACTIONS,
            "cares": cares,
            "stand_in": stand_in_of(reading, visit.seat.person_id, visit.now),
        },
        "live",
    )
