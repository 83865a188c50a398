"""A demonstration that is made once for all tests that look at one, and environments without settings."""

import shutil
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import locales
from dawati.demo.founding import found_demonstration
from dawati.settings import Settings, read_demo_settings


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """No setting of the machine's, no `.env`, and a working directory of the test's own."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    yield
    locales.load()  # a desk that was opened said gaps aloud; the next test wants to hear of them


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database file of a demonstration that nobody has used yet."""
    file = tmp_path_factory.mktemp("demonstration") / "dawati.db"
    settings = read_demo_settings(env_file=None).model_copy(update={"database_url": f"sqlite:///{file}"})
    assert found_demonstration(settings, datetime.now(UTC))
    return file


@pytest.fixture
def settings(made: Path, tmp_path: Path, listener: socket.socket) -> Settings:
    """The demonstration's, on a copy of the test's own and the port of `listener`."""
    file = tmp_path / "data" / "dawati.db"
    file.parent.mkdir()
    shutil.copy(made, file)
    port = listener.getsockname()[1]
    return read_demo_settings(env_file=None, port=port).model_copy(update={"database_url": f"sqlite:///{file}"})


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        yield listening
