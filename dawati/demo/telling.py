"""Playing the plots through the desk's own door, with a clock that runs through the last weeks."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import bindparam, select

from database import columns, table_of
from dawati.demo.cast import CAST, COUNCIL
from dawati.demo.plots import PLOTS, Plot, Step
from handlers import Door
from models.commands import (
    DESK,
    AddNote,
    AddWords,
    AskForAccount,
    AskRequester,
    By,
    CancelTicket,
    CarryOutAccount,
    ClaimTicket,
    CloseSilent,
    ConfirmInPerson,
    ConfirmResolution,
    DecideApproval,
    HandToOwner,
    LeaseNotices,
    NoteFate,
    RateTicket,
    ReopenTicket,
    ReportFault,
    ResolveTicket,
    SetWaiting,
    TakeUp,
)
from models.priority import Impact, Urgency
from models.tables import Asset, Officer, Person, Place
from models.tables.account import AccountAction
from models.tables.notice import Fate
from models.tables.ticket import Channel, WaitingOn

_person, _place, _asset, _officer = (columns(each) for each in (Person, Place, Asset, Officer))

_STAFF = (
    select(_person.id, _person.supervisor_id)
    .join_from(table_of(Person), table_of(Place), _person.place_id == _place.id)
    .where(_place.code == bindparam("code"))
    .order_by(_person.id)
)
_THEIRS = select(_asset.tag).where(_asset.custodian_id == bindparam("person_id")).order_by(_asset.id).limit(1)
_OFFICERS = select(_officer.login, _officer.id)

PLAYED = frozenset(member.name for member in CAST)
WORKING_DAY = 8.0  # hours


class Clock:
    """Shows whatever moment the telling has come to."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


@dataclass(slots=True)
class Case:
    """One plot as it is being told: who asked, who says yes, and the ticket that came of it."""

    plot: Plot
    person_id: int
    approver_id: int | None
    ticket_id: int = 0

    @property
    def requester(self) -> By:
        return By(Channel(self.plot.through), person_id=self.person_id)


