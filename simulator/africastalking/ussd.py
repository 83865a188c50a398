"""One USSD session as a phone company holds it. Pure: the driver (a handset or the page) does the sending."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from simulator import gsm

BEARER = 182  # septets that fit one USSD message
_NO_SERVICE = "Samahani, huduma haipatikani kwa sasa."
_NO_CODE = "Msimbo huu haupo. (MMI code invalid)"


@dataclass(frozen=True)
class Screen:
    """What the phone shows. `open`: the person may answer. `faults`: what the desk did wrong, in English."""

    text: str
    open: bool
    faults: tuple[str, ...] = ()
    error: str = ""

    @property
    def septets(self) -> int | None:
        return gsm.septets(self.text)


@dataclass
class Session:
    """`transcript` is everything typed so far, joined by stars; a shortcut dial begins with some of it."""

    id: str
    phone: str
    network_code: str
    service_code: str
    started: datetime
    transcript: str = ""
    hops: int = 0
    labels: list[str] = field(default_factory=list)
    answer: str = ""
    error: str = ""
    open: bool = True
    outcome: str = "Incomplete"

    def type(self, keys: str) -> None:
        """The network joins blindly: neither stars nor emptiness are escaped."""
        self.transcript = f"{self.transcript}*{keys}" if self.transcript else keys

    def form(self) -> dict[str, str]:
        return {
            "sessionId": self.id,
            "phoneNumber": self.phone,
            "networkCode": self.network_code,
            "serviceCode": self.service_code,
            "text": self.transcript,
        }

    def hear(self, status: int, headers: Mapping[str, str], body: bytes) -> Screen:
        """Takes the desk's answer to the hop just sent."""
        self.hops += 1
        label = headers.get("at-ussd-hop-metadata", "")
        screen = read_answer(status, headers.get("content-type", ""), label, body)
        self.labels.append(label)
        self.answer = body.decode("utf-8", "replace")
        self.error = screen.error
        self.open = screen.open
        if not screen.open:
            self.outcome = "Failed" if screen.error else "Success"
        return screen

    def fail(self, error: str) -> Screen:
        """The desk did not answer in time, or not at all."""
        self.hops += 1
        self.open, self.outcome, self.error = False, "Failed", error
        return Screen(_NO_SERVICE, open=False, faults=(error,), error=error)

    def end_event(self, now: datetime) -> dict[str, str]:
        """The form of the end-of-session event, with every field that the gateway documents."""
        took = max(0, int((now - self.started).total_seconds() * 1000))
        return {
            "date": now.strftime("%Y-%m-%d %H:%M:%S"),
            "sessionId": self.id,
            "serviceCode": self.service_code,
            "networkCode": self.network_code,
            "phoneNumber": self.phone,
            "status": self.outcome,
            "cost": f"TZS {self.hops * 5:.4f}",
            "durationInMillis": str(took),
            "hopsCount": str(self.hops),
            "hopsMetadata": "|".join(self.labels),
            "input": self.transcript,
            "lastAppResponse": self.answer,
            "errorMessage": self.error,
        }


def dialled(code: str, service_code: str) -> str | None:
    """The first text of a dialled string: "" for the code itself, "1*2" for a shortcut, None if not ours."""
    if code == service_code:
        return ""
    stem = service_code.removesuffix("#") + "*"
    if code.startswith(stem) and code.endswith("#") and len(code) > len(stem) + 1:
        return code[len(stem) : -1]
    return None


def unknown_code() -> Screen:
    return Screen(_NO_CODE, open=False)


def read_answer(status: int, content_type: str, label: str, body: bytes) -> Screen:
    """Reads an answer as strictly as the gateway may: a fault that ends the session also has an `error`."""
    if status >= 300 or status < 200:
        return _broken(f"HTTP {status}")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return _broken("the answer is not UTF-8")
    if not text.startswith(("CON ", "END ")):
        return _broken("the answer begins neither with 'CON ' nor with 'END '")
    shown = text[4:]
    faults = []
    if not content_type.lower().startswith("text/plain"):
        faults.append(f"content type is {content_type or 'missing'}, not text/plain")
    count = gsm.septets(shown)
    if count is None:
        faults.append(f"not GSM-7: {gsm.foreign(shown)!r}")
    elif count > BEARER:
        faults.append(f"{count} septets, the bearer holds {BEARER}")
    if not shown.strip():
        faults.append("the screen is empty")
    if len(label) > 99 or "|" in label:
        faults.append("the hop's label is over 99 characters or holds a bar")
    return Screen(shown, open=text.startswith("CON "), faults=tuple(faults))


def _broken(error: str) -> Screen:
    return Screen(_NO_SERVICE, open=False, faults=(error,), error=error)
