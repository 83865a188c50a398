"""Opening the desk: its database, its rules, its door, with the clock and the dice that only this room may read."""

import secrets
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select

import locales
import migrations
from database import Database, Reading, columns, open_database
from dawati.settings import Settings
from handlers import Door
from models.priority import TARGETS, Priority, Target, Targets
from models.rules import Rules
from models.tables import Place, Policy
from models.working_hours import OfficeHours, public_holidays

_place, _policy = columns(Place), columns(Policy)

_POLICIES = select(_policy.name, _policy.value)
_BY_CODE = select(_place.id, _place.name).where(_place.code == bindparam("code"))

INSTITUTION = "institution"
"""The policy that says whose desk this is: the code of a place."""
DEMONSTRATION = "demonstration"
"""The policy that marks a database as the demonstration's."""


class CannotOpen(Exception):
    """The desk cannot be opened; one sentence says what is to be done."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """How a policy's value, as it is kept, becomes a rule. Raises ValueError, TypeError or KeyError if it cannot."""

    rule: str
    read: Callable[[Any], Any]


def _targets(minutes: dict[str, list[int]]) -> Targets:
    """From `{"P1": [15, 240], …}`: working minutes until the response and until the resolution."""
    return {
        **TARGETS,
        **{
            Priority(name): Target(timedelta(minutes=response), timedelta(minutes=resolution))
            for name, (response, resolution) in minutes.items()
        },
    }


POLICIES = {
    "desk_name": Fitted("desk_name", str),
    "close_after_days": Fitted("close_after_days", int),
    "approval_days": Fitted("approval_days", int),
    "draft_kept_hours": Fitted("draft_kept", lambda hours: timedelta(hours=hours)),
    "targets": Fitted("targets", _targets),
}
"""The rules that an institution may change. `office_hours` is one more, for it needs the zone."""


def now() -> datetime:
    return datetime.now(UTC)


def open_desk(settings: Settings, clock: Callable[[], datetime] = now) -> Door:
    """The door of a database that is there, up to date and has an institution. Raises `CannotOpen`."""
    database = open_up_to_date(settings)
    try:
        with database.reading() as reading:
            rules = rules_in(reading, settings)
    except BaseException:
        database.close()
        raise
    return Door(database, rules, clock, secrets.token_bytes)


def open_for_founding(settings: Settings, clock: Callable[[], datetime] = now) -> Door:
    """The same where there may be no institution yet: only commands that bring one in may go through this door."""
    database = open_up_to_date(settings)
    return Door(database, Rules(key=key_of(settings), zone=settings.zone), clock, secrets.token_bytes)


def open_up_to_date(settings: Settings) -> Database:
    locales.load(strict=False)
    state = state_of(settings.database_url)
    if state is not None:
        raise CannotOpen(state)
    return open_database(settings.database_url)


def state_of(url: str) -> str | None:
    """What stands against using the database, in one sentence; nothing if it is reachable and up to date."""
    try:
        found = migrations.found(url)
    except migrations.Unreachable as unreachable:
        return f"DATABASE_URL names a database that cannot be reached ({unreachable})."
    if found is None:
        return "The database has no tables yet; `dawati init` makes them, `make run` makes a demonstration."
    if found != migrations.newest():
        return "The database is not at this version's tables; `dawati migrate` brings it there."
    return None


def rules_in(reading: Reading, settings: Settings) -> Rules:
    """The institution's rules: the defaults, and what its policies say otherwise."""
    policies = {row.name: row.value for row in reading.all(_POLICIES)}
    place = reading.one(_BY_CODE, code=policies.get(INSTITUTION, ""))
    if place is None:
        raise CannotOpen("The desk has no institution yet; `dawati init` asks which it is.")
    rules: dict[str, Any] = {}
    for name, fitted in POLICIES.items():
        if name in policies:
            with _naming(name):
                rules[fitted.rule] = fitted.read(policies[name])
    with _naming("office_hours"):
        rules["hours"] = office_hours(policies.get("office_hours", {}), settings.zone)
    return Rules(
        key=key_of(settings),
        root_id=place.id,
        zone=settings.zone,
        ussd_code=settings.ussd_code,
        sms_number=settings.at_short_code,
        **rules,
    )


@dataclass(frozen=True, slots=True)
class Ways:
    """How people come in here, where it differs: septets of a USSD page by networkCode, and the words that a shared
    short code puts before every SMS."""

    ussd_pages: Mapping[str, int]
    sms_words: Collection[str]


def ways_in(reading: Reading) -> Ways:
    policies = {row.name: row.value for row in reading.all(_POLICIES)}
    with _naming("ussd_pages"):
        pages = {str(network): int(septets) for network, septets in policies.get("ussd_pages", {}).items()}
    with _naming("sms_words"):
        words = [str(word) for word in policies.get("sms_words", [])]
    return Ways(pages, words)


def key_of(settings: Settings) -> bytes:
    return settings.secret_key.get_secret_value().encode()


def office_hours(said: dict[str, Any], zone: ZoneInfo) -> OfficeHours:
    """From `{"opens": "07:30", "closes": "15:30", "weekdays": [0, 1], "also_closed": ["2026-03-20"], …}`; what is not
    said is as usual."""
    given: dict[str, Any] = {name: time.fromisoformat(said[name]) for name in ("opens", "closes") if name in said}
    if "weekdays" in said:
        given["weekdays"] = frozenset(said["weekdays"])
    for name in ("also_closed", "also_open"):
        if name in said:
            given[name] = frozenset(date.fromisoformat(day) for day in said[name])
    return OfficeHours(zone=zone, **given)


def warm_up(clock: Callable[[], datetime] = now) -> None:
    """Look up the holidays before the first report needs them: the package takes a quarter of a second."""
    for year in (clock().year, clock().year + 1):
        public_holidays("TZ", year)


@contextmanager
def _naming(policy: str) -> Iterator[None]:
    """What cannot be read as a rule stops the start by its name."""
    try:
        yield
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise CannotOpen(f"The rule {policy!r} of this desk cannot be read: {error}.") from error
