"""Writing down what was changed of what the desk goes by: append-only, and chained as a ticket's history is."""

from collections.abc import Mapping

from sqlalchemy import select

from database import columns
from handlers.work import Work
from models.chain import FIRST, chained, link_of
from models.tables import Change, Place

_change = columns(Change)

_LAST = select(_change.step, _change.link).order_by(_change.step.desc()).limit(1)


def note_change(work: Work, event: str, about: str, before: Mapping[str, object], after: Mapping[str, object]) -> None:
    """What was so and is so now, of the fields that differ. `about` is a noun and its code: `system:muse`."""
    work.tx.get(Place, work.rules.root_id, lock=True)  # one change after the other, or two would follow the same one
    last = work.tx.one(_LAST)
    was = {name: str(value or "") for name, value in before.items() if value != after.get(name)}
    now = {name: str(value or "") for name, value in after.items() if value != before.get(name)}
    step, channel = last.step + 1 if last else 1, str(work.by.channel or "")
    link = link_of(work.rules.key, last.link if last else FIRST, chained(
        Change(step=step, at=work.at, event=event, about=about, by_person_id=work.by.person_id, channel=channel,
               before=was, after=now, link="")
    ))  # fmt: skip
    work.tx.insert(
        Change, step=step, at=work.at, event=event, about=about, by_person_id=work.by.person_id, channel=channel,
        before=was, after=now, link=link,
    )  # fmt: skip
    work.touched = True
