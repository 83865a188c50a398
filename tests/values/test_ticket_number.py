import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values.ticket_number import NotATicketNumber, TicketNumber, damm

numbers = st.builds(TicketNumber.made, st.integers(2010, 2099), st.integers(1, 10**7))


def test_the_number_of_the_design() -> None:
    number = TicketNumber.made(2026, 123)
    assert number.shown == "2600123-9"
    assert number == 26001239
    assert number.serial == 123


def test_the_check_digit_of_the_paper() -> None:
    assert damm("572") == 4
    assert damm("5724") == 0


@pytest.mark.parametrize(
    "typed",
    [
        "2600123-9",
        "26001239",
        "#2600123-9",
        " 2600123 - 9 ",
        "2600123–9",
        "26 00123 9",
        "# 2600123-9",
        "2600123.9",
    ],
)
def test_a_number_is_read_however_it_is_typed(typed: str) -> None:
    assert TicketNumber.parse(typed) == 26001239


@pytest.mark.parametrize(
    "typed",
    ["", "#", "123", "2600123-8", "2600000-8", "26000123-1", "x2600123-9", "9" * 30, "٢٦٠٠١٢٣٩", "2600123*9"],
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(NotATicketNumber):
        TicketNumber.parse(typed)


@given(numbers)
def test_what_is_shown_can_be_typed(number: TicketNumber) -> None:
    assert TicketNumber.parse(number.shown) == number == TicketNumber.parse(str(number))
    assert TicketNumber.made(int(str(number)[:2]), number.serial) == number


@given(numbers, st.data())
def test_one_wrong_digit_or_two_swapped_ones_are_noticed(number: TicketNumber, data: st.DataObject) -> None:
    digits = list(str(number))
    at = data.draw(st.integers(0, len(digits) - 1))
    wrong = [*digits]
    wrong[at] = data.draw(st.sampled_from("0123456789"))
    swapped = [*digits]
    before = max(at - 1, 0)
    swapped[at], swapped[before] = swapped[before], swapped[at]
    for typed in (wrong, swapped):
        if typed != digits:
            with pytest.raises(NotATicketNumber):
                TicketNumber.parse("".join(typed))


@pytest.mark.parametrize(("year", "serial"), [(2026, 0), (2026, -1), (2009, 1), (2105, 1)])
def test_no_number_is_made_that_could_not_be_typed(year: int, serial: int) -> None:
    with pytest.raises(ValueError, match="no ticket number"):
        TicketNumber.made(year, serial)
