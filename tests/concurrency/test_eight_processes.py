"""Eight workers get one message at the same moment, as gateways do: one ticket, and every worker answers the same."""

import multiprocessing
import secrets
from collections.abc import Callable
from multiprocessing.synchronize import Barrier
from typing import Any

from conversations.screen import Screen
from database import open_database
from handlers import Door
from models.commands import By, HearHop, HearMessage
from models.commands.hearing import Heard, Tapped, Typed
from models.tables import Conversation, History, Notice, Ticket
from models.tables.person import AddressKind
from models.tables.ticket import Channel
from tests.support.cast import JUMA, Clock, Desk, rules_of

WORKERS = 8
PROCESSES = multiprocessing.get_context("forkserver")  # one import of the desk serves all of them
PROCESSES.set_forkserver_preload([__name__])
CHAT = "700100"


def at_once(desk: Desk, worker: Callable[..., None], command: object) -> list[Any]:
    """What each of eight processes answered, all of them let go by one barrier."""
    barrier, answers = PROCESSES.Barrier(WORKERS), PROCESSES.Queue()
    given = (desk.door.database.url, desk.ids, command, barrier, answers)
    processes = [PROCESSES.Process(target=worker, args=given) for _ in range(WORKERS)]
    for process in processes:
        process.start()
    told = [answers.get(timeout=90) for _ in processes]
    for process in processes:
        process.join()
    return told


def deliver(url: str, ids: dict[str, int], command: object, barrier: Barrier, answers: Any) -> None:
    database = open_database(url)
    door = Door(database, rules_of(ids), Clock(), secrets.token_bytes)
    barrier.wait()
    try:
        answer = door.do(command, By())
    except Exception as failure:  # noqa: BLE001  # the story shows it as what this worker answered
        answer = repr(failure)
    answers.put(answer.to_json() if isinstance(answer, Screen) else answer)
    database.close()


def test_the_last_hop_of_a_report(either_desk: Desk) -> None:
    for text in ("", "1", "1*2", "1*2*1", "1*2*1*412"):
        either_desk.do(HearHop("s1", JUMA, "64004", text), By(Channel.USSD))
    answers = at_once(either_desk, deliver, HearHop("s1", JUMA, "64004", "1*2*1*412*1"))
    assert len(answers) == WORKERS
    assert all(answer == answers[0] for answer in answers)
    assert "2600001-0" in answers[0]["text"]
    assert len(either_desk.all(Ticket)) == 1
    assert len(either_desk.all(History)) == 1


def test_the_first_hop_of_a_session(either_desk: Desk) -> None:
    answers = at_once(either_desk, deliver, HearHop("s2", JUMA, "64004", ""))
    assert all(answer == answers[0] for answer in answers)
    assert len(either_desk.all(Conversation)) == 1


def test_a_tap_that_sends_the_report(either_desk: Desk) -> None:
    for message, text in enumerate(("hello", "1", "1", "1", "412", "Juma, idara ya fedha")):
        say = HearMessage(Channel.TELEGRAM, AddressKind.TELEGRAM, CHAT, str(message), Typed(text))
        either_desk.do(say, By(Channel.TELEGRAM))
    (conversation,) = either_desk.all(Conversation)
    assert conversation.screen["step"] == "report.confirm"
    owed_before = len(either_desk.all(Notice))

    tap = Tapped(conversation.id or 0, conversation.revision, "1", card="55")
    answers = at_once(either_desk, deliver, HearMessage(Channel.TELEGRAM, AddressKind.TELEGRAM, CHAT, "10", tap))
    assert {answer.alert for answer in answers} == {""}
    assert sum(not answer.again for answer in answers) == 1
    assert all(isinstance(answer, Heard) for answer in answers)
    assert len(either_desk.all(Ticket)) == 1
    assert len(either_desk.all(Notice)) == owed_before + 2  # the reply, and word to the officer
