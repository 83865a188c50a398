"""Whatever the catalogue's page lets through fits a basic phone; what does not is refused at its field."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.examples import OFFERS
from conversations.steps import Offer
from dawati.catalogue.loading import default_catalogue
from locales import LANGUAGES, say
from models.system_entry import SELF_SERVICE, SHORT, EntryRefused, SystemEntry
from models.tables.account import AccountAction
from models.tables.catalogue import ApproverPolicy, Detail, Tier
from models.values.gsm7 import is_gsm7, septets
from models.values.secret import mask_secrets
from tests.conversations.test_fit import APPROVER, asked, fits_pages

LONGEST = SystemEntry(
    name="N" * 60, short="S" * SHORT, tier=Tier.T3, self_service="abcd " * 20, self_service_en="abcd " * 20,
    kinds=tuple(AccountAction), asks=tuple(Detail),
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_that_is_kept_fits(language: str) -> None:
    LONGEST.refuse_unfit()
    help_offer = Offer(OFFERS["self_service"][language].options, {"how": LONGEST.self_service})
    assert len(fits_pages(asked(language, "account", "self_service", help_offer))) <= 2
    for step in ("user_name", "role", "known_as"):
        assert len(fits_pages(asked(language, "account", step, Offer(words={"system": LONGEST.short})))) == 1
    next_words = say("{approver} will be asked to approve.", language, approver=APPROVER)
    words = {"action": "Nimesahau nywila", "system": LONGEST.short, "next": next_words}
    assert len(fits_pages(asked(language, "account", "confirm", Offer(words=words)))) <= 2


@given(st.text(max_size=120))
def test_no_other_self_service_is_kept(text: str) -> None:
    entry = replace(LONGEST, self_service=text, self_service_en=text)
    if text and (not is_gsm7(text) or septets(text) > SELF_SERVICE or mask_secrets(text)[1]):
        with pytest.raises(EntryRefused) as refusal:
            entry.refuse_unfit()
        assert refusal.value.field == "self_service"
    else:
        entry.refuse_unfit()


@pytest.mark.parametrize("tier", [Tier.T2, Tier.T3])
def test_what_could_do_harm_is_given_on_somebodys_word(tier: Tier) -> None:
    with pytest.raises(EntryRefused) as refusal:
        replace(LONGEST, tier=tier, approver=ApproverPolicy.NONE).refuse_unfit()
    assert refusal.value.field == "approver"


def test_the_default_catalogue_could_have_been_typed_in() -> None:
    said: dict[str, str] = {}
    for system in default_catalogue().systems:
        entry = SystemEntry(
            name=system.name, short=system.short, aliases=tuple(filter(None, system.aliases.split(";"))),
            offers_account=system.offers_account, tier=system.tier, self_service=system.self_service,
            self_service_en=system.self_service_en, approver=system.approver,
            kinds=tuple(AccountAction(kind) for kind in system.kinds.split(";") if kind),
            asks=tuple(Detail(detail) for detail in system.asks.split(";") if detail),
        )  # fmt: skip
        entry.refuse_unfit()
        for name in (system.code, entry.name, entry.short, *entry.aliases):  # what people say leads to one system
            assert said.setdefault(name.casefold(), system.code) == system.code, name
