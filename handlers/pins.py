"""Desk PINs. A PIN is short, so its hash is slow and keyed: a stolen table alone tells nothing.

The slow half is kept to some milliseconds and four megabytes, for it runs where everything is written; it is the key,
which is in no table, that keeps ten thousand guesses from being enough.
"""

import hashlib
import hmac

from sqlalchemy import bindparam, update

from database import columns, table_of
from handlers.work import Work
from models.refusals import PinLocked, PinTooSimple, PinWrong
from models.tables import DeskPin

TRIES = 5
COST = 2**12  # scrypt's N with r=8: 4 MiB, about 10 ms
EVERYBODY_TRIES = frozenset({"1234", "12345", "123456", "4321", "54321", "654321", "1212", "121212", "2580"})

_pin = columns(DeskPin)

_COUNT = (
    update(table_of(DeskPin))
    .where(_pin.person_id == bindparam("whose"), _pin.failures < TRIES)
    .values(failures=_pin.failures + 1)
)
_FORGIVE = update(table_of(DeskPin)).where(_pin.person_id == bindparam("whose")).values(failures=0)


def has_pin(work: Work, person_id: int) -> bool:
    """One that is not locked."""
    pin = work.tx.get(DeskPin, person_id)
    return pin is not None and pin.failures < TRIES


def is_locked(work: Work, person_id: int) -> bool:
    pin = work.tx.get(DeskPin, person_id)
    return pin is not None and pin.failures >= TRIES


def try_pin(work: Work, person_id: int, typed: str) -> None:
    """Refused if it is wrong, which counts; the try is counted before it is looked at."""
    pin = work.tx.get(DeskPin, person_id, lock=True)
    if pin is None:
        raise PinWrong
    if work.tx.run(_COUNT, whose=person_id) == 0:
        raise PinLocked
    if not hmac.compare_digest(_digest(work.rules.key, pin.salt, typed), pin.digest):
        raise PinWrong
    work.tx.run(_FORGIVE, whose=person_id)


def refuse_simple(typed: str) -> None:
    if not 4 <= len(typed) <= 6 or len(set(typed)) == 1 or typed in EVERYBODY_TRIES or typed[:2] in ("19", "20"):
        raise PinTooSimple


def set_pin(work: Work, person_id: int, typed: str) -> None:
    """In place of an earlier one. That the person proved who they are is for the caller to see to."""
    refuse_simple(typed)
    salt = work.dice(16).hex()
    kept = DeskPin(person_id=person_id, salt=salt, digest=_digest(work.rules.key, salt, typed), set_at=work.at)
    if work.tx.get(DeskPin, person_id, lock=True) is None:
        work.tx.add(kept)
    else:
        work.tx.save(kept)


def _digest(key: bytes, salt: str, pin: str) -> str:
    slow = hashlib.scrypt(pin.encode(), salt=bytes.fromhex(salt), n=COST, r=8, p=1)
    return hmac.new(key, b"pin:" + slow, hashlib.sha256).hexdigest()
