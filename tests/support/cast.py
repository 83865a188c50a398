"""The cast of the stories: one who asks, one who approves, one who works, one who must see nothing.

A small council with a frozen afternoon. Everything goes through the product's own door and tables.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import Select, Table, select
from sqlmodel import SQLModel, create_engine

from database import Database, Transaction, open_database, table_of
from handlers import Door
from models import tables
from models.commands import By
from models.identity import Evidence
from models.priority import Priority
from models.rules import Rules
from models.tables.catalogue import Detail, Opens, Tier
from models.tables.officer import Role
from models.tables.person import AddressKind, Proof
from models.tables.place import PlaceKind
from models.tables.proving import Purpose
from models.tables.ticket import Channel

T = TypeVar("T", bound=SQLModel)

AFTERNOON = datetime(2026, 3, 4, 11, 0, tzinfo=UTC)  # a Wednesday, 14:00 in Dodoma, in office hours

JUMA = "+255754000002"  # asks; works in finance
THERESIA = "+255754000001"  # his head of department: approves
NEEMA = "+255754000003"  # ICT officer: works the queue
BARAKA = "+255754000004"  # ICT officer of another council: must see nothing
STRANGER = "+255754999999"  # on nobody's list


class Clock:
    """Stands still until it is moved."""

    def __init__(self, at: datetime = AFTERNOON) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **time: float) -> None:
        self.at += timedelta(**time)


@dataclass
class Desk:
    """A desk with its cast, to give commands to and to look into."""

    door: Door
    clock: Clock
    ids: dict[str, int] = field(default_factory=dict)

    def do(self, command: object, by: By) -> object:
        return self.door.do(command, by)

    def officer(self, name: str = "neema") -> By:
        return By(Channel.WEB, officer_id=self.ids[f"officer:{name}"])

    def proves(self, name: str, purpose: Purpose = Purpose.ASK, ticket_id: int | None = None) -> None:
        """They have just typed the code that was sent to their chat."""
        check = tables.IdentityCheck(
            person_id=self.ids[name], purpose=purpose, ticket_id=ticket_id, evidence=Evidence.TELEGRAM_CODE,
            passed=True, at=self.clock(),
        )  # fmt: skip
        self.door.database.write(lambda tx: tx.add(check))

    def joins(self, name: str, role: Role = Role.OFFICER) -> None:
        """Somebody more at the ICT unit of Mvomero."""

        def join(tx: Transaction) -> None:
            place_id = self.ids["mvomero-dc"]
            person = tx.add(tables.Person(name=name.title(), place_id=place_id))
            assert person.id is not None
            self.ids[name] = person.id
            officer = tables.Officer(
                person_id=person.id, login=name, password_hash="unusable", role=role, place_id=place_id
            )
            self.ids[f"officer:{name}"] = tx.add(officer).id or 0

        self.door.database.write(join)

    def all(self, model: type[T]) -> list[T]:
        """Every row of a table, in order, as its model."""
        table = table_of(model)
        with self.door.database.reading() as reading:
            return [model(**row._asdict()) for row in reading.all(_everything(table))]


@cache
def _everything(table: Table) -> Select[tuple[object, ...]]:
    return select(table).order_by(*table.primary_key.columns)


def people_the_council(tx: Transaction) -> dict[str, int]:
    """Mvomero with its finance department and a ward; Gairo next door; the cast; a few devices."""
    ids: dict[str, int] = {}

    def place(code: str, kind: PlaceKind, name: str, parent: str = "") -> None:
        row = tx.add(tables.Place(parent_id=ids.get(parent), kind=kind, code=code, name=name, path="/"))
        assert row.id is not None
        ids[code] = row.id
        above = tx.get(tables.Place, row.parent_id) if row.parent_id else None
        row.path = f"{above.path if above else '/'}{row.id}/"
        tx.save(row)

    def person(key: str, name: str, phone: str, at: str, supervisor: str = "") -> None:
        row = tx.add(tables.Person(name=name, place_id=ids[at], supervisor_id=ids.get(supervisor)))
        assert row.id is not None
        ids[key] = row.id
        tx.add(
            tables.Address(
                person_id=row.id, kind=AddressKind.PHONE, value=phone, proof=Proof.HR_LIST, proven_at=AFTERNOON
            )
        )

    def officer(key: str, role: Role, at: str) -> None:
        row = tx.add(
            tables.Officer(person_id=ids[key], login=key, password_hash="unusable", role=role, place_id=ids[at])
        )
        assert row.id is not None
        ids[f"officer:{key}"] = row.id

    place("mvomero-dc", PlaceKind.COUNCIL, "Halmashauri ya Wilaya ya Mvomero")
    place("mvomero-dc/finance", PlaceKind.DEPARTMENT, "Idara ya Fedha", "mvomero-dc")
    place("mvomero-dc/mlali", PlaceKind.WARD, "Kata ya Mlali", "mvomero-dc")
    place("gairo-dc", PlaceKind.COUNCIL, "Halmashauri ya Wilaya ya Gairo")
    person("theresia", "Theresia Kavishe", THERESIA, "mvomero-dc/finance")
    person("juma", "Juma Hassan", JUMA, "mvomero-dc/finance", "theresia")
    person("neema", "Neema Mushi", NEEMA, "mvomero-dc")
    person("baraka", "Baraka Mollel", BARAKA, "gairo-dc")
    officer("neema", Role.OFFICER, "mvomero-dc")
    officer("baraka", Role.OFFICER, "gairo-dc")
    _catalogue(tx)
    for tag, kind, custodian in (("MVM/ICT/00412", "Printa", "juma"), ("MVM/ICT/00007", "Kompyuta", "theresia")):
        tx.add(
            tables.Asset(
                tag=tag, digits=str(int(tag[-5:])), serial=f"SN{tag[-5:]}", kind=kind, make="HP", model="M404",
                place_id=ids["mvomero-dc/finance"], custodian_id=ids[custodian], warranty_until=date(2027, 6, 30),
            )
        )  # fmt: skip
    return ids


ASKS = {"nothing": "", "user name; role": "user_name;role", "user name; role; cost centre": ";".join(Detail)}


def _catalogue(tx: Transaction) -> None:
    for code, name, name_en, short, short_en, opens in (
        ("02", "Kompyuta na laptop", "Computers and laptops", "Kompyuta", "Computer", Opens.FAULT),
        ("03", "Printa, skana na vifaa vya pembeni", "Printers, scanners", "Printa/skana", "Printer", Opens.FAULT),
        ("04", "Mtandao wa ndani", "Local network", "Mtandao wa ofisi", "Office network", Opens.FAULT),
        ("11", "Akaunti na haki za mtumiaji", "Accounts and access", "Akaunti/nywila", "Accounts", Opens.ACCOUNT),
        ("13", "Maombi ya huduma", "Service requests", "Maombi mengine", "Other requests", Opens.REQUEST),
    ):
        tx.add(tables.FaultCategory(code=code, name=name, name_en=name_en, short=short, short_en=short_en, opens=opens))
    for code, name, name_en, short, short_en, priority, device in (
        ("0201", "Kompyuta haiwaki", "Does not switch on", "Haiwaki", "No power", "P3", True),
        ("0301", "Printa haichapishi", "Does not print", "Haichapishi", "Does not print", "P3", True),
        ("0302", "Karatasi zinakwama", "Paper jam", "Karatasi", "Paper jam", "P4", True),
        ("0401", "Ofisi nzima haina mtandao", "Whole office offline", "Ofisi nzima", "Whole office", "P2", False),
        ("1101", "Nimesahau nywila", "Forgot password", "Nimesahau nywila", "Forgot password", "P3", False),
        ("1303", "Kusimika programu", "Install software", "Simika programu", "Install software", "P4", False),
    ):
        tx.add(
            tables.Fault(
                code=code, category_code=code[:2], name=name, name_en=name_en, short=short, short_en=short_en,
                priority=Priority(priority), asks_device=device,
            )
        )  # fmt: skip
    for rank, (code, name, aliases, short, tier, own, ask_for) in enumerate(
        (
            ("hcmis", "HCMIS / Lawson", "Lawson;HCMIS", "HCMIS", Tier.T3, "", "user name; role"),
            ("muse", "MUSE", "MUSE", "MUSE", Tier.T3, "", "user name; role; cost centre"),
            ("gms", "GMS, barua pepe", "email;barua pepe", "Baruapepe", Tier.T1, "", "official address"),
            ("ess", "ESS (Watumishi portal)", "ESS;PEPMIS", "ESS", Tier.T2, "Bonyeza 'Reset password'.", "nothing"),
        )
    ):
        tx.add(
            tables.System(
                code=code, name=name, aliases=aliases, short=short, offers_account=True, tier=tier, self_service=own,
                self_service_en=own and "Press 'Reset password'.", ask_for=ask_for, rank=rank,
                asks=ASKS.get(ask_for, Detail.USER_NAME.value),
            )
        )  # fmt: skip
    tx.add(tables.System(code="lan", name="LAN, internet, GovNet", short="Mtandao", offers_account=False))


def rules_of(ids: dict[str, int]) -> Rules:
    return Rules(
        key=b"a key for stories", root_id=ids["mvomero-dc"], desk_name="Dawati la TEHAMA", ussd_code="*384*123#",
        sms_number="15054",
    )  # fmt: skip


def desk_on(url: str) -> Desk:
    """A desk on an empty database: its tables made, its cast in place."""
    engine = create_engine(url)
    SQLModel.metadata.create_all(engine)
    engine.dispose()
    database: Database = open_database(url)
    ids = database.write(people_the_council)
    clock = Clock()
    return Desk(Door(database, rules_of(ids), clock, secrets.token_bytes), clock, ids)


@pytest.fixture(params=["sqlite", "postgresql"])
def either_desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """The same desk on each database: for what the two could do differently."""
    sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'desk.db'}" if sqlite else request.getfixturevalue("postgres_url")
    desk = desk_on(url)
    yield desk
    desk.door.database.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = desk_on(f"sqlite:///{tmp_path / 'desk.db'}")
    yield desk
    desk.door.database.close()
