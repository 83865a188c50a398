"""Seals over the ends of all histories, and the blanking of words that they bear."""

from sqlalchemy import bindparam, select, text

from database import columns, table_of
from handlers.door import handles
from handlers.permission import founder
from handlers.work import Work
from models.chain import FIRST, Under, seal_of
from models.commands import BlankWords, SealHistory
from models.refusals import NotFound
from models.tables import Change, History, Seal, Ticket, Words

_history, _seal, _ticket, _change = (columns(each) for each in (History, Seal, Ticket, Change))

# A row's id is drawn under the lock that its insert takes, so once nobody else holds one, no row with a lower id can
# still turn up. Whoever waits for it makes everybody wait: not for long.
_ALONE = (text("SET LOCAL lock_timeout = '2s'"), text("LOCK TABLE history IN SHARE ROW EXCLUSIVE MODE"))
_LAST = select(_seal.id, _seal.upto, _seal.heads, _seal.link).order_by(_seal.id.desc()).limit(1)
_SINCE = (
    select(_history.id, _history.ticket_id, _history.step, _history.link, _ticket.number)
    .join_from(table_of(History), table_of(Ticket), _history.ticket_id == _ticket.id)
    .where(_history.id > bindparam("upto"))
    .order_by(_history.id)
    .limit(bindparam("most"))
)
_DESK = select(_change.step, _change.link).order_by(_change.step.desc()).limit(1)
_BEARING = select(_history.ticket_id, _history.step).where(_history.words_id == bindparam("words_id"))


@handles(SealHistory)
def seal_history(work: Work, command: SealHistory) -> int:
    if work.tx.dialect == "postgresql":
        for statement in _ALONE:
            work.tx.run(statement)
    last = work.tx.one(_LAST)
    rows = work.tx.all(_SINCE, upto=last.upto if last else 0, most=command.most)
    desk = work.tx.one(_DESK)
    heads: dict[int, list[str | int]] = {0: [0, 0, desk.step, desk.link]} if desk else {}
    if not rows and not (desk and (last is None or heads[0] not in last.heads)):
        return 0
    for row in sorted(rows, key=lambda row: row.step):
        heads[row.ticket_id] = [row.ticket_id, row.number, row.step, row.link]
    sealed = sorted(heads.values())
    upto = rows[-1].id if rows else last.upto if last else 0
    under = Under(last.id + 1 if last else 1, work.at, upto, sealed)
    link = seal_of(work.rules.key, last.link if last else FIRST, under)
    work.tx.add(Seal(id=under.number, at=under.at, upto=under.upto, heads=sealed, link=link))
    return len(rows)


@handles(BlankWords)
def blank_words(work: Work, command: BlankWords) -> None:
    founder(work)
    words = work.tx.get(Words, command.words_id, lock=True)
    bearing = work.tx.one(_BEARING, words_id=command.words_id)
    if words is None or bearing is None:
        raise NotFound
    if not words.salt:
        return
    words.text = words.salt = ""
    work.tx.save(words)
    work.record(work.ticket(bearing.ticket_id), "words_blanked", facts={"of": bearing.step})
