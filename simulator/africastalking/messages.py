"""Text messages of all phones of the rehearsal, as the SMS centre knows them."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_KEPT = 500


@dataclass
class TextMessage:
    """`incoming` as the person sees it: True is from the desk. `status`: the gateway's last word."""

    id: str
    phone: str
    address: str
    text: str
    incoming: bool
    at: float
    parts: int
    status: str
    version: int

    def shown(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "phone": self.phone,
            "address": self.address,
            "text": self.text,
            "incoming": self.incoming,
            "at": self.at,
            "parts": self.parts,
            "status": self.status,
            "version": self.version,
        }


@dataclass(frozen=True)
class Report:
    """One delivery report to come: `status` as the gateway says it, `after` seconds from the one before."""

    status: str
    after: float
    reason: str = ""


@dataclass(frozen=True)
class SmsScript:
    """What shall happen to one send request that names this number. Defaults: all goes well.

    `code`: the recipient's status code, of any in `messaging.STATUS`.
    `http`: answer with this HTTP status instead, and send nothing.
    `wait`: seconds before the answer; longer than the client's patience and the message *was* sent.
    `refusal`: answer 201 with no recipients and this Message.
    `reports`: the delivery reports, in this order; empty: none ever; None: the usual one.
    """

    code: int = 101
    http: int = 0
    wait: float = 0.0
    refusal: str = ""
    reports: tuple[Report, ...] | None = None

    @classmethod
    def read(cls, wanted: Mapping[str, Any]) -> "SmsScript":
        """From JSON; raises TypeError or ValueError for what it cannot be."""
        reports = wanted.get("reports")
        return cls(
            code=int(wanted.get("code", 101)),
            http=int(wanted.get("http", 0)),
            wait=float(wanted.get("wait", 0)),
            refusal=str(wanted.get("refusal", "")),
            reports=None if reports is None else tuple(_report(one) for one in reports),
        )


def _report(wanted: Mapping[str, Any]) -> Report:
    return Report(str(wanted["status"]), float(wanted.get("after", 0)), str(wanted.get("reason", "")))


class SmsCentre:
    """Keeps the last 500 messages, and what is scripted for which number ("*" is every number)."""

    def __init__(self) -> None:
        self.messages: deque[TextMessage] = deque(maxlen=_KEPT)
        self.scripts: dict[str, deque[SmsScript]] = {}

    def of(self, phone: str) -> list[TextMessage]:
        return [message for message in self.messages if message.phone == phone]

    def script_for(self, number: str) -> SmsScript:
        """Takes the next script of the number, or of every number; what is not scripted goes well."""
        for name in (number, "*"):
            waiting = self.scripts.get(name)
            if waiting:
                return waiting.popleft()
        return SmsScript()
