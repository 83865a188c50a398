"""What goes first, and that a chat keeps its order."""

from datetime import timedelta

from models.commands import DESK, NoteFate
from models.tables.notice import Fate, Lane
from tests.delivery.owing import CHAT, owe
from tests.support.cast import Desk
from tests.support.paying import lease, pay


def test_one_chat_gets_one_thing_at_a_time_in_the_order_in_which_it_was_said(desk: Desk) -> None:
    for text in ("moja", "mbili", "tatu"):
        owe(desk, text, CHAT)
    (first,) = lease(desk)
    assert first.screen.text == "moja"
    assert lease(desk, "another") == []
    desk.do(NoteFate(first.attempt_id, Fate.SENT), DESK)
    assert [each.screen.text for each in pay(desk)] == ["mbili", "tatu"]


def test_what_must_wait_holds_back_what_was_said_later_to_the_same_chat_only(desk: Desk) -> None:
    owe(desk, "moja", CHAT)
    (first,) = lease(desk)
    desk.do(NoteFate(first.attempt_id, Fate.REFUSED, "429", retry_in=timedelta(seconds=30)), DESK)
    owe(desk, "mbili", CHAT)
    owe(desk, "kwa mwingine", ["telegram", "9"])
    assert [each.screen.text for each in pay(desk)] == ["kwa mwingine"]
    desk.clock.forward(minutes=1)
    assert [each.screen.text for each in pay(desk)] == ["moja", "mbili"]


def test_an_sms_on_its_way_does_not_hold_back_the_next_until_it_is_reported(desk: Desk) -> None:
    owe(desk, "moja")
    owe(desk, "mbili")
    assert [each.screen.text for each in pay(desk)] == ["moja", "mbili"]


def test_a_reply_overtakes_an_announcement_to_two_thousand(desk: Desk) -> None:
    for number in range(200):
        owe(desk, f"tangazo {number}", ["telegram", str(number)], lane=Lane.ROUND)
    owe(desk, "habari za tiketi", ["telegram", "300"])
    owe(desk, "jibu", ["telegram", "5"], lane=Lane.REPLY)
    leased = lease(desk, room=(("telegram", 3),))
    assert [each.screen.text for each in leased] == ["jibu", "habari za tiketi", "tangazo 0"]


def test_a_worker_takes_no_more_than_it_has_room_for_on_each_channel(desk: Desk) -> None:
    for number in range(5):
        owe(desk, f"sms {number}", ["sms", f"+25575400000{number}"])
        owe(desk, f"chat {number}", ["telegram", str(number)])
    leased = lease(desk, room=(("telegram", 2), ("sms", 0)))
    assert [each.screen.text for each in leased] == ["chat 0", "chat 1"]
