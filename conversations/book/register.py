"""A number or chat that the desk does not know joins a person on record, by the code of their invitation."""

from conversations.steps import Asked, Conversation, Step
from locales import N_
from models.commands import AcceptInvitation
from models.refusals import Misread


class NotACode(Misread):
    """An invitation is eight digits."""

    text = N_("An invitation has eight digits.")


def code(text: str) -> str:
    digits = "".join(text.split()).replace("-", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) == 8):
        raise NotACode
    return digits


def accept(asked: Asked) -> AcceptInvitation:
    return AcceptInvitation(asked.answers["code"])


REGISTER = Conversation(
    name="register",
    steps=(
        Step(
            name="code",
            text=N_("Type the eight digits of your invitation. The ICT unit gives you one."),
            reads=code,
        ),
    ),
    command=accept,
    receipt=N_("Welcome, {name}. You are now registered at the desk."),
)
