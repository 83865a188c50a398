"""SIO MIMI: an account was asked for in somebody's name, and it was not they. Nothing is asked back."""

from conversations.steps import Asked, Conversation
from locales import N_
from models.commands import DisownRequest

NOT_ME = ("sio mimi", "si mimi", "siyo mimi", "siomimi", "simimi", "siyomimi", "not me", "notme")


def says_not_me(text: str) -> bool:
    """Whether that is all that was written: within a sentence the words mean anything."""
    return " ".join(text.casefold().strip(" .,!?*#\"'").replace("-", " ").split()) in NOT_ME


def disown(_: Asked) -> DisownRequest:
    return DisownRequest()


DISOWN = Conversation(
    name="not_me",
    steps=(),
    command=disown,
    receipt=N_(
        "Thank you. Incident {number}: the ICT unit is looking into it. No account of yours will be touched until you "
        "come to the unit with your ID."
    ),
)
