"""How a debt is settled, one stroke of fate at a time."""

from datetime import timedelta

from handlers.debts import KEEP_TRYING, REPORT_WAIT, TRIES, UNKNOWN_WAIT
from models.commands import DESK, AskRequester, ClaimTicket, HearHop, LeaseNotices, NoteFate, SettleSilence
from models.commands.by import By
from models.tables import Conversation
from models.tables.notice import Debt, Fate, Lane
from models.tables.ticket import Channel
from queries.delivery import Leased
from tests.delivery.owing import CHAT, SMS, a_ticket, attempts, fates, notice, owe, told
from tests.support.cast import JUMA, Desk
from tests.support.paying import lease, pay

BRIEFLY = timedelta(seconds=1)


def only_lease(desk: Desk) -> Leased:
    (leased,) = lease(desk)
    return leased


def noted(desk: Desk, leased: Leased, fate: Fate, said: str = "", **more: object) -> None:
    desk.do(NoteFate(leased.attempt_id, fate, said, **more), DESK)  # type: ignore[arg-type]  # the test names real fields


def wait(desk: Desk, time: timedelta) -> None:
    desk.clock.at += time
    desk.do(SettleSilence(), DESK)


def test_what_telegram_takes_is_paid_and_the_ticket_knows(desk: Desk) -> None:
    owed = owe(desk, "habari", CHAT, SMS, ticket_id=a_ticket(desk))
    noted(desk, only_lease(desk), Fate.SENT, "ok", gateway_id="55")
    assert notice(desk, owed).debt is Debt.PAID
    assert fates(desk, owed) == [("telegram", Fate.REACHED)]
    assert told(desk) == [("notice_reached", {"channel": "telegram", "said": "ok", "notice_id": owed})]
    assert lease(desk) == []


def test_an_sms_that_nobody_reports_on_is_paid_after_a_day(desk: Desk) -> None:
    owed = owe(desk, "habari", SMS, CHAT)
    noted(desk, only_lease(desk), Fate.SENT, gateway_id="ATXid_1")
    wait(desk, REPORT_WAIT - BRIEFLY)
    assert notice(desk, owed).debt is Debt.TRYING
    wait(desk, BRIEFLY)
    assert notice(desk, owed).debt is Debt.PAID
    assert fates(desk, owed) == [("sms", Fate.SENT)]


def test_what_is_refused_goes_the_next_way_at_once(desk: Desk) -> None:
    owed = owe(desk, "habari", SMS, CHAT, ticket_id=a_ticket(desk))
    noted(desk, only_lease(desk), Fate.REFUSED, "UserInBlacklist")
    assert only_lease(desk).channel == "telegram"
    assert told(desk) == [("notice_unreached", {"channel": "sms", "said": "UserInBlacklist", "notice_id": owed})]


def test_when_no_way_is_left_the_ticket_says_that_it_was_given_up(desk: Desk) -> None:
    owed = owe(desk, "habari", SMS, ticket_id=a_ticket(desk), person_id=desk.ids["juma"])
    noted(desk, only_lease(desk), Fate.REFUSED, "UserInBlacklist")
    assert notice(desk, owed).debt is Debt.FAILED
    ((event, facts),) = told(desk)
    assert event == "notice_unreached"
    assert facts == {
        "channel": "sms", "said": "UserInBlacklist", "notice_id": owed, "person_id": desk.ids["juma"], "given_up": 1,
    }  # fmt: skip


def test_a_reply_that_goes_nowhere_leaves_no_trace_on_the_ticket(desk: Desk) -> None:
    owed = owe(desk, "habari", CHAT, lane=Lane.REPLY, ticket_id=a_ticket(desk))
    noted(desk, only_lease(desk), Fate.REFUSED, "chat not found")
    assert notice(desk, owed).debt is Debt.FAILED
    assert told(desk) == []


