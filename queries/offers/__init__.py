"""The options and words of a conversation's steps, and the finding of what was typed. One file a noun.

A step names its query; `Desk` answers by that name. A query that the book names and nobody answers fails a test.
"""

from collections.abc import Callable, Mapping

from conversations.steps import Answers, Offer
from queries.offers import accounts, asks, calls, devices, faults, front, tickets
from queries.offers.asking import Asking

OFFERS: Mapping[str, Callable[[Asking, Answers], Offer]] = {
    "unfinished": front.unfinished,
    "greeting": front.greeting,
    "help": front.help_words,
    "fault_categories": faults.categories,
    "faults_of_category": faults.of_category,
    "report_summary": faults.summary,
    "own_devices": devices.own,
    "device_card": devices.card,
    "account_systems": accounts.systems,
    "account_actions": accounts.actions,
    "self_service": accounts.self_service,
    "system_words": accounts.system_words,
    "account_summary": accounts.summary,
    "own_tickets": tickets.own,
    "ticket_card": tickets.card,
    "question": asks.question,
    "resolution": asks.resolution,
    "approval": asks.approval,
    "calling": calls.calling,
}

FINDS: Mapping[str, Callable[[Asking, Answers, str], Mapping[str, str]]] = {
    "device": devices.find,
    "account_system": accounts.find,
    "ticket": tickets.find,
}


class DeskKnows:
    """What the desk can tell a conversation with one caller; see `conversations.engine.Knows`."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking

    def offer(self, name: str, answers: Answers) -> Offer:
        return OFFERS[name](self._asking, answers)

    def find(self, name: str, answers: Answers, value: str) -> Mapping[str, str]:
        return FINDS[name](self._asking, answers, value)


__all__ = ["FINDS", "OFFERS", "Asking", "DeskKnows"]
