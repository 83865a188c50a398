"""Photos are owed until they are fetched: no network call stands inside the transaction of a message."""

from datetime import timedelta

from sqlalchemy import bindparam, select, update

from database import columns, table_of
from handlers.door import handles
from handlers.work import Work
from models.commands import LeasePhotos, StoreAttachment
from models.tables import Attachment
from queries.delivery import OwedPhoto

TRIES = 10  # over about a day and a half
FIRST_WAIT = timedelta(seconds=60)  # longer than any one fetch may take: it is the lease as well
LONGEST_WAIT = timedelta(hours=12)

_attachment = columns(Attachment)

_DUE = (
    select(_attachment.id, _attachment.source, _attachment.remote_id, _attachment.tries)
    .where(
        _attachment.fetch_due <= bindparam("at", type_=_attachment.fetch_due.type),
        _attachment.source == bindparam("source", type_=_attachment.source.type),
    )
    .order_by(_attachment.fetch_due)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_TAKE = (
    update(table_of(Attachment))
    .where(_attachment.id == bindparam("attachment_id"))
    .values(
        tries=_attachment.tries + 1, fetch_due=bindparam("due", type_=_attachment.fetch_due.type),
    )
)  # fmt: skip


@handles(LeasePhotos)
def lease_photos(work: Work, command: LeasePhotos) -> list[OwedPhoto]:
    """One that was tried often enough is given up, and its ticket says that a photo is missing."""
    photos = []
    for row in work.tx.all(_DUE, at=work.at, source=command.source, most=command.most):
        if row.tries >= TRIES:
            _give_up(work, row.id)
            continue
        work.tx.run(_TAKE, attachment_id=row.id, due=work.at + min(FIRST_WAIT * 3**row.tries, LONGEST_WAIT))
        photos.append(OwedPhoto(row.id, row.source, row.remote_id))
    return photos


@handles(StoreAttachment)
def store_attachment(work: Work, command: StoreAttachment) -> None:
    """The first content counts; a second worker that fetched the same changes nothing."""
    if command.content is None:
        _give_up(work, command.attachment_id)
        return
    photo = work.tx.get(Attachment, command.attachment_id, lock=True)
    if photo is None or photo.fetched_at is not None:
        return
    photo.content, photo.kind = command.content, command.kind
    photo.fetched_at, photo.fetch_due = work.at, None
    work.tx.save(photo)
    work.touched = photo.ticket_id is not None


def _give_up(work: Work, attachment_id: int) -> None:
    photo = work.tx.get(Attachment, attachment_id, lock=True)
    if photo is None or photo.fetch_due is None:
        return
    photo.fetch_due = None
    work.tx.save(photo)
    if photo.ticket_id is not None:
        work.record(work.ticket(photo.ticket_id), "photo_missing", facts={"attachment_id": attachment_id})
