"""The front page, and the two small things on it: language and help."""

from conversations.book.proving import PROVING_CHOICES
from conversations.steps import Answers, Asked, Choice, Conversation, Step
from locales import N_
from models.commands import SetLanguage


def known(answers: Answers) -> bool:
    return "known" in answers


def unknown(answers: Answers) -> bool:
    return "known" not in answers


FRONT = Conversation(
    name="front",
    steps=(
        Step(
            name="unfinished",
            text=N_("You have something unfinished:"),
            offer="unfinished",
            if_any=True,
            choices=(Choice("other", N_("Something else"), also=("mengine", "other")),),
        ),
        Step(
            name="menu",
            text=N_("{desk}. How can we help?"),
            offer="greeting",
            choices=(
                Choice("report", N_("Report a fault"), also=("hitilafu", "fault"), opens="report"),
                Choice("account", N_("Account or password"), also=("nywila", "akaunti"), opens="account", when=known),
                Choice("device", N_("Ask about a device"), also=("kifaa", "mali", "device"), opens="device"),
                Choice("tickets", N_("My tickets"), also=("hali", "tiketi", "status"), opens="tickets"),
                Choice("register", N_("Register"), also=("jisajili",), opens="register", when=unknown),
                Choice("language", N_("Lugha / Language"), also=("lugha", "language", "english"), opens="language"),
                Choice("help", N_("Help"), also=("msaada",), opens="help"),
            ),
        ),
    ),
)


def set_language(asked: Asked) -> SetLanguage:
    return SetLanguage(asked.answers["language"])


LANGUAGE = Conversation(
    name="language",
    steps=(
        Step(
            name="language",
            text=N_("Choose a language. / Chagua lugha."),
            choices=(
                Choice("sw", N_("Kiswahili"), also=("sw", "swahili")),
                Choice("en", N_("English"), also=("en", "kiingereza")),
            ),
        ),
    ),
    command=set_language,
    receipt=N_("The desk will speak to you in English."),
)

HELP = Conversation(
    name="help",
    steps=(
        Step(
            name="help",
            text=N_(
                "Dial {ussd} or SMS {sms}: FAULT and words, STATUS and ticket, DEVICE and number, "
                "PASSWORD and system. The desk never asks for your password."
            ),
            offer="help",
            choices=PROVING_CHOICES,
        ),
    ),
)
