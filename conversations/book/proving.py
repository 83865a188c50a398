"""Proving who one is. What is typed into a secret step is tried at once and kept nowhere."""

from collections.abc import Callable

from conversations.steps import Answers, Choice, Conversation, Step, always
from locales import N_
from models.commands import ProveIdentity
from models.refusals import Misread

CODES = ("telegram", "sms", "printed")


class NotDigits(Misread):
    """A code or PIN has digits only."""

    text = N_("Type the digits only.")


def digits(text: str) -> str:
    typed = text.replace(" ", "").replace("-", "")
    if not (typed.isascii() and typed.isdigit() and 4 <= len(typed) <= 8):
        raise NotDigits
    return typed


def proof(purpose: str, when: Callable[[Answers], bool] = always) -> tuple[Step, ...]:
    """The steps that prove it, where the answers so far want a proof and there is none yet."""

    def unproven(answers: Answers) -> bool:
        return when(answers) and "proven" not in answers

    return (
        Step(
            name="how",
            text=N_("Prove that it is you, so that nobody asks in your name. How?"),
            offer=f"ways_to_{purpose}",
            when=unproven,
        ),
        Step(
            name="code",
            text=N_("Type the code {where}. Tell it to nobody."),
            offer="code_place",
            reads=digits,
            looks_up="code",
            secret=True,
            when=lambda answers: unproven(answers) and answers.get("how") in CODES,
        ),
        Step(
            name="pin",
            text=N_("Type your desk PIN. Tell it to nobody."),
            reads=digits,
            looks_up="pin",
            secret=True,
            when=lambda answers: unproven(answers) and answers.get("how") == "pin",
        ),
    )


PROVE = Conversation(
    name="prove",
    title=N_("Prove it is you"),
    steps=proof("identify"),
    command=lambda asked: ProveIdentity(int(asked.answers["ticket_id"])),
    receipt=N_("Thank you. Your request is {number}. {next} Nobody will ask for your password."),
)


PIN = Conversation(
    name="pin",
    steps=(
        *proof("pin"),
        Step(
            name="new_pin",
            text=N_("Choose your desk PIN: 4 to 6 digits. It is for this desk only; nobody will ask you for it."),
            reads=digits,
            looks_up="new_pin",
            secret=True,
        ),
    ),
    receipt=N_("Your desk PIN is set. Tell it to nobody, not even an ICT officer."),
)

CALLING = Conversation(
    name="calling",
    steps=(Step(name="calling", text=N_("{calling}"), offer="calling"),),
)

PROVING_CHOICES = (
    Choice("calling", N_("Is an ICT officer calling me now?"), N_("Who is calling me?"), also=("simu", "call"),
           opens="calling"),
    Choice("pin", N_("Set my desk PIN"), N_("Desk PIN"), also=("pin",), opens="pin"),
)  # fmt: skip
