"""What the desk asks of its own accord: an officer's question, whether a repair holds, an approval, a rating."""

from conversations.book.not_me import DISOWN, NOT_ME
from conversations.book.proving import proof
from conversations.book.words import own_words
from conversations.steps import Answers, Asked, Choice, Conversation, Step
from locales import N_
from models.commands import AddWords, ConfirmResolution, DecideApproval, RateTicket, ReopenTicket
from models.tables.catalogue import Tier

STARS = (
    Choice("1", N_("Very poor")),
    Choice("2", N_("Poor")),
    Choice("3", N_("Fair")),
    Choice("4", N_("Good")),
    Choice("5", N_("Very good")),
)
YES = ("ndiyo", "ndio", "sawa", "yes", "ok")
NO = ("hapana", "bado", "no", "not yet")


def _ticket(asked: Asked) -> int:
    return int(asked.answers["ticket_id"])


ANSWER = Conversation(
    name="answer",
    title=N_("Question"),
    steps=(
        Step(
            name="words",
            text=N_("{officer} asks about ticket {number}: {question}"),
            offer="question",
            reads=own_words,
        ),
    ),
    command=lambda asked: AddWords(_ticket(asked), asked.answers["words"]),
    receipt=N_("Thank you. Your answer is on ticket {number}."),
)


def still_broken(answers: Answers) -> bool:
    """The ticket has just been reopened: at once, so that a person who then falls silent is not taken at their word."""
    return answers.get("works") == "no" or answers.get("act") == "reopen"


def works(answers: Answers) -> bool:
    return answers.get("works") == "yes"


def about_an_account(answers: Answers) -> bool:
    return "account" in answers


IT_WAS_NOT_ME = Choice(
    "not_me", N_("I did not ask: SIO MIMI"), N_("SIO MIMI"), also=NOT_ME, opens=DISOWN.name, when=about_an_account
)


def confirm_or_reopen(asked: Asked) -> object:
    if asked.answers["works"] == "yes":
        return ConfirmResolution(_ticket(asked))
    return ReopenTicket(_ticket(asked))


CONFIRM = Conversation(
    name="confirm",
    title=N_("Is it fixed?"),
    steps=(
        Step(
            name="works",
            text=N_("Ticket {number} is resolved: {words}\nDoes it work now?"),
            offer="resolution",
            choices=(Choice("yes", N_("Yes"), also=YES), Choice("no", N_("Not yet"), also=NO), IT_WAS_NOT_ME),
        ),
    ),
    command=confirm_or_reopen,
    receipt=N_("Thank you. Ticket {number}: {state}."),
    then=("rate", "still_wrong"),
)

STILL_WRONG = Conversation(
    name="still_wrong",
    steps=(
        Step(
            name="words",
            text=N_("We are sorry. What is still wrong?"),
            reads=own_words,
            choices=(Choice("", N_("It is just as before"), N_("Just as before"), also=("ruka", "skip")),),
            when=still_broken,
        ),
    ),
    command=lambda asked: AddWords(_ticket(asked), asked.answers["words"]),
    receipt=N_("Thank you. We go on with ticket {number}."),
)

RATE = Conversation(
    name="rate",
    steps=(
        Step(
            name="stars",
            text=N_("How was the service?"),
            choices=STARS,
            when=works,
        ),
    ),
    command=lambda asked: RateTicket(_ticket(asked), int(asked.answers["stars"])),
    receipt=N_("Thank you for your opinion."),
)


def says_yes_to_much(answers: Answers) -> bool:
    """A yes for T2 or T3 wants to be sure of who says it."""
    return answers.get("decision") == "yes" and answers.get("tier") != Tier.T1


APPROVE = Conversation(
    name="approve",
    title=N_("Approval"),
    steps=(
        Step(
            name="decision",
            text=N_("{requester} asks: {action}, {system}. Ticket {number}.{care} Do you approve?"),
            offer="approval",
            choices=(
                Choice("yes", N_("Yes, I approve"), N_("Yes"), also=YES),
                Choice("no", N_("No, I refuse"), N_("No"), also=NO),
            ),
        ),
        *proof("approve", when=says_yes_to_much),
    ),
    command=lambda asked: DecideApproval(_ticket(asked), yes=asked.answers["decision"] == "yes"),
    receipt=N_("Thank you. Ticket {number}: {state}."),
)  # fmt: skip
