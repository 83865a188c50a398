"""What a person types who installs a desk, and the one sentence that they read when it cannot go on."""

import io
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from dawati.cli import main
from dawati.serving import only_one
from dawati.settings import Settings, read_settings

PASSWORD = "a password of ten\n"
INIT = (
    "init", "--institution", "bahi-dc", "--name", "Ally Juma", "--phone", "0712345678", "--login", "ally",
)  # fmt: skip

Typed = Callable[..., tuple[int, str, str]]


@pytest.fixture
def dawati(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Runs a command in the test's own directory: its status, what it printed, and what it complained of."""

    def typed(*words: str, answers: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(answers))
        status = main(words)
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return typed


@pytest.fixture
def founded(dawati: Typed) -> Typed:
    status, _, complaint = dawati(*INIT, answers=PASSWORD)
    assert (status, complaint) == (0, "")
    return dawati


@pytest.mark.parametrize("command", [["serve"], ["work"], ["migrate"], ["doctor"], ["backup"]])
def test_without_settings_nothing_starts_and_one_sentence_says_why(dawati: Typed, command: list[str]) -> None:
    status, printed, complaint = dawati(*command)
    assert (status, printed) == (1, "")
    assert complaint == "SECRET_KEY must be at least 32 characters; `dawati init` makes one.\n"


def test_a_desk_is_founded_in_one_go_and_its_file_is_nobody_elses(founded: Typed) -> None:
    file = Path(".env")
    assert file.stat().st_mode & 0o077 == 0
    settings = read_settings()
    assert len(settings.secret_key.get_secret_value()) >= 32
    assert len(settings.at_hook_key.get_secret_value()) >= 16
    before = file.read_text()
    status, _, complaint = founded(*INIT, answers=PASSWORD)  # once more: the log-in is taken, the file stays
    assert status == 1
    assert complaint.count("\n") == 1
    assert file.read_text() == before


def test_the_doctor_names_what_is_missing_and_what_was_changed(founded: Typed) -> None:
    status, printed, _ = founded("doctor")
    assert status == 1
    assert "missing  AT_USERNAME is empty" in printed
    assert "ok       The history of every ticket is as it was written" in printed


def test_a_history_that_was_changed_is_found(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, dawati: Typed
) -> None:
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    monkeypatch.setenv("SECRET_KEY", settings.secret_key.get_secret_value())
    monkeypatch.setenv("SIMULATOR", "on")
    connection = sqlite3.connect(settings.database_url.removeprefix("sqlite:///"))
    connection.execute("UPDATE history SET event = 'confirmed' WHERE id = 7")
    connection.commit()
    connection.close()
    status, printed, _ = dawati("doctor")
    assert status == 1
    assert "step" in printed


def test_lists_come_in_and_a_wrong_row_is_named(founded: Typed) -> None:
    Path("places.csv").write_text("code;kind;name;parent\nbahi-dc/afya;department;Idara ya Afya;bahi-dc\n")
    Path("staff.csv").write_text(
        "\ufeffname,phone,place,title,supervisor\nAsha Mbaga,0713 000 001; 0754000009,bahi-dc/afya,Muuguzi,0712345678\n"
    )
    Path("assets.csv").write_text(
        "tag,kind,place,custodian,warranty_until,price\nbhi ict 12,Printa,bahi-dc/afya,0713000001,2027-06-30,900000\n"
    )
    for kind in ("places", "staff", "assets"):
        assert founded("import", kind, f"{kind}.csv")[:2] == (0, "1 added, 0 changed, 0 as they were.\n")
        assert founded("import", kind, f"{kind}.csv")[:2] == (0, "0 added, 0 changed, 1 as they were.\n")


@pytest.mark.parametrize(
    ("kind", "text", "sentence"),
    [
        ("staff", "name,phone\nAsha,0713000001\n", "no column place"),
        ("staff", "name,phone,place\nAsha,12,bahi-dc\n", "row 1: phone must be"),
        ("staff", "name,phone,place\nAsha,0713000001,nowhere\n", "Row 1: there is no place"),
        ("staff", "name,phone,place,supervisor\nA,0713000001,bahi-dc,0713000002\n", "Row 1: the supervisor's phone"),
        ("places", "code,kind,name\nx,village,X\n", "row 1: kind must be one of region"),
        ("places", "code,kind,name,parent\nx,ward,X,y\n", "Row 1: there is no place with the code 'y'"),
        ("assets", "tag,kind,place\nnone,Printa,bahi-dc\n", "row 1: tag must look like"),
        ("assets", "tag,kind,place\n,Printa,bahi-dc\n", "row 1: tag is empty"),
        ("assets", "tag,kind,place,bought\nB/1,Printa,bahi-dc,30/06/2026\n", "row 1: bought must be a day"),
    ],
)
def test_a_list_that_cannot_be_taken_leaves_nothing_behind(founded: Typed, kind: str, text: str, sentence: str) -> None:
    Path("list.csv").write_text(text)
    status, printed, complaint = founded("import", kind, "list.csv")
    assert (status, printed) == (1, "")
    assert sentence in complaint
    assert complaint.count("\n") == 1
    assert "0713000" not in complaint


def test_log_ins_are_made_changed_and_closed(founded: Typed) -> None:
    Path("staff.csv").write_text("name,phone,place\nAsha Mbaga,0713000001,bahi-dc\n")
    founded("import", "staff", "staff.csv")
    add = ("officer", "add", "asha", "--phone", "0713000001", "--place", "bahi-dc")
    assert founded(*add, answers="short\n")[0] == 1
    assert founded(*add, answers=PASSWORD)[0] == 0
    assert founded(*add, answers=PASSWORD)[0] == 1
    assert founded("officer", "password", "asha", answers=PASSWORD)[0] == 0
    assert founded("officer", "retire", "asha")[0] == 0
    assert founded("officer", "retire", "nobody")[0] == 1


def test_a_copy_can_be_put_back_and_what_was_there_is_kept(founded: Typed) -> None:
    assert founded("backup", "copy.db")[0] == 0
    assert founded("backup", "copy.db")[2] == "copy.db is there already; nothing was written.\n"
    Path("staff.csv").write_text("name,phone,place\nAsha Mbaga,0713000001,bahi-dc\n")
    founded("import", "staff", "staff.csv")
    status, printed, _ = founded("restore", "copy.db")
    assert status == 0
    kept = Path(printed.strip().rstrip(".").rpartition(" ")[2])
    assert founded("import", "staff", "staff.csv")[1].startswith("1 added")
    connection = sqlite3.connect(kept)
    assert connection.execute("SELECT count(*) FROM person").fetchone() == (2,)
    connection.close()


def test_a_file_that_was_copied_by_hand_can_be_put_back(founded: Typed) -> None:
    shutil.copy("data/dawati.db", "by-hand.db")
    assert founded("restore", "by-hand.db")[0] == 0
    assert founded("migrate")[0] == 0


def test_what_is_no_copy_is_not_put_back(founded: Typed) -> None:
    Path("letter.db").write_text("Dear colleague")
    assert "no database of a desk" in founded("restore", "letter.db")[2]
    assert "There is no file" in founded("restore", "none.db")[2]


def test_a_desk_that_serves_shares_its_sqlite_database_with_no_other(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, dawati: Typed
) -> None:
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    monkeypatch.setenv("SECRET_KEY", "k" * 40)
    with only_one(settings):
        for command in (["serve"], ["work"], ["demo"]):
            status, printed, complaint = dawati(*command)
            assert (status, printed) == (1, "")
            assert "PostgreSQL" in complaint
            assert complaint.count("\n") == 1


def test_the_storyboard_shows_every_channel_in_both_languages(dawati: Typed) -> None:
    status, printed, _ = dawati("storyboard")
    assert status == 0
    for channel in ("ussd", "sms", "telegram"):
        assert f"--- {channel}" in printed
    only = dawati("storyboard", "--language", "sw", "--channel", "ussd")[1]
    assert "--- sms" not in only
    assert "=== en" not in only


def test_where_no_desk_answers_the_handset_says_so(dawati: Typed, settings: Settings) -> None:
    Path(".env").write_text(f"PORT={settings.port}\n")  # bound by this test, and nobody listens
    status, printed, _ = dawati("talk")
    assert status == 0
    assert "Samahani" in printed
