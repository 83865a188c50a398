"""The auditor's export: comma-separated, UTF-8 with a mark, one fact a line, each with all that its link was made of.

So a line can be checked without the others, and a file kept elsewhere shows what was changed here after it was made.
Everything but `time_local`, `what` and `who`, which are there to be read, is under the link or compared with the desk.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TextIO
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select

from database import Database, Row, columns, table_of
from models.chain import FIRST, Fact, link_of
from models.tables import History, Ticket
from models.values.ticket_number import TicketNumber

COLUMNS = (
    "ticket", "step", "time_utc", "time_local", "event", "what", "by", "who", "channel", "evidence", "words",
    "ticket_id", "link_before", "link", "seal",
)  # fmt: skip
_BEGINS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
ENCODING = "utf-8-sig"  # a spreadsheet takes bare UTF-8 for something older

_history, _ticket = columns(History), columns(Ticket)

_NOW = (
    select(_ticket.number, _history.link)
    .select_from(table_of(Ticket))
    .outerjoin(table_of(History), (_history.ticket_id == _ticket.id) & (_history.step == bindparam("step")))
    .where(_ticket.id == bindparam("ticket_id"))
)


class NoExport(Exception):
    """The file is none of this desk's exports."""


def lines_of(rows: Iterable[Row], zone: ZoneInfo, what: Iterable[str], *, heading: bool) -> str:
    """Facts of `queries.audit` as lines; `what` says each event in words."""
    out = io.StringIO()
    writer = csv.writer(out)
    if heading:
        writer.writerow(COLUMNS)
    for row, said in zip(rows, what, strict=True):
        at = row.at.astimezone(UTC)
        cells = (
            TicketNumber(row.number).shown, row.step, at.isoformat(timespec="microseconds"),
            at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S"), row.event, said, row.by_person_id, row.who, row.channel,
            json.dumps(row.facts, ensure_ascii=False, sort_keys=True), row.words_id, row.ticket_id,
            row.link_before or FIRST, row.link, row.seal,
        )  # fmt: skip
        writer.writerow(["" if cell is None else harmless(str(cell)) for cell in cells])
    return out.getvalue()


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: one that begins like one begins with an apostrophe."""
    return f"'{cell}" if cell.lstrip().startswith(_BEGINS) or cell.startswith(("\t", "\r", "\n")) else cell


@dataclass(frozen=True, slots=True)
class Wrong:
    """A line that is not what the desk wrote, or that is no longer what the desk holds."""

    line: int
    ticket: str
    step: str
    what: str

    @property
    def sentence(self) -> str:
        return f"Line {self.line}, ticket {self.ticket}, step {self.step}: {self.what}."


def wrong_lines(file: TextIO, key: bytes, database: Database) -> Iterator[Wrong | None]:
    """For each line of an export, opened as `ENCODING`: nothing, or what is wrong with it. Raises `NoExport`."""
    reader = csv.DictReader(file)
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise NoExport
    for cells in reader:
        what = _wrong(cells, key, database)
        yield Wrong(reader.line_num, cells["ticket"] or "", cells["step"] or "", what) if what else None


def _wrong(cells: dict[str, str], key: bytes, database: Database) -> str:
    fact = _fact(cells)
    if fact is None or cells["link"] != link_of(key, cells["link_before"], fact):
        return "the line was changed after the desk wrote it"
    with database.reading() as reading:
        now = reading.one(_NOW, ticket_id=fact.ticket_id, step=fact.step)
    if now is None or now.link is None:
        return "the desk does not hold it any more"
    if now.link != cells["link"]:
        return "the desk holds something else there now"
    if TicketNumber(now.number).shown != cells["ticket"]:
        return "it stands under another ticket's number"
    return ""


def _fact(cells: dict[str, str]) -> Fact | None:
    """What the link of a line was made of; nothing if the line cannot be read."""
    try:
        by, words = (int(cells[name]) if cells[name] else None for name in ("by", "words"))
        at = datetime.fromisoformat(cells["time_utc"])
        facts = json.loads(cells["evidence"])
        ticket_id, step = int(cells["ticket_id"]), int(cells["step"])
    except (ValueError, TypeError):
        return None
    if at.tzinfo is None or not isinstance(facts, dict) or None in cells or None in cells.values():
        return None
    return Fact(ticket_id, step, at, cells["event"], by, cells["channel"], words, facts)