def test_an_sms_that_may_have_gone_waits_for_word_and_then_takes_another_channel(desk: Desk) -> None:
    owed = owe(desk, "habari", SMS, ["sms", "+255754777777"], CHAT)
    noted(desk, only_lease(desk), Fate.UNKNOWN, "timeout")
    wait(desk, UNKNOWN_WAIT - BRIEFLY)
    assert lease(desk) == []
    wait(desk, BRIEFLY)
    assert only_lease(desk).channel == "telegram", "the other number is an SMS too"
    assert fates(desk, owed) == [("sms", Fate.UNKNOWN), ("telegram", Fate.SENDING)]


def test_a_telegram_message_that_may_have_gone_waits_for_nobody(desk: Desk) -> None:
    owe(desk, "habari", CHAT, SMS)
    noted(desk, only_lease(desk), Fate.UNKNOWN, "timeout")
    assert only_lease(desk).channel == "sms"


def test_what_a_dead_worker_held_is_unknown_and_never_sent_again_that_way(desk: Desk) -> None:
    owed = owe(desk, "habari", SMS, ticket_id=a_ticket(desk))
    only_lease(desk)
    wait(desk, LeaseNotices("", ()).lease)
    assert fates(desk, owed) == [("sms", Fate.UNKNOWN)]
    assert lease(desk) == []
    wait(desk, UNKNOWN_WAIT)
    assert notice(desk, owed).debt is Debt.FAILED
    assert told(desk) == [("notice_unknown", {"channel": "sms", "said": "", "notice_id": owed, "given_up": 1})]
    wait(desk, REPORT_WAIT)
    assert lease(desk) == []


def test_the_slow_workers_word_still_counts_after_its_lease(desk: Desk) -> None:
    owed = owe(desk, "habari", SMS, CHAT)
    leased = only_lease(desk)
    wait(desk, timedelta(seconds=61))
    noted(desk, leased, Fate.SENT, gateway_id="ATXid_1")
    assert fates(desk, owed) == [("sms", Fate.SENT)]
    wait(desk, UNKNOWN_WAIT)
    assert lease(desk) == []
    assert notice(desk, owed).debt is Debt.TRYING


def test_patience_is_kept_on_the_same_route(desk: Desk) -> None:
    owed = owe(desk, "habari", CHAT)
    noted(desk, only_lease(desk), Fate.REFUSED, "429", retry_in=timedelta(seconds=40))
    desk.clock.forward(seconds=39)
    assert lease(desk) == []
    desk.clock.forward(seconds=12)
    noted(desk, only_lease(desk), Fate.SENT)
    assert fates(desk, owed) == [("telegram", Fate.REFUSED), ("telegram", Fate.REACHED)]


def test_patience_has_an_end_while_there_is_another_way(desk: Desk) -> None:
    owed = owe(desk, "habari", CHAT, SMS)
    for _ in range(TRIES):
        noted(desk, only_lease(desk), Fate.REFUSED, "unreachable", retry_in=timedelta())
        desk.clock.forward(minutes=10)
    assert only_lease(desk).channel == "sms"
    assert [channel for channel, _ in fates(desk, owed)] == ["telegram"] * TRIES + ["sms"]


def test_a_gateway_that_asks_for_an_hour_is_left_alone_while_there_is_another_way(desk: Desk) -> None:
    owe(desk, "habari", CHAT, SMS)
    noted(desk, only_lease(desk), Fate.REFUSED, "429", retry_in=timedelta(hours=1))
    assert only_lease(desk).channel == "sms"


def test_on_the_last_way_it_is_tried_for_a_day_ever_more_seldom(desk: Desk) -> None:
    owed = owe(desk, "habari", SMS)
    began = desk.clock()
    while notice(desk, owed).debt is not Debt.FAILED:
        for leased in lease(desk):
            noted(desk, leased, Fate.REFUSED, "InsufficientBalance", retry_in=timedelta())
        desk.clock.forward(minutes=2)  # also after the last try, however late the dice put that
    assert KEEP_TRYING - timedelta(minutes=20) < desk.clock() - began <= KEEP_TRYING + timedelta(minutes=2)
    assert 100 < len(attempts(desk)) < 160
    first, second, third = [each.at for each in attempts(desk)[:3]]
    assert second - first <= third - second


