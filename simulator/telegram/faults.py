"""Failures that a test asks of the Bot API: once, several times, or until taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simulator.telegram.errors import ApiRefusal


@dataclass
class Fault:
    """`method` in lower case, or "*". `times` below 0: until taken back. `wait`: seconds before the answer.

    `after`: the call takes effect first, then fails. `code` 0: it is only late.
    """

    method: str
    times: int
    code: int
    description: str
    wait: float
    after: bool
    retry_after: int

    @classmethod
    def read(cls, wanted: Mapping[str, Any]) -> "Fault":
        return cls(
            method=str(wanted.get("method", "*")).lower(),
            times=int(wanted.get("times", 1)),
            code=int(wanted.get("code", 500)),
            description=str(wanted.get("description", "Internal Server Error")),
            wait=float(wanted.get("wait", 0)),
            after=bool(wanted.get("after", False)),
            retry_after=int(wanted.get("retry_after", 0)),
        )

    def refusal(self) -> ApiRefusal:
        if self.retry_after:
            text = f"Too Many Requests: retry after {self.retry_after}"
            return ApiRefusal(429, text, {"retry_after": self.retry_after})
        return ApiRefusal(self.code, self.description)


class Faults:
    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def take(self, method: str) -> Fault | None:
        for fault in self.waiting:
            if fault.method in ("*", method):
                fault.times -= 1
                if fault.times == 0:
                    self.waiting.remove(fault)
                return fault
        return None
