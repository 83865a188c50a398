"""How fast the desk answers a USSD hop, with every ticket durable, beside a function that does nothing."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from bench.handsets import Heard, Load, put_on
from bench.servers import free_port, processor_seconds, running

WARM_UP = 1.0  # seconds before each measurement


@dataclass(frozen=True)
class Desk:
    """How to start the desk on a database of its own, and how to dial it."""

    command: Sequence[str]
    settings: Mapping[str, str]
    hook_path: str
    phones: Sequence[str]
    keys: Sequence[str]


@dataclass(frozen=True)
class Round:
    """One measurement of one server."""

    heard: Heard
    processor: float

    @property
    def processor_a_hop(self) -> float:
        return self.processor / len(self.heard.hops)


def measure(desk: Desk, handsets: int, seconds: float, rounds: int) -> str:
    """The floor and the desk in turns, so that what else the machine does falls on both; a report in plain text."""
    bare_port, desk_port = free_port(), free_port()
    bare_url, desk_url = f"http://127.0.0.1:{bare_port}", f"http://127.0.0.1:{desk_port}"
    bare_load = Load(f"{bare_url}/ussd", desk.phones, desk.keys, handsets, seconds, b"CON")
    desk_load = Load(f"{desk_url}{desk.hook_path}", desk.phones, desk.keys, handsets, seconds, b"END")
    settings = {**desk.settings, "PORT": str(desk_port)}
    with (
        running([sys.executable, "-m", "bench.bare", str(bare_port)], bare_url, {}) as bare_pid,
        running(desk.command, f"{desk_url}/readyz", settings) as desk_pid,
    ):
        pairs = [(_round(bare_load, bare_pid), _round(desk_load, desk_pid)) for _ in range(rounds)]
    return report(pairs, handsets, len(desk.keys) + 1)


def _round(load: Load, pid: int) -> Round:
    put_on(Load(load.url, load.phones, load.keys, load.handsets, WARM_UP, load.ends))
    before = processor_seconds(pid)
    heard = put_on(load)
    return Round(heard, processor_seconds(pid) - before)


def report(pairs: Sequence[tuple[Round, Round]], handsets: int, hops: int) -> str:
    ratios = [desk.heard.hops_a_second / bare.heard.hops_a_second for bare, desk in pairs]
    processor = [
        bare.processor_a_hop / desk.processor_a_hop for bare, desk in pairs if desk.processor and bare.processor
    ]
    lines = [f"{handsets} handsets, sessions of {hops} hops, {len(pairs)} rounds; the floor and the desk in turns"]
    for name, side in (("bare", 0), ("desk", 1)):
        rounds = [pair[side] for pair in pairs]
        middle = sorted(rounds, key=lambda each: each.heard.hops_a_second)[len(rounds) // 2]
        heard = middle.heard
        times = "  ".join(
            f"p{share:.0%} {heard.quantile(share) * 1000:.1f} ms".replace("%", "") for share in (0.5, 0.95, 0.99)
        )
        strange = sum(each.heard.strange for each in rounds)
        lines.append(
            f"{name}  {heard.hops_a_second:7.0f} hops/s  {times}  processor {middle.processor_a_hop * 1e6:.0f} us a hop"
            f"  {sum(each.heard.sessions for each in rounds)} sessions, {strange} strange endings"
        )
    lines.append(
        f"ratio of hops a second: {median(ratios):.3f} (rounds: {', '.join(f'{each:.3f}' for each in ratios)})"
    )
    if processor:
        lines.append(f"ratio of processor a hop: {median(processor):.3f}")
    return "\n".join(lines)
