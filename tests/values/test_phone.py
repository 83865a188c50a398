import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values.phone import NotAPhoneNumber, PhoneNumber

mobiles = st.from_regex(r"(?:6[0-35-9]|7[0-9])[0-9]{7}", fullmatch=True)


@pytest.mark.parametrize(
    "typed",
    [
        "0712345678",
        "255712345678",
        "+255712345678",
        "712345678",
        "0712 345 678",
        "+255-712-345-678",
        "(0712) 345678",
        " 0712.345.678 ",
        "00255712345678",
        "+255 0712345678".replace(" 0", " "),
        "0712\u00a0345\u2011678",
    ],
)
def test_a_number_is_read_however_it_is_written(typed: str) -> None:
    assert PhoneNumber.parse(typed) == "+255712345678"


@pytest.mark.parametrize(
    "typed",
    ["", "0", "12345", "0812345678", "+254712345678", "071234567", "07123456789", "0712x45678", "٠٧١٢٣٤٥٦٧٨"],
)
def test_what_is_no_mobile_number_here_is_refused(typed: str) -> None:
    with pytest.raises(NotAPhoneNumber):
        PhoneNumber.parse(typed)


@given(mobiles, st.sampled_from(["0", "255", "+255", ""]))
def test_every_way_of_writing_gives_one_value(mobile: str, prefix: str) -> None:
    number = PhoneNumber.parse(prefix + mobile)
    assert number == f"+255{mobile}"
    assert number.is_tanzanian_mobile
    assert PhoneNumber.parse(number) == number == PhoneNumber.parse_caller(number)
    assert PhoneNumber.parse(number.local()) == number


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading(typed: str) -> None:
    for read in (PhoneNumber.parse, PhoneNumber.parse_caller):
        try:
            number = read(typed)
        except NotAPhoneNumber:
            continue
        assert number.startswith("+")
        assert number[1:].isascii()
        assert number[1:].isdigit()


@pytest.mark.parametrize(
    ("claimed", "kept"),
    [("+254712345678", "+254712345678"), ("447911123456", "+447911123456"), ("0712345678", "+255712345678"),
     ("255712345678", "+255712345678"), ("+25524123456", "+25524123456")],
)  # fmt: skip  # pairs
def test_a_gateway_may_name_any_caller(claimed: str, kept: str) -> None:
    assert PhoneNumber.parse_caller(claimed) == kept


@pytest.mark.parametrize("claimed", ["", "15200", "TEHAMA", "+0712345678", "+1234567890123456"])
def test_a_caller_without_a_number_is_refused(claimed: str) -> None:
    with pytest.raises(NotAPhoneNumber):
        PhoneNumber.parse_caller(claimed)


def test_a_masked_number_shows_who_knows_it_and_nobody_else() -> None:
    assert PhoneNumber("+255712345612").masked() == "+255 7•• ••• •12"
    assert PhoneNumber("+255712345612").masked_plain() == "07xx xxx x12"
    assert PhoneNumber("+254712345612").masked_plain() == "+2xxxxxxxxx12"
    assert f"{[PhoneNumber('+255712345612')]}" == "[PhoneNumber(07xx xxx x12)]"


def test_the_known_ranges_are_what_the_library_holds() -> None:
    import phonenumbers

    for first in range(100):
        example = f"+255{first:02d}2345678"
        mobile = phonenumbers.number_type(phonenumbers.parse(example)) == phonenumbers.PhoneNumberType.MOBILE
        assert PhoneNumber(example).is_tanzanian_mobile == mobile, example
