"""The part of the tree that an officer serves, to walk down step by step."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from database import Reading, Row, columns
from models.refusals import NotFound
from models.tables import Place
from queries.scope import Seat

_place = columns(Place)

_ONE = select(_place.id, _place.name, _place.path, _place.parent_id).where(_place.id == bindparam("place_id"))
_CHILDREN = (
    select(_place.id, _place.name)
    .where(_place.parent_id == bindparam("place_id"), _place.retired.is_(False))
    .order_by(_place.name)
)


@dataclass(frozen=True, slots=True)
class Branch:
    """Where one is in the tree: `above` from the top of one's part down to this place; `below`, one level."""

    id: int
    path: str
    above: tuple[Row, ...]
    below: tuple[Row, ...]


def branch(reading: Reading, seat: Seat, place_id: int | None = None) -> Branch:
    """`above` and `below` hold `id` and `name`. A place outside one's part is not there."""
    here = reading.one(_ONE, place_id=place_id or seat.place_id)
    if here is None or not here.path.startswith(seat.realm):
        raise NotFound
    above = [here]
    while above[0].id != seat.place_id and above[0].parent_id is not None:
        parent = reading.one(_ONE, place_id=above[0].parent_id)
        assert parent is not None  # a foreign key holds it
        above.insert(0, parent)
    return Branch(here.id, here.path, tuple(above), tuple(reading.all(_CHILDREN, place_id=here.id)))