class Telling:
    """Tells every plot up to now, in the order in which things happened."""

    def __init__(self, door: Door, clock: Clock, now: datetime) -> None:
        self._door = door
        self._clock = clock
        self._now = now
        self._events: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order = count()
        self._turns: dict[str, int] = {}
        with door.database.reading() as reading:
            self._officers = {row.login: row.id for row in reading.all(_OFFICERS)}

    def tell(self) -> int:
        """How many commands were given."""
        days = self._working_days(1 + max(plot.day for plot in PLOTS))
        for plot in PLOTS:
            case = self._case(plot)
            self._at(days[plot.day] + timedelta(hours=plot.hour), self._begin(case))
        for day in days[1:]:
            self._at(day + timedelta(hours=WORKING_DAY), lambda: self._do(CloseSilent(), DESK))
        told = 0
        while self._events:
            self._clock.at, _, event = heapq.heappop(self._events)
            event()
            self._deliver()
            told += 1
        self._clock.at = self._now
        return told

    def _working_days(self, number: int) -> list[datetime]:
        """The openings of the last working days, today's or the latest before it first."""
        hours = self._door.rules.hours
        found: list[datetime] = []
        day = self._now.astimezone(hours.zone)
        while len(found) < number:
            opening = datetime.combine(day.date(), hours.opens, hours.zone)
            # Today counts once there has been some of it; else "today" is the working day before.
            if hours.is_working_day(day.date()) and opening + timedelta(hours=2) <= self._now:
                found.append(opening)
            day -= timedelta(days=1)
        return found

    def _case(self, plot: Plot) -> Case:
        with self._door.database.reading() as reading:
            staff = reading.all(_STAFF, code=f"{COUNCIL}/{plot.who}")
        turn = self._turns.get(plot.who, 0)
        self._turns[plot.who] = turn + 1
        # Whoever is played on the simulator's page begins with a clean screen, if anybody else works there.
        known = staff[1 + turn % (len(staff) - 1)] if len(staff) > 1 else staff[0]
        return Case(plot, known.id, known.supervisor_id)

    def _begin(self, case: Case) -> Callable[[], None]:
        def begin() -> None:
            case.ticket_id = self._do(self._opening(case), case.requester).ticket_id
            self._go_on(case, case.plot.steps)

        return begin

    def _opening(self, case: Case) -> object:
        plot = case.plot
        system, _, action = plot.about.partition(":")
        if action:
            return AskForAccount(system, AccountAction(action), user_name=f"mtumiaji{case.person_id}")
        with self._door.database.reading() as reading:
            device = reading.one(_THEIRS, person_id=case.person_id) if plot.device else None
        return ReportFault(
            fault_code=plot.about, asset_tag=device.tag if device else "", words=plot.words,
            impact=Impact(plot.impact), urgency=Urgency(plot.urgency),
        )  # fmt: skip

    def _go_on(self, case: Case, steps: tuple[Step, ...]) -> None:
        if not steps:
            return
        step, *rest = steps

        def happens() -> None:
            command, by = self._meant(case, step)
            self._do(command, by)
            self._go_on(case, tuple(rest))

        self._at(self._door.rules.hours.add(self._clock.at, timedelta(hours=step.hours)), happens)

    def _meant(self, case: Case, step: Step) -> tuple[object, By]:
        ticket_id, words = case.ticket_id, step.words
        officer = By(Channel.WEB, officer_id=self._officers[case.plot.officer])
        approver = By(Channel.WEB, person_id=case.approver_id)
        meanings: dict[str, tuple[Callable[[], object], By]] = {
            "claim": (lambda: ClaimTicket(ticket_id), officer),
            "take": (lambda: TakeUp(ticket_id), officer),
            "ask": (lambda: AskRequester(ticket_id, words), officer),
            "note": (lambda: AddNote(ticket_id, words), officer),
            "part": (lambda: SetWaiting(ticket_id, WaitingOn.PART, words), officer),
            "office": (lambda: SetWaiting(ticket_id, WaitingOn.OFFICE, words), officer),
            "resolve": (lambda: ResolveTicket(ticket_id, words), officer),
            "cancel": (lambda: CancelTicket(ticket_id, words), officer),
            "in_person": (lambda: ConfirmInPerson(ticket_id), officer),
            "hand": (lambda: HandToOwner(ticket_id, words), officer),
            "carry": (lambda: CarryOutAccount(ticket_id, words), officer),
            "approve": (lambda: DecideApproval(ticket_id, yes=True), approver),
            "refuse": (lambda: DecideApproval(ticket_id, yes=False), approver),
            "answer": (lambda: AddWords(ticket_id, words), case.requester),
            "confirm": (lambda: ConfirmResolution(ticket_id), case.requester),
            "rate": (lambda: RateTicket(ticket_id, int(words)), case.requester),
            "reopen": (lambda: ReopenTicket(ticket_id, words), case.requester),
        }
        make, by = meanings[step.does]
        return make(), by

    def _at(self, at: datetime, event: Callable[[], None]) -> None:
        if at <= self._now:
            heapq.heappush(self._events, (at, next(self._order), event))

    def _do(self, command: object, by: By) -> Any:
        return self._door.do(command, by)

    def _deliver(self) -> None:
        """What is owed reached its phone at once, so that nobody is sent weeks of old news when the desk opens."""
        nobody = frozenset[str]()
        while leased := self._do(LeaseNotices("demonstration", (("sms", 100), ("telegram", 100)), nobody), DESK):
            for each in leased:
                cost = "TZS 22.0000" if each.channel == "sms" else ""
                self._do(NoteFate(each.attempt_id, Fate.REACHED, "Success", f"demo-{each.attempt_id}", 1, cost), DESK)
