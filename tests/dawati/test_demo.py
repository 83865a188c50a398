"""The demonstration: made once, gone on with, and never mixed with a desk in earnest."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import migrations
from dawati.demo.cast import CAST, COUNCIL, LOGINS
from dawati.demo.founding import BEGUN, NotTheDemonstrations, found_demonstration
from dawati.opening import DEMONSTRATION, open_desk
from dawati.settings import Settings, read_demo_settings
from models.commands import DESK, SetPolicy
from models.tables import Address, Asset, Attempt, Notice, Officer, Person, Place, Ticket
from models.tables.notice import Debt, Fate
from models.tables.person import AddressKind
from models.tables.ticket import State
from queries.chain import verdict
from tests.support.cast import Clock, Desk, desk_on

NOW = datetime.now(UTC)


@pytest.fixture
def council(settings: Settings) -> Desk:
    return Desk(open_desk(settings), Clock(NOW))


def test_the_council_is_of_a_size_to_look_at(council: Desk) -> None:
    assert 280 <= len(council.all(Person)) <= 320
    assert len(council.all(Asset)) == 420
    assert {officer.login for officer in council.all(Officer)} == {login for login, _, _, _ in LOGINS}
    tickets = council.all(Ticket)
    assert len(tickets) > 40
    assert {ticket.state for ticket in tickets} == set(State)
    assert max(ticket.created_at for ticket in tickets) <= NOW + timedelta(minutes=1)


def test_everybody_has_somebody_who_can_say_yes(council: Desk) -> None:
    people = {person.id: person for person in council.all(Person)}
    assert all(person.supervisor_id in people and person.supervisor_id != person.id for person in people.values())
    assert all(person.demonstration for person in people.values())


def test_those_to_be_played_are_there_under_the_council(council: Desk) -> None:
    phones = {address.value: address.person_id for address in council.all(Address) if address.kind == AddressKind.PHONE}
    places = {place.id: place.path for place in council.all(Place)}
    (mvomero,) = (place for place in council.all(Place) if place.code == COUNCIL)
    people = {person.id: person for person in council.all(Person)}
    for member in CAST:
        assert (member.phone in phones) == member.on_record
        if member.on_record:
            assert places[people[phones[member.phone]].place_id].startswith(mvomero.path)


def test_old_news_is_not_told_again_and_every_history_holds(council: Desk, settings: Settings) -> None:
    assert {notice.debt for notice in council.all(Notice)} == {Debt.PAID}
    assert {attempt.fate for attempt in council.all(Attempt)} == {Fate.REACHED}
    assert verdict(council.door.database, settings.secret_key.get_secret_value().encode()).breaks == []


def test_a_second_start_goes_on_with_the_same_data(settings: Settings, council: Desk) -> None:
    before = [ticket.number for ticket in council.all(Ticket)]
    assert found_demonstration(settings, NOW) is False
    assert [ticket.number for ticket in council.all(Ticket)] == before


def test_a_start_that_was_broken_off_is_finished(settings: Settings, council: Desk) -> None:
    counts = [len(council.all(model)) for model in (Person, Officer, Asset, Place, Ticket)]
    council.door.do(SetPolicy(DEMONSTRATION, BEGUN), DESK)
    assert found_demonstration(settings, NOW) is True
    assert [len(council.all(model)) for model in (Person, Officer, Asset, Place, Ticket)] == counts


def test_nothing_invented_comes_into_a_desk_in_earnest(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'earnest.db'}"
    migrations.migrate(url)
    earnest = desk_on(url)
    people = len(earnest.all(Person))
    settings = read_demo_settings(env_file=None).model_copy(update={"database_url": url})
    with pytest.raises(NotTheDemonstrations, match="DATABASE_URL"):
        found_demonstration(settings, NOW)
    assert len(earnest.all(Person)) == people


@pytest.mark.parametrize("day", ["2026-01-01T09:00", "2026-03-01T12:00", "2026-07-07T03:00", "2026-12-26T23:30"])
def test_it_can_be_made_on_any_day_of_the_year(tmp_path: Path, day: str) -> None:
    at = datetime.fromisoformat(day).replace(tzinfo=UTC)
    url = f"sqlite:///{tmp_path / 'any.db'}"
    settings = read_demo_settings(env_file=None).model_copy(update={"database_url": url})
    assert found_demonstration(settings, at)
    told = Desk(open_desk(settings), Clock(at)).all(Ticket)
    assert len(told) > 40
    assert max(ticket.created_at for ticket in told) <= at
