"""What only goes wrong in a process that has done nothing yet."""

import subprocess
import sys
from pathlib import Path

from models.commands import By, ReportFault
from models.tables import Ticket
from models.tables.ticket import Channel
from tests.support.cast import Desk

ROOT = Path(__file__).parent.parent.parent

CHANGE = """
import sys
from database import open_database
from models.tables import Ticket

def change(tx):
    ticket = tx.get(Ticket, 1)
    ticket.caller_name = "Asha"
    tx.save(ticket)

database = open_database(sys.argv[1])
database.write(change)
database.close()
"""


def test_a_thing_that_was_read_can_be_changed_before_any_was_made(desk: Desk) -> None:
    desk.do(ReportFault(words="Printa"), By(Channel.SMS, person_id=desk.ids["juma"]))
    subprocess.run([sys.executable, "-c", CHANGE, desk.door.database.url], cwd=ROOT, check=True, timeout=60)
    assert [ticket.caller_name for ticket in desk.all(Ticket)] == ["Asha"]
