"""A mark that changes whenever something happened at the desk: what open pages watch."""

from sqlalchemy import func, select

from database import Reading, columns
from models.tables import Attempt, History

_history, _attempt = columns(History), columns(Attempt)

TAIL = 200  # rows looked back: ids may be committed out of order on PostgreSQL, and fates come late

_HISTORY = select(func.max(_history.id).label("last"), func.count().label("rows")).where(
    _history.id > select(func.coalesce(func.max(_history.id), 0) - TAIL).scalar_subquery()
)
_ATTEMPTS = select(
    func.max(_attempt.id).label("last"), func.count().label("rows"), func.max(_attempt.settled_at).label("settled")
).where(_attempt.id > select(func.coalesce(func.max(_attempt.id), 0) - TAIL).scalar_subquery())


def newest(reading: Reading) -> str:
    """Compared for equality alone. Two look-ups at the end of two primary keys."""
    history, attempts = reading.one(_HISTORY), reading.one(_ATTEMPTS)
    assert history is not None  # an aggregate always has its row
    assert attempts is not None  # an aggregate always has its row
    settled = f"{attempts.settled:%m%d%H%M%S%f}" if attempts.settled else ""
    return f"{history.last or 0}.{history.rows}.{attempts.last or 0}.{attempts.rows}.{settled}"
