"""Every conversation of the desk, by name."""

from collections.abc import Mapping

from conversations.book.account import ACCOUNT
from conversations.book.asks import ANSWER, APPROVE, CONFIRM, RATE, STILL_WRONG
from conversations.book.device import DEVICE
from conversations.book.front import FRONT, HELP, LANGUAGE
from conversations.book.not_me import DISOWN
from conversations.book.proving import CALLING, PIN, PROVE
from conversations.book.register import REGISTER
from conversations.book.report import REPORT, REPORT_WORDS
from conversations.book.tickets import TICKETS
from conversations.steps import Conversation

BOOK: Mapping[str, Conversation] = {
    conversation.name: conversation
    for conversation in (
        FRONT,
        REPORT,
        REPORT_WORDS,
        ACCOUNT,
        DEVICE,
        TICKETS,
        ANSWER,
        CONFIRM,
        RATE,
        STILL_WRONG,
        APPROVE,
        DISOWN,
        PROVE,
        PIN,
        CALLING,
        REGISTER,
        LANGUAGE,
        HELP,
    )
}
