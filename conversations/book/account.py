"""Ask for an account. No password can be typed into it, and its texts say that nobody asks for one."""

from conversations.book.proving import proof
from conversations.book.words import NoWords, TooLong
from conversations.steps import Answers, Asked, Choice, Conversation, Step
from locales import N_
from models.commands import AskForAccount
from models.refusals import HoldsSecret, Misread
from models.tables.account import AccountAction
from models.values.secret import mask_secrets


class NotAUserName(Misread):
    """A user name has no spaces and at most 80 characters."""

    text = N_("Type only the user name, in one word. Never a password.")


def user_name(text: str) -> str:
    name = text.strip()
    if not name:
        raise NoWords
    if mask_secrets(name)[1]:
        raise HoldsSecret
    if len(name) > 80 or len(name.split()) > 1:  # the column's width
        raise NotAUserName
    return name


def system_name(text: str) -> str:
    return text.strip()


def few_words(text: str) -> str:
    """A role, a facility, a cost centre."""
    words = " ".join(text.split())
    if not words:
        raise NoWords
    if mask_secrets(words)[1]:
        raise HoldsSecret
    if len(words) > 60:  # the column's width
        raise TooLong
    return words


def asks_user_name(answers: Answers) -> bool:
    """Who has an account is asked how it is called; who changes roles may say so at the end, for the role is asked."""
    return (
        answers.get("asks_user_name") == "yes" and answers.get("action") != AccountAction.NEW and not asks_role(answers)
    )


def asks_role(answers: Answers) -> bool:
    return answers.get("asks_role") == "yes" and answers.get("action") in (AccountAction.NEW, AccountAction.CHANGE_ROLE)


def asks_workplace(answers: Answers) -> bool:
    return answers.get("asks_workplace") == "yes"


def may_say_user_name(answers: Answers) -> bool:
    return asks_role(answers) and answers.get("asks_user_name") == "yes" and answers["action"] != AccountAction.NEW


def ask_for_account(asked: Asked) -> AskForAccount:
    return AskForAccount(
        system_code=asked.answers["system"],
        action=AccountAction(asked.answers["action"]),
        user_name=asked.answers.get("user_name") or asked.answers.get("known_as", ""),
        role=asked.answers.get("role", ""),
        workplace=asked.answers.get("workplace", ""),
    )


ACCOUNT = Conversation(
    name="account",
    title=N_("Account request"),
    steps=(
        Step(
            name="system",
            text=N_("Which system? Choose, or type its name."),
            offer="account_systems",
            reads=system_name,
            looks_up="account_system",
        ),
        Step(
            name="action",
            text=N_("What do you need?"),
            offer="account_actions",
        ),
        Step(
            name="self_service",
            text=N_("You can do it yourself. {how} Did it help?"),
            offer="self_service",
            if_any=True,
        ),
        Step(
            name="user_name",
            text=N_("Type your user name on {system}. Never type a password."),
            offer="system_words",
            choices=(Choice("", N_("I do not remember it"), N_("Skip"), also=("ruka", "skip", "sijui")),),
            reads=user_name,
            when=asks_user_name,
        ),
        Step(
            name="role",
            text=N_("Which role do you need on {system}? Type it in a few words."),
            offer="system_words",
            choices=(Choice("", N_("I do not know"), N_("Skip"), also=("ruka", "skip", "sijui")),),
            reads=few_words,
            when=asks_role,
        ),
        *proof("ask"),
        Step(
            name="confirm",
            text=N_("{action}: {system}. {next} Send?"),
            offer="account_summary",
            choices=(
                Choice("send", N_("Send"), also=("tuma", "ndiyo", "ndio", "sawa", "yes", "ok")),
                Choice(
                    "workplace",
                    N_("Say the facility or cost centre"),
                    N_("Facility/centre"),
                    visits="workplace",
                    when=asks_workplace,
                ),
                Choice(
                    "known_as", N_("Say your user name"), N_("User name"), visits="known_as", when=may_say_user_name
                ),
                Choice("cancel", N_("Cancel"), also=("hapana", "no"), cancels=True),
            ),
        ),
        Step(
            name="workplace",
            text=N_("Type the facility or cost centre: its name or its code."),
            reads=few_words,
            on_request=True,
        ),
        Step(
            name="known_as",
            text=N_("Type your user name on {system}. Never type a password."),
            offer="system_words",
            reads=user_name,
            on_request=True,
        ),
    ),
    command=ask_for_account,
    receipt=N_("Thank you. Your request is {number}. {next} Nobody will ask for your password."),
)
