"""The proofs that anybody can repeat at the command line hold here as well."""

import pytest

from dawati.cli import main


def test_a_killed_desk_has_lost_no_ticket_that_a_phone_was_told_of(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prove", "durable", "--handsets", "4", "--rounds", "1"]) == 0
    assert "are there" in capsys.readouterr().out


def test_hops_sent_many_times_at_once_make_one_ticket_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prove", "once", "--times", "6", "--reports", "3"]) == 0
    assert "3 tickets" in capsys.readouterr().out
