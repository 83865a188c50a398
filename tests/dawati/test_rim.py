"""Where the loop meets the desk's thread: whoever goes away leaves the desk as it was."""

import asyncio
import threading

import pytest

from dawati.rim import Rim
from models.commands import SetLanguage
from models.commands.by import By
from models.tables import Person
from models.tables.ticket import Channel
from tests.support.cast import Desk


def speaks(desk: Desk, person: str) -> str:
    return next(row.language for row in desk.all(Person) if row.id == desk.ids[person])


def test_work_is_finished_for_a_loop_that_has_gone_and_the_desk_goes_on(either_desk: Desk) -> None:
    desk = either_desk
    by = By(Channel.SMS, person_id=desk.ids["juma"])
    held, going = threading.Event(), threading.Event()

    def hold(_: object) -> None:
        going.set()
        held.wait(10)

    desk.door.database.submit(hold, lambda *_: None)
    going.wait(10)
    loop = asyncio.new_event_loop()
    asked = loop.create_task(Rim(desk.door).do(SetLanguage("en"), by))
    loop.run_until_complete(asyncio.sleep(0))
    asked.cancel()
    loop.run_until_complete(asyncio.gather(asked, return_exceptions=True))
    loop.close()
    held.set()
    desk.do(SetLanguage("sw"), By(Channel.SMS, person_id=desk.ids["theresia"]))  # behind it in the queue, or beside it
    desk.door.database.close()  # which waits for what was submitted
    assert speaks(desk, "juma") == "en"


def test_a_defect_in_being_told_does_not_end_the_thread_that_serves_everybody(
    either_desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    def trips(_: object, __: BaseException | None) -> None:
        raise ValueError("Juma's words")

    either_desk.door.database.submit(lambda _: None, trips)
    either_desk.do(SetLanguage("en"), By(Channel.SMS, person_id=either_desk.ids["juma"]))
    either_desk.door.database.close()
    assert "ValueError" in caplog.text
    assert "Juma" not in caplog.text
