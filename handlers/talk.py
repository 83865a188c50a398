"""Carrying a conversation on: from what somebody said to the screen they see next, whatever channel they speak on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Text, bindparam, or_, select, type_coerce, update

from conversations.book import BOOK
from conversations.engine import HOME, MENU, Engine, Progress, Turn
from conversations.screen import Screen
from conversations.steps import Asked
from database import columns, spelled, table_of
from handlers.door import carry_out
from handlers.knowing import Knowing
from handlers.work import Work
from locales import N_, say
from models.columns import read, written
from models.commands import Outcome
from models.refusals import Refused
from models.tables import Attachment, Conversation
from models.tables.conversation import Standing
from models.tables.ticket import Channel
from models.values.secret import mask_secrets
from queries.caller import Caller
from queries.offers import Asking

_conversation, _attachment = columns(Conversation), columns(Attachment)

_ALL = (
    _conversation.id, _conversation.party, _conversation.name, _conversation.language, _conversation.progress,
    type_coerce(_conversation.screen, Text).label("shown"),
    _conversation.revision, _conversation.standing, _conversation.asked_by_desk,
    _conversation.ticket_id,
)  # fmt: skip

BY_ID = select(*_ALL).where(_conversation.id == bindparam("conversation_id")).with_for_update()
LATEST = (
    select(*_ALL)
    .where(
        _conversation.party == bindparam("party"),
        _conversation.standing == spelled(Standing.OPEN),
        _conversation.shown_at.is_not(None),
        or_(_conversation.asked_by_desk, _conversation.shown_at > bindparam("since")),
    )
    .order_by(_conversation.shown_at.desc(), _conversation.id.desc())
    .limit(1)
    .with_for_update()
)

_SAVE = (
    update(table_of(Conversation))
    .where(_conversation.id == bindparam("conversation_id"))
    .values(
        party=bindparam("new_party", type_=_conversation.party.type),
        name=bindparam("new_name", type_=_conversation.name.type),
        language=bindparam("new_language", type_=_conversation.language.type),
        progress=bindparam("new_progress", type_=_conversation.progress.type),
        screen=bindparam("new_screen", type_=_conversation.screen.type),
        revision=bindparam("new_revision", type_=_conversation.revision.type),
        standing=bindparam("new_standing", type_=_conversation.standing.type),
        ticket_id=bindparam("new_ticket_id", type_=_conversation.ticket_id.type),
        touched_at=bindparam("new_at", type_=_conversation.touched_at.type),
        shown_at=bindparam("new_shown_at", type_=_conversation.shown_at.type),
    )
)

_PHOTOS_JOIN = (
    update(table_of(Attachment))
    .where(_attachment.conversation_id == bindparam("conversation"), _attachment.ticket_id.is_(None))
    .values(ticket_id=bindparam("ticket", type_=_attachment.ticket_id.type))
)

CANCELLED = N_("Cancelled. Nothing was sent.")
LATER = N_("It is kept for later.")
LEFT_OUT = N_("A password was left out. Never send one.")


@dataclass(slots=True)
class Open:
    """A conversation in hand. `id` is 0 until it is kept; `shown` is its screen as it is stored."""

    id: int
    party: str
    progress: Progress
    screen: Screen | None
    language: str
    revision: int = 0
    standing: Standing = Standing.OPEN
    asked_by_desk: bool = False
    ticket_id: int | None = None
    shown: str = "{}"


def load(work: Work, statement: Any, **values: Any) -> Open | None:
    row = work.tx.one(statement, **values)
    if row is None:
        return None
    return Open(
        row.id, row.party, Progress.from_json(row.name, row.progress),
        Screen.from_json(read(row.shown)) if row.shown != "{}" else None, row.language, row.revision,
        row.standing, row.asked_by_desk, row.ticket_id, row.shown,
    )  # fmt: skip


class Talk:
    """One caller's turn at the desk. Each method leaves the conversation in hand kept and returns its screen."""

    def __init__(self, work: Work, caller: Caller) -> None:
        self.work = work
        self.caller = caller
        self.language = caller.language
        self.last: Open | None = None
        self._owing = False
        self._left_out = False

    def left_out(self) -> None:
        """What was said held something like a password: the next screen says that it was not kept."""
        self._left_out = True

    def begin(
        self,
        name: str,
        given: Mapping[str, str] | None = None,
        *,
        waiting: Mapping[str, str] | None = None,
        at: str = "",
        reuse: Open | None = None,
        asked_about: int | None = None,
    ) -> Screen:
        """Open a conversation; `waiting` holds words typed ahead for its steps. A front page that led nowhere is
        `reuse`d rather than left behind. `asked_about`: the desk begins it, about that ticket."""
        self._owing = asked_about is not None
        talk = reuse or Open(
            0, self.caller.party, Progress(name), None, self.language,
            asked_by_desk=asked_about is not None, ticket_id=asked_about,
        )  # fmt: skip
        known = {"known": "yes"} if self.caller.person_id is not None else {}
        if talk.id == 0 and (given or waiting or name != HOME):
            self._keep(talk)  # a command may want its id
        return self._follow(talk, lambda engine: engine.begin(name, {**known, **(given or {})}, waiting, at))

    def hear(self, talk: Open, text: str) -> Screen:
        screen = talk.screen
        assert screen is not None
        if mask_secrets(text)[1]:
            self.left_out()
        return self._follow(talk, lambda engine: engine.hear(talk.progress, screen, text))

    def picked(self, talk: Open, button: str) -> Screen:
        screen = talk.screen
        assert screen is not None
        return self._follow(talk, lambda engine: engine.picked(talk.progress, screen, button))

    def resume(self, talk: Open, note: str = "") -> Screen:
        """Where it was left, asked afresh, in the language that the person has now."""
        talk.language = self.language
        return self._follow(talk, lambda engine: engine.show(talk.progress, note))

    def _engine(self, talk: Open) -> Engine:
        asking = Asking(self.work.tx, self.caller, talk.language, self.work.at, self.work.rules, talk.id or None)
        return Engine(BOOK, Knowing(self.work, asking), talk.language)

    def _follow(self, talk: Open, step: Any) -> Screen:
        """Take one step of the engine and do what comes of it."""
        try:
            turn: Turn = step(self._engine(talk))
        except Refused as refusal:  # a query that has nothing to offer (no tickets yet, no approver on record)
            why = say(refusal.text, talk.language, **refusal.words)
            kept = talk.asked_by_desk and talk.screen is not None
            return self._later(talk, why) if kept else self._end(talk, why, Standing.CANCELLED)
        if turn.home:
            return self._home(talk)
        if turn.cancelled:
            return self._later(talk) if talk.asked_by_desk else self._cancel(talk)
        if turn.resumes:
            return self._resume_other(talk, turn.resumes)
        if turn.finished:
            return self._finish(talk, turn)
        return self._show(talk, turn.progress, turn.screen)

    def _show(self, talk: Open, progress: Progress, screen: Screen | None) -> Screen:
        assert screen is not None
        if self._left_out:
            screen = replace(screen, note=" ".join(filter(None, (say(LEFT_OUT, talk.language), screen.note))))
        talk.progress, talk.screen = progress, screen
        self._keep(talk)
        return screen

    def _cancel(self, talk: Open) -> Screen:
        return self._end(talk, say(CANCELLED, talk.language), Standing.CANCELLED)

    def _later(self, talk: Open, why: str = "") -> Screen:
        """What the desk asked is not settled by declining to answer it now: it is offered again at the next dial."""
        self._owing = True  # until it is shown again, nothing that is typed answers it
        self._keep(talk)
        return Screen(why or say(LATER, talk.language), talk.language, f"{talk.progress.name}.end", final=True)

    def _home(self, talk: Open) -> Screen:
        """To the front page. What was begun, and what the desk asked, stays open, so that it can be continued."""
        if talk.asked_by_desk or (talk.progress.trail and BOOK[talk.progress.name].title):
            return self.begin(HOME, at=MENU)
        return self.begin(HOME, at=MENU, reuse=talk)

    def _resume_other(self, talk: Open, conversation_id: int) -> Screen:
        other = load(self.work, BY_ID, conversation_id=conversation_id)
        if other is None or other.party != self.caller.party or other.standing != Standing.OPEN:
            return self._home(talk)  # it was answered meanwhile, on another channel
        talk.standing = Standing.CANCELLED
        self._keep(talk)
        return self.resume(other)

    def _finish(self, talk: Open, turn: Turn) -> Screen:
        conversation = BOOK[turn.progress.name]
        asked = Asked(turn.progress.answers, self.caller.person_id, self.caller.address, talk.id)
        if conversation.command is None and not conversation.receipt:
            return self._home(talk)
        try:
            with self.work.tx.apart():
                wanted = conversation.command(asked) if conversation.command else None
                outcome: Outcome = carry_out(self.work, wanted) if wanted else Outcome()
        except Refused as refusal:
            note = say(refusal.text, talk.language, **refusal.words)
            if refusal.again:
                step = BOOK[turn.progress.name].step(turn.progress.step)
                stay = replace(turn.progress, trail=turn.progress.trail[:-1])
                return self._follow(talk, lambda engine: engine.show(replace(stay, step=step.name), note))
            return self._end(talk, note, Standing.CANCELLED)
        if outcome.refusal is not None:
            return self._refused(talk, turn.progress, say(outcome.refusal.text, talk.language, **outcome.refusal.words))
        talk.ticket_id = outcome.ticket_id or talk.ticket_id
        if talk.ticket_id is not None:
            self.work.tx.run(_PHOTOS_JOIN, conversation=talk.id, ticket=talk.ticket_id)
        talk.language = outcome.language or talk.language
        self.language = talk.language
        text = say(conversation.receipt, talk.language, **outcome.words)
        ended = self._end(talk, text, Standing.FINISHED, turn.progress)
        return self._then(conversation.then, turn.progress, ended)

    def _refused(self, talk: Open, progress: Progress, why: str) -> Screen:
        """Refused, and that is on record. What the desk had asked it asks again from the start, at the next dial."""
        if not talk.asked_by_desk:
            return self._end(talk, why, Standing.CANCELLED)
        again = self._engine(talk).begin(progress.name, progress.given)
        talk.progress, talk.screen = again.progress, again.screen
        return self._later(talk, why)

    def _then(self, names: Sequence[str], progress: Progress, ended: Screen) -> Screen:
        """The first that has something to ask follows at once; its screen begins with what the one before said. If
        none has, that was the last word."""
        for name in names:
            follow = Open(0, self.caller.party, Progress(name), None, self.language)
            turn = self._engine(follow).begin(name, progress.answers)
            if turn.screen is not None:
                return self._show(follow, turn.progress, replace(turn.screen, note=ended.text))
        return ended

    def _end(self, talk: Open, text: str, standing: Standing, progress: Progress | None = None) -> Screen:
        step = f"{talk.progress.name}.end"
        if progress is not None:
            talk.progress = progress
        if self._left_out:  # behind what matters more: a receipt may fill its page
            text = f"{text} {say(LEFT_OUT, talk.language)}"
        talk.standing = standing
        talk.screen = Screen(text, talk.language, step, final=True)
        self._keep(talk)
        return talk.screen

    def _keep(self, talk: Open) -> None:
        self.last = talk
        talk.shown = written(talk.screen.to_json()) if talk.screen else "{}"
        if talk.id == 0:
            talk.id = self.work.tx.insert(
                Conversation,
                party=talk.party, name=talk.progress.name, language=talk.language, progress=talk.progress.to_json(),
                screen=talk.shown, revision=talk.revision, standing=talk.standing, asked_by_desk=talk.asked_by_desk,
                ticket_id=talk.ticket_id, touched_at=self.work.at, shown_at=self._shown_at(talk),
            )  # fmt: skip
            return
        talk.revision += 1
        self.work.tx.run(
            _SAVE, conversation_id=talk.id, new_party=talk.party, new_name=talk.progress.name,
            new_language=talk.language, new_progress=talk.progress.to_json(), new_screen=talk.shown,
            new_revision=talk.revision, new_standing=talk.standing, new_ticket_id=talk.ticket_id,
            new_at=self.work.at, new_shown_at=self._shown_at(talk),
        )  # fmt: skip

    def _shown_at(self, talk: Open) -> datetime | None:
        """When a message could first answer it: not before a notice brings it, and never to the front page of a dial,
        which is gone with the session."""
        dialled = self.work.by.channel == Channel.USSD and talk.progress.name == HOME
        return None if self._owing or dialled else self.work.at
