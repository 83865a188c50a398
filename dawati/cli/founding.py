"""`init`, `migrate`, `import` and `officer`: bringing a desk to life and keeping its lists."""

import argparse
import getpass
import re
import secrets
import sys
from pathlib import Path
from typing import Any

import migrations
from console.passwords import hash_password
from dawati.catalogue.loading import NoSuchInstitution, default_catalogue, places_of_region, region_of
from dawati.lists import COLUMNS, READERS
from dawati.opening import DEMONSTRATION, INSTITUTION, open_desk, open_for_founding
from dawati.settings import read_settings
from models.commands import DESK, AddOfficer, Imported, ImportStaff, RetireOfficer, SetOfficerPassword, SetPolicy
from models.commands.importing import StaffRow
from models.tables.officer import Role
from models.values.phone import NotAPhoneNumber, PhoneNumber

SHORTEST_PASSWORD = 10  # characters
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")


class Stopped(Exception):
    """The command cannot go on; the words are the one sentence for the person at the terminal."""


def add_commands(commands: Any) -> None:
    init = commands.add_parser("init", help="make .env, the tables and the institution of a new desk")
    init.add_argument("--institution", help="code of the council or secretariat, such as mvomero-dc or morogoro-rs")
    init.add_argument("--name", help="whose the desk is: the first administrator's name")
    init.add_argument("--phone", help="the first administrator's mobile number")
    init.add_argument("--login", help="the first administrator's log-in")
    init.set_defaults(run=_init)

    migrate = commands.add_parser("migrate", help="bring the database to this version's tables")
    migrate.set_defaults(run=_migrate)

    importing = commands.add_parser("import", help="take over a list from a CSV file")
    importing.add_argument("kind", choices=list(READERS))
    importing.add_argument("file", type=Path, help="columns: " + "; ".join(
        f"{kind}: {', '.join(names)}" for kind, names in COLUMNS.items()
    ))  # fmt: skip
    importing.set_defaults(run=_import)

    officer = commands.add_parser("officer", help="log-ins to the console")
    kinds = officer.add_subparsers(metavar="what", required=True)
    add = kinds.add_parser("add", help="a log-in for somebody on record")
    add.add_argument("login")
    add.add_argument("--phone", required=True, help="by which the person is on record")
    add.add_argument("--place", required=True, help="code of the place below which they serve")
    add.add_argument("--role", choices=[str(role) for role in Role], default=str(Role.OFFICER))
    add.set_defaults(run=_officer_add)
    for name, run, what in (
        ("password", _officer_password, "set a new password; open sessions end"),
        ("retire", _officer_retire, "close the log-in for good"),
    ):
        one = kinds.add_parser(name, help=what)
        one.add_argument("login")
        one.set_defaults(run=run)


def _init(given: argparse.Namespace) -> None:
    if _write_env(Path(".env")):
        print("Made .env with a key of its own. Keep a copy of it with the backups.")
    settings = read_settings()
    migrations.migrate(settings.database_url)
    institution = given.institution or _asked("Code of the council or secretariat (such as mvomero-dc)")
    try:
        region = region_of(institution)
    except NoSuchInstitution as unknown:
        raise Stopped(str(unknown)) from None
    name = given.name or _asked("Name of the first administrator")
    phone = _phone(given.phone or _asked("Their mobile number"))
    login = _login(given.login or _asked("Their log-in to the console"))
    door = open_for_founding(settings)
    try:
        door.do(default_catalogue(), DESK)
        door.do(places_of_region(region), DESK)
        door.do(ImportStaff((StaffRow(name, (phone,), institution, "Afisa TEHAMA"),)), DESK)
        door.do(AddOfficer(phone, login, Role.ADMINISTRATOR, institution, hash_password(_new_password())), DESK)
        door.do(SetPolicy(INSTITUTION, institution), DESK)
        door.do(SetPolicy(DEMONSTRATION, "never"), DESK)
    finally:
        door.database.close()
    print("The desk is ready. `dawati doctor` says what is still missing, `dawati serve` opens it.")


def _migrate(_: argparse.Namespace) -> None:
    settings = read_settings()
    changed = migrations.migrate(settings.database_url)
    print(f"The database is at version {migrations.newest()}{'' if changed else ', as it was'}.")


def _import(given: argparse.Namespace) -> None:
    command = READERS[given.kind](given.file)
    door = open_desk(read_settings())
    try:
        done: Imported = door.do(command, DESK)
    finally:
        door.database.close()
    print(f"{done.added} added, {done.changed} changed, {done.same} as they were.")


def _officer_add(given: argparse.Namespace) -> None:
    phone, login = _phone(given.phone), _login(given.login)
    _do(AddOfficer(phone, login, Role(given.role), given.place, hash_password(_new_password())))
    print(f"{login} can log in.")


def _officer_password(given: argparse.Namespace) -> None:
    _do(SetOfficerPassword(given.login, hash_password(_new_password())))
    print(f"{given.login} has a new password.")


def _officer_retire(given: argparse.Namespace) -> None:
    _do(RetireOfficer(given.login))
    print(f"{given.login} can no longer log in.")


def _do(command: object) -> None:
    door = open_desk(read_settings())
    try:
        door.do(command, DESK)
    finally:
        door.database.close()


def _write_env(file: Path) -> bool:
    """A file that is there is left as it is."""
    if file.exists():
        return False
    example = Path(__file__).parent.parent.parent / ".env.example"
    text = example.read_text("utf-8") if example.exists() else "SECRET_KEY=\n"
    made = {"SECRET_KEY": secrets.token_urlsafe(48), "AT_HOOK_KEY": secrets.token_urlsafe(24)}
    for name, value in made.items():
        text = re.sub(rf"^#?{name}=.*$", f"{name}={value}", text, flags=re.MULTILINE)
    file.touch(mode=0o600)
    file.write_text(text, "utf-8")
    return True


def _new_password() -> str:
    """Typed twice at a terminal; else the first line of what is piped in."""
    if sys.stdin.isatty():
        password = getpass.getpass("New password: ")
        if getpass.getpass("Once more: ") != password:
            raise Stopped("The two passwords differ; nothing was changed.")
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    if len(password) < SHORTEST_PASSWORD:
        raise Stopped(f"A password needs at least {SHORTEST_PASSWORD} characters; nothing was changed.")
    return password


def _asked(question: str) -> str:
    if not sys.stdin.isatty():
        raise Stopped(f"{question}: missing; `dawati init --help` names the options.")
    answer = input(f"{question}: ").strip()
    if not answer:
        raise Stopped("Nothing was answered, so nothing was made.")
    return answer


def _phone(text: str) -> PhoneNumber:
    try:
        return PhoneNumber.parse(text)
    except NotAPhoneNumber:
        raise Stopped("The phone must be a mobile number such as 0712345678.") from None


def _login(text: str) -> str:
    if not _LOGIN.fullmatch(text):
        raise Stopped("A log-in is 2 to 40 small letters, digits, dots or dashes.")
    return text
