"""Hearing SMS and Telegram. A message is heard once; its reply is owed in the same transaction."""

from dataclasses import replace

from sqlalchemy import bindparam, select

from conversations.book.not_me import DISOWN, says_not_me
from conversations.engine import HOME, MENU
from conversations.reading import Unclear, read
from conversations.screen import Screen
from database import columns
from handlers.door import carry_out, handles
from handlers.talk import BY_ID, LATEST, Open, Talk, load
from handlers.telling import owe
from handlers.work import Work, clean
from locales import N_, say
from models.commands import HearMessage, LinkTelegram, StopMessages
from models.commands.hearing import Heard, Pictured, Shared, Stopped, Tapped, Typed, Unreadable, Wants
from models.refusals import NotFound, Refused
from models.tables import Attachment, Receipt, Ticket
from models.tables.conversation import Standing
from models.tables.notice import Lane
from models.values.secret import mask_secrets
from models.values.ticket_number import TicketNumber
from queries.caller import Caller, caller_at

_receipt, _attachment = columns(Receipt), columns(Attachment)

_HEARD = select(_receipt.outcome).where(
    _receipt.channel == bindparam("channel"), _receipt.message == bindparam("message")
)
_ALBUM = (
    select(_attachment.ticket_id, _attachment.conversation_id)
    .where(_attachment.album == bindparam("album"))
    .order_by(_attachment.id)
    .limit(1)
)

OLD_CARD = N_("This card is old. Please use the newest one.")
SENT_ALREADY = N_("This was sent already: ticket {number}.")
PHOTO_KEPT = N_("Your photo has been received.")
NOT_YOUR_CONTACT = N_("Please share your own number, with the button of this chat.")
NOT_ON_THE_LIST = N_(
    "Your number is not on our list yet. You can still report a fault. "
    "To register, ask the ICT unit for an invitation code."
)
WORDS_PLEASE = N_("The desk reads words and photos only. Please write what it is, or send a photo.")
LINKED = N_("Welcome, {name}. This chat is now yours at the desk.")
STOPPED = N_("You will get no more announcements by SMS. Answers to your own tickets still reach you.")
STARTED = N_("You will get announcements by SMS again.")


@handles(HearMessage)
def hear_message(work: Work, command: HearMessage) -> Heard:
    seen = work.tx.one(_HEARD, channel=command.channel, message=command.message)
    if seen is not None:
        return Heard(alert=seen.outcome.get("alert", ""), again=True)
    receipt = Receipt(channel=command.channel, message=command.message, at=work.at)
    work.tx.add(receipt)
    caller = caller_at(work.tx, work.rules, command.kind, command.address)
    if command.language and caller.person_id is None:
        caller = replace(caller, language=command.language)
    work.by = replace(work.by, channel=command.channel, person_id=caller.person_id, caller=caller.address)
    heard = _Hearing(work, command, caller)
    alert = heard.hear()
    if alert:
        receipt.outcome = {"alert": alert}
        work.tx.save(receipt)
    return Heard(alert=alert)


