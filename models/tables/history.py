"""What happened, in order, in a chain; and the words people used, apart, so that they can be blanked."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.columns import Json, Moment


class Words(SQLModel, table=True):
    """What somebody wrote on a ticket, masked of secrets before it came here.

    `salt` makes the digest in the history useless for guessing once the text is blanked; blanked words have neither.
    """

    id: int | None = Field(default=None, primary_key=True)
    text: str = Field(max_length=4096)
    salt: str = Field(max_length=32)


class History(SQLModel, table=True):
    """One fact about one ticket. Append-only; `link` chains it, keyed, to the fact before."""

    __table_args__ = (
        UniqueConstraint("ticket_id", "step"),
        Index("history_at", "at", "id"),
        Index("history_by", "by_person_id", "at", "id"),
        Index(
            "history_words", "words_id",
            sqlite_where=text("words_id IS NOT NULL"), postgresql_where=text("words_id IS NOT NULL"),
        ),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id")
    step: int = Field(description="1 for the first fact of the ticket")
    at: datetime = Field(sa_type=Moment)
    event: str = Field(max_length=40)
    by_person_id: int | None = Field(
        default=None, foreign_key="person.id", description="empty: the desk itself, or unknown"
    )
    channel: str = Field(default="", max_length=12)
    words_id: int | None = Field(default=None, foreign_key="words.id")
    facts: dict[str, str | int] = Field(
        default_factory=dict, sa_type=Json, description="ids, codes and digests; never words"
    )
    link: str = Field(max_length=64)


class Seal(SQLModel, table=True):
    """The last links of all histories that went on since the seal before, chained, keyed, to that seal.

    Without it, cutting off the end of a ticket's history would leave a chain that holds. Append-only.
    """

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False}, description="1, 2, 3 without a gap")
    at: datetime = Field(sa_type=Moment)
    upto: int = Field(index=True, description="the last row of history under this seal; all before it are sealed too")
    heads: list[list[str | int]] = Field(sa_type=Json, description="of each ticket: id, number, last step, its link")
    link: str = Field(max_length=64)
