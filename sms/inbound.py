"""What somebody's text message says, in the desk's terms: keywords in both languages, answers, or plain words. Pure.

Only the first word of a message can be a keyword, and a conversation may be asking for words at that moment: "Hali ya
printa ni mbaya" is an answer then, and `HALI 2600123-9` is none. So each keyword has a shape. In its shape it always
wins: `HALI` alone or with a number, `KIFAA` alone or with a tag, `NYWILA` alone or with a short name, `HITILAFU` with
anything. Out of it the message is typed words first, for whatever asks for words, and only `otherwise` the keyword.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from conversations.engine import HOME
from models.commands.hearing import Said, Stopped, Typed, Wants
from models.refusals import Refused
from models.tables.account import AccountAction
from models.values.asset_tag import AssetTag
from models.values.secret import mask_secrets
from sms.spelling import meant

REPORT = ("hitilafu", "itilafu", "tatizo", "ripoti", "fault", "report", "problem")
TICKETS = ("hali", "tiketi", "status", "ticket", "tickets")
DEVICE = ("kifaa", "vifaa", "mali", "device", "devices", "asset", "assets")
PASSWORD = ("nywila", "nenosiri", "password", "passwords", "pasword")
ACCOUNT = ("akaunti", "account", "accounts")
REGISTER = ("jisajili", "sajili", "register")
LANGUAGE = ("lugha", "language")
ENGLISH = ("english", "kiingereza")
SWAHILI = ("kiswahili", "swahili")
HELP = ("msaada", "help")
FRONT = ("menu", "mwanzo", "home", "dawati")
STOP = ("acha", "stop")
START = ("anza", "start")

ANSWERS: Mapping[str, str] = {
    **dict.fromkeys(("ndiyo", "ndio", "sawa", "yes", "ok", "okay"), "ndiyo"),
    **dict.fromkeys(("hapana", "no"), "hapana"),
    "bado": "bado",
}
"""Answers, to the word by which every screen knows them."""

SWAHILI_WORDS = {
    "hitilafu", "itilafu", "tatizo", "ripoti", "hali", "tiketi", "kifaa", "vifaa", "mali", "nywila", "nenosiri",
    "akaunti", "jisajili", "sajili", "lugha", "msaada", "mwanzo",
}  # fmt: skip
ENGLISH_WORDS = {
    "fault", "report", "problem", "status", "ticket", "tickets", "device", "devices", "asset", "assets", "register",
    "language", "help", "home",
}  # fmt: skip
"""Keywords of which it can be told what language their writer speaks: both write `password` and `menu`."""

FALSE_FRIENDS = {"mwanza", "ndivyo"}
"""A slip away from a keyword, and words of their own."""

COURTESY = {"tafadhali", "naomba", "ninaomba", "please", "pls", "jamani", "ndugu"}
OF = {"ya", "za", "la", "ya:", "of", "for", "my", "the", "to", "yangu", "zangu", "langu", "changu", "vyangu"}
AFTER_REPORT = {"ya", "za", "la", "a", "of"}
NUMBER_OF = {"namba", "nambari", "na", "no", "number", "tiketi", "ticket", "tag", "lebo", "serial"}
NEW = {"mpya", "new"}
STILL = {
    "bado", "ni", "ipo", "imeisha", "imekwisha", "imerudi", "ileile", "lipo", "limeisha", "limekwisha", "limerudi",
    "lilelile", "is", "was", "has", "still",
}  # fmt: skip
"""After HITILAFU these speak of a fault that was reported before."""
EVERYTHING = {"sms", "ujumbe", "matangazo", "zote", "all", "messages"}
"""After STOP they say no more than it does alone."""
THANKS = {"asante", "ahsante", "shukrani", "nashukuru", "tunashukuru", "nimeshukuru", "thanks", "thank"}

SENTENCE = 4  # words from which a message says something that may be a report
NAME = 4  # words that a system's name has at most

_first_word = re.compile(r"\W*([^\W\d_]+)(?![^\W\d_])['’]?(?P<rest>.*)", re.DOTALL)
_digits_only = re.compile(r"\W*(\d{1,2})\W*")
_digits_first = re.compile(r"\W*(\d{1,2})[\s.,):]+\D")
_letter = re.compile(r"[^\W\d_]")
_verb = re.compile(r"(?:ha|ni|i|si|u|a|tu)(?:na|me|li|ta|ki|ka|ja)\w{2,}|ha[iuzkw]\w{3,}", re.IGNORECASE)
_around = " \t\r\n:;,.-=#*/!?()'\"’‘“”<>"

Reading = Callable[[str, str], Said | None]
"""What is wanted, from the whole message and what follows its keyword; nothing where the word is no keyword."""


def understood(text: str, institution: Collection[str] = ()) -> Said:
    """What the message says. `institution` are the words, in lower case, that a shared short code puts first.

    Any text says something; nothing is refused here."""
    text = _without(text.strip(), institution)
    if not text and institution:
        return Wants(HOME)
    if alone := _digits_only.fullmatch(text):
        return Typed(alone[1])
    word, rest = _parted(text)
    unasked = _unasked(text)
    if word in ANSWERS:
        return _typed(text, Typed(ANSWERS[word], otherwise=unasked))
    if word in KEYWORDS:
        said = KEYWORDS[word](text, rest)
        if said is not None:
            return said
    if numbered := _digits_first.match(text):
        return Typed(text, otherwise=Typed(numbered[1], otherwise=unasked))
    return Typed(text, otherwise=unasked) if rest or not word else _typed(text, Typed(word))


def language_of(text: str, institution: Collection[str] = ()) -> str:
    """The language of the keyword that the message begins with; empty if there is none or it does not tell."""
    word, _ = _parted(_without(text.strip(), institution))
    return "en" if word in ENGLISH_WORDS else "sw" if word in SWAHILI_WORDS else ""


def _typed(text: str, plainly: Typed) -> Typed:
    """The words as they stand, for whoever asked for words; for a list of options, plainly."""
    return plainly if text == plainly.text else Typed(text, otherwise=plainly)


def _parted(text: str) -> tuple[str, str]:
    """The keyword that the message begins with, as it is listed, or its first word in lower case; and the rest."""
    found = _first_word.fullmatch(text)
    if not found:
        return "", text
    word = unicodedata.normalize("NFKC", found[1]).casefold()
    if word not in {*KEYWORDS, *ANSWERS, *FALSE_FRIENDS}:
        word = meant(word, (*KEYWORDS, *ANSWERS)) or word
    return word, found["rest"].lstrip(_around).rstrip()


def _without(text: str, institution: Collection[str]) -> str:
    found = _first_word.fullmatch(text) if institution else None
    return found["rest"].lstrip(_around).rstrip() if found and found[1].casefold() in institution else text


def _left(rest: str, *fillers: Collection[str]) -> list[str]:
    """The words that say something, without what is written around them."""
    words = [word.strip(_around) for word in rest.split()]
    return [word for word in words if word and not any(word.casefold() in each for each in fillers)]


def _unasked(text: str) -> Wants | None:
    """Nobody asked, and it is a sentence: perhaps a report, which the desk asks back."""
    words = [word for word in text.split() if _letter.search(word)]
    if len(words) < SENTENCE or words[0].strip(_around).casefold() in THANKS:
        return None
    return Wants("report_words", {"words": text})


def _report(text: str, rest: str) -> Said | None:
    words = rest.split()
    while words and words[0].strip(_around).casefold() in {*REPORT, *AFTER_REPORT}:  # "ripoti hitilafu ya printa"
        words = words[1:]
    if not words:
        return Wants("report")
    if len(words) == 1 and _is_tag(words):
        return Wants("report", {"device": words[0]})
    told = " ".join(words)
    if words[0].casefold() in STILL:
        return Typed(text, otherwise=Wants("report_words", {"words": told}))
    return Wants("report_words", {"words": told, "confirm": "send"})


def _tickets(text: str, rest: str) -> Said | None:
    left = " ".join(_left(rest, OF, NUMBER_OF, COURTESY))
    if not left:
        return Wants("tickets")
    if not _letter.search(left) and any(each.isdigit() for each in left):
        return Wants("tickets", {"ticket": left})
    return Typed(text, otherwise=_unasked(text) or Wants("tickets"))


def _device(text: str, rest: str) -> Said | None:
    left = _left(rest, OF, NUMBER_OF, COURTESY)
    if not left:
        return Wants("device")
    if _is_tag(left):
        return Wants("device", {"device": " ".join(left)})
    return Typed(text, otherwise=_unasked(text) or Wants("device"))


def _is_tag(words: list[str]) -> bool:
    """`412`, `MVM/ICT/00412`, `mvm ict 412`: digits at the end, and nothing longer than an abbreviation before."""
    if not re.search(r"\d", words[-1]) or any(word.isalpha() and len(word) > 5 for word in words):
        return False
    try:
        AssetTag.parse(" ".join(words))
    except Refused:
        return False
    return len(words) <= 4


def _password(text: str, rest: str) -> Said | None:
    return _account(text, rest, {"action": AccountAction.RESET.value})


def _account(text: str, rest: str, ahead: Mapping[str, str] | None = None) -> Said | None:
    """What looks like somebody's password is dropped here, and the desk says so; it would mask it all the same."""
    words = _left(rest, COURTESY)
    if words and words[0].casefold() in NEW:
        ahead = {"action": AccountAction.NEW.value}
        words = words[1:]
    while words and words[0].casefold() in OF:
        words = words[1:]
    name = " ".join(words)
    wants = Wants("account", dict(ahead or {}))
    if not name:
        return wants
    if any(mask_secrets(told)[1] for told in (text, f"nywila {rest}", f"nywila {name}")):
        return replace(wants, held_secret=True)
    if len(words) > NAME or any(_verb.fullmatch(word) for word in words):
        return Typed(text, otherwise=wants)
    return Wants("account", {"system": name, **wants.words})


