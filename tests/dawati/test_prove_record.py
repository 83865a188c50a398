"""What an auditor types: whether the record holds, and whether a file taken from it does."""

import sqlite3
from pathlib import Path

import pytest

from dawati.cli import main
from dawati.opening import now, open_desk
from dawati.settings import Settings
from models.commands import DESK, SealHistory
from models.tables.officer import Role
from queries.audit import Wanted, exported
from queries.audit_file import ENCODING, lines_of
from queries.scope import Seat


@pytest.fixture
def file(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An export of a sealed demonstration, whose settings the command line reads."""
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    monkeypatch.setenv("SECRET_KEY", settings.secret_key.get_secret_value())
    monkeypatch.setenv("SIMULATOR", "on")
    door = open_desk(settings, now)
    assert door.do(SealHistory(), DESK) > 100
    with door.database.reading() as reading:
        rows, _ = exported(reading, Seat(1, 1, "", "", Role.AUDITOR, 1, "/", "sw"), Wanted())
    door.database.close()
    exported_to = tmp_path / "audit.csv"
    exported_to.write_text(
        lines_of(rows, settings.zone, [row.event for row in rows], heading=True), ENCODING, newline=""
    )
    return exported_to


def typed(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = main(words)
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def change(settings: Settings, statement: str) -> None:
    connection = sqlite3.connect(settings.database_url.removeprefix("sqlite:///"))
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_an_honest_record_is_proven_and_its_last_seal_told(
    file: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    status, printed, complaint = typed(capsys, "prove", "chain")
    assert (status, complaint) == (0, "")
    assert "under 1 seals are as they were written." in printed
    seal = printed.split()[-1]
    assert typed(capsys, "prove", "chain", "--noted", seal)[0] == 0
    change(settings, "DELETE FROM seal")
    assert typed(capsys, "prove", "chain")[0] == 0
    assert typed(capsys, "prove", "chain", "--noted", seal) == (1, "", "Seal 1: the seal is missing.\n")


def test_the_place_of_a_change_is_named_in_one_sentence(
    file: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    change(settings, "UPDATE history SET by_person_id = 1 WHERE ticket_id = 3 AND step = 2")
    status, printed, complaint = typed(capsys, "prove", "chain")
    assert (status, printed) == (1, "")
    assert complaint.endswith(", step 2: what is written there was changed.\n")
    assert complaint.count("\n") == 1
    doctor = typed(capsys, "doctor")
    assert doctor[0] == 1
    assert complaint.strip() in doctor[1]


def test_another_key_proves_nothing(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SECRET_KEY", "another key that is long enough to be one")
    status, _, complaint = typed(capsys, "prove", "chain")
    assert status == 1
    assert "more places do not hold." in complaint


def test_a_file_of_the_record_is_proven_line_by_line(
    file: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    status, printed, _ = typed(capsys, "prove", "export", str(file))
    assert (status, printed.endswith("are as the desk wrote them, and as it holds them now.\n")) == (0, True)
    change(settings, "DELETE FROM history WHERE ticket_id = 1 AND step = 1")
    status, _, complaint = typed(capsys, "prove", "export", str(file))
    assert (status, complaint.endswith("step 1: the desk does not hold it any more.\n")) == (1, True)
    for content in (b"", b"a,b\n", b"\xff\xfe"):
        file.write_bytes(content)
        assert typed(capsys, "prove", "export", str(file)) == (1, "", f"{file} is no file from /audit.csv.\n")
    assert typed(capsys, "prove", "export", "nowhere.csv")[0] == 1


def test_a_seal_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    for text in ("12", "x:ff", "12:"):
        with pytest.raises(SystemExit):
            main(["prove", "chain", "--noted", text])
    assert "64 digits are wanted" in capsys.readouterr().err
