"""Lists that a council keeps in a spreadsheet, read from CSV. A wrong row is named in one sentence."""

import csv
from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from models.commands import ImportAssets, ImportLeavers, ImportPlaces, ImportStaff
from models.commands.importing import AssetRow, PlaceRow, StaffRow
from models.commands.leaving import LeaverRow
from models.refusals import Misread
from models.tables.asset import AssetState
from models.tables.person import Employment
from models.tables.place import PlaceKind
from models.values.asset_tag import AssetTag
from models.values.phone import PhoneNumber

W = TypeVar("W", bound=StrEnum)
R = TypeVar("R")

COLUMNS = {
    "places": ("code", "kind", "name", "parent", "name_en", "short"),
    "staff": ("name", "phone", "place", "title", "supervisor", "language"),
    "assets": (
        "tag", "kind", "place", "serial", "make", "model", "custodian", "state", "bought", "warranty_until", "supplier",
        "price", "government_code",
    ),
    "leavers": ("phone", "name", "reason"),
}  # fmt: skip
NEEDED = {"places": 3, "staff": 3, "assets": 3, "leavers": 2}
"""So many of the columns, from the first, must be there and filled; the others may be left out."""
LONGEST = {"code": 40, "name": 120, "name_en": 120, "short": 24, "title": 120, "serial": 60, "make": 60, "model": 60,
           "supplier": 80, "government_code": 40, "kind": 40}  # fmt: skip  # characters, as the tables have them


class ListRefused(Exception):
    """The sentence names the row (the first below the headings is 1) and what is wrong, without anybody's number."""


def places_in(file: Path) -> ImportPlaces:
    return ImportPlaces(tuple(_each(file, "places", _place)))


def staff_in(file: Path) -> ImportStaff:
    """Several phones of one person are separated by a semicolon."""
    return ImportStaff(tuple(_each(file, "staff", _person)))


def assets_in(file: Path) -> ImportAssets:
    return ImportAssets(tuple(_each(file, "assets", _asset)))


def leavers_in(file: Path) -> ImportLeavers:
    return ImportLeavers(tuple(_each(file, "leavers", _leaver)))


READERS: dict[str, Callable[[Path], Any]] = {
    "places": places_in,
    "staff": staff_in,
    "assets": assets_in,
    "leavers": leavers_in,
}


def _place(row: dict[str, str]) -> PlaceRow:
    return PlaceRow(
        code=row["code"], kind=_word("kind", row["kind"], PlaceKind), name=row["name"], parent=row["parent"],
        name_en=row["name_en"], short=row["short"],
    )  # fmt: skip


def _person(row: dict[str, str]) -> StaffRow:
    if row["language"] not in ("", "sw", "en"):
        raise ListRefused("language must be sw or en")
    return StaffRow(
        name=row["name"],
        phones=tuple(_phone("phone", phone) for phone in row["phone"].split(";") if phone.strip()),
        place=row["place"],
        title=row["title"],
        supervisor=_phone("supervisor", row["supervisor"]) if row["supervisor"] else "",
        language=row["language"] or "sw",
    )


def _leaver(row: dict[str, str]) -> LeaverRow:
    """Whoever retired, resigned or died has left; `transferred` says that they serve elsewhere."""
    moved = row["reason"].casefold() in ("transferred", "amehamishwa")
    return LeaverRow(
        _phone("phone", row["phone"]), row["name"], Employment.TRANSFERRED if moved else Employment.LEFT
    )  # fmt: skip


def _asset(row: dict[str, str]) -> AssetRow:
    price = row["price"].replace(",", "").replace(" ", "")
    if price and not price.isdecimal():
        raise ListRefused("price must be whole shillings")
    try:
        tag = AssetTag.parse(row["tag"])
    except Misread:
        raise ListRefused("tag must look like MVM/ICT/00412") from None
    return AssetRow(
        tag=tag, kind=row["kind"], place=row["place"], serial=row["serial"], make=row["make"], model=row["model"],
        custodian=_phone("custodian", row["custodian"]) if row["custodian"] else "",
        state=_word("state", row["state"] or "in_use", AssetState), bought=_day("bought", row["bought"]),
        warranty_until=_day("warranty_until", row["warranty_until"]), supplier=row["supplier"],
        price=int(price) if price else None, government_code=row["government_code"],
    )  # fmt: skip


def _each(file: Path, kind: str, read: Callable[[dict[str, str]], R]) -> Iterator[R]:
    for number, row in enumerate(_rows(file, kind), start=1):
        try:
            _fits(row, kind)
            yield read(row)
        except ListRefused as wrong:
            raise ListRefused(f"{file.name}, row {number}: {wrong}.") from None


def _fits(row: dict[str, str], kind: str) -> None:
    for name in COLUMNS[kind][: NEEDED[kind]]:
        if not row[name]:
            raise ListRefused(f"{name} is empty")
    for name, most in LONGEST.items():
        if len(row.get(name, "")) > most:
            raise ListRefused(f"{name} is longer than {most} characters")


def _rows(file: Path, kind: str) -> Iterator[dict[str, str]]:
    try:
        text = file.read_text(encoding="utf-8-sig")  # as spreadsheets write it
    except UnicodeDecodeError:
        raise ListRefused(f"{file.name} is not UTF-8; save it as CSV UTF-8.") from None
    heading = text.partition("\n")[0]
    reader = csv.DictReader(text.splitlines(), delimiter=";" if heading.count(";") > heading.count(",") else ",")
    names = [(name or "").strip().lower() for name in reader.fieldnames or []]
    missing = [name for name in COLUMNS[kind][: NEEDED[kind]] if name not in names]
    if missing:
        raise ListRefused(f"{file.name} has no column {missing[0]}; its columns are {', '.join(COLUMNS[kind])}.")
    reader.fieldnames = names
    for row in reader:
        filled = {name: (row.get(name) or "").strip() for name in COLUMNS[kind]}
        if any(filled.values()):
            yield filled


def _phone(column: str, text: str) -> str:
    try:
        return PhoneNumber.parse(text)
    except Misread:
        raise ListRefused(f"{column} must be a mobile number such as 0712345678") from None


def _day(column: str, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ListRefused(f"{column} must be a day such as 2026-06-30") from None


def _word(column: str, text: str, words: type[W]) -> W:
    try:
        return words(text.lower())
    except ValueError:
        raise ListRefused(f"{column} must be one of {', '.join(words)}") from None
