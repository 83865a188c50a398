"""Whatever gateways, reports, crashes and time do, in whatever order: no channel is used again on which the same
notice may have gone, and every debt comes to an end."""

import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule

from models.commands import DESK, NoteDelivery, NoteFate, SettleSilence
from models.tables.notice import Debt, Fate
from queries.delivery import Leased
from tests.delivery.owing import SMS, attempts, notice, owe
from tests.support.cast import JUMA, desk_on
from tests.support.paying import lease

WAYS = (SMS, ["sms", "+255754777777"], ["telegram", "8812"], ["telegram", "9000"])
ROUTES = st.lists(st.sampled_from(WAYS), min_size=2, max_size=4, unique_by=tuple)
CALLED = st.sampled_from((Fate.SENT, Fate.REFUSED, Fate.UNKNOWN))
REPORTED = st.sampled_from((Fate.SENT, Fate.REACHED, Fate.UNREACHED))


class Paying(RuleBasedStateMachine):
    """A world that does anything at any time. `leased` are attempts that some gateway was handed, for ever."""

    leased = Bundle("leased")

    def __init__(self) -> None:
        super().__init__()
        self.home = tempfile.TemporaryDirectory()
        self.desk = desk_on(f"sqlite:///{Path(self.home.name) / 'desk.db'}")
        self.owed: list[int] = []
        self.reports = 0

    def teardown(self) -> None:
        self._comes_to_an_end()
        self.desk.door.database.close()
        self.home.cleanup()

    @initialize(routes=ROUTES)
    def owes_from_the_beginning(self, routes: list[list[str]]) -> None:
        self.owes(routes)
        self.owes([*routes, ["telegram", "77"]])

    @rule(routes=ROUTES)
    def owes(self, routes: list[list[str]]) -> None:
        if len(self.owed) < 4:
            self.owed.append(owe(self.desk, f"neno {len(self.owed)}", *routes))

    @rule(target=leased)
    def leases(self) -> object:
        """What may have gone on a channel bars it: checked against what the world knows at that moment."""
        before = {each.id: each for each in attempts(self.desk)}
        stand = [notice(self.desk, each) for each in self.owed]
        held = [(each.channel, each.address) for each in stand if each.lease]
        taken = lease(self.desk)
        after = {each.id: each for each in attempts(self.desk)}
        for each in taken:
            mine = after[each.attempt_id]
            for other in before.values():
                if (other.notice_id, other.channel) == (mine.notice_id, mine.channel):
                    assert other.fate.surely_failed
        addresses = held + [(each.channel, each.address) for each in taken]
        assert len(addresses) == len(set(addresses)), "one thing at a time for one address"
        return multiple(*taken)

    @rule(one=consumes(leased), fate=CALLED, patience=st.sampled_from((None, None, 2, 4000)))
    def answers(self, one: Leased, fate: Fate, patience: int | None) -> None:
        gateway_id = f"gw-{one.attempt_id}" if fate is Fate.SENT else ""
        retry_in = timedelta(seconds=patience) if patience and fate is Fate.REFUSED else None
        self.desk.do(NoteFate(one.attempt_id, fate, str(fate), gateway_id, retry_in=retry_in), DESK)

    @rule(one=leased, fate=REPORTED)
    def reports_by_id(self, one: Leased, fate: Fate) -> None:
        self.reports += 1
        self.desk.do(NoteDelivery("sms", f"gw-{one.attempt_id}", one.address, fate, str(fate), str(self.reports)), DESK)

    @rule(fate=REPORTED)
    def reports_by_number(self, fate: Fate) -> None:
        self.reports += 1
        self.desk.do(NoteDelivery("sms", f"strange-{self.reports}", JUMA, fate, str(fate), str(self.reports)), DESK)

    @rule(seconds=st.sampled_from((1, 20, 61, 601, 601, 90_000)))
    def time_passes(self, seconds: int) -> None:
        self.desk.clock.forward(seconds=seconds)
        self.desk.do(SettleSilence(), DESK)

    @invariant()
    def what_was_reached_is_paid(self) -> None:
        reached = {each.notice_id for each in attempts(self.desk) if each.fate is Fate.REACHED}
        assert all(notice(self.desk, each).debt is Debt.PAID for each in reached)

    @invariant()
    def only_what_is_tried_is_leased(self) -> None:
        for each in self.owed:
            stands = notice(self.desk, each)
            assert stands.debt is Debt.TRYING or not stands.lease

    def _comes_to_an_end(self) -> None:
        """With no word from anybody any more."""
        for _ in range(40):
            self.desk.clock.forward(hours=25)
            self.desk.do(SettleSilence(), DESK)
            lease(self.desk)
        assert {notice(self.desk, each).debt for each in self.owed} <= {Debt.PAID, Debt.FAILED}


TestPaying = Paying.TestCase
TestPaying.settings = settings(max_examples=30, stateful_step_count=40, deadline=None)
