"""Commands that fill the desk: the catalogue, the tree of places, staff, devices. Each is kept whole or not at all."""

from dataclasses import dataclass
from datetime import date

from models.tables.asset import AssetState
from models.tables.catalogue import Fault, FaultCategory, System
from models.tables.person import Proof
from models.tables.place import PlaceKind


@dataclass(frozen=True, slots=True)
class LoadCatalogue:
    """Add what is missing of a catalogue. What the desk has under the same code is the unit's own and stays.

    Returns how many entries were added."""

    categories: tuple[FaultCategory, ...] = ()
    faults: tuple[Fault, ...] = ()
    systems: tuple[System, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """`parent` is a code: of a place that is there, or of an earlier or later row. Empty for a root."""

    code: str
    kind: PlaceKind
    name: str
    parent: str = ""
    name_en: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class ImportPlaces:
    """Places by their code: new ones are added, known ones renamed or moved with all that is below them.

    Returns `Imported`. Nothing is removed."""

    rows: tuple[PlaceRow, ...]


@dataclass(frozen=True, slots=True)
class StaffRow:
    """`phones` are E.164, the person's own first: it is how they are known. `supervisor` is a phone; `place` a code."""

    name: str
    phones: tuple[str, ...]
    place: str
    title: str = ""
    supervisor: str = ""
    language: str = "sw"
    demonstration: bool = False
    telegram: str = ""


@dataclass(frozen=True, slots=True)
class ImportStaff:
    """People by their phone: new ones are added, known ones brought up to date. Nobody is removed.

    Returns `Imported`."""

    rows: tuple[StaffRow, ...]
    proof: Proof = Proof.HR_LIST


@dataclass(frozen=True, slots=True)
class AssetRow:
    """`tag` is canonical, `place` a code, `custodian` a phone or empty."""

    tag: str
    kind: str
    place: str
    serial: str = ""
    make: str = ""
    model: str = ""
    custodian: str = ""
    state: AssetState = AssetState.IN_USE
    bought: date | None = None
    warranty_until: date | None = None
    supplier: str = ""
    price: int | None = None
    government_code: str = ""


@dataclass(frozen=True, slots=True)
class ImportAssets:
    """Devices by their tag: new ones are added, known ones brought up to date. Returns `Imported`."""

    rows: tuple[AssetRow, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    added: int = 0
    changed: int = 0
    same: int = 0