def _register(text: str, rest: str) -> Said | None:
    if not rest:
        return Wants("register")
    if not _letter.search(rest) and any(each.isdigit() for each in rest):
        return Wants("register", {"code": rest})
    return Typed(text, otherwise=Wants("register"))


def _language(text: str, rest: str) -> Said | None:
    left = " ".join(_left(rest, COURTESY, OF)).casefold()
    if not left:
        return Wants("language")
    if left in ENGLISH or left in SWAHILI:
        return Wants("language", {"language": "en" if left in ENGLISH else "sw"})
    return None


def _alone(said: Said) -> Reading:
    """A keyword that stands alone, but for a please; with more words it is none."""

    def reading(text: str, rest: str) -> Said | None:
        return None if _left(rest, COURTESY) else said

    return reading


def _stop(text: str, rest: str) -> Said | None:
    return None if _left(rest, EVERYTHING, COURTESY) else Stopped()


KEYWORDS: Mapping[str, Reading] = {
    word: reading
    for words, reading in (
        (REPORT, _report),
        (TICKETS, _tickets),
        (DEVICE, _device),
        (PASSWORD, _password),
        (ACCOUNT, _account),
        (REGISTER, _register),
        (LANGUAGE, _language),
        (ENGLISH, _alone(Wants("language", {"language": "en"}))),
        (SWAHILI, _alone(Wants("language", {"language": "sw"}))),
        (HELP, _alone(Wants("help"))),
        (FRONT, _alone(Wants(HOME))),
        (STOP, _stop),
        (START, _alone(Stopped(stop=False))),
    )
    for word in words
}
