"""Office hours: when the desk's clocks run.

Pure: the zone, the hours and the exceptions are data. Times in and out are aware; out they are UTC. A day's
hours are wall-clock hours of the zone: a change to summer time moves no closing time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
DAR_ES_SALAAM = ZoneInfo("Africa/Dar_es_Salaam")


@cache
def public_holidays(country: str, year: int) -> frozenset[date]:
    """As the `holidays` package knows them; Eid dates are estimates, which an office overrides."""
    from holidays import country_holidays  # 220 ms: only when a clock first runs

    return frozenset(country_holidays(country, years=year))


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """An office's week, with its holidays.

    `also_closed` and `also_open` overrule the country's holidays and the week; a day in both is closed.
    """

    opens: time = time(7, 30)
    closes: time = time(15, 30)
    weekdays: frozenset[int] = frozenset(range(5))
    """Monday is 0."""
    zone: ZoneInfo = DAR_ES_SALAAM
    country: str | None = "TZ"
    """ISO 3166 code of whose holidays are kept; none for no holidays."""
    also_closed: frozenset[date] = frozenset()
    also_open: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError("an office opens before it closes, on the same day")
        if not self.weekdays <= frozenset(range(7)) or not self.weekdays:
            raise ValueError("an office is open on at least one day of the week, Monday 0 to Sunday 6")

    def is_working_day(self, day: date) -> bool:
        if day in self.also_closed:
            return False
        if day in self.also_open:
            return True
        if day.weekday() not in self.weekdays:
            return False
        return self.country is None or day not in public_holidays(self.country, day.year)

    def is_open(self, at: datetime) -> bool:
        """At the opening time yes, at the closing time no."""
        begin, end = self._hours(self._day(at))
        return self.is_working_day(self._day(at)) and begin <= at < end

    def add(self, start: datetime, working: timedelta) -> datetime:
        """The earliest time by which that much working time has passed since `start`."""
        if working < timedelta(0):
            raise ValueError("working time is added forwards only")
        left = working
        at = start.astimezone(UTC)
        for begin, end in self._open_from(start):
            if not left:
                break
            at = max(begin, at)
            if at + left <= end:
                return at + left
            left -= end - at
        return at

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The working time from `start` to `end`; negative if `end` is the earlier."""
        if end < start:
            return -self.between(end, start)
        total = timedelta(0)
        for begin, close in self._open_from(start):
            if begin >= end:
                break
            total += min(close, end) - max(begin, start)
        return total

    def end_of_working_day(self, at: datetime, days: int = 2) -> datetime:
        """The closing time of the `days`-th working day after the day of `at`, which is not counted."""
        if days < 1:
            raise ValueError("days are counted from 1")
        day = self._day(at)
        for _ in range(days):
            day += DAY
            while not self.is_working_day(day):
                day += DAY
        return self._hours(day)[1]

    def _open_from(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Every stretch of open hours that ends after `start`, without end."""
        day = self._day(start)
        while True:
            if self.is_working_day(day):
                begin, end = self._hours(day)
                if end > start:
                    yield begin, end
            day += DAY

    def _day(self, at: datetime) -> date:
        if at.tzinfo is None:
            raise ValueError("a time without a zone")
        return at.astimezone(self.zone).date()

    def _hours(self, day: date) -> tuple[datetime, datetime]:
        begin = datetime.combine(day, self.opens, self.zone).astimezone(UTC)
        return begin, datetime.combine(day, self.closes, self.zone).astimezone(UTC)
