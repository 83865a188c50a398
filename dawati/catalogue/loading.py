"""Reading the default catalogue's files into commands."""

import csv
from collections.abc import Iterator
from pathlib import Path

from models.commands import ImportPlaces, LoadCatalogue
from models.commands.importing import PlaceRow
from models.priority import Priority
from models.tables.catalogue import ApproverPolicy, Fault, FaultCategory, Opens, System, Tier
from models.tables.place import PlaceKind

HERE = Path(__file__).parent


class NoSuchInstitution(Exception):
    """The code is of no region's secretariat (`morogoro-rs`) and no council (`mvomero-dc`)."""


def default_catalogue() -> LoadCatalogue:
    """The faults and systems of Tanzania's councils and Regional Secretariats."""
    return LoadCatalogue(
        categories=tuple(
            FaultCategory(
                code=row["code"], name=row["name"], name_en=row["name_en"], short=row["short"],
                short_en=row["short_en"], opens=Opens(row["opens"]),
            )
            for row in rows_of("categories")
        ),
        faults=tuple(
            Fault(
                code=row["code"], category_code=row["category"], name=row["name"], name_en=row["name_en"],
                short=row["short"], short_en=row["short_en"], priority=Priority(row["priority"]),
                first_resolver=row["first_resolver"], ask_for=row["ask_for"], asks_device=row["asks_device"] == "yes",
            )
            for row in rows_of("faults")
        ),
        systems=tuple(
            System(
                rank=int(row["rank"]), code=row["code"], name=row["name"], short=row["short"], aliases=row["aliases"],
                offers_account=row["offers_account"] == "yes", tier=Tier(row["tier"]) if row["tier"] else None,
                unit_acts=row["unit_acts"], self_service=row["self_service"], self_service_en=row["self_service_en"],
                owner=row["owner"], users=row["users"], reset_route=row["reset_route"], ask_for=row["ask_for"],
                kinds=row["kinds"], asks=row["asks"], approver=ApproverPolicy(row["approver"]),
            )
            for row in rows_of("systems")
        ),
    )  # fmt: skip


def region_of(institution: str) -> str:
    """The region's code of a council or Regional Secretariat."""
    for row in rows_of("councils"):
        if row["code"] == institution:
            return row["region"]
    region = institution.removesuffix("-rs")
    if institution.endswith("-rs") and any(row["code"] == region for row in rows_of("regions")):
        return region
    raise NoSuchInstitution(
        f"There is no council or Regional Secretariat with the code {institution!r}; "
        "`dawati import places` takes any other."
    )


def places_of_region(region: str) -> ImportPlaces:
    """The region, its secretariat below it, and its councils below that: what one sees, one's superiors see."""
    (found,) = (row for row in rows_of("regions") if row["code"] == region)
    name, secretariat = found["name"], f"{region}-rs"
    rows = [
        PlaceRow(region, PlaceKind.REGION, f"Mkoa wa {name}", name_en=f"{name} Region", short=name),
        PlaceRow(
            secretariat, PlaceKind.SECRETARIAT, f"Sekretarieti ya Mkoa wa {name}", parent=region,
            name_en=f"{name} Regional Secretariat", short=f"RS {name}"[:24],
        ),
    ]  # fmt: skip
    rows += [
        PlaceRow(
            row["code"], PlaceKind.COUNCIL, row["name"], parent=secretariat, name_en=row["name_en"], short=row["short"]
        )
        for row in rows_of("councils")
        if row["region"] == region
    ]
    return ImportPlaces(tuple(rows))


def rows_of(name: str) -> Iterator[dict[str, str]]:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