class _Hearing:
    """One message of one caller."""

    def __init__(self, work: Work, command: HearMessage, caller: Caller) -> None:
        self.work = work
        self.command = command
        self.caller = caller
        self.talk = Talk(work, caller)

    def hear(self) -> str:
        """Do what was asked, owe the reply, and return a short line for the tap's own answer."""
        match self.command.said:
            case Typed() as typed:
                self._reply(self._typed(typed))
            case Wants() as wants:
                self._reply(self._wants(wants))
            case Tapped() as tap:
                return self._tapped(tap)
            case Pictured() as picture:
                self._pictured(picture)
            case Shared(phone, genuine):
                self._reply(self._shared(phone) if genuine else self._plain(NOT_YOUR_CONTACT))
            case Unreadable():
                self._reply(self._plain(WORDS_PLEASE))
            case Stopped(stop):
                carry_out(self.work, StopMessages(stop))
                self._reply(self._plain(STOPPED if stop else STARTED))
        return ""

    def _typed(self, typed: Typed) -> Screen:
        """An answer to what they saw last; or what else it means; or, out of the blue, the front page."""
        if says_not_me(typed.text):
            return self.talk.begin(DISOWN.name)
        latest = self._latest()
        screen = latest.screen if latest is not None else None
        meaning = typed.otherwise
        if meaning is not None and (screen is None or isinstance(read(screen, typed.text), Unclear)):
            if isinstance(meaning, Typed):
                return self._typed(meaning)
            if latest is None or not latest.asked_by_desk:  # what the desk asked is asked again, never left for a guess
                return self._wants(meaning)
        if latest is None or screen is None:
            return self.talk.begin(HOME)
        return self.talk.hear(latest, typed.text)

    def _wants(self, wants: Wants) -> Screen:
        if wants.conversation == HOME:
            return self.talk.begin(HOME)
        if wants.held_secret or any(mask_secrets(text)[1] for text in wants.words.values()):
            self.talk.left_out()
        waiting = {step: clean(text) for step, text in wants.words.items()}
        return self.talk.begin(wants.conversation, waiting=waiting)

    def _tapped(self, tap: Tapped) -> str:
        tapped = load(self.work, BY_ID, conversation_id=tap.conversation_id)
        language = self.caller.language
        if tapped is None or tapped.party not in (self.caller.party, self.caller.address):
            return say(OLD_CARD, language)
        if tapped.standing == Standing.FINISHED and tapped.ticket_id is not None:
            ticket = self.work.tx.get(Ticket, tapped.ticket_id)
            return say(SENT_ALREADY, language, number=TicketNumber(ticket.number).shown) if ticket else ""
        if tapped.standing != Standing.OPEN or tapped.revision != tap.revision:
            return say(OLD_CARD, language)
        self._reply(self.talk.picked(tapped, tap.pick), card=tap.card)
        return ""

    def _pictured(self, picture: Pictured) -> None:
        """A photo joins the report or answer that is open, or begins a report. An album is one report."""
        photo = Attachment(
            source=self.command.channel,
            remote_id=picture.remote_id,
            album=picture.album,
            sent_at=self.work.at,
            fetch_due=self.work.at,
        )
        before = self.work.tx.one(_ALBUM, album=picture.album) if picture.album else None
        if before is not None:
            photo.ticket_id, photo.conversation_id = before.ticket_id, before.conversation_id
            self.work.tx.add(photo)
            self.work.owed = True
            return
        latest = self._latest()
        if latest is not None and (latest.progress.name == "report" or latest.asked_by_desk):
            if picture.caption:
                screen = self.talk.hear(latest, picture.caption)
            else:
                screen = self.talk.resume(latest, say(PHOTO_KEPT, latest.language))
            photo.conversation_id, photo.ticket_id = latest.id, latest.ticket_id
        else:
            given = {"words": clean(picture.caption)} if picture.caption else {}
            if mask_secrets(picture.caption)[1]:
                self.talk.left_out()
            screen = self.talk.begin("report", given)
            screen = replace(screen, note=say(PHOTO_KEPT, self.talk.language))
            photo.conversation_id = self.talk.last.id if self.talk.last else None
        self.work.tx.add(photo)
        self._reply(screen)

    def _shared(self, phone: str) -> Screen:
        try:
            linked = carry_out(self.work, LinkTelegram(self.command.address, phone))
        except NotFound:
            return self._plain(NOT_ON_THE_LIST)
        except Refused as refusal:
            return self._plain(refusal.text)
        self.caller = caller_at(self.work.tx, self.work.rules, self.command.kind, self.command.address)
        self.talk = Talk(self.work, self.caller)
        welcome = Screen(say(LINKED, self.talk.language, **linked.words), self.talk.language, "desk.linked", final=True)
        self._owe("linked", welcome)  # a message of its own: it takes away the button that shares a number
        return self.talk.begin(HOME, at=MENU)

    def _latest(self) -> Open | None:
        since = self.work.at - self.work.rules.draft_kept
        return load(self.work, LATEST, party=self.caller.party, since=since)

    def _plain(self, msgid: str) -> Screen:
        return Screen(say(msgid, self.caller.language), self.caller.language, "desk.word", final=True)

    def _reply(self, screen: Screen, card: str = "") -> None:
        self._owe("reply", screen, card)

    def _owe(self, what: str, screen: Screen, card: str = "") -> None:
        last = self.talk.last
        owe(
            self.work,
            f"{what}:{self.command.channel}:{self.command.message}",
            screen,
            self.caller,
            [[str(self.command.channel), self.command.address]],
            conversation_id=last.id if last else None,
            revision=last.revision if last else 0,
            ticket_id=last.ticket_id if last else None,
            card=card,
            lane=Lane.REPLY,
        )
