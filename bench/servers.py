"""Starting a server of our own beside the benchmark, and reading what it cost."""

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 60  # seconds until a server must answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: Sequence[str], ready: str, settings: Mapping[str, str]) -> Iterator[int]:
    """A server process for as long as the block lasts; its process id, once `ready` answers."""
    server = subprocess.Popen(list(command), env={**os.environ, **settings}, stdout=subprocess.DEVNULL)
    try:
        _await(ready, server)
        yield server.pid
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


def _await(url: str, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with {server.returncode} before it answered")
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310  # our own http address, made above
                return
        except urllib.error.HTTPError:
            return  # it answers, which is all that was asked
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server did not answer in time")


def processor_seconds(pid: int) -> float:
    """What the process has used of a processor so far; 0 where the system does not tell."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return 0.0
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
