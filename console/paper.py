"""A request's form for owners that want paper: in both languages, to be printed and signed."""

from collections.abc import Mapping

from starlette.routing import BaseRoute, Route

from console.inbound import number_of
from console.serving import Console, Page, Visit, shown
from console.wording import ACTIONS
from database import Reading
from locales import N_, say
from queries.request_form import request_form

LABELS: Mapping[str, str] = {
    "title": N_("Request for an account on an information system"),
    "number": N_("Our reference"),
    "date": N_("Date"),
    "to": N_("To"),
    "system": N_("System"),
    "action": N_("What is asked"),
    "requester": N_("For whom"),
    "post": N_("Post"),
    "place": N_("Place of work"),
    "user_name": N_("User name"),
    "role": N_("Role wanted"),
    "workplace": N_("Facility or cost centre"),
    "approver": N_("Approved by"),
    "reference": N_("Owner's reference"),
    "signature": N_("Signature and stamp"),
    "unit": N_("For the ICT unit"),
    "never": N_("No password is written on this form or sent to us."),
}


def routes(console: Console) -> list[BaseRoute]:
    def view(visit: Visit, reading: Reading) -> Page:
        found = request_form(reading, visit.seat, console.rules.root_id, number_of(visit.request))
        return Page(
            "paper.html",
            {
                "form": found.row,
                "approved": found.approved,
                "institution": found.institution,
                "letterhead": found.letterhead,
                "labels": {name: _both(text) for name, text in LABELS.items()},
                "asked": _both(ACTIONS[found.row.action]),
                "day": lambda at: f"{console.rules.local(at):%d/%m/%Y}",
            },
        )

    return [Route("/tickets/{number}/form", shown(console, view), methods=["GET"])]


def _both(text: str) -> str:
    return f"{say(text, 'sw')} / {say(text, 'en')}"
