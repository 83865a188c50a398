"""Both languages are complete, agree with the code, and can be read on the cheapest phone."""

import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages import Catalog

from locales import LANGUAGES
from locales.catalogues import ROOMS, path, read
from locales.refresh import Msgid, missing, refreshed, rendered, said_in
from models.values.gsm7 import BASIC, EXTENDED, is_gsm7

ROOT = Path(__file__).parent.parent.parent
every_catalogue = pytest.mark.parametrize(("language", "name"), [(la, name) for la in LANGUAGES for name in ROOMS])
every_name = pytest.mark.parametrize("name", ROOMS)


def texts(catalogue: Catalog) -> list[tuple[str, str]]:
    """Every pair of text and translation, of a plural both forms; what waits for translation is left out."""
    pairs: list[tuple[str, str]] = []
    for message in catalogue:
        if isinstance(message.id, str):
            pairs += [(message.id, str(message.string))] if message.id else []
        else:
            pairs += zip(message.id, message.string or ("", ""), strict=True)
    return [(msgid, msgstr) for msgid, msgstr in pairs if msgstr]


def placeholders(text: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(text) if field is not None}


@every_name
def test_every_text_of_the_code_is_in_its_catalogue_and_no_other(name: str) -> None:
    said = said_in(name)
    kept: set[Msgid] = {
        message.id if isinstance(message.id, str) else tuple(message.id) for message in read("sw", name) if message.id
    }
    assert said - kept == set(), "run `python -m locales.refresh` and translate these"
    assert kept - said == set(), "no longer said: run `python -m locales.refresh`"


@every_catalogue
def test_every_text_is_translated(language: str, name: str) -> None:
    assert missing(read(language, name)) == []


@every_catalogue
def test_a_refresh_would_change_nothing(language: str, name: str) -> None:
    """So there is nothing fuzzy, obsolete, unsorted or twice, and additions merge."""
    known = read(language, name)
    assert path(language, name).read_bytes() == rendered(refreshed(language, said_in(name), known), language)


@every_catalogue
def test_placeholders_agree(language: str, name: str) -> None:
    for msgid, msgstr in texts(read(language, name)):
        assert placeholders(msgid) == placeholders(msgstr), msgid
        assert all(re.fullmatch(r"[a-z_]+", field) for field in placeholders(msgid)), f"plain names only: {msgid}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_for_phones_is_in_the_phones_alphabet(language: str) -> None:
    strange = {
        msgstr: sorted(set(msgstr) - set(BASIC + EXTENDED))
        for pair in texts(read(language, "phone"))
        for msgstr in pair
        if not is_gsm7(msgstr)
    }
    assert strange == {}


def test_templates_say_their_texts_by_the_function_alone() -> None:
    """Blocks of Jinja2's own translation use another kind of placeholder."""
    for template in (ROOT / "console").rglob("*.html"):
        assert "{% trans" not in template.read_text("utf-8"), template.name
