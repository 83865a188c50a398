"""What `dawati doctor` looks at: one finding a line, with what is to be done where something is."""

import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select

from database import Database, columns, table_of
from database.sqlite import file_of
from dawati.opening import CannotOpen, key_of, open_up_to_date, rules_in, state_of
from dawati.settings import Settings
from models.tables import Fault, Officer, Person, System
from models.tables.person import Employment
from queries.chain import verdict

_person, _officer = columns(Person), columns(Officer)

_COUNTS = select(
    select(func.count()).select_from(table_of(Person)).scalar_subquery().label("people"),
    select(func.count())
    .select_from(table_of(Person))
    .where(_person.supervisor_id.is_(None), _person.employment == Employment.SERVING)
    .scalar_subquery()
    .label("without"),
    select(func.count())
    .select_from(table_of(Officer))
    .where(_officer.retired.is_(False))
    .scalar_subquery()
    .label("officers"),
    select(func.count()).select_from(table_of(Fault)).scalar_subquery().label("faults"),
    select(func.count()).select_from(table_of(System)).scalar_subquery().label("systems"),
)

SPACE = 2 * 1024**3  # bytes free: below that a busy month may fill the disk
SOUND_SQLITE = (3, 51, 3)  # earlier ones can lose a log that two processes write at once; our lock sees to that
WAIT = 5.0  # seconds for a gateway


class Sign(StrEnum):
    """How a finding stands: fine, worth a look, or in the way."""

    FINE = "ok"
    LOOK = "look"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Finding:
    sign: Sign
    words: str


def findings(settings: Settings) -> Iterator[Finding]:
    """Each as soon as it is known; what builds on something missing is left out."""
    yield Finding(Sign.FINE, "Settings can be read.")
    yield from _addresses(settings)
    yield from _gateways(settings)
    state = state_of(settings.database_url)
    if state is not None:
        yield Finding(Sign.MISSING, state)
        return
    yield Finding(Sign.FINE, "The database answers and has this version's tables.")
    if settings.embedded:
        yield from _machine(settings)
    database = open_up_to_date(settings)
    try:
        yield from _institution(database, settings)
        yield _record(database, key_of(settings))
    finally:
        database.close()


def _addresses(settings: Settings) -> Iterator[Finding]:
    if settings.public_url.startswith("https:"):
        yield Finding(Sign.FINE, "PUBLIC_URL is https.")
    elif not settings.rehearses:
        yield Finding(Sign.LOOK, "PUBLIC_URL is not https: passwords and log-in cookies travel in the clear.")
    if not settings.at_hook_key.get_secret_value():
        yield Finding(Sign.MISSING, "AT_HOOK_KEY is empty, so USSD and SMS cannot reach the desk.")
    if not settings.ussd_code:
        yield Finding(Sign.LOOK, "USSD_CODE is empty: help texts cannot name what to dial.")
    if not settings.at_short_code:
        yield Finding(Sign.LOOK, "AT_SHORT_CODE is empty: help texts cannot name where to send an SMS.")
    if settings.rehearses:
        yield Finding(Sign.LOOK, "SIMULATOR is on: this is a rehearsal.")


def _gateways(settings: Settings) -> Iterator[Finding]:
    if not settings.sends_sms:
        yield Finding(Sign.MISSING, "AT_USERNAME is empty, so no SMS is sent.")
    else:
        yield _reached("The SMS gateway", "AT_API_URL", settings.at_api_url)
    if settings.telegram_mode == "off":
        yield Finding(Sign.LOOK, "TELEGRAM_MODE is off.")
    else:
        yield _reached("Telegram", "TELEGRAM_API_URL", settings.telegram_api_url)


def _reached(what: str, name: str, url: str) -> Finding:
    import httpx  # heavy, and only wanted here

    try:
        httpx.get(url, timeout=WAIT)
    except httpx.HTTPError as failure:
        return Finding(
            Sign.LOOK, f"{what} is not reached at {name} ({type(failure).__name__}); the desk works without."
        )
    return Finding(Sign.FINE, f"{what} answers.")


def _machine(settings: Settings) -> Iterator[Finding]:
    if sqlite3.sqlite_version_info < SOUND_SQLITE:
        yield Finding(
            Sign.FINE, f"SQLite is {sqlite3.sqlite_version}; its lock file keeps a second writer away, leave it there."
        )
    free = shutil.disk_usage(file_of(settings.database_url).parent).free
    sign = Sign.FINE if free > SPACE else Sign.LOOK
    yield Finding(sign, f"{free / 1024**3:.1f} GB are free where the database is.")


def _institution(database: Database, settings: Settings) -> Iterator[Finding]:
    with database.reading() as reading:
        try:
            rules_in(reading, settings)
        except CannotOpen as wanting:
            yield Finding(Sign.MISSING, str(wanting))
            return
        counts = reading.one(_COUNTS)
    assert counts is not None  # it counts, so it has a row
    yield Finding(Sign.FINE, f"The catalogue has {counts.faults} faults and {counts.systems} systems.")
    sign = Sign.FINE if counts.officers else Sign.MISSING
    yield Finding(sign, f"{counts.officers} log-ins can be used; `dawati officer add` makes more.")
    sign = Sign.FINE if counts.people > counts.officers else Sign.MISSING
    yield Finding(sign, f"{counts.people} people are on record; `dawati import staff FILE` brings a list.")
    if counts.without:
        yield Finding(Sign.LOOK, f"{counts.without} of them have no supervisor, so nobody can approve their requests.")


def _record(database: Database, key: bytes) -> Finding:
    found = verdict(database, key)
    if not found.breaks:
        return Finding(Sign.FINE, f"The history of every ticket is as it was written: {found.sentence}")
    return Finding(Sign.MISSING, f"The history was changed, or SECRET_KEY was. {found.sentence}")
