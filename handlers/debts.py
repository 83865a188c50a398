"""How a notice is paid: what each thing that is learnt of an attempt does to the debt.

    debt    lease   due_at                what happens                                    then
    ------  ------  --------------------  ----------------------------------------------  -------------------------
    owed    -       when to pay           a worker leases it; an attempt is SENDING       trying, leased
    trying  worker  the lease's end       REACHED (or SENT, where no report will come)    paid
                                          SENT                                            trying, REPORT_WAIT
                                          REFUSED, with patience asked for                owed, same route, later
                                          REFUSED                                         owed, next route; or failed
                                          UNKNOWN                                         trying, UNKNOWN_WAIT
                                          the lease ends: the attempt is UNKNOWN          trying, UNKNOWN_WAIT
    trying  -       when waiting ends     REACHED is reported                             paid
                                          REFUSED, UNREACHED is reported                  owed, next route; or failed
                                          silence after SENT: the gateway has it          paid
                                          silence after UNKNOWN                           owed, next channel; or failed
    any     any                           REACHED, of whichever attempt                   paid
    paid    -                             UNREACHED, and no other attempt went            owed, next route; or failed

A channel on which something may have gone (SENDING, UNKNOWN, SENT, REACHED) is not used again for that notice; only
what surely failed (REFUSED, UNREACHED) leaves its channel free. Where no report ever comes (Telegram), SENT is as good
as REACHED and UNKNOWN waits for nobody.

What became of a notice about a ticket stands in the ticket's history: `notice_reached`, `notice_unreached`,
`notice_unknown` with `channel`, `said`, `notice_id`, and `given_up` when no way was left. Replies leave no such trace:
whoever gets none asks again.
"""

from datetime import timedelta

from handlers.work import Work
from models.tables import Attempt, Notice
from models.tables.notice import Debt, Fate, Lane
from queries.delivery import tried

REPORTING = frozenset({"sms"})  # channels whose gateway reports later what became of a message

REPORT_WAIT = timedelta(hours=24)  # after it, what the gateway took counts as paid
UNKNOWN_WAIT = timedelta(minutes=10)  # for a report of what may have gone
KEEP_TRYING = timedelta(hours=24)  # on the last route; older news helps nobody
TRIES = 5  # on a route that is not the last: about two minutes of back-off
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=10)
PATIENCE = timedelta(minutes=5)  # a gateway that wants more is left alone while there is another way


def settle(work: Work, notice: Notice, attempt: Attempt, retry_in: timedelta | None = None) -> None:
    """Something new was learnt of the attempt: what that makes of the debt."""
    attempts = tried(work.tx, _key(notice))
    last = attempts[-1].id == attempt.id and notice.debt is not Debt.OWED
    if attempt.fate is Fate.REACHED:
        notice.settled(Debt.PAID)
        _tell_ticket(work, notice, "notice_reached", attempt.channel, attempt.said)
    elif notice.debt is Debt.PAID:
        if attempt.fate.surely_failed and not any(other.fate in (Fate.SENT, Fate.REACHED) for other in attempts):
            go_on(work, notice, "notice_unreached", attempt)
    elif not last:
        return  # it is being paid by other means already
    elif attempt.fate is Fate.SENT:
        notice.waits(work.at + REPORT_WAIT)
    elif attempt.fate is Fate.UNKNOWN and attempt.channel in REPORTING:
        notice.waits(work.at + UNKNOWN_WAIT)
    elif attempt.fate is Fate.UNKNOWN:
        go_on(work, notice, "notice_unknown", attempt)
    elif retry_in is None or not _try_again(work, notice, retry_in):
        go_on(work, notice, "notice_unreached", attempt)


def settle_silence(work: Work, notice: Notice) -> None:
    """Nothing more was heard of a notice until its time was up."""
    last = tried(work.tx, _key(notice))[-1]
    attempt = work.tx.get(Attempt, last.id, lock=True)
    assert attempt is not None  # read just now, and nothing deletes them
    if notice.lease and attempt.learns(Fate.UNKNOWN, "", work.at):
        work.tx.save(attempt)
        settle(work, notice, attempt)
    elif attempt.fate is Fate.UNKNOWN:
        go_on(work, notice, "notice_unknown", attempt)
    else:
        notice.settled(Debt.PAID)


def go_on(work: Work, notice: Notice, event: str, attempt: Attempt) -> None:
    """The attempt came to nothing, as far as anybody knows: the next way, or none."""
    on_the_way = take_next_route(work, notice)
    given_up = {} if on_the_way or notice.debt is not Debt.FAILED else {"given_up": 1}
    _tell_ticket(work, notice, event, attempt.channel, attempt.said, **given_up)


def take_next_route(work: Work, notice: Notice) -> bool:
    """The first route after the present one whose channel is free; whether there is one. If there is none, what a
    gateway has counts as paid; else it failed."""
    way = _way_on(work, notice)
    if way is not None:
        notice.takes_route(way, work.at)
        work.owed = True
    elif any(attempt.fate is Fate.SENT for attempt in tried(work.tx, _key(notice))):
        notice.settled(Debt.PAID)
    else:
        notice.settled(Debt.FAILED)
    return way is not None


def give_up(work: Work, notice: Notice, said: str) -> None:
    """No way is left, and the last of them led nowhere: the ticket says why, unless a gateway had it before."""
    if notice.debt is not Debt.FAILED:
        return
    _tell_ticket(work, notice, "notice_unreached", notice.channel, said, given_up=1)


def _way_on(work: Work, notice: Notice) -> int | None:
    used = {attempt.channel for attempt in tried(work.tx, _key(notice)) if not attempt.fate.surely_failed}
    ways = enumerate(notice.routes)
    return next((way for way, (channel, _) in ways if way > notice.route and channel not in used), None)


def _try_again(work: Work, notice: Notice, retry_in: timedelta) -> bool:
    """The same route later, unless patience has an end: there is another way, or the news has grown old."""
    doubled: timedelta = FIRST_WAIT * 2 ** min(notice.tries - 1, 10)
    wait = max(retry_in, min(doubled, LONGEST_WAIT))
    wait += wait * (work.dice(1)[0] / 1024)  # up to a quarter more, so that many do not come back at once
    if _way_on(work, notice) is not None:
        if notice.tries >= TRIES or wait > PATIENCE:
            return False
    elif work.at + wait > notice.made_at + KEEP_TRYING:
        return False
    notice.owed_again(work.at + wait)
    return True


def _tell_ticket(work: Work, notice: Notice, event: str, channel: str, said: str, **facts: int) -> None:
    if notice.ticket_id is None or notice.lane == Lane.REPLY:
        return
    told: dict[str, str | int] = {"channel": channel, "said": said, "notice_id": _key(notice), **facts}
    if notice.person_id is not None:
        told["person_id"] = notice.person_id
    work.record(work.ticket(notice.ticket_id), event, facts=told)


def _key(notice: Notice) -> int:
    assert notice.id is not None  # it was read from the table
    return notice.id
