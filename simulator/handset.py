"""A basic phone for tests and for a terminal: speaks to the desk's hooks over real HTTP, and only waits."""

import contextlib
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx

from simulator.africastalking.ussd import Screen, Session, dialled, unknown_code


@dataclass(frozen=True)
class Inboxed:
    """A text message that the desk sent to this phone."""

    id: str
    address: str
    text: str
    status: str


class Handset:
    """One phone. `answers` are the raw bodies of the last hop: more than one if it was sent more than once.

    `simulator_url` is where the SMS of the desk can be read; a handset without one has no inbox.
    `end_events` False: the network never tells the desk that a session ended.
    """

    def __init__(
        self,
        phone: str,
        desk_url: str,
        hook_key: str,
        *,
        ussd_code: str = "*384*123#",
        short_code: str = "15200",
        network_code: str = "64004",
        simulator_url: str | None = None,
        end_events: bool = True,
        deadline: float = 10.0,
    ) -> None:
        self.phone = phone
        self.ussd_code = ussd_code
        self.short_code = short_code
        self.network_code = network_code
        self.simulator_url = simulator_url
        self.end_events = end_events
        self.answers: list[bytes] = []
        self.session: Session | None = None
        self._hooks = f"{desk_url}/hooks/africastalking/{hook_key}"
        self._http = httpx.Client(timeout=deadline, trust_env=False)
        self._shown = Screen("", open=False)

    @property
    def screen(self) -> str:
        return self._shown.text

    @property
    def ended(self) -> bool:
        return not self._shown.open

    @property
    def faults(self) -> tuple[str, ...]:
        """What was wrong with the last answer: its prefix, its length, its letters."""
        return self._shown.faults

    @property
    def septets(self) -> int | None:
        """The length of the screen as the network counts it; None if it is not GSM-7."""
        return self._shown.septets

    def dial(self, code: str | None = None, *, times: int = 1) -> str:
        """Dials the desk's code, or a shortcut such as `*384*123*1#`; what is open is hung up first."""
        if not self.ended:
            self.hang_up()
        first = dialled(code or self.ussd_code, self.ussd_code)
        if first is None:
            self._shown = unknown_code()
            return self.screen
        self.session = Session(
            id=f"ATUid_{uuid.uuid4().hex}",
            phone=self.phone,
            network_code=self.network_code,
            service_code=self.ussd_code,
            started=datetime.now(UTC),
            transcript=first,
        )
        return self._hop(times)

    def send(self, keys: str, *, times: int = 1) -> str:
        """Types and presses Send. `times`: the network sends this hop that often at the same moment."""
        self._open_session().type(keys)
        return self._hop(times)

    def repeat(self) -> str:
        """The network sends the last hop once more, as it was."""
        return self._hop(1)

    def hang_up(self) -> None:
        """The person cancels."""
        session = self._open_session()
        session.open = False
        self._shown = Screen("", open=False)
        self._tell_end(session)

    def drop(self) -> None:
        """The signal is lost: as hanging up, but the desk is not told."""
        self._open_session().open = False
        self._shown = Screen("", open=False)

    def text_message(self, text: str, *, times: int = 1, message_id: str | None = None) -> int:
        """Sends an SMS to the short code, brought to the desk `times` times; its last HTTP status."""
        form = {
            "from": self.phone,
            "to": self.short_code,
            "text": text,
            "date": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "id": message_id or uuid.uuid4().hex,
            "linkId": uuid.uuid4().hex,
            "networkCode": self.network_code,
        }
        return [self._http.post(f"{self._hooks}/sms", data=form).status_code for _ in range(times)][-1]

    @property
    def inbox(self) -> list[str]:
        """The texts of what the desk has sent to this phone, oldest first."""
        return [message.text for message in self.messages]

    @property
    def messages(self) -> list[Inboxed]:
        if self.simulator_url is None:
            raise RuntimeError("this handset knows no simulator to read its messages from")
        found = self._http.get(f"{self.simulator_url}/control/sms/inbox", params={"phone": self.phone})
        return [
            Inboxed(one["id"], one["address"], one["text"], one["status"])
            for one in found.raise_for_status().json()["messages"]
            if one["incoming"]
        ]

    def wait_for_text(self, wanted: str | Callable[[str], bool], *, timeout: float = 10.0) -> str:
        """The newest message that fits `wanted`; AssertionError if none comes in `timeout` seconds."""
        fits = (lambda text: wanted in text) if isinstance(wanted, str) else wanted
        until = time.monotonic() + timeout
        while True:
            texts = self.inbox
            for text in reversed(texts):
                if fits(text):
                    return text
            if time.monotonic() > until:
                raise AssertionError(f"no such message among {texts}")
            time.sleep(0.03)

    def close(self) -> None:
        self._http.close()

    def _open_session(self) -> Session:
        if self.session is None or not self.session.open:
            raise RuntimeError("no session is open on this handset")
        return self.session

    def _hop(self, times: int) -> str:
        session = self.session
        if session is None:
            raise RuntimeError("nothing was dialled on this handset")
        form = session.form()
        if times == 1:
            heard = [self._post(form)]
        else:
            with ThreadPoolExecutor(times) as pool:
                heard = list(pool.map(self._post, [form] * times))
        self.answers = [answer.content for answer in heard if isinstance(answer, httpx.Response)]
        first = heard[0]
        if isinstance(first, str):
            self._shown = session.fail(first)
        else:
            self._shown = session.hear(first.status_code, first.headers, first.content)
        if not session.open:
            self._tell_end(session)
        return self.screen

    def _post(self, form: dict[str, str]) -> httpx.Response | str:
        try:
            return self._http.post(f"{self._hooks}/ussd", data=form)
        except httpx.HTTPError as error:
            return f"no answer ({type(error).__name__})"

    def _tell_end(self, session: Session) -> None:
        if not self.end_events:
            return
        with contextlib.suppress(httpx.HTTPError):  # the event is a courtesy: a network does not wait for it
            self._http.post(f"{self._hooks}/ussd-end", data=session.end_event(datetime.now(UTC)))
