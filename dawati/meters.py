"""What the desk counts of itself, as Prometheus reads it. Labels name kinds of things, never people or places."""

from functools import cache

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from sqlalchemy import func, select

from database import Database, columns, spelled
from models.commands import HearHop, HearMessage, NoteFate
from models.refusals import Refused
from models.tables import Notice, NumberSeries
from models.tables.notice import Debt

_series, _notice = columns(NumberSeries), columns(Notice)

_TICKETS = select(func.coalesce(func.sum(_series.serial), 0).label("made"))
_OWED = select(func.count().label("owed")).where(_notice.debt == spelled(Debt.OWED))

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Meters:
    """One set for each application: tests run several in one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=self.registry)
        self._hops = Counter("dawati_hops", "USSD hops that were heard", registry=self.registry)
        self._messages = Counter(
            "dawati_messages", "SMS and Telegram messages that were heard", ["channel"], registry=self.registry
        )
        self._notices = Counter(
            "dawati_notices", "Attempts to deliver, by what the gateway said", ["fate"], registry=self.registry
        )
        self._commands = Histogram(
            "dawati_command_seconds", "From a command's arrival until it is committed", ["command", "outcome"],
            buckets=SECONDS, registry=self.registry,
        )  # fmt: skip
        self._requests = Histogram(
            "dawati_request_seconds", "From a request's arrival until it is answered", ["method", "route", "status"],
            buckets=SECONDS, registry=self.registry,
        )  # fmt: skip
        self._tickets = Gauge("dawati_tickets", "Tickets made so far", registry=self.registry)
        self._owed = Gauge("dawati_notices_owed", "Notices that wait to be delivered", registry=self.registry)

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        _of(self._requests, method, route, str(status)).observe(seconds)

    def command(self, command: object, seconds: float, failure: BaseException | None) -> None:
        outcome = "done" if failure is None else "refused" if isinstance(failure, Refused) else "failed"
        _of(self._commands, type(command).__name__, outcome).observe(seconds)
        if failure is not None:
            return
        if isinstance(command, HearHop):
            self._hops.inc()
        elif isinstance(command, HearMessage):
            self._messages.labels(str(command.channel)).inc()
        elif isinstance(command, NoteFate):
            self._notices.labels(str(command.fate)).inc()

    def text(self, database: Database) -> bytes:
        """Everything, with what only the database knows read just now."""
        with database.reading() as reading:
            tickets, owed = reading.one(_TICKETS), reading.one(_OWED)
        self._tickets.set(tickets.made if tickets else 0)
        self._owed.set(owed.owed if owed else 0)
        return generate_latest(self.registry)


@cache
def _of(histogram: Histogram, *labels: str) -> Histogram:
    """The same as the library's look-up, which checks the labels' names each time. Labels are few and of closed
    lists."""
    return histogram.labels(*labels)
