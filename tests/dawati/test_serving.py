"""The server itself: it drops whoever says nothing, stops when told to, and shares its SQLite file with nobody."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import uvicorn
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from database import columns
from dawati.app import create_app
from dawati.background import real_channels
from dawati.demo.cast import JUMA
from dawati.demo.founding import found_demonstration
from dawati.opening import now, open_desk
from dawati.serving import ImpatientProtocol
from dawati.settings import Settings, read_demo_settings
from handlers import Door
from models.commands import By, ReportFault
from models.tables import Attempt
from models.tables.notice import Fate
from models.tables.person import AddressKind
from models.tables.ticket import Channel
from queries.caller import caller_at
from simulator.handset import Handset
from simulator.serving import served

ROOT = Path(__file__).parent.parent.parent


class Hasty(ImpatientProtocol):
    patience = 0.1


async def length(request: Request) -> Response:
    return PlainTextResponse(f"{len(await request.body())}")


@pytest.fixture
def hasty(listener: socket.socket) -> Iterator[tuple[str, int]]:
    app = Starlette(routes=[Route("/", length, methods=["POST"])])
    server = uvicorn.Server(uvicorn.Config(app, http=Hasty, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.005)
    yield listener.getsockname()
    server.should_exit = True
    thread.join(10)


@pytest.mark.parametrize(
    "said",
    [b"", b"POST / HTTP/1.1\r\nHost: de", b"POST / HTTP/1.1\r\nHost: desk\r\nContent-Length: 50\r\n\r\nhalf"],
)
def test_whoever_breaks_off_is_dropped(hasty: tuple[str, int], said: bytes) -> None:
    with socket.create_connection(hasty, timeout=20) as caller:
        caller.sendall(said)
        with contextlib.suppress(ConnectionResetError):
            assert b" 200 " not in caller.recv(1000)


def test_a_slow_line_is_waited_for_and_a_connection_is_kept(hasty: tuple[str, int]) -> None:
    with socket.create_connection(hasty, timeout=20) as caller:
        for _ in range(2):
            caller.sendall(b"POST / HTTP/1.1\r\nHost: desk\r\nContent-Length: 9\r\n\r\n")
            for piece in (b"one", b"two", b"six"):
                time.sleep(0.06)  # each within the server's patience, all of them beyond it
                caller.sendall(piece)
            answer = b""
            while not answer.endswith(b"9"):
                answer += caller.recv(1000)
            assert b" 200 " in answer


def test_a_report_on_postgresql(postgres_url: str, listener: socket.socket) -> None:
    settings = read_demo_settings(env_file=None, port=listener.getsockname()[1])
    settings = settings.model_copy(update={"database_url": postgres_url})
    assert found_demonstration(settings, now())
    assert real_channels(settings) == frozenset()
    with served(create_app(settings), listener) as url:
        assert httpx.get(f"{url}/readyz").status_code == 200
        handset = Handset(JUMA, url, "demo", simulator_url=f"{url}/simulator")
        handset.dial()
        for _ in range(7):
            if handset.ended:
                break
            handset.send("1")
        assert handset.ended
        assert handset.faults == ()
        handset.close()


def test_the_program_starts_refuses_a_second_of_its_kind_and_stops_when_told(
    settings: Settings, tmp_path: Path
) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": settings.database_url,
        "PORT": str(_free_port()),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "dawati", "demo", "--quiet"]
    first = subprocess.Popen(command, env=environment, cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    try:
        _await_ready(first, f"http://127.0.0.1:{environment['PORT']}/readyz")
        second = subprocess.run(
            [*command[:3], "demo"], env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert second.returncode == 1
        assert second.stderr.count("\n") == 1
        assert "PostgreSQL" in second.stderr
    finally:
        first.send_signal(signal.SIGTERM)
        printed, _ = first.communicate(timeout=30)
    assert f"http://127.0.0.1:{environment['PORT']}/simulator/" in printed
    assert "karibu-dawati" in printed


def test_work_delivers_beside_a_desk_on_postgresql(postgres_url: str, tmp_path: Path) -> None:
    """What is owed when it starts is soon tried, and it stops when told to."""
    settings = read_demo_settings(env_file=None).model_copy(update={"database_url": postgres_url})
    assert found_demonstration(settings, now())
    door = open_desk(settings)
    with door.database.reading() as reading:
        juma = caller_at(reading, door.rules, AddressKind.PHONE, JUMA)
    door.do(ReportFault(words="Printa haifanyi kazi."), By(Channel.USSD, person_id=juma.person_id))
    key = settings.secret_key.get_secret_value()
    environment = {
        **os.environ, "DATABASE_URL": postgres_url, "SIMULATOR": "on", "SECRET_KEY": key, "AT_USERNAME": "sandbox",
        "AT_API_KEY": "none", "AT_API_URL": "http://127.0.0.1:1/nobody", "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    work = subprocess.Popen([sys.executable, "-m", "dawati", "work", "--quiet"], env=environment, cwd=tmp_path)
    try:
        until = time.monotonic() + 60
        while not _tried(door) and time.monotonic() < until:
            assert work.poll() is None
            time.sleep(0.1)
        assert _tried(door)
    finally:
        work.send_signal(signal.SIGTERM)
        assert work.wait(30) == 0
        door.database.close()


_NEW_ATTEMPTS = select(columns(Attempt).id).where(columns(Attempt).fate != Fate.REACHED)


def _tried(door: Door) -> bool:
    with door.database.reading() as reading:
        return bool(reading.all(_NEW_ATTEMPTS))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await_ready(server: "subprocess.Popen[str]", url: str) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(url).status_code == 200:
                return
        time.sleep(0.05)
    raise AssertionError("the desk did not come up")
