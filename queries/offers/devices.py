"""Devices: one's own, the one whose tag was typed, and what may be told of it."""

from collections.abc import Mapping

from sqlalchemy import bindparam, or_, select

from conversations.screen import Option
from conversations.steps import Answers, Offer
from database import columns, spelled, table_of
from locales import N_, say
from models.refusals import NotFound
from models.tables import Asset, Person, Place, Ticket
from models.tables.asset import AssetState
from models.tables.ticket import DONE
from models.values.asset_tag import AssetTag
from models.values.ticket_number import TicketNumber
from queries.offers.asking import Asking

_asset, _place, _person, _ticket = columns(Asset), columns(Place), columns(Person), columns(Ticket)

_OWN = (
    select(_asset.tag, _asset.kind, _asset.make, _asset.model, _asset.digits)
    .where(_asset.custodian_id == bindparam("person_id"), _asset.state != AssetState.DISPOSED)
    .order_by(_asset.id)
    .limit(5)
)

_FOUND = (
    select(_asset.tag)
    .where(
        or_(_asset.tag == bindparam("tag"), _asset.digits == bindparam("digits"), _asset.serial == bindparam("tag")),
        _asset.state != AssetState.DISPOSED,
    )
    .order_by((_asset.tag == bindparam("tag")).desc(), (_asset.place_id == bindparam("place_id")).desc(), _asset.id)
    .limit(1)
)

_CARD = (
    select(
        _asset.id, _asset.tag, _asset.kind, _asset.make, _asset.model, _asset.state, _asset.warranty_until,
        _asset.custodian_id, _place.name.label("place"), _person.name.label("custodian"),
    )
    .join_from(table_of(Asset), table_of(Place), _asset.place_id == _place.id)
    .outerjoin(table_of(Person), _asset.custodian_id == _person.id)
    .where(_asset.tag == bindparam("tag"))
)  # fmt: skip

_OPEN_TICKET = (
    select(_ticket.number)
    .where(_ticket.asset_id == bindparam("asset_id"), _ticket.state.not_in([spelled(state) for state in DONE]))
    .order_by(_ticket.id.desc())
    .limit(1)
)

STATES: Mapping[AssetState, str] = {
    AssetState.IN_USE: N_("In use"),
    AssetState.SPARE: N_("Spare"),
    AssetState.IN_REPAIR: N_("In repair"),
    AssetState.LOST: N_("Lost"),
    AssetState.FOR_DISPOSAL: N_("For disposal"),
    AssetState.DISPOSED: N_("Disposed of"),
}


class NoSuchDevice(NotFound):
    """No device has that tag or serial number."""

    text = N_("No device has that number. Check the label and type it again.")


def own(asking: Asking, _: Answers) -> Offer:
    if asking.caller.person_id is None:
        return Offer()
    rows = asking.reading.all(_OWN, person_id=asking.caller.person_id)
    return Offer(
        tuple(
            Option(row.tag, f"{row.kind} {row.make} {row.model} ({row.tag})", f"{row.kind} ({row.digits})")
            for row in rows
        )
    )


def find(asking: Asking, _: Answers, value: str) -> Mapping[str, str]:
    """By the whole tag, its digits or the serial number; of several with the same digits, the one at one's place."""
    tag = AssetTag.parse(value)
    row = asking.reading.one(_FOUND, tag=str(tag), digits=tag.digits, place_id=asking.caller.place_id)
    if row is None:
        raise NoSuchDevice
    return {"device": row.tag}


def card(asking: Asking, answers: Answers) -> Offer:
    """What it is, where, its state, its open ticket, its warranty; who holds it only to themselves and to colleagues
    at the same place."""
    row = asking.reading.one(_CARD, tag=answers["device"])
    if row is None:
        raise NoSuchDevice
    facts = [f"{row.tag} {row.kind} {row.make} {row.model}".strip(), row.place, say(STATES[row.state], asking.language)]
    ticket = asking.reading.one(_OPEN_TICKET, asset_id=row.id)
    if ticket is not None:
        facts.append(say(N_("Ticket {number} is open"), asking.language, number=TicketNumber(ticket.number).shown))
    if row.warranty_until is not None:
        facts.append(say(N_("Warranty until {day}"), asking.language, day=f"{row.warranty_until:%d/%m/%Y}"))
    if row.custodian_id is not None and row.custodian_id == asking.caller.person_id:
        facts.append(say(N_("In your care"), asking.language))
    report = Option(
        "report", say(N_("Report a fault on it"), asking.language), say(N_("Report a fault"), asking.language),
        opens="report", presets={"device": row.tag},
    )  # fmt: skip
    return Offer((report,), {"card": ". ".join(facts)})
