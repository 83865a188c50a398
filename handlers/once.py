"""A form that was sent twice on a slow line is carried out once."""

import hashlib

from sqlalchemy import bindparam, select

from database import columns
from handlers.door import carry_out, handles
from handlers.work import Work
from models.commands import Once, Outcome
from models.tables import Receipt
from models.tables.ticket import Channel

_receipt = columns(Receipt)

_SEEN = select(_receipt.outcome).where(
    _receipt.channel == str(Channel.WEB), _receipt.message == bindparam("form")
)  # fmt: skip


@handles(Once)
def once(work: Work, command: Once) -> Outcome:
    """What the form's command comes to; a repetition gets the first one's outcome. A refusal leaves no receipt, so the
    corrected form may be sent again. The same form with something else in it is another one.
    """
    said = f"{work.by.officer_id}:{work.by.person_id}:{command.form}:{command.command!r}"
    form = hashlib.sha256(said.encode()).hexdigest()
    seen = work.tx.one(_SEEN, form=form)
    if seen is not None:
        return Outcome(seen.outcome["ticket"], seen.outcome["words"])
    outcome: Outcome = carry_out(work, command.command)
    work.tx.add(
        Receipt(
            channel=str(Channel.WEB),
            message=form,
            at=work.at,
            outcome={"ticket": outcome.ticket_id, "words": dict(outcome.words)},
        )
    )
    return outcome
