"""A throw-away PostgreSQL server made of Debian's installed programs.

It listens on a free port of 127.0.0.1, asks for a password that nobody else knows, and promises nothing about
power cuts: it never syncs. It refuses to run as root, so under root it runs as `postgres` or `nobody`.
"""

import os
import secrets
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

TRIES = 5  # the free port may be taken by another before the server has it
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",  # a path under TMPDIR may be longer than a socket's name can be
    "max_connections": "200",
    "shared_buffers": "64MB",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


class ClusterRefused(Exception):
    """There can be no server; the words are one sentence for the person who runs the tests."""


def start(home: Path) -> str:
    """Make and start a server in `home`, an empty directory. Returns its address, naming no database."""
    programs = find_programs()
    password = secrets.token_hex(16)
    secret = home / "password"
    secret.write_text(password)
    home.chmod(0o700)
    for path in (home, secret):
        give_to_account(path)
    data, log = home / "data", home / "log"
    run(
        programs / "initdb", "--pgdata", data, "--username=tests", f"--pwfile={secret}",
        "--auth=scram-sha-256", "--encoding=UTF8", "--no-locale", "--no-sync", "--no-instructions",
        cwd=home,
    )  # fmt: skip  # one argument a line would hide the command
    for _ in range(TRIES):
        port = free_port()
        options = " ".join(f"-c {name}='{value}'" for name, value in (SETTINGS | {"port": str(port)}).items())
        if run(programs / "pg_ctl", "start", "-w", "-D", data, "-l", log, "-o", options, cwd=home, may_fail=True):
            return f"postgresql+psycopg://tests:{password}@127.0.0.1:{port}/"
    raise ClusterRefused(f"PostgreSQL did not start: {log.read_text().strip()[-500:]}")


def stop(home: Path) -> None:
    """Stop the server of `home`, if one runs there, and remove all of it."""
    if (home / "data" / "postmaster.pid").exists():
        run(
            find_programs() / "pg_ctl",
            "stop",
            "-m",
            "immediate",
            "-D",
            home / "data",
            cwd=home,
            may_fail=True,
        )
    shutil.rmtree(home, ignore_errors=True)


def find_programs() -> Path:
    """The directory of the newest installed server's programs."""
    installed = sorted(
        (path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/pg_ctl")),
        key=lambda path: [int(part) for part in path.parent.name.split(".") if part.isdigit()],
    )
    if installed:
        return installed[-1]
    if on_path := shutil.which("pg_ctl"):
        return Path(on_path).resolve().parent
    raise ClusterRefused("This test needs a PostgreSQL server; on Debian or Ubuntu: apt install postgresql")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def run(*words: str | Path, cwd: Path, may_fail: bool = False) -> bool:
    """Whether it succeeded. A failure that may not be is a ClusterRefused with what the program said."""
    said = cwd / "said"  # a file, for the server would hold a pipe open for as long as it lives
    with said.open("w+") as output:
        done = subprocess.run(
            [str(word) for word in words],
            cwd=cwd, stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False, **account(),
        )  # fmt: skip
    if done.returncode and not may_fail:
        raise ClusterRefused(f"{Path(words[0]).name} failed: {said.read_text().strip()[-500:]}")
    return done.returncode == 0


if sys.platform == "win32":

    def account() -> dict[str, Any]:
        return {}

    def give_to_account(path: Path) -> None:
        del path

else:
    import pwd

    def account() -> dict[str, Any]:
        """As whom the programs run: ourselves, or under root an account of the system."""
        if os.geteuid() != 0:
            return {}
        known = {entry.pw_name: entry for entry in pwd.getpwall()}
        chosen = known.get("postgres") or known.get("nobody")
        if chosen is None:
            raise ClusterRefused("PostgreSQL does not run as root, and there is no account `postgres` or `nobody`.")
        return {"user": chosen.pw_uid, "group": chosen.pw_gid, "extra_groups": []}

    def give_to_account(path: Path) -> None:
        if chosen := account():
            os.chown(path, chosen["user"], chosen["group"])
