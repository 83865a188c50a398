"""Delivery reports: late, twice, out of order, for a message whose id nobody learnt, or for none of ours."""

from datetime import timedelta

from handlers.debts import REPORT_WAIT, UNKNOWN_WAIT
from models.commands import DESK, NoteDelivery, NoteFate, SettleSilence
from models.tables.notice import Debt, Fate
from tests.delivery.owing import CHAT, SMS, a_ticket, attempts, fates, notice, owe, told
from tests.support.cast import JUMA, Desk
from tests.support.paying import lease


def sent_by_sms(desk: Desk, gateway_id: str = "ATXid_1") -> int:
    owed = owe(desk, f"habari {gateway_id}", SMS, CHAT, ticket_id=a_ticket(desk))
    (leased,) = lease(desk)
    desk.do(NoteFate(leased.attempt_id, Fate.SENT, gateway_id=gateway_id), DESK)
    return owed


def timed_out(desk: Desk, *routes: list[str]) -> int:
    """Handed to the gateway; nobody knows whether it went, nor its id."""
    owed = owe(desk, f"habari {desk.clock()}", *(routes or (SMS, CHAT)), ticket_id=a_ticket(desk))
    (leased,) = lease(desk)
    desk.do(NoteFate(leased.attempt_id, Fate.UNKNOWN, "timeout"), DESK)
    return owed


def report(
    desk: Desk, fate: Fate, said: str, gateway_id: str = "ATXid_1", *, phone: str = JUMA, message: str = ""
) -> bool:
    ours = desk.do(NoteDelivery("sms", gateway_id, phone, fate, said, message or f"{said}:{gateway_id}"), DESK)
    assert isinstance(ours, bool)
    return ours


def test_the_phone_was_reached_and_the_ticket_says_so(desk: Desk) -> None:
    owed = sent_by_sms(desk)
    assert report(desk, Fate.REACHED, "Success")
    assert notice(desk, owed).debt is Debt.PAID
    assert told(desk) == [("notice_reached", {"channel": "sms", "said": "Success", "notice_id": owed})]


def test_a_phone_that_is_off_is_told_to_the_ticket_and_the_next_way_is_taken(desk: Desk) -> None:
    owed = sent_by_sms(desk)
    report(desk, Fate.UNREACHED, "AbsentSubscriber")
    assert told(desk) == [("notice_unreached", {"channel": "sms", "said": "AbsentSubscriber", "notice_id": owed})]
    assert [each.channel for each in lease(desk)] == ["telegram"]


def test_the_same_report_twice_is_heard_once(desk: Desk) -> None:
    sent_by_sms(desk)
    assert report(desk, Fate.REACHED, "Success")
    assert not report(desk, Fate.REACHED, "Success")
    assert len(told(desk)) == 1


def test_an_underway_report_after_the_final_one_changes_nothing(desk: Desk) -> None:
    owed = sent_by_sms(desk)
    report(desk, Fate.UNREACHED, "Expired")
    report(desk, Fate.SENT, "Buffered")
    assert fates(desk, owed) == [("sms", Fate.UNREACHED)]


def test_reached_after_unreached_wins_and_nothing_more_is_sent(desk: Desk) -> None:
    owed = sent_by_sms(desk)
    report(desk, Fate.UNREACHED, "Failed")
    report(desk, Fate.REACHED, "Success")
    assert notice(desk, owed).debt is Debt.PAID
    assert lease(desk) == []


def test_unreached_after_reached_changes_nothing(desk: Desk) -> None:
    owed = sent_by_sms(desk)
    report(desk, Fate.REACHED, "Success")
    report(desk, Fate.UNREACHED, "Failed")
    assert notice(desk, owed).debt is Debt.PAID
    assert lease(desk) == []


def test_a_message_whose_id_nobody_learnt_is_known_by_its_number_and_time(desk: Desk) -> None:
    owed = timed_out(desk)
    desk.clock.forward(minutes=3)
    assert not report(desk, Fate.REACHED, "Success", phone="+255754888888", message="for somebody else")
    assert report(desk, Fate.REACHED, "Success")
    assert notice(desk, owed).debt is Debt.PAID
    assert attempts(desk, owed)[0].gateway_id == "ATXid_1"
    desk.clock.forward(hours=1)
    desk.do(SettleSilence(), DESK)
    assert lease(desk) == []


