"""HR's list of leavers, as a spreadsheet saves it."""

from pathlib import Path

import pytest

from dawati.lists import ListRefused, leavers_in
from models.commands import ImportLeavers
from models.commands.leaving import LeaverRow
from models.tables.person import Employment


def test_a_list_says_who_left_and_who_serves_elsewhere(tmp_path: Path) -> None:
    file = tmp_path / "leavers.csv"
    file.write_text("phone;name;reason\n0754000002;Juma Hassan;retired\n0754000001;Theresia Kavishe;Transferred\n")
    assert leavers_in(file) == ImportLeavers(
        (
            LeaverRow("+255754000002", "Juma Hassan", Employment.LEFT),
            LeaverRow("+255754000001", "Theresia Kavishe", Employment.TRANSFERRED),
        )
    )


def test_a_number_without_a_name_could_be_anybody(tmp_path: Path) -> None:
    file = tmp_path / "leavers.csv"
    file.write_text("phone,name\n0754000002,\n")
    with pytest.raises(ListRefused, match="row 1: name is empty"):
        leavers_in(file)
