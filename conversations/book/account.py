"""Ask for an account. No password can be typed into it, and its texts say that nobody asks for one."""

from conversations.book.words import NoWords
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


def asks_user_name(answers: Answers) -> bool:
    return answers.get("asks_user_name") == "yes" and answers.get("action") != AccountAction.NEW


def ask_for_account(asked: Asked) -> AskForAccount:
    return AskForAccount(
        system_code=asked.answers["system"],
        action=AccountAction(asked.answers["action"]),
        user_name=asked.answers.get("user_name", ""),
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
            choices=(
                Choice(
                    AccountAction.RESET, N_("I forgot the password"), N_("Forgot password"), also=("nywila", "reset")
                ),
                Choice(AccountAction.UNLOCK, N_("The account is locked"), N_("Account locked"), also=("imefungwa",)),
                Choice(AccountAction.NEW, N_("A new account"), N_("New account"), also=("mpya", "new")),
                Choice(AccountAction.CHANGE_ROLE, N_("Change of role or station"), N_("Change role"), also=("jukumu",)),
                Choice(AccountAction.CLOSE, N_("Close the account"), N_("Close account"), also=("sitisha",)),
            ),
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
            name="confirm",
            text=N_("{action}: {system}. {approver} will be asked to approve. Send?"),
            offer="account_summary",
            choices=(
                Choice("send", N_("Send"), also=("tuma", "ndiyo", "ndio", "sawa", "yes", "ok")),
                Choice("cancel", N_("Cancel"), also=("hapana", "no"), cancels=True),
            ),
        ),
    ),
    command=ask_for_account,
    receipt=N_(
        "Thank you. Your request is {number}. {approver} has been asked to approve. Nobody will ask for your password."
    ),
)
