"""The commands that people type or pick from the chat's menu, and links on stickers that type one for them."""

from collections.abc import Mapping

from locales import N_
from models.commands.hearing import Said, Typed, Wants
from models.refusals import Misread
from models.values.asset_tag import AssetTag

COMMANDS: Mapping[str, tuple[str, str]] = {
    "start": ("front", ""),
    "mwanzo": ("front", ""),
    "hitilafu": ("report", ""),
    "report": ("report", ""),
    "akaunti": ("account", "system"),
    "account": ("account", "system"),
    "kifaa": ("device", "device"),
    "device": ("device", "device"),
    "tiketi": ("tickets", "ticket"),
    "tickets": ("tickets", "ticket"),
    "jisajili": ("register", "code"),
    "register": ("register", "code"),
    "lugha": ("language", "language"),
    "language": ("language", "language"),
    "msaada": ("help", ""),
    "help": ("help", ""),
}
"""Command, the conversation that it opens, and the step for which words behind it are meant."""

MENU: Mapping[str, Mapping[str, str]] = {
    "sw": {
        "hitilafu": N_("Report a fault"),
        "akaunti": N_("Account or password"),
        "kifaa": N_("Ask about a device"),
        "tiketi": N_("My tickets"),
        "lugha": N_("Lugha / Language"),
        "msaada": N_("Help"),
    },
    "en": {
        "report": N_("Report a fault"),
        "account": N_("Account or password"),
        "device": N_("Ask about a device"),
        "tickets": N_("My tickets"),
        "language": N_("Lugha / Language"),
        "help": N_("Help"),
    },
}
"""What the chat's menu button shows, by the language of the person's Telegram."""

THANKS = {"asante", "ahsante", "nashukuru", "thanks", "thank"}
SENTENCE = 3  # words from which a message says something that may be a report

_DEVICE = "d_"


def command_meant(text: str) -> Said | None:
    """What a text that begins with a slash asks for; None if it is no command. An unknown one asks for help."""
    if not text.startswith("/"):
        return None
    command, _, behind = text[1:].partition(" ")
    name = command.partition("@")[0].casefold()
    behind = " ".join(behind.split())
    if name in ("ghairi", "cancel"):
        return Typed("ghairi")
    if name == "start" and behind.startswith(_DEVICE):
        return _device_scanned(behind)
    conversation, step = COMMANDS.get(name, ("help", ""))
    if conversation == "report" and behind:
        return Wants("report_words", {"words": behind})  # shown once more before it is sent: a slip is cheap to tap
    return Wants(conversation, {step: behind} if step and behind else {})


def language_of(text: str) -> str:
    """The language of a command that only one of the two menus has; empty if it is none."""
    name = text.partition(" ")[0].partition("@")[0].casefold()
    found = [language for language, commands in MENU.items() if name.startswith("/") and name[1:] in commands]
    return found[0] if len(found) == 1 else ""


def words_meant(text: str) -> Typed:
    """Plain words: an answer where one is awaited, else, if they are a sentence, perhaps a report, which is asked."""
    words = text.split()
    if len(words) < SENTENCE or words[0].strip(",.!").casefold() in THANKS:
        return Typed(text)
    return Typed(text, otherwise=Wants("report_words", {"words": " ".join(words)}))


def start_of_device(tag: AssetTag) -> str:
    """The parameter of a link `https://t.me/<bot>?start=…` that opens a report on that device: at most 64 of
    `A-Za-z0-9_-`, which are all that Telegram takes."""
    return _DEVICE + tag.replace(".", "__").replace("/", "_")


def _device_scanned(start: str) -> Wants:
    try:
        tag = AssetTag.parse(start.removeprefix(_DEVICE).replace("__", ".").replace("_", "/"))
    except Misread:
        return Wants("front")
    return Wants("report", {"device": str(tag)})
