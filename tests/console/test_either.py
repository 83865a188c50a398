"""The console on each database: its lists, its forms, and two of everything at once."""

import threading
from collections.abc import Iterator

import pytest

from models.commands import By, ClaimTicket, Once, ReportFault
from models.refusals import AlreadyClaimed
from models.tables import Attachment, Ticket
from models.tables.ticket import Channel
from models.values.ticket_number import TicketNumber
from tests.console.front import Officer, opened
from tests.support.cast import AFTERNOON, Desk

PICTURE = b"\xff\xd8\xff\xe0 a photo"


@pytest.fixture
def neema(either_desk: Desk) -> Iterator[Officer]:
    with opened(either_desk) as url:
        officer = Officer(url, "neema")
        yield officer
        officer.http.close()


def reported(desk: Desk) -> Ticket:
    desk.do(ReportFault("0301", "MVM/ICT/00412", words="Inapiga kelele"), By(Channel.USSD, person_id=desk.ids["juma"]))
    return desk.all(Ticket)[-1]


def test_every_page_is_read(either_desk: Desk, neema: Officer) -> None:
    ticket = reported(either_desk)
    here = f"/tickets/{TicketNumber(ticket.number).shown}"
    mark = "after=P1.1772622000000000.1"
    for path in (
        *(f"/tickets?tab={tab}&kind=incident&priority=P3&{mark}" for tab in ("mine", "unassigned", "all", "waiting")),
        f"/tickets?tab=overdue&{mark}", here, "/people?q=ju%25_", "/people?q=0754",
        f"/people/{either_desk.ids['juma']}",
        "/assets?q=mvm", "/assets/MVM/ICT/00412", "/tickets/new?who=juma", "/approvals",
    ):  # fmt: skip
        neema.open(path)
        assert neema.status == 200, path
    neema.open(here)
    neema.send(here, act="ask", words="Taa gani inawaka?\x00")
    assert "Taa gani inawaka?" in neema.words


def test_a_photo_is_shown_to_those_who_may_see_the_ticket(either_desk: Desk, neema: Officer) -> None:
    ticket = reported(either_desk)
    photo = Attachment(ticket_id=ticket.id, source=Channel.TELEGRAM, remote_id="x", sent_at=AFTERNOON, content=PICTURE)
    either_desk.door.database.write(lambda tx: tx.add(photo))
    here = f"/tickets/{TicketNumber(ticket.number).shown}"
    neema.open(here)
    assert f'src="{here}/photos/{photo.id}"' in neema.page
    answer = neema.http.get(f"{here}/photos/{photo.id}")
    assert (answer.content, answer.headers["content-type"]) == (PICTURE, "image/jpeg")
    assert "sandbox" in answer.headers["content-security-policy"]
    baraka = Officer(str(neema.http.base_url), "baraka")
    assert baraka.http.get(f"{here}/photos/{photo.id}").status_code == 404
    baraka.http.close()


def test_two_officers_at_the_same_moment_one_ticket_one_form(either_desk: Desk, neema: Officer) -> None:
    """Eight clicks of each on the same button: one of the two has it, and each form was carried out once."""
    ticket = reported(either_desk)
    assert ticket.id is not None
    outcomes: list[str] = []
    start = threading.Barrier(16)

    def click(name: str) -> None:
        start.wait()
        try:
            either_desk.do(Once(name * 6, ClaimTicket(ticket.id or 0)), either_desk.officer(name))
            outcomes.append(name)
        except AlreadyClaimed:
            outcomes.append("")

    clicks = [threading.Thread(target=click, args=(name,)) for name in ("neema", "asha") * 8]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert sorted(outcomes)[:8] == [""] * 8
    assert len(set(outcomes)) == 2
