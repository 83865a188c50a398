"""Whoever is nearest is told: a council's own officers of its tickets, the region's only where a council has none."""

from database import Transaction
from models.tables import Notice, Officer, Place
from models.tables.place import PlaceKind
from tests.desk.support import Phone
from tests.support.cast import NEEMA, Desk


def test_a_councils_ticket_is_told_to_its_own_unit_and_not_to_the_region_above(desk: Desk) -> None:
    desk.door.database.write(lambda tx: _put_a_region_above(tx, desk))
    Phone(desk).dial("1", "2", "1", "412", "1")
    assert {notice.address for notice in desk.all(Notice)} == {NEEMA}


def test_where_a_council_has_no_officers_the_region_is_told(desk: Desk) -> None:
    desk.door.database.write(lambda tx: _put_a_region_above(tx, desk, retire="neema"))
    Phone(desk).dial("1", "2", "1", "412", "1")
    assert {notice.person_id for notice in desk.all(Notice)} == {desk.ids["baraka"]}


def _put_a_region_above(tx: Transaction, desk: Desk, retire: str = "") -> None:
    """The region's officer is Baraka, whose place becomes the parent of Mvomero."""
    region = tx.get(Place, desk.ids["gairo-dc"])
    assert region is not None
    region.kind = PlaceKind.SECRETARIAT
    tx.save(region)
    for code in ("mvomero-dc", "mvomero-dc/finance", "mvomero-dc/mlali"):
        place = tx.get(Place, desk.ids[code])
        assert place is not None
        place.path = region.path + place.path.lstrip("/")
        tx.save(place)
    if retire:
        officer = tx.get(Officer, desk.ids[f"officer:{retire}"])
        assert officer is not None
        officer.retired = True
        tx.save(officer)