def test_two_unknown_messages_to_one_number_take_one_report_each(desk: Desk) -> None:
    first, second = timed_out(desk), timed_out_later(desk)
    report(desk, Fate.REACHED, "Success", "ATXid_1")
    report(desk, Fate.REACHED, "Success", "ATXid_2")
    assert [notice(desk, owed).debt for owed in (first, second)] == [Debt.PAID, Debt.PAID]


def timed_out_later(desk: Desk) -> int:
    desk.clock.forward(seconds=5)
    return timed_out(desk)


def test_a_report_may_come_before_the_gateways_own_answer(desk: Desk) -> None:
    owed = owe(desk, "habari", SMS, CHAT)
    (leased,) = lease(desk)
    assert report(desk, Fate.REACHED, "Success")
    desk.do(NoteFate(leased.attempt_id, Fate.SENT, gateway_id="ATXid_1", parts=1, cost="TZS 22.0000"), DESK)
    assert fates(desk, owed) == [("sms", Fate.REACHED)]
    assert attempts(desk, owed)[0].cost == "TZS 22.0000"
    assert notice(desk, owed).debt is Debt.PAID


def test_a_report_that_was_taken_for_anothers_gives_way_to_the_gateways_own_answer(desk: Desk) -> None:
    """An older message ran into a time-out; its report comes while a newer one is being sent."""
    timed_out(desk)
    desk.clock.forward(minutes=1)
    newer = owe(desk, "mpya", SMS, CHAT)
    (leased,) = lease(desk)
    report(desk, Fate.UNREACHED, "Failed", "ATXid_old")
    desk.do(NoteFate(leased.attempt_id, Fate.SENT, gateway_id="ATXid_new"), DESK)
    assert fates(desk, newer)[0] == ("sms", Fate.SENT)
    assert report(desk, Fate.REACHED, "Success", "ATXid_new")
    assert notice(desk, newer).debt is Debt.PAID


def test_a_report_after_the_fall_back_went_out_is_noted_and_sends_nothing(desk: Desk) -> None:
    owed = timed_out(desk)
    desk.clock.at += UNKNOWN_WAIT
    desk.do(SettleSilence(), DESK)
    (leased,) = lease(desk)
    assert leased.channel == "telegram"
    desk.do(NoteFate(leased.attempt_id, Fate.SENT), DESK)
    report(desk, Fate.UNREACHED, "Expired")
    assert notice(desk, owed).debt is Debt.PAID
    assert fates(desk, owed) == [("sms", Fate.UNREACHED), ("telegram", Fate.REACHED)]
    assert lease(desk) == []


def test_a_report_before_the_fall_back_went_out_spares_it(desk: Desk) -> None:
    timed_out(desk)
    desk.clock.at += UNKNOWN_WAIT
    desk.do(SettleSilence(), DESK)
    report(desk, Fate.REACHED, "Success")
    assert lease(desk) == []


def test_an_expiry_after_a_day_of_silence_still_takes_the_next_way(desk: Desk) -> None:
    owed = sent_by_sms(desk)
    desk.clock.at += REPORT_WAIT
    desk.do(SettleSilence(), DESK)
    assert notice(desk, owed).debt is Debt.PAID
    desk.clock.forward(hours=6)
    report(desk, Fate.UNREACHED, "Expired")
    assert [each.channel for each in lease(desk)] == ["telegram"]


def test_what_was_given_up_as_unknown_and_turns_out_to_have_arrived_is_paid(desk: Desk) -> None:
    owed = timed_out(desk, SMS)
    desk.clock.at += UNKNOWN_WAIT
    desk.do(SettleSilence(), DESK)
    assert notice(desk, owed).debt is Debt.FAILED
    report(desk, Fate.REACHED, "Success")
    assert notice(desk, owed).debt is Debt.PAID


def test_reports_of_nothing_of_ours_change_nothing(desk: Desk) -> None:
    assert not report(desk, Fate.REACHED, "Success", "ATXid_whoever")
    owed = timed_out(desk)
    assert not report(desk, Fate.UNKNOWN, "Sideways")
    desk.clock.at += timedelta(hours=25)
    assert not report(desk, Fate.REACHED, "Success", "ATXid_tomorrow"), "too long ago to be sure"
    assert fates(desk, owed) == [("sms", Fate.UNKNOWN)]


def test_an_identity_of_any_length_is_an_identity(desk: Desk) -> None:
    sent_by_sms(desk)
    assert report(desk, Fate.SENT, "Sent", message="x" * 500)
    assert not report(desk, Fate.SENT, "Sent", message="x" * 500)
