from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.working_hours import OfficeHours

ZONE = ZoneInfo("Africa/Dar_es_Salaam")
OFFICE = OfficeHours()
BEGIN = datetime(2025, 11, 1, tzinfo=UTC)
moments = st.timedeltas(timedelta(0), timedelta(days=450)).map(lambda later: BEGIN + later)  # two year ends
spans = st.timedeltas(timedelta(0), timedelta(hours=100))


def here(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


def test_the_office_is_open_from_its_opening_until_its_closing() -> None:
    assert OFFICE.is_open(here("2026-11-20 07:30"))
    assert OFFICE.is_open(here("2026-11-20 15:29"))
    assert not OFFICE.is_open(here("2026-11-20 07:29"))
    assert not OFFICE.is_open(here("2026-11-20 15:30"))
    assert not OFFICE.is_open(here("2026-11-21 10:00")), "a Saturday"
    assert not OFFICE.is_open(here("2026-12-09 10:00")), "Independence Day"


def test_a_friday_afternoon_goes_on_on_monday() -> None:
    assert OFFICE.add(here("2026-11-20 15:00"), timedelta(hours=1)) == here("2026-11-23 08:00")
    assert OFFICE.add(here("2026-11-21 12:00"), timedelta(minutes=15)) == here("2026-11-23 07:45")


def test_a_day_s_work_ends_at_closing_not_at_the_next_opening() -> None:
    assert OFFICE.add(here("2026-11-19 07:30"), timedelta(hours=8)) == here("2026-11-19 15:30")
    assert OFFICE.add(here("2026-11-19 03:00"), timedelta(hours=8)) == here("2026-11-19 15:30")


def test_christmas_and_new_year_do_not_count() -> None:
    assert OFFICE.between(here("2026-12-24 14:30"), here("2026-12-28 08:30")) == timedelta(hours=2)
    assert OFFICE.between(here("2026-12-31 15:00"), here("2027-01-04 08:00")) == timedelta(hours=1)


def test_an_office_overrules_the_calendar() -> None:
    eid_moved = OfficeHours(also_closed=frozenset({date(2026, 11, 23)}), also_open=frozenset({date(2026, 11, 21)}))
    assert eid_moved.add(here("2026-11-20 15:00"), timedelta(hours=9)) == here("2026-11-24 08:00")
    assert OfficeHours(country=None).is_open(here("2026-12-09 10:00"))


def test_an_approval_asked_on_friday_expires_on_tuesday_evening() -> None:
    assert OFFICE.end_of_working_day(here("2026-11-20 10:00")) == here("2026-11-24 15:30")
    assert OFFICE.end_of_working_day(here("2026-11-21 10:00")) == here("2026-11-24 15:30")
    assert OFFICE.end_of_working_day(here("2026-11-20 10:00"), days=1) == here("2026-11-23 15:30")


def test_the_day_is_that_of_the_office_not_of_greenwich() -> None:
    assert OFFICE.end_of_working_day(datetime(2026, 11, 22, 22, 0, tzinfo=UTC), days=1) == here("2026-11-24 15:30")


@given(moments, spans)
def test_adding_and_measuring_agree(start: datetime, working: timedelta) -> None:
    end = OFFICE.add(start, working)
    assert end >= start
    assert end.tzinfo is UTC
    assert OFFICE.between(start, end) == working
    if working:
        assert OFFICE.between(start, end - timedelta(microseconds=1)) < working, "it is the earliest such time"


@given(moments, spans, spans)
def test_more_work_never_ends_earlier(start: datetime, one: timedelta, other: timedelta) -> None:
    assert (OFFICE.add(start, one) <= OFFICE.add(start, other)) == (one <= other)
    assert OFFICE.add(OFFICE.add(start, one), other) == OFFICE.add(start, one + other) or not other


@given(moments, moments, moments)
def test_stretches_add_up(one: datetime, two: datetime, three: datetime) -> None:
    assert OFFICE.between(one, two) + OFFICE.between(two, three) == OFFICE.between(one, three)
    assert OFFICE.between(one, two) == -OFFICE.between(two, one)


@given(moments)
def test_open_means_that_time_runs(at: datetime) -> None:
    assert OFFICE.is_open(at) == (OFFICE.between(at, at + timedelta(microseconds=1)) > timedelta(0))


def test_impossible_hours_and_times_are_refused() -> None:
    with pytest.raises(ValueError, match="opens before it closes"):
        OfficeHours(opens=time(22), closes=time(6))
    with pytest.raises(ValueError, match="at least one day"):
        OfficeHours(weekdays=frozenset())
    with pytest.raises(ValueError, match="without a zone"):
        OFFICE.is_open(datetime(2026, 11, 20, 10))  # noqa: DTZ001  a naive time is the point
    with pytest.raises(ValueError, match="forwards only"):
        OFFICE.add(here("2026-11-20 10:00"), timedelta(hours=-1))
    with pytest.raises(ValueError, match="from 1"):
        OFFICE.end_of_working_day(here("2026-11-20 10:00"), days=0)
