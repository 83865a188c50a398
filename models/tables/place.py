"""Places form one tree: region, Regional Secretariat or council, department or unit, ward, facility or school."""

from enum import StrEnum

from sqlmodel import Field, SQLModel

from models.columns import Word


class PlaceKind(StrEnum):
    REGION = "region"
    SECRETARIAT = "secretariat"
    COUNCIL = "council"
    DEPARTMENT = "department"
    UNIT = "unit"
    WARD = "ward"
    FACILITY = "facility"
    SCHOOL = "school"


class Place(SQLModel, table=True):
    """One node of the tree.

    `path` is `/1/14/203/`: the ids from the root down to this place, so that "everything below" is a prefix.
    `code` is stable across renamings; names are not.
    """

    id: int | None = Field(default=None, primary_key=True)
    parent_id: int | None = Field(default=None, foreign_key="place.id", index=True)
    kind: PlaceKind = Field(sa_type=Word(PlaceKind))
    code: str = Field(max_length=40, unique=True)
    name: str = Field(max_length=120, description="in Swahili, as the institution writes it")
    name_en: str = Field(default="", max_length=120)
    short: str = Field(default="", max_length=24, description="for a phone's screen")
    path: str = Field(max_length=120, index=True)
    retired: bool = False
