"""Nobody who can write to the database, but has not the key, can change what happened without being found out."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, text

from models.commands import (
    DESK,
    AddNote,
    AskRequester,
    BlankWords,
    By,
    ClaimTicket,
    ReportFault,
    ResolveTicket,
    RetireSystem,
    SealHistory,
    SetWaiting,
)
from models.refusals import NotFound, NotYours
from models.tables import Change, History, Seal, Ticket, Words
from models.tables.ticket import Channel, WaitingOn
from models.values.ticket_number import TicketNumber
from queries.chain import DESK as DESK_ITSELF
from queries.chain import Break, What, verdict
from tests.support.cast import Desk, desk_on


def report(desk: Desk, words: str = "Printa haichapishi tangu asubuhi") -> int:
    desk.do(ReportFault("0301", "MVM/ICT/00412", words=words), By(Channel.USSD, person_id=desk.ids["juma"]))
    return desk.all(Ticket)[-1].id or 0


def a_morning(desk: Desk) -> list[str]:
    """Three tickets with a history of some length; their numbers."""
    for _ in range(3):
        ticket_id = report(desk)
        desk.clock.forward(minutes=7)
        desk.do(ClaimTicket(ticket_id), desk.officer())
        desk.do(AskRequester(ticket_id, "Je, umeme upo?"), desk.officer())
        desk.clock.forward(minutes=7)
        desk.do(AddNote(ticket_id, "Nimempigia simu"), desk.officer())
    return [TicketNumber(ticket.number).shown for ticket in desk.all(Ticket)]


@contextmanager
def behind_the_counter(desk: Desk) -> Iterator[Connection]:
    """Straight in the database, past the program and every foreign key."""
    engine = create_engine(desk.door.database.url)
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET session_replication_role = replica"))
        yield connection
    engine.dispose()


def run(desk: Desk, *statements: str, **values: Any) -> None:
    with behind_the_counter(desk) as connection:
        for statement in statements:
            connection.execute(text(statement), values)


def found(desk: Desk, **noted: Any) -> list[Break]:
    return verdict(desk.door.database, desk.door.rules.key, **noted).breaks


def test_an_honest_record_holds(either_desk: Desk) -> None:
    desk = either_desk
    a_morning(desk)
    assert desk.do(SealHistory(), DESK) == 12
    assert desk.do(SealHistory(), DESK) == 0
    report(desk)
    assert desk.do(SealHistory(), DESK) == 1
    assert [(seal.id, len(seal.heads)) for seal in desk.all(Seal)] == [(1, 3), (2, 1)]
    told = verdict(desk.door.database, desk.door.rules.key)
    assert (told.breaks, told.facts, told.tickets, told.seals) == ([], 13, 4, 2)
    assert told.last_seal == f"2:{desk.all(Seal)[-1].link}"


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("at = '2026-03-04T10:00:00.000000+00:00'", What.CHANGED),
        ("event = 'noted'", What.CHANGED),
        ("by_person_id = 1", What.CHANGED),
        ("by_person_id = NULL", What.CHANGED),
        ("channel = 'phone'", What.CHANGED),
        ("words_id = 1", What.CHANGED),
        ("words_id = NULL", What.CHANGED),
        ("facts = '{}'", What.CHANGED),
        ("facts = '[]'", What.CHANGED),
        ("facts = 'not JSON'", What.CHANGED),
        ("link = 'ff'", What.CHANGED),
        ("step = 9", What.MISSING),
        ("ticket_id = 999", What.MISSING),
    ],
)
def test_a_fact_that_was_changed_is_named(either_desk: Desk, change: str, what: What) -> None:
    desk = either_desk
    numbers = a_morning(desk)
    run(desk, f"UPDATE history SET {change} WHERE ticket_id = 2 AND step = 3")  # noqa: S608  # no words of a stranger
    breaks = found(desk)
    assert Break(what, numbers[1], 3) in breaks
    assert {each.ticket for each in breaks} <= {numbers[1], "id 999"}
    assert breaks[0].sentence == f"Ticket {numbers[1]}, step 3: {what}."


def test_a_fact_taken_out_of_the_middle_or_put_elsewhere_is_found(either_desk: Desk) -> None:
    desk = either_desk
    numbers = a_morning(desk)
    run(
        desk,
        "DELETE FROM history WHERE ticket_id = 1 AND step = 2",
        "UPDATE history SET step = 20 WHERE ticket_id = 3 AND step = 2",
        "UPDATE history SET step = 2 WHERE ticket_id = 3 AND step = 3",
        "UPDATE history SET step = 3 WHERE ticket_id = 3 AND step = 20",
    )
    assert found(desk) == [Break(What.MISSING, numbers[0], 2), Break(What.CHANGED, numbers[2], 2)]


def test_a_history_put_together_anew_without_the_key_is_found(either_desk: Desk) -> None:
    desk = either_desk
    numbers = a_morning(desk)
    run(
        desk,
        "DELETE FROM history WHERE ticket_id = 1 AND step = 2",
        "UPDATE history SET step = 2 WHERE ticket_id = 1 AND step = 3",
        "UPDATE history SET step = 3 WHERE ticket_id = 1 AND step = 4",
    )
    assert found(desk) == [Break(What.CHANGED, numbers[0], 2)]


def test_the_end_cut_off_is_found_by_the_seal(either_desk: Desk) -> None:
    desk = either_desk
    numbers = a_morning(desk)
    run(desk, "DELETE FROM history WHERE ticket_id = 1 AND step = 4")
    assert found(desk) == []  # nobody can know
    desk.do(SealHistory(), DESK)
    run(desk, "DELETE FROM history WHERE ticket_id = 2 AND step = 4")
    assert found(desk) == [Break(What.CUT, numbers[1], 4, 1)]


def test_a_ticket_taken_away_is_named_by_its_seal(either_desk: Desk) -> None:
    desk = either_desk
    numbers = a_morning(desk)
    desk.do(SealHistory(), DESK)
    run(desk, "DELETE FROM history WHERE ticket_id = 2", "DELETE FROM ticket WHERE id = 2")
    assert found(desk) == [Break(What.TICKET_GONE, numbers[1], 4, 1)]
    run(desk, "DELETE FROM history WHERE ticket_id = 3")
    assert Break(What.MISSING, numbers[2], 1) in found(desk)
    run(desk, "DELETE FROM ticket WHERE id = 1")
    assert Break(What.TICKET_GONE, "id 1", 1) in found(desk)


def test_a_ticket_under_another_number_is_found(either_desk: Desk) -> None:
    numbers = a_morning(either_desk)
    either_desk.do(SealHistory(), DESK)
    run(either_desk, "UPDATE ticket SET number = 2612345 WHERE id = 1")
    assert found(either_desk) == [Break(What.NUMBER_CHANGED, numbers[0], 4, 1)]


def test_seals_cannot_be_changed_or_left_out(either_desk: Desk) -> None:
    desk = either_desk
    for _ in range(3):
        a_morning(desk)
        desk.clock.forward(minutes=15)
        desk.do(SealHistory(), DESK)
    kept = desk.all(Seal)
    for change in ("at = '2026-03-04T10:00:00.000000+00:00'", "upto = 3", "link = ''", "heads = '[]'", "heads = 'x'"):
        run(desk, f"UPDATE seal SET {change} WHERE id = 2")  # noqa: S608  # no words of a stranger
        assert found(desk)[0] == Break(What.SEAL_CHANGED, seal=2), change
        run(desk, "DELETE FROM seal WHERE id = 2")
        assert found(desk)[0] == Break(What.SEAL_MISSING, seal=2)
        run(
            desk, "INSERT INTO seal (id, at, upto, heads, link) VALUES (2, :at, :upto, :heads, :link)",
            at=kept[1].at.isoformat(timespec="microseconds"), upto=kept[1].upto, heads=json.dumps(kept[1].heads),
            link=kept[1].link,
        )  # fmt: skip
        assert found(desk) == []


def test_a_noted_seal_shows_that_the_newest_was_cut_off_with_its_facts(either_desk: Desk) -> None:
    desk = either_desk
    a_morning(desk)
    desk.do(SealHistory(), DESK)
    report(desk)
    desk.do(SealHistory(), DESK)
    noted = {seal.id: seal.link for seal in desk.all(Seal)}
    assert found(desk, noted=noted) == []
    run(
        desk,
        "DELETE FROM seal WHERE id = 2",
        "DELETE FROM history WHERE ticket_id = 4",
        "DELETE FROM ticket WHERE id = 4",
    )
    assert found(desk) == []
    assert found(desk, noted=noted) == [Break(What.SEAL_MISSING, seal=2)]
    assert found(desk, noted={1: "ff"}) == [Break(What.SEAL_CHANGED, seal=1)]


def test_what_the_desk_goes_by_is_under_the_same_guard(either_desk: Desk) -> None:
    desk = either_desk
    run(desk, "UPDATE officer SET role = 'head' WHERE login = 'neema'")
    for code in ("muse", "ess", "gms"):
        desk.do(RetireSystem(code), desk.officer())
        desk.clock.forward(minutes=1)
    assert desk.do(SealHistory(), DESK) == 0
    assert desk.do(SealHistory(), DESK) == 0
    (seal,) = desk.all(Seal)
    assert [head[:3] for head in seal.heads] == [[0, 0, 3]]
    assert found(desk) == []
    kept = desk.all(Change)[1]
    for column, was in (
        ("about", kept.about), ("event", kept.event), ("channel", kept.channel), ("before", json.dumps(kept.before)),
        ("after", json.dumps(kept.after)), ("link", kept.link),
    ):  # fmt: skip
        run(desk, f"UPDATE desk_history SET {column} = 'x' WHERE step = 2")  # noqa: S608  # no words of a stranger
        assert found(desk) == [Break(What.CHANGED, DESK_ITSELF, 2)], column
        run(desk, f"UPDATE desk_history SET {column} = :was WHERE step = 2", was=was)  # noqa: S608  # as above
        assert found(desk) == []
    assert (
        Break(What.CHANGED, DESK_ITSELF, 2).sentence
        == "The desk's own history, step 2: what is written there was changed."
    )
    run(desk, "DELETE FROM desk_history WHERE step = 3")
    assert found(desk) == [Break(What.CUT, DESK_ITSELF, 3, 1)]
    run(desk, "DELETE FROM desk_history WHERE step = 1")
    assert Break(What.MISSING, DESK_ITSELF, 1) in found(desk)


def test_nothing_slips_past_a_seal_while_everybody_writes(postgres_url: str) -> None:
    desk = desk_on(postgres_url)
    writers = [threading.Thread(target=lambda: [report(desk) for _ in range(12)]) for _ in range(6)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        desk.do(SealHistory(most=7), DESK)
    while desk.do(SealHistory(), DESK):
        pass
    sealed = {(head[0], head[2]) for seal in desk.all(Seal) for head in seal.heads}
    assert sealed == {(fact.ticket_id, fact.step) for fact in desk.all(History)}
    assert len(sealed) == 72
    assert found(desk) == []
    desk.door.database.close()


def test_a_seal_takes_no_more_than_it_may(desk: Desk) -> None:
    a_morning(desk)
    assert [desk.do(SealHistory(most=5), DESK) for _ in range(4)] == [5, 5, 2, 0]
    assert found(desk) == []


def test_words_cannot_be_changed_nor_blanked_in_secret(either_desk: Desk) -> None:
    desk = either_desk
    numbers = a_morning(desk)
    run(
        desk,
        "UPDATE words SET text = 'Sikusema hivyo' WHERE id = 1",
        "UPDATE words SET text = '', salt = '' WHERE id = 5",
        "DELETE FROM words WHERE id = 9",
    )
    assert found(desk) == [
        Break(What.WORDS_CHANGED, numbers[0], 1), Break(What.WORDS_BLANKED, numbers[1], 3),
        Break(What.WORDS_GONE, numbers[2], 4),
    ]  # fmt: skip


def test_words_are_blanked_and_the_record_holds(either_desk: Desk) -> None:
    desk = either_desk
    a_morning(desk)
    desk.do(SealHistory(), DESK)
    fact = desk.all(History)[0]
    assert fact.words_id is not None
    desk.do(BlankWords(fact.words_id), DESK)
    desk.do(BlankWords(fact.words_id), DESK)
    desk.do(SealHistory(), DESK)
    words = desk.all(Words)
    assert (words[0].text, words[0].salt) == ("", "")
    assert all(each.text and each.salt for each in words[1:])
    assert [(row.event, row.facts) for row in desk.all(History) if row.event == "words_blanked"] == [
        ("words_blanked", {"of": 1})
    ]
    assert found(desk) == []


def test_only_whoever_runs_the_desk_blanks_words(desk: Desk) -> None:
    a_morning(desk)
    with pytest.raises(NotYours):
        desk.do(BlankWords(1), desk.officer())
    with pytest.raises(NotYours):
        desk.do(BlankWords(1), By(Channel.USSD, person_id=desk.ids["juma"]))
    with pytest.raises(NotFound):
        desk.do(BlankWords(999), DESK)
    assert all(words.text for words in desk.all(Words))


COLUMNS = ("ticket_id", "step", "at", "event", "by_person_id", "channel", "words_id", "facts", "link")


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)  # one desk for all examples: each puts back what it took
@given(data=st.data())
def test_whatever_is_written_over_a_fact_is_found_and_putting_it_back_heals(desk: Desk, data: st.DataObject) -> None:
    if not desk.all(Ticket):
        a_morning(desk)
        desk.do(ResolveTicket(1, "Imetengenezwa"), desk.officer())
        desk.do(SetWaiting(2, WaitingOn.PART, "Inasubiri kifaa"), desk.officer())
        desk.do(SealHistory(), DESK)
    facts = desk.all(History)
    row_id = data.draw(st.sampled_from([fact.id for fact in facts]))
    column = data.draw(st.sampled_from(COLUMNS))
    other = data.draw(st.one_of(st.integers(1000, 2**40), st.text(st.characters(codec="ascii"), max_size=30)))
    with behind_the_counter(desk) as connection:
        where = {"id": row_id}
        before = connection.execute(text(f"SELECT {column} FROM history WHERE id = :id"), where).scalar()  # noqa: S608  # one of ours
    if str(before) == str(other):
        return
    run(desk, f"UPDATE history SET {column} = :other WHERE id = :id", other=other, id=row_id)  # noqa: S608  # one of ours
    assert found(desk)
    run(desk, f"UPDATE history SET {column} = :other WHERE id = :id", other=before, id=row_id)  # noqa: S608  # one of ours
    assert found(desk) == []
