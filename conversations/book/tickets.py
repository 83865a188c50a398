"""My tickets: state, add words, confirm, reopen, rate."""

from conversations.book.asks import STARS
from conversations.book.words import own_words, ticket_number
from conversations.steps import Answers, Asked, Conversation, Step
from locales import N_
from models.commands import AddWords, ConfirmResolution, RateTicket, ReopenTicket


def adds_words(answers: Answers) -> bool:
    return answers.get("act") == "add"


def rates(answers: Answers) -> bool:
    return answers.get("act") == "rate"


def act_on_ticket(asked: Asked) -> object:
    answers = asked.answers
    ticket_id = int(answers["ticket_id"])
    match answers["act"]:
        case "add":
            return AddWords(ticket_id, answers["words"])
        case "confirm":
            return ConfirmResolution(ticket_id)
        case "reopen":
            return ReopenTicket(ticket_id)
        case _:
            return RateTicket(ticket_id, int(answers["stars"]))


TICKETS = Conversation(
    name="tickets",
    steps=(
        Step(
            name="ticket",
            text=N_("Your tickets. Choose one, or type a ticket number."),
            offer="own_tickets",
            reads=ticket_number,
            looks_up="ticket",
        ),
        Step(
            name="act",
            text=N_("{card}"),
            offer="ticket_card",
        ),
        Step(name="words", text=N_("Type your words. Never type a password."), reads=own_words, when=adds_words),
        Step(name="stars", text=N_("How was the service?"), choices=STARS, when=rates),
    ),
    command=act_on_ticket,
    receipt=N_("Thank you. Ticket {number}: {state}."),
    then=("still_wrong",),
)
