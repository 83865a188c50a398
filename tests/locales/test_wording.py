"""The Swahili is the glossary's: the words that institutions use, and none that they do not."""

import re

import pytest

from locales.catalogues import ROOMS, read
from tests.locales.test_catalogues import texts

FORBIDDEN = {
    r"\bIT\b": "TEHAMA",
    r"(?i)\btarakilishi": "kompyuta",
    r"(?i)\bngamizi": "kompyuta",
    r"(?i)\bkichapishi": "printa",
    r"(?i)\basante": "ahsante",
    r"(?i)\bpaswo?[ae]?di|\bpassword": "nywila",
    r"(?i)\bnenosiri|\bneno la siri": "nywila",
    r"(?i)\bnambari\b": "namba",
    r"(?i)\btikiti": "tiketi",
    r"(?i)\beneza\b|\bpandisha\b": "peleka ngazi ya juu",
    r"(?i)\bifadhi": "hifadhi",
    r"(?i)\bsaini (?:ndani|nje)": "ingia, toka",
    r"(?i)\bkibofya\b": "bofya",
}
"""What is written instead; taken from the notes of the glossary, and what dictionaries offer wrongly."""

GIVEN = {
    "Back": "Rudi",
    "Cancel": "Ghairi",
    "Confirm": "Thibitisha",
    "Continue": "Endelea",
    "Help": "Msaada",
    "Home": "Mwanzo",
    "Language": "Lugha",
    "Log in": "Ingia",
    "More": "Zaidi",
    "No": "Hapana",
    "Password": "Nywila",
    "Priority": "Kipaumbele",
    "Report a fault": "Ripoti hitilafu",
    "Save": "Hifadhi",
    "Search": "Tafuta",
    "Send": "Tuma",
    "Ticket": "Tiketi",
    "Yes": "Ndiyo",
}
"""Where one of these is a text of its own, it has the glossary's word."""

swahili = pytest.mark.parametrize("name", ROOMS)


@swahili
def test_no_word_that_nobody_uses(name: str) -> None:
    found = [
        f"{msgstr!r}: say {instead}"
        for msgid, msgstr in texts(read("sw", name))
        for wrong, instead in FORBIDDEN.items()
        if re.search(wrong, msgstr) and not _names_keywords(msgstr)
    ]
    assert found == []


def _names_keywords(msgstr: str) -> bool:
    """A help text may list the English keyword beside the Swahili one, in capitals."""
    return re.search(r"\bPASSWORD\b", msgstr) is not None


@swahili
def test_namba_ya_siri_is_a_pin_and_nothing_else(name: str) -> None:
    for msgid, msgstr in texts(read("sw", name)):
        if "namba ya siri" in msgstr.lower():
            assert "PIN" in msgid, msgstr
        if re.search(r"\bpassword", msgid):
            assert "nywila" in msgstr.lower(), msgid


@swahili
def test_the_words_of_the_menus_are_the_glossarys(name: str) -> None:
    said = {msgid: msgstr for msgid, msgstr in texts(read("sw", name)) if msgid in GIVEN}
    assert said == {msgid: GIVEN[msgid] for msgid in said}
