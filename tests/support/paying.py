"""Pay what the desk owes, as a worker with willing gateways would."""

from models.commands import DESK, LeaseNotices, NoteFate
from models.tables.notice import Fate
from queries.delivery import Leased
from tests.support.cast import Desk

BOTH = (("telegram", 50), ("sms", 50))


def lease(
    desk: Desk, worker: str = "worker", room: tuple[tuple[str, int], ...] = BOTH, real: frozenset[str] = frozenset()
) -> list[Leased]:
    """One round: what a worker takes now, at most one thing for each address."""
    leased = desk.do(LeaseNotices(worker, room, real), DESK)
    assert isinstance(leased, list)
    return leased


def pay(desk: Desk) -> list[Leased]:
    """Everything that is due, in the order in which it went out."""
    paid: list[Leased] = []
    while leased := lease(desk):
        for each in leased:
            desk.do(NoteFate(each.attempt_id, Fate.SENT, gateway_id=f"gw-{each.attempt_id}"), DESK)
        paid += leased
    return paid
