"""Reading what people type into a step."""

from locales import N_
from models.refusals import Misread
from models.values.asset_tag import AssetTag
from models.values.secret import mask_secrets
from models.values.ticket_number import TicketNumber

LONGEST = 1000  # characters of own words: more than any phone sends at once


class NoWords(Misread):
    """Nothing was written."""

    text = N_("Please write a few words.")


class TooLong(Misread):
    """More than the desk keeps."""

    text = N_("Please say it in fewer words.")


def own_words(text: str) -> str:
    """What somebody wrote, without what looks like a secret."""
    words = " ".join(text.split())
    if len(words) < 2:
        raise NoWords
    if len(words) > LONGEST:
        raise TooLong
    return mask_secrets(words)[0]


def tag(text: str) -> str:
    return str(AssetTag.parse(text))


def ticket_number(text: str) -> str:
    return str(int(TicketNumber.parse(text)))
