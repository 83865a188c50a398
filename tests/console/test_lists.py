"""Every list walks an index in the order in which it is shown; none sorts, at whatever depth."""

import sqlite3
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import Select

from database.sqlite import file_of
from queries import directory, ticket_page
from queries.queue import Tab, listed
from tests.support.cast import Desk


def plan(desk: Desk, statement: Select[tuple[object, ...]]) -> list[str]:
    sql = desk.door.database.statements.prepared(statement)
    connection = sqlite3.connect(Path(file_of(desk.door.database.url)))
    try:
        names = statement.compile(dialect=desk.door.database.statements.dialect).binds
        return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql.sql}", dict.fromkeys(names, "1"))]
    finally:
        connection.close()


@pytest.mark.parametrize(("tab", "kind", "priority", "after"), list(product(Tab, *[(False, True)] * 3)))
def test_the_queue_is_read_in_its_order(desk: Desk, tab: Tab, kind: bool, priority: bool, after: bool) -> None:
    steps = plan(desk, listed(tab, kind, priority, after))
    assert not [step for step in steps if "TEMP B-TREE" in step]
    index = {Tab.MINE: "ticket_of_officer", Tab.UNASSIGNED: "ticket_of_officer", Tab.WAITING: "ticket_waiting"}
    assert f"USING INDEX {index.get(tab, 'ticket_open')}" in steps[0]


@pytest.mark.parametrize("statement", [*directory.LISTS, *ticket_page.LISTS])
def test_every_other_list_is_found_by_an_index(desk: Desk, statement: Select[tuple[object, ...]]) -> None:
    steps = plan(desk, statement)
    assert not [step for step in steps if "TEMP B-TREE" in step or (step.startswith("SCAN") and "USING" not in step)]
