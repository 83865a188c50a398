"""The simulated world beside the desk, peopled by whoever of the demonstration is on record."""

from sqlalchemy import bindparam, select
from starlette.applications import Starlette

from database import Reading, columns, table_of
from dawati.demo.cast import CAST, network_of
from dawati.settings import Settings
from handlers import Door
from models.tables import Address, Person
from models.tables.person import AddressKind
from simulator import CastMember, SimulatorSettings, create_simulator

_person, _address = columns(Person), columns(Address)

_KNOWN = (
    select(_person.name, _person.title, _person.language)
    .join_from(table_of(Address), table_of(Person), _address.person_id == _person.id)
    .where(
        _address.kind == AddressKind.PHONE,
        _address.value == bindparam("phone"),
        _address.ended_at.is_(None),
        _person.demonstration.is_(True),
    )
)


def simulator_for(settings: Settings, door: Door) -> Starlette:
    """Gateways and people in place of the real ones, speaking to the desk through its hooks."""
    with door.database.reading() as reading:
        cast = present(reading)
    webhook = settings.telegram_mode == "webhook"
    return create_simulator(
        SimulatorSettings(
            desk_url=f"http://127.0.0.1:{settings.port}",
            at_hook_key=settings.at_hook_key.get_secret_value(),
            bot_token=settings.telegram_bot_token.get_secret_value() or "1:off",
            telegram_webhook_secret=settings.telegram_webhook_secret.get_secret_value() if webhook else None,
            ussd_code=settings.ussd_code or "*384*123#",
            short_code=settings.at_short_code or "15200",
            sender_id=settings.at_sender_id or "DAWATI",
            cast=cast,
        )
    )


def present(reading: Reading) -> tuple[CastMember, ...]:
    """Those of the cast who are on record, and one who is not."""
    found = []
    for member in CAST:
        row = reading.one(_KNOWN, phone=member.phone)
        if row is not None:
            found.append(
                CastMember(
                    row.name, member.phone, member.about, telegram_id=member.telegram_id, language=row.language,
                    network_code=network_of(member.phone),
                )
            )  # fmt: skip
        elif not member.on_record:
            found.append(
                CastMember(
                    member.name, member.phone, member.about, telegram_id=member.telegram_id,
                    network_code=network_of(member.phone),
                )
            )  # fmt: skip
    return tuple(found)
