"""People and devices: looking up, and the invitation by which somebody adds a phone."""

import asyncio

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from console.inbound import Form, asked, id_of
from console.render import page
from console.serving import Console, Page, Visit, acted, again, shown
from database import Reading
from models.commands import Invite, Invited, PrintCode, Printed
from models.refusals import Refused
from models.tables.officer import Role
from queries import directory


def routes(console: Console) -> list[BaseRoute]:
    async def invite(visit: Visit, form: Form) -> Response:
        """The code is on this one answer and nowhere else."""
        person_id = id_of(visit.request.path_params["person"])
        try:
            wanted = PrintCode(person_id) if form.get("act") == "print_code" else Invite(person_id)
            made: Invited | Printed = await console.desk.do(wanted, visit.by)
        except Refused as refusal:
            return await again(console, visit, person, {}, refusal, at="invite")
        seen = await console.in_thread(lambda reading: directory.one_person(reading, visit.seat, person_id))
        template = "invited.html" if isinstance(made, Invited) else "printed.html"
        text = await asyncio.to_thread(
            console.pages.text, template, visit.seat.language, visit.now, seat=visit.seat,
            csrf=visit.session.csrf, here=visit.request.url.path, mark="", person=seen, made=made,
            ussd=console.rules.ussd_code,
        )  # fmt: skip
        return page(text)

    return [
        Route("/people", shown(console, people), methods=["GET"]),
        Route("/people/{person}", shown(console, person), methods=["GET"]),
        Route("/people/{person}", acted(console, invite), methods=["POST"]),
        Route("/assets", shown(console, assets), methods=["GET"]),
        Route("/assets/{tag:path}", shown(console, asset), methods=["GET"]),
    ]


def people(visit: Visit, reading: Reading) -> Page:
    words = asked(visit.request, "q")
    found = directory.people(reading, visit.seat, words)
    return Page("people.html", {"q": words, "people": found[: directory.MOST], "too_many": len(found) > directory.MOST})


def person(visit: Visit, reading: Reading) -> Page:
    found = directory.person_page(reading, visit.seat, id_of(visit.request.path_params["person"]))
    return Page(
        "person.html",
        {
            "page": found,
            "person": found.person,
            "serving": directory.serves(found.person),
            "heads": visit.seat.role in (Role.HEAD, Role.ADMINISTRATOR) and visit.seat.person_id != found.person.id,
        },
    )


def assets(visit: Visit, reading: Reading) -> Page:
    words = asked(visit.request, "q")
    found = directory.assets(reading, visit.seat, words)
    return Page("assets.html", {"q": words, "assets": found[: directory.MOST], "too_many": len(found) > directory.MOST})


def asset(visit: Visit, reading: Reading) -> Page:
    found, tickets = directory.asset_page(reading, visit.seat, visit.request.path_params["tag"][:40])
    return Page("asset.html", {"asset": found, "tickets": tickets})
