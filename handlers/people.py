"""What people change about themselves: an address that becomes theirs, their language, announcements."""

import hashlib
import hmac
from datetime import timedelta

from sqlalchemy import bindparam, select, update

from database import columns, table_of
from handlers.door import handles
from handlers.permission import working_officer
from handlers.work import Work
from models.commands import AcceptInvitation, Invite, Invited, LinkTelegram, Outcome, SetLanguage, StopMessages
from models.refusals import AddressTaken, InvitationSpent, NotFound
from models.tables import Address, Invitation, Person
from models.tables.person import AddressKind, Proof
from models.values.phone import PhoneNumber
from queries.caller import caller_at, caller_on_record

_invitation, _address, _person = columns(Invitation), columns(Address), columns(Person)

_LIVE_CODE = (
    select(_invitation.id, _invitation.person_id)
    .where(
        _invitation.code_digest == bindparam("digest"),
        _invitation.used_at.is_(None),
        _invitation.expires_at > bindparam("at", type_=_invitation.expires_at.type),
    )
    .with_for_update()
)
_SPEND = (
    update(table_of(Invitation))
    .where(_invitation.id == bindparam("invitation_id"))
    .values(used_at=bindparam("at", type_=_invitation.used_at.type))
)
_END_CODES = (
    update(table_of(Invitation))
    .where(_invitation.person_id == bindparam("invited"), _invitation.used_at.is_(None))
    .values(expires_at=bindparam("at", type_=_invitation.expires_at.type))
)
_END_CHAT = (
    update(table_of(Address))
    .where(
        _address.kind == AddressKind.TELEGRAM,
        _address.value == bindparam("chat"),
        _address.ended_at.is_(None),
    )
    .values(ended_at=bindparam("at", type_=_address.ended_at.type))
)
_SPEAK = update(table_of(Person)).where(_person.id == bindparam("person_id")).values(
    language=bindparam("new_language", type_=_person.language.type)
)  # fmt: skip
_STOP = update(table_of(Person)).where(_person.id == bindparam("person_id")).values(
    sms_stopped=bindparam("stop", type_=_person.sms_stopped.type)
)  # fmt: skip


def digest_of_code(key: bytes, code: str) -> str:
    """How an invitation's code is kept."""
    return hmac.new(key, f"invitation:{code}".encode(), hashlib.sha256).hexdigest()


CODE_LASTS = timedelta(days=14)
CODE_DIGITS = 8


@handles(Invite)
def invite(work: Work, command: Invite) -> Invited:
    """For somebody who serves in the officer's part of the tree. Only the latest code of a person counts."""
    seat = working_officer(work)
    person = caller_on_record(work.tx, command.person_id)
    if person is None or not person.serving or not seat.sees(person.place_path):
        raise NotFound
    work.tx.run(_END_CODES, invited=command.person_id, at=work.at)
    code = f"{int.from_bytes(work.dice(16), 'big') % 10**CODE_DIGITS:0{CODE_DIGITS}d}"
    expires_at = work.at + CODE_LASTS
    work.tx.add(
        Invitation(
            person_id=command.person_id, code_digest=digest_of_code(work.rules.key, code), made_at=work.at,
            expires_at=expires_at,
        )
    )  # fmt: skip
    return Invited(code, expires_at)


@handles(AcceptInvitation)
def accept_invitation(work: Work, command: AcceptInvitation) -> Outcome:
    """The address that speaks joins the invited person. Wrong, used and outdated codes are refused alike."""
    if work.by.person_id is not None:
        raise AddressTaken
    found = work.tx.one(_LIVE_CODE, digest=digest_of_code(work.rules.key, command.code), at=work.at)
    if found is None:
        raise InvitationSpent
    kind, _, value = work.by.caller.partition(":")
    work.tx.run(_SPEND, invitation_id=found.id, at=work.at)
    _add(work, found.person_id, AddressKind(kind), value, Proof.INVITATION)
    return _welcome(work, found.person_id)


@handles(LinkTelegram)
def link_telegram(work: Work, command: LinkTelegram) -> Outcome:
    """A chat joins whoever has the number on record. A chat that was somebody else's before is theirs no more."""
    phone = PhoneNumber.parse_caller(command.phone)
    owner = caller_at(work.tx, work.rules, AddressKind.PHONE, phone)
    if owner.person_id is None or not owner.serving:
        raise NotFound
    chat = caller_at(work.tx, work.rules, AddressKind.TELEGRAM, command.chat)
    if chat.person_id != owner.person_id:
        work.tx.run(_END_CHAT, chat=command.chat, at=work.at)
        _add(work, owner.person_id, AddressKind.TELEGRAM, command.chat, Proof.SHARED_CONTACT)
    return _welcome(work, owner.person_id)


@handles(SetLanguage)
def set_language(work: Work, command: SetLanguage) -> Outcome:
    """On record for the person; for somebody unknown, for the conversation at hand."""
    if work.by.person_id is not None:
        work.tx.run(_SPEAK, person_id=work.by.person_id, new_language=command.language)
    return Outcome(language=command.language)


@handles(StopMessages)
def stop_messages(work: Work, command: StopMessages) -> Outcome:
    if work.by.person_id is not None:
        work.tx.run(_STOP, person_id=work.by.person_id, stop=command.stop)
    return Outcome()


def _add(work: Work, person_id: int, kind: AddressKind, value: str, proof: Proof) -> None:
    work.tx.add(Address(person_id=person_id, kind=kind, value=value, proof=proof, proven_at=work.at))


def _welcome(work: Work, person_id: int) -> Outcome:
    person = work.tx.get(Person, person_id)
    return Outcome(words={"name": person.name if person else ""})