def test_a_group_that_moved_is_followed_once(desk: Desk) -> None:
    owed = owe(desk, "habari", ["telegram", "-77"])
    noted(desk, only_lease(desk), Fate.REFUSED, "migrated", moved_to="-10077")
    assert only_lease(desk).address == "-10077"
    assert notice(desk, owed).routes == [["telegram", "-10077"]]


def test_two_groups_that_point_at_each_other_are_not_followed_for_ever(desk: Desk) -> None:
    owed = owe(desk, "habari", ["telegram", "1"])
    for _ in range(TRIES):
        leased = only_lease(desk)
        noted(desk, leased, Fate.REFUSED, "migrated", moved_to="2" if leased.address == "1" else "1")
    assert notice(desk, owed).debt is Debt.FAILED


def test_people_of_the_demonstration_never_reach_a_real_gateway(desk: Desk) -> None:
    owed = owe(desk, "habari", SMS, CHAT, demonstration=True, ticket_id=a_ticket(desk))
    real = owe(desk, "kweli", ["sms", "+255754111111"])
    (leased,) = lease(desk, real=frozenset({"sms", "telegram"}))
    assert leased.screen.text == "kweli"
    assert (notice(desk, owed).debt, notice(desk, real).debt) == (Debt.FAILED, Debt.TRYING)
    assert [(each.fate, each.said) for each in attempts(desk, owed)] == [(Fate.REFUSED, "demonstration")] * 2
    assert [event for event, _ in told(desk)] == ["notice_unreached"]


def test_people_of_the_demonstration_reach_the_simulator_where_only_one_gateway_is_real(desk: Desk) -> None:
    owe(desk, "habari", SMS, CHAT, demonstration=True)
    lease(desk, real=frozenset({"sms"}))
    assert [each.channel for each in attempts(desk) if each.fate is Fate.SENDING] == ["telegram"]


def test_a_route_without_a_gateway_is_passed_over(desk: Desk) -> None:
    owed = owe(desk, "habari", CHAT, SMS)
    assert [each.channel for each in lease(desk, room=(("sms", 5),))] == ["sms"]
    assert attempts(desk, owed)[0].said == "no gateway"


def test_without_any_gateway_everything_owed_has_failed(desk: Desk) -> None:
    owed = owe(desk, "habari", CHAT, SMS)
    assert lease(desk, room=()) == []
    assert notice(desk, owed).debt is Debt.FAILED


def asked(desk: Desk) -> Conversation:
    ticket_id = a_ticket(desk)
    desk.do(ClaimTicket(ticket_id), desk.officer())
    pay(desk)
    desk.do(AskRequester(ticket_id, "Taa inawaka?"), desk.officer())
    return question(desk)


def question(desk: Desk) -> Conversation:
    found = [each for each in desk.all(Conversation) if each.asked_by_desk]
    return found[-1]


def test_a_question_counts_as_shown_from_when_it_is_on_its_way_and_not_if_it_surely_went_nowhere(desk: Desk) -> None:
    assert asked(desk).shown_at is None
    leased = only_lease(desk)
    assert question(desk).shown_at == desk.clock()
    noted(desk, leased, Fate.REFUSED, "InternalServerError", retry_in=timedelta(seconds=5))
    assert question(desk).shown_at is None


def test_a_question_that_was_answered_elsewhere_is_not_sent_any_more(desk: Desk) -> None:
    asked(desk)
    desk.do(HearHop("s1", JUMA, "64004", ""), By(Channel.USSD))
    desk.do(HearHop("s1", JUMA, "64004", "1"), By(Channel.USSD))
    desk.do(HearHop("s1", JUMA, "64004", "1*Ndiyo"), By(Channel.USSD))
    assert "Taa inawaka?" not in [each.screen.text for each in pay(desk) if each.address == JUMA]
