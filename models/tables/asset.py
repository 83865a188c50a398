"""Devices and other configuration items."""

from datetime import date
from enum import StrEnum

from sqlmodel import Field, SQLModel

from models.columns import Word


class AssetState(StrEnum):
    IN_USE = "in_use"
    SPARE = "spare"
    IN_REPAIR = "in_repair"
    LOST = "lost"
    FOR_DISPOSAL = "for_disposal"
    DISPOSED = "disposed"


class Asset(SQLModel, table=True):
    """A thing of the institution. `digits` is what a keypad can type of its tag."""

    id: int | None = Field(default=None, primary_key=True)
    tag: str = Field(max_length=40, unique=True)
    digits: str = Field(max_length=24, index=True)
    serial: str = Field(default="", max_length=60, index=True)
    government_code: str = Field(default="", max_length=40)
    kind: str = Field(max_length=40, description="as the catalogue calls it: printa, kompyuta, POS")
    make: str = Field(default="", max_length=60)
    model: str = Field(default="", max_length=60)
    place_id: int = Field(foreign_key="place.id", index=True)
    custodian_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    parent_id: int | None = Field(default=None, foreign_key="asset.id", index=True)
    state: AssetState = Field(default=AssetState.IN_USE, sa_type=Word(AssetState))
    bought: date | None = None
    warranty_until: date | None = None
    supplier: str = Field(default="", max_length=80)
    price: int | None = Field(default=None, description="TZS")
