"""Proofs that anybody can repeat: what a phone was told is kept, and what was sent twice is done once."""

import os
import random
import re
import signal
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from bench.servers import free_port, running
from bench.ussd import Desk
from simulator.handset import Handset

Kept = Callable[[], Sequence[str]]
"""The numbers of all tickets in the database, as they are shown; read while no desk serves."""

_NUMBER = re.compile(r"\d{7,}-\d")


class Disproved(Exception):
    """What was to be shown does not hold; the words say what was seen instead."""


@dataclass(frozen=True)
class Promised:
    """What handsets were told before the end of their desk: the numbers of tickets, each of them an answer `END`."""

    numbers: list[str]


def durable(desk: Desk, hook_key: str, kept: Kept, handsets: int, rounds: int) -> str:
    """Kill a desk at full load, without a warning, several times over: no ticket that a phone was told of is lost."""
    promised: list[str] = []
    for _ in range(rounds):
        port = free_port()
        with running(desk.command, f"http://127.0.0.1:{port}/readyz", {**desk.settings, "PORT": str(port)}) as pid:
            told = _reports_until_killed(desk, f"http://127.0.0.1:{port}", hook_key, handsets, pid)
        promised += told.numbers
        lost = set(promised) - set(kept())
        if lost:
            raise Disproved(f"{len(lost)} of {len(promised)} tickets that phones were told of are lost: {min(lost)}.")
    if not promised:
        raise Disproved("No handset was told of any ticket, so nothing is shown.")
    return f"Killed {rounds} times under load: all of {len(promised)} tickets that phones were told of are there."


def once(desk: Desk, hook_key: str, kept: Kept, times: int, reports: int) -> str:
    """Each hop is sent many times at the same moment: each report makes one ticket, and all answers are the same."""
    before = set(kept())
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with running(desk.command, f"{url}/readyz", {**desk.settings, "PORT": str(port)}):
        for phone in desk.phones[:reports]:
            handset = Handset(phone, url, hook_key)
            handset.dial(times=times)
            for keys in desk.keys:
                handset.send(keys, times=times)
                if len(set(handset.answers)) != 1:
                    raise Disproved(f"One hop, sent {times} times at once, had {len(set(handset.answers))} answers.")
            handset.close()
    made = len(set(kept()) - before)
    if made != reports:
        raise Disproved(f"{reports} reports made {made} tickets.")
    return f"{reports} reports, each hop sent {times} times at once: {made} tickets, and every answer alike."


def _reports_until_killed(desk: Desk, url: str, hook_key: str, handsets: int, pid: int) -> Promised:
    told: list[str] = []
    over = threading.Event()

    def go_on(number: int) -> None:
        while not over.is_set():
            handset = Handset(desk.phones[number % len(desk.phones)], url, hook_key, end_events=False, deadline=5)
            handset.dial()
            for keys in desk.keys:
                if handset.ended:
                    break
                handset.send(keys)
            found = _NUMBER.search(handset.screen)
            if handset.answers and handset.answers[-1].startswith(b"END") and found:
                told.append(found[0])
            handset.close()

    with ThreadPoolExecutor(handsets) as pool:
        going = [pool.submit(go_on, number) for number in range(handsets)]
        time.sleep(1 + random.random())  # so that it does not always die at the same point
        os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))  # Windows has only the one, which is as sudden there
        over.set()
        for each in going:
            each.result()
    return Promised(told)
