"""The front page: what was left open, and what stands on it."""

from sqlalchemy import bindparam, or_, select

from conversations.book import BOOK
from conversations.screen import Option
from conversations.steps import Answers, Offer
from database import columns, spelled
from locales import say
from models.tables import Conversation, Ticket
from models.tables.conversation import Standing
from models.values.ticket_number import TicketNumber
from queries.offers.asking import Asking

_conversation, _ticket = columns(Conversation), columns(Ticket)

_OPEN = (
    select(_conversation.id, _conversation.name, _conversation.asked_by_desk, _conversation.progress, _ticket.number)
    .outerjoin(_ticket.id.table, _conversation.ticket_id == _ticket.id)
    .where(
        _conversation.party == bindparam("party"),
        _conversation.standing == spelled(Standing.OPEN),
        *(_conversation.name != name for name, conversation in BOOK.items() if not conversation.title),
        or_(_conversation.asked_by_desk, _conversation.touched_at > bindparam("since")),
    )
    .order_by(_conversation.touched_at.desc())
    .limit(6)
)

MOST = 4  # offers to continue: what fits one screen


def unfinished(asking: Asking, _: Answers) -> Offer:
    """What the desk asked, however long ago, first; then what the person began lately and was cut off from."""
    rows = asking.reading.all(_OPEN, party=asking.caller.party, since=asking.at - asking.rules.draft_kept)
    asked = [row for row in rows if row.asked_by_desk]
    begun = [row for row in rows if not row.asked_by_desk and _is_draft(row.progress)]
    options = []
    for row in (*asked, *begun)[:MOST]:
        title = say(BOOK[row.name].title, asking.language)
        label = f"{title} {TicketNumber(row.number).shown}" if row.number else title
        options.append(Option(str(row.id), label, resumes=row.id))
    return Offer(tuple(options))


def _is_draft(progress: dict[str, object]) -> bool:
    return bool(progress.get("trail"))


def greeting(asking: Asking, _: Answers) -> Offer:
    return Offer(words={"desk": asking.rules.desk_name})


def help_words(asking: Asking, _: Answers) -> Offer:
    return Offer(words={"ussd": asking.rules.ussd_code, "sms": asking.rules.sms_number})
