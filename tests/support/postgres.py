"""A fresh, empty PostgreSQL database for each test that asks for `postgres_url`.

One server serves the whole run, all xdist workers included. The first test that asks starts it; the process
that began the run ends it.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from tests.support import cluster

HOME = pytest.StashKey[Path]()
PATIENCE = 90  # seconds for another worker to have the server up


def pytest_configure(config: pytest.Config) -> None:
    """The directory is named by the process that began the run; its workers are told."""
    told = getattr(config, "workerinput", {}).get("postgres_home")
    config.stash[HOME] = Path(told or tempfile.mkdtemp(prefix="dawati-pg-"))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """xdist asks this before it starts a worker."""
    node.workerinput["postgres_home"] = str(node.config.stash[HOME])


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        cluster.stop(config.stash[HOME] / "server")
        rmdir(config.stash[HOME])


def rmdir(home: Path) -> None:
    for left in home.iterdir():
        left.unlink()
    home.rmdir()


@pytest.fixture(scope="session")
def postgres_server(pytestconfig: pytest.Config) -> str:
    """The address of the run's server, ending in a slash: a database's name may be added."""
    home = pytestconfig.stash[HOME]
    try:
        (home / "server").mkdir()  # only one of all workers succeeds
    except FileExistsError:
        return await_address(home)
    home.chmod(0o711)  # under root the server is another account's, which must get through to its own
    try:
        publish(home / "address", cluster.start(home / "server"))
    except cluster.ClusterRefused as refusal:
        publish(home / "refusal", str(refusal))
    return await_address(home)


def publish(path: Path, words: str) -> None:
    """Whoever sees the file sees all of it."""
    draft = path.with_suffix(".draft")
    draft.touch(mode=0o600)
    draft.write_text(words)
    os.replace(draft, path)


def await_address(home: Path) -> str:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if (home / "address").exists():
            return (home / "address").read_text()
        if (home / "refusal").exists():
            pytest.fail((home / "refusal").read_text(), pytrace=False)
        time.sleep(0.05)
    pytest.fail("The PostgreSQL server that another worker began to start never came up.", pytrace=False)


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """`postgresql+psycopg://…` of a fresh, empty database, dropped afterwards whoever still holds it."""
    name = f"test_{uuid4().hex}"
    administer(postgres_server, f"CREATE DATABASE {name}")
    yield postgres_server + name
    administer(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


def administer(server: str, statement: str) -> None:
    address = server.replace("+psycopg", "", 1) + "postgres"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement.encode())
