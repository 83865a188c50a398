"""Making tickets: the number, the priority, the targets, the first fact of the history, and word to the unit."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select, update

from database import columns, table_of
from handlers.door import handles
from handlers.permission import working_officer
from handlers.telling import on_duty, tell_officer
from handlers.work import Work, clean
from locales import N_, say
from models.commands import Outcome, ReportFault
from models.priority import Impact, Priority, Urgency, priority_of
from models.refusals import NotFound, NotYours
from models.tables import Asset, Fault, FaultCategory, FaultTally, NumberSeries, Place, SystemTally, Ticket
from models.tables.catalogue import Opens
from models.tables.ticket import Channel, Kind
from models.values.ticket_number import TicketNumber
from queries.caller import Caller, caller_on_record
from queries.scope import path_of

_series, _tally, _fault, _category, _asset, _system_tally = (
    columns(each) for each in (NumberSeries, FaultTally, Fault, FaultCategory, Asset, SystemTally)
)

_NEXT = (
    update(table_of(NumberSeries))
    .where(_series.year == bindparam("of_year"))
    .values(serial=_series.serial + 1)
    .returning(_series.serial)
)
_COUNT = (
    update(table_of(FaultTally))
    .where(_tally.place_id == bindparam("at_place"), _tally.fault_code == bindparam("fault"))
    .values(reports=_tally.reports + 1)
)
_COUNT_SYSTEM = (
    update(table_of(SystemTally))
    .where(_system_tally.place_id == bindparam("at_place"), _system_tally.system_code == bindparam("system"))
    .values(requests=_system_tally.requests + 1)
)
_FAULT = (
    select(_fault.code, _fault.name, _fault.name_en, _fault.priority, _category.opens)
    .join_from(table_of(Fault), table_of(FaultCategory), _fault.category_code == _category.code)
    .where(_fault.code == bindparam("code"))
)
_ASSET = select(_asset.id, _asset.place_id).where(_asset.tag == bindparam("tag"))

NEW_TICKET = N_("New ticket {number} {priority}: {about}. {place}")


@dataclass(frozen=True, slots=True)
class Origin:
    """For whom a ticket is made, and where it belongs."""

    place_id: int
    requester: Caller | None
    caller: str = ""
    caller_name: str = ""


@handles(ReportFault)
def report_fault(work: Work, command: ReportFault) -> Outcome:
    origin = origin_of(work, command.for_person_id, command.caller, command.caller_name, command.place_id)
    fault = work.tx.one(_FAULT, code=command.fault_code) if command.fault_code else None
    if command.fault_code and (fault is None or fault.opens == Opens.ACCOUNT):
        raise NotFound
    asset = work.tx.one(_ASSET, tag=command.asset_tag) if command.asset_tag else None
    if command.asset_tag and asset is None:
        raise NotFound
    ticket = make_ticket(
        work,
        origin,
        kind=Kind.REQUEST if fault is not None and fault.opens == Opens.REQUEST else Kind.INCIDENT,
        default=fault.priority if fault is not None else None,
        impact=command.impact,
        urgency=command.urgency,
        fault_code=command.fault_code or None,
        asset_id=asset.id if asset is not None else None,
        system_code=command.system_code or None,
    )
    work.record(ticket, "reported", words=clean(command.words), new=True)
    if fault is not None:
        count_report(work, origin.place_id, fault.code)
    about = fault.name if fault is not None else ""
    tell_unit(work, ticket, about, fault.name_en if fault is not None else "")
    return Outcome(ticket.id, {"number": TicketNumber(ticket.number).shown})


def origin_of(
    work: Work, for_person_id: int | None, caller: str = "", caller_name: str = "", place_id: int | None = None
) -> Origin:
    """The person who speaks; or, typed by an officer, the person or caller whom they type for."""
    if work.by.officer_id is not None:
        seat = working_officer(work)
        if place_id is not None and not seat.sees(path_of(work.tx, place_id)):
            raise NotFound
        if for_person_id is not None:
            person = caller_on_record(work.tx, for_person_id)
            if person is None or not seat.sees(person.place_path):
                raise NotFound
            return Origin(place_id or person.place_id, person)
        return Origin(place_id or seat.place_id, None, caller, caller_name)
    if for_person_id is not None:
        raise NotYours
    if work.by.person_id is not None:
        person = caller_on_record(work.tx, work.by.person_id)
        if person is None:
            raise NotFound
        return Origin(person.place_id, person)
    return Origin(work.rules.root_id, None, work.by.caller, caller_name)


def make_ticket(
    work: Work,
    origin: Origin,
    *,
    kind: Kind,
    default: Priority | None,
    impact: Impact = Impact.PERSON,
    urgency: Urgency = Urgency.CAN_WAIT,
    fault_code: str | None = None,
    system_code: str | None = None,
    asset_id: int | None = None,
) -> Ticket:
    """A numbered ticket with its targets; its history is for the caller to begin."""
    priority = priority_of(impact, urgency, default)
    target = work.rules.targets[priority]
    return work.tx.new(
        Ticket,
        number=next_number(work),
        kind=kind,
        place_id=origin.place_id,
        requester_id=origin.requester.person_id if origin.requester else None,
        caller=origin.caller[:40],
        caller_name=clean(origin.caller_name)[:80],
        channel=work.by.channel or Channel.WEB,
        entered_by_id=work.by.officer_id,
        fault_code=fault_code,
        system_code=system_code,
        asset_id=asset_id,
        impact=impact,
        urgency=urgency,
        priority=priority,
        created_at=work.at,
        respond_due=work.rules.hours.add(work.at, target.response),
        resolve_due=work.rules.hours.add(work.at, target.resolution),
    )


def next_number(work: Work) -> TicketNumber:
    """Serials count from 1 in each year of the institution's own calendar."""
    year = work.rules.local(work.at).year
    row = work.tx.one(_NEXT, of_year=year)
    if row is None:
        work.tx.add(NumberSeries(year=year, serial=1))
    return TicketNumber.made(year, row.serial if row else 1)


def count_report(work: Work, place_id: int, fault_code: str) -> None:
    """What a place reports often comes first on its screens."""
    if work.tx.run(_COUNT, at_place=place_id, fault=fault_code) == 0:
        work.tx.add(FaultTally(place_id=place_id, fault_code=fault_code, reports=1))


def count_request(work: Work, place_id: int, system_code: str) -> None:
    """The systems that a place asks about come first on its screens."""
    if work.tx.run(_COUNT_SYSTEM, at_place=place_id, system=system_code) == 0:
        work.tx.add(SystemTally(place_id=place_id, system_code=system_code, requests=1))


def tell_unit(work: Work, ticket: Ticket, about: str, about_en: str) -> None:
    """Word to whoever is on duty for the ticket's place."""
    path = path_of(work.tx, ticket.place_id)
    place = place_name(work, ticket.place_id)
    for officer in on_duty(work, path):
        named = about if officer.language == "sw" or not about_en else about_en
        words = {
            "number": TicketNumber(ticket.number).shown,
            "priority": str(ticket.priority),
            "about": named or say(N_("told in words"), officer.language),
            "place": place,
        }
        tell_officer(work, ticket, officer, f"reported:{ticket.id}", NEW_TICKET, **words)


def place_name(work: Work, place_id: int) -> str:
    found = work.tx.get(Place, place_id)
    return found.name if found else ""
