"""The catalogue that a new desk begins with fits the phone, speaks both languages and leaves the unit's own alone."""

from sqlalchemy import String, select

from database import table_of
from dawati.catalogue.loading import default_catalogue, places_of_region, region_of, rows_of
from models.commands import DESK, Imported, ImportPlaces
from models.commands.importing import PlaceRow
from models.tables import Fault, FaultCategory, Place, System
from models.tables.catalogue import Opens
from models.tables.place import PlaceKind
from models.values.gsm7 import is_gsm7
from tests.support.cast import Desk

CATALOGUE = default_catalogue()
ALL_SYSTEMS = select(table_of(System).c.code, table_of(System).c.name)


def test_every_entry_fits_its_columns() -> None:
    places = places_of_region("dar-es-salaam").rows
    for model, rows in (
        (FaultCategory, CATALOGUE.categories), (Fault, CATALOGUE.faults), (System, CATALOGUE.systems), (Place, places),
    ):  # fmt: skip
        for column in table_of(model).columns:
            if isinstance(column.type, String) and column.type.length:
                too_long = [row for row in rows if len(getattr(row, column.key, "") or "") > column.type.length]
                assert too_long == [], column


def test_what_a_phone_shows_is_short_and_in_its_alphabet() -> None:
    entries: tuple[Fault | FaultCategory, ...] = (*CATALOGUE.faults, *CATALOGUE.categories)
    for fault in entries:
        assert 0 < len(fault.short) <= 18
        assert 0 < len(fault.short_en) <= 18
        assert is_gsm7(fault.short + fault.short_en + fault.name + fault.name_en)
    assert all(0 < len(fault.short_en) <= 16 for fault in CATALOGUE.faults)
    for system in CATALOGUE.systems:
        assert 0 < len(system.short) <= 14
        assert is_gsm7(system.short + system.self_service + system.self_service_en)
        assert bool(system.self_service) == bool(system.self_service_en)
        assert max(len(system.self_service), len(system.self_service_en)) <= 100


def test_labels_differ_within_a_category_in_both_languages() -> None:
    for category in CATALOGUE.categories:
        faults = [fault for fault in CATALOGUE.faults if fault.category_code == category.code]
        assert faults
        assert len({fault.short for fault in faults}) == len({fault.short_en for fault in faults}) == len(faults)


def test_a_forgotten_password_is_never_an_incident() -> None:
    opens = {category.code: category.opens for category in CATALOGUE.categories}
    assert {opens[fault.category_code] for fault in CATALOGUE.faults if fault.code.startswith("11")} == {Opens.ACCOUNT}
    assert len(CATALOGUE.faults) == 83


def test_the_systems_everybody_asks_for_come_first() -> None:
    offered = [system for system in CATALOGUE.systems if system.offers_account]
    first = [system.short for system in sorted(offered, key=lambda system: system.rank)]
    assert first[:9] == [
        "HCMIS", "MUSE", "Epicor", "LGRCIS", "TAUSI", "PlanRep", "GSPP", "GoTHOMIS", "Baruapepe",
    ]  # fmt: skip
    assert all(system.tier for system in offered)


def test_loading_again_adds_nothing_and_keeps_what_the_unit_changed(desk: Desk) -> None:
    added = desk.do(CATALOGUE, DESK)
    assert isinstance(added, int)
    assert added > 80
    assert desk.do(CATALOGUE, DESK) == 0
    with desk.door.database.reading() as reading:
        names = {row.code: row.name for row in reading.all(ALL_SYSTEMS)}
    assert names["muse"] == "MUSE"  # as the cast's own unit calls it
    assert len(names) >= len(CATALOGUE.systems)


def test_a_region_stands_above_its_secretariat_and_that_above_its_councils(desk: Desk) -> None:
    command = places_of_region(region_of("bahi-dc"))
    assert desk.do(command, DESK) == Imported(added=len(command.rows))
    assert desk.do(command, DESK) == Imported(same=len(command.rows))
    paths = {place.code: place.path for place in desk.all(Place)}
    assert paths["bahi-dc"].startswith(paths["dodoma-rs"])
    assert paths["dodoma-rs"].startswith(paths["dodoma"])


def test_a_place_moves_with_all_that_is_below_it(desk: Desk) -> None:
    ward = PlaceRow("mvomero-dc/mlali", PlaceKind.WARD, "Kata ya Mlali", parent="mvomero-dc")
    school = PlaceRow("mlali-school", PlaceKind.SCHOOL, "Shule ya Mlali", parent=ward.code)
    desk.do(ImportPlaces((school, ward)), DESK)
    desk.do(ImportPlaces((PlaceRow(ward.code, ward.kind, ward.name, parent="gairo-dc"),)), DESK)
    paths = {place.code: place.path for place in desk.all(Place)}
    assert paths["mlali-school"].startswith(paths[ward.code])
    assert paths[ward.code].startswith(paths["gairo-dc"])


def test_the_files_name_every_region_and_council_once() -> None:
    regions = [row["code"] for row in rows_of("regions")]
    councils = [row["code"] for row in rows_of("councils")]
    assert (len(regions), len(councils)) == (26, 184)
    assert len(set(regions)) == 26
    assert len(set(councils)) == 184
    assert {row["region"] for row in rows_of("councils")} == set(regions)
