"""Runs any ASGI application over real HTTP in a thread of this process: for tests."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import uvicorn


def listening_socket() -> socket.socket:
    """A socket on a free local port: two servers that must know each other's address get theirs first."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", 0))
    return listener


def url_of(listener: socket.socket) -> str:
    return f"http://127.0.0.1:{listener.getsockname()[1]}"


@contextlib.contextmanager
def served(app: Any, listener: socket.socket | None = None) -> Iterator[str]:
    """Yields the address at which `app` answers; its lifespan is run, and it has stopped on return."""
    listener = listener or listening_socket()
    config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=2)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        while not server.started:
            if not thread.is_alive():
                raise RuntimeError("the application did not start")
            time.sleep(0.005)
        yield url_of(listener)
    finally:
        server.should_exit = True
        thread.join(timeout=15)
        listener.close()
