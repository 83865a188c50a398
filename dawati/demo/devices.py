"""What the council owns: a few hundred devices with their tags, the same at every start."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from dawati.demo.cast import COUNCIL, JUMA, THERESIA
from models.commands.importing import AssetRow, StaffRow
from models.tables.asset import AssetState

DEVICES = 420
MODELS = {
    "Kompyuta": (("HP", "ProDesk 400 G7", 1_850_000), ("Dell", "OptiPlex 3080", 1_900_000)),
    "Laptop": (("HP", "ProBook 450 G8", 2_600_000), ("Dell", "Latitude 3520", 2_750_000)),
    "Printa": (("HP", "LaserJet M404dn", 980_000), ("Kyocera", "ECOSYS P2040dn", 1_100_000)),
    "Skana": (("Canon", "DR-C225", 1_300_000), ("Epson", "DS-530", 1_250_000)),
    "UPS": (("APC", "BX650LI", 260_000), ("Mercury", "Elite 850", 210_000)),
    "Simu ya POS": (("Telpo", "TPS320", 720_000), ("Sunmi", "V2", 690_000)),
    "Projekta": (("Epson", "EB-X06", 1_450_000),),
    "Ruta": (("MikroTik", "hEX S", 240_000),),
    "Swichi": (("Cisco", "CBS250-24T", 1_150_000), ("D-Link", "DGS-1024D", 380_000)),
}  # fmt: skip
USUAL = ("Kompyuta",) * 8 + ("Laptop",) * 4 + ("Printa",) * 4 + ("UPS",) * 4 + ("Simu ya POS",) * 2 + (
    "Skana", "Projekta", "Ruta", "Swichi",
)  # fmt: skip
STATES = (AssetState.IN_USE,) * 34 + (
    AssetState.SPARE, AssetState.SPARE, AssetState.IN_REPAIR, AssetState.IN_REPAIR, AssetState.FOR_DISPOSAL,
    AssetState.LOST,
)  # fmt: skip
SUPPLIERS = ("GPSA Morogoro", "Soft-Tech Consultants", "Simply Computers", "Kilimo Kwanza ICT")
KNOWN = {412: ("Printa", JUMA), 7: ("Kompyuta", THERESIA)}
"""Numbers that the texts use as examples are of things that people ask about."""


def devices(staff: Sequence[StaffRow], today: date) -> tuple[AssetRow, ...]:
    return tuple(_devices(staff, today, Random(1964)))  # noqa: S311  # the same things at every start; nothing secret


def _devices(staff: Sequence[StaffRow], today: date, dice: Random) -> Iterator[AssetRow]:
    here = [row for row in staff if row.place.startswith(COUNCIL)]
    holders = {row.phones[0]: row for row in here}
    for number in range(1, DEVICES + 1):
        kind, phone = KNOWN.get(number, (dice.choice(USUAL), dice.choice(here).phones[0]))
        make, model, price = dice.choice(MODELS[kind])
        bought = today - timedelta(days=dice.randrange(60, 2600))
        shared = number not in KNOWN and kind in ("Ruta", "Swichi", "Projekta")
        yield AssetRow(
            tag=f"MVM/ICT/{number:05d}",
            kind=kind,
            place=holders[phone].place,
            serial=f"{make[:2].upper()}{dice.randrange(10**7, 10**8)}",
            make=make,
            model=model,
            custodian="" if shared else phone,
            state=AssetState.IN_USE if number in KNOWN else dice.choice(STATES),
            bought=bought,
            warranty_until=bought + timedelta(days=3 * 365),
            supplier=dice.choice(SUPPLIERS),
            price=price,
        )
