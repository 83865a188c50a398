"""What the filter makes of messages as people write them. `dawati prove secrets` prints the same figures."""

import pytest

from bench.secrets import Figures, examples, measure, report
from models.values.secret import mask_secrets


@pytest.mark.parametrize("figures", measure(mask_secrets, examples()), ids=lambda figures: figures.half)
def test_nearly_every_secret_is_masked_and_hardly_anything_else(figures: Figures) -> None:
    assert figures.masked_share >= 0.95, report([figures], mask_secrets)
    assert figures.spoiled_share <= 0.02, report([figures], mask_secrets)


def test_the_corpus_is_large_without_repeats_and_its_secrets_are_in_it() -> None:
    all_examples = examples()
    assert sum(bool(each.secret) for each in all_examples) >= 200
    assert sum(not each.secret for each in all_examples) >= 200
    assert len({each.text for each in all_examples}) == len(all_examples)
    assert all(each.secret in each.text for each in all_examples)


def test_masking_any_of_it_twice_changes_nothing_more() -> None:
    for each in examples():
        masked, _ = mask_secrets(each.text)
        assert mask_secrets(masked)[0] == masked


def test_a_failure_is_listed_as_it_came_out() -> None:
    nothing = measure(lambda text: (text, False), examples())
    assert [figures.masked_share for figures in nothing] == [0, 0]
    assert "kept a secret: 'nywila yangu ni Kilosa2019'" in report(nothing, lambda text: (text, False))
