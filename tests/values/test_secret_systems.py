"""Names of systems beside the word for a password: what people ask for, never a secret."""

import pytest

from dawati.catalogue.loading import default_catalogue
from models.system_entry import LikeAPassword, SystemEntry
from models.tables.account import AccountAction
from models.tables.catalogue import Tier
from models.values.secret import mask_secrets

NAMES = sorted(
    {
        name
        for row in default_catalogue().systems
        for name in (row.name, row.short, *row.aliases.split(";"))
        if name.strip()
    }
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("asked", ["NYWILA {}", "nywila ya {}", "password {} please", "nenosiri {} limefungwa"])
def test_every_name_in_the_catalogue_is_a_keywords_argument(asked: str, name: str) -> None:
    text = asked.format(name)
    assert mask_secrets(text) == (text, False)


def entry(*aliases: str) -> SystemEntry:
    return SystemEntry("Mfumo wa Afya", "Afya", aliases, tier=Tier.T1, kinds=(AccountAction.RESET,))


@pytest.mark.parametrize("alias", ["Afya2", "Siha@Kata"])
def test_a_new_name_that_would_be_masked_is_refused_where_it_is_entered(alias: str) -> None:
    assert mask_secrets(f"NYWILA {alias}")[1]
    with pytest.raises(LikeAPassword):
        entry(alias).refuse_unfit()


@pytest.mark.parametrize("alias", ["Afya", "AfyaPlus", "Afya+", "AFYAMTANDAO", "Afya 2", "e-Afya"])
def test_any_other_new_name_may_be_asked_for_at_once(alias: str) -> None:
    entry(alias).refuse_unfit()
    assert mask_secrets(f"NYWILA {alias}") == (f"NYWILA {alias}", False)
