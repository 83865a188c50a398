"""Entering what came by telephone, at the door or on paper: one form, and as few keys as may be."""

from dataclasses import replace

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from console.inbound import Form, asked, id_of, words_of
from console.serving import Console, Page, Visit, acted, again, away, once, shown
from database import Reading, Row
from locales import N_
from models.commands import AskForAccount, By, ReportFault
from models.priority import Impact, Urgency
from models.refusals import Misread, NotYours, Refused
from models.tables.catalogue import Opens
from models.tables.ticket import Channel
from models.values.phone import PhoneNumber
from queries import directory
from queries.offers.faults import ACTION_OF

CHANNELS = (Channel.PHONE, Channel.DOOR, Channel.PAPER)
FEW = 8  # people offered to choose from; whoever finds more types more


class NobodyChosen(Misread):
    """For whom it is was not said."""

    text = N_("Please say for whom this is: find the person, or write their name.")


class NothingChosen(Misread):
    """Neither a fault nor words."""

    text = N_("Please choose what it is about, or describe it in words.")


class NoSystem(Misread):
    """An account is always on a system."""

    text = N_("Please choose the system on which the account is.")


def routes(console: Console) -> list[BaseRoute]:
    async def enter(visit: Visit, form: Form) -> Response:
        if form.get("act") == "find":
            return await again(console, visit, view, form, _Looked(), at="")
        try:
            command = await console.in_thread(lambda reading: command_of(reading, visit, form))
            channel = Channel(form["channel"]) if form.get("channel") in set(CHANNELS) else Channel.PHONE
            outcome = await once(console, visit, form, command, By(channel, officer_id=visit.seat.officer_id))
        except Refused as refusal:
            return await again(console, visit, view, form, refusal, at="new")
        return away(f"/tickets/{outcome.words['number']}")

    return [
        Route("/tickets/new", shown(console, view), methods=["GET"]),
        Route("/tickets/new", acted(console, enter), methods=["POST"]),
    ]


class _Looked(Misread):
    """Somebody was looked up; nothing is wrong."""

    text = ""


def view(visit: Visit, reading: Reading) -> Page:
    if not visit.seat.works:
        raise NotYours
    typed = dict(visit.typed) or {name: asked(visit.request, name) for name in ("person", "asset", "who")}
    people = _people(visit, reading, typed)
    chosen = str(people[0].id) if len(people) == 1 else typed.get("person", "")
    devices = directory.devices_of(reading, int(chosen)) if chosen and people else []
    return Page(
        "new.html",
        {
            "people": people[:FEW],
            "too_many": len(people) > FEW,
            "chosen": chosen,
            "devices": devices,
            "faults": directory.faults(reading),
            "systems": directory.systems(reading),
            "channels": CHANNELS,
            "impacts": tuple(reversed(Impact)),
            "urgencies": Urgency,
            "given": typed,
            "account": Opens.ACCOUNT,
        },
    )


def _people(visit: Visit, reading: Reading, typed: Form) -> list[Row]:
    """Who was found; whoever is chosen already stays, unless somebody else is being looked for."""
    if (person := typed.get("person", "")) and (typed.get("act") != "find" or not typed.get("who")):
        return [directory.one_person(reading, visit.seat, id_of(person))]
    who = typed.get("who", "")
    return [row for row in directory.people(reading, visit.seat, who) if directory.serves(row)] if who else []


def command_of(reading: Reading, visit: Visit, form: Form) -> object:
    """The same command as a phone's conversation comes to: an account is asked for, anything else is reported."""
    person = id_of(form["person"]) if form.get("person") else None
    fault = next((row for row in directory.faults(reading) if row.code == form.get("fault")), None)
    words = words_of(form, needed=False)
    if person is None and not form.get("caller_name", "").strip():
        raise NobodyChosen
    if fault is not None and fault.opens == Opens.ACCOUNT:
        if person is None:
            raise NobodyChosen
        if not form.get("system"):
            raise NoSystem
        action = ACTION_OF.get(fault.code)
        if action is None:
            raise NothingChosen
        user_name = words_of(form, "user_name", needed=False)[:80]
        return AskForAccount(form["system"], action, user_name, words, person)
    if fault is None and not words:
        raise NothingChosen
    report = ReportFault(
        fault_code=fault.code if fault is not None else "",
        asset_tag=_asset(reading, visit, form, person),
        system_code=form.get("system", ""),
        words=words,
        impact=Impact(form["impact"]) if form.get("impact") in set(Impact) else Impact.PERSON,
        urgency=Urgency(form["urgency"]) if form.get("urgency") in set(Urgency) else Urgency.CAN_WAIT,
        for_person_id=person,
    )
    if person is not None:
        return report
    phone = form.get("caller_phone", "").strip()
    return replace(
        report,
        caller=f"phone:{PhoneNumber.parse(phone)}" if phone else "",
        caller_name=words_of(form, "caller_name")[:80],
    )


def _asset(reading: Reading, visit: Visit, form: Form, person_id: int | None) -> str:
    typed = form.get("asset", "").strip()
    if not typed:
        return ""
    person = directory.one_person(reading, visit.seat, person_id) if person_id is not None else None
    return directory.asset_named(reading, visit.seat, typed, person)
