import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values.asset_tag import AssetTag, NotAnAssetTag


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("MVM/ICT/00412", "MVM/ICT/00412"),
        ("mvm/ict/00412", "MVM/ICT/00412"),
        (" mvm / ict / 00412 ", "MVM/ICT/00412"),
        ("mvm ict 00412", "MVM/ICT/00412"),
        ("MVM\\ICT\\00412", "MVM/ICT/00412"),
        ("#00412", "00412"),
        ("5cd1234x5k", "5CD1234X5K"),
        ("MZ-ICT—77", "MZ-ICT-77"),
    ],
)
def test_a_tag_has_one_form(typed: str, kept: str) -> None:
    assert AssetTag.parse(typed) == kept


@pytest.mark.parametrize("typed", ["", " ", "printa", "/", "##", "1*2", "9" * 41, "MVM/İ/1", "½", "*"])
def test_what_cannot_be_on_a_sticker_is_refused(typed: str) -> None:
    with pytest.raises(NotAnAssetTag):
        AssetTag.parse(typed)


def test_digits_on_a_keypad_find_the_tag() -> None:
    key = AssetTag.parse("MVM/ICT/00412").digits
    assert key == AssetTag.parse("412").digits == AssetTag.parse("00412").digits == "412"
    assert AssetTag.parse("MVM/ICT/000").digits == "0"


@given(st.text(max_size=50))
def test_reading_a_tag_again_changes_nothing(typed: str) -> None:
    try:
        tag = AssetTag.parse(typed)
    except NotAnAssetTag:
        return
    assert AssetTag.parse(tag) == tag
    assert 1 <= len(tag) <= 40
    assert tag.isascii()
    assert tag.digits.isdigit()
