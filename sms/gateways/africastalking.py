"""Africa's Talking, through its own package: one service object, our own deadline, off the event loop.

What the package leaves to us: its base address has no option; JSON comes back as a `str` where the header names a
charset; the HTTP status of a refused request is lost; network failures are raw `requests` exceptions; and it blocks.
"""

import asyncio
import json
import logging
import re
import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from delivery.ports import Carried, Parcel
from models.tables.notice import Fate
from sms.gateways import bundles

log = logging.getLogger(__name__)

SOON = timedelta(minutes=2)  # a fault on their side
LATER = timedelta(minutes=15)  # somebody must pay, or correct a setting


@dataclass(frozen=True, slots=True)
class Word:
    """What a word of theirs means to us."""

    said: str
    fate: Fate
    retry_in: timedelta | None = None


DIALECT: Mapping[int, Word] = {
    100: Word("Processed", Fate.SENT),
    101: Word("Sent", Fate.SENT),
    102: Word("Queued", Fate.SENT),
    401: Word("RiskHold", Fate.REFUSED),
    402: Word("InvalidSenderId", Fate.REFUSED, LATER),
    403: Word("InvalidPhoneNumber", Fate.REFUSED),
    404: Word("UnsupportedNumberType", Fate.REFUSED),
    405: Word("InsufficientBalance", Fate.REFUSED, LATER),
    406: Word("UserInBlacklist", Fate.REFUSED),
    407: Word("CouldNotRoute", Fate.REFUSED),
    409: Word("DoNotDisturbRejection", Fate.REFUSED),
    500: Word("InternalServerError", Fate.REFUSED, SOON),
    501: Word("GatewayError", Fate.REFUSED, SOON),
    502: Word("RejectedByGateway", Fate.REFUSED, SOON),
}
"""Status codes of a recipient. With `retry_in` it surely did not go, and may go later."""

REFUSALS: Mapping[str, Word] = {
    **{word.said.casefold(): word for word in DIALECT.values() if word.fate is Fate.REFUSED},
    "authentication is invalid": Word("InvalidAuthentication", Fate.REFUSED, LATER),
    "missing required form field": Word("InvalidRequest", Fate.REFUSED),
    "too many requests": Word("TooManyRequests", Fate.REFUSED, SOON),
    "service temporarily unavailable": Word("ServiceUnavailable", Fate.REFUSED, SOON),
}
"""What a refused request says instead of recipients, or instead of JSON; found anywhere in it, in any case."""

OFFLINE = Word("NoConnection", Fate.REFUSED, timedelta(minutes=1))
BUSY = Word("NotYetSent", Fate.REFUSED, SOON)
TIMED_OUT = Word("TimedOut", Fate.UNKNOWN)
BROKEN_OFF = Word("ConnectionLost", Fate.UNKNOWN)
NOT_UNDERSTOOD = Word("NotUnderstood", Fate.UNKNOWN)
NO_NUMBER = DIALECT[403]

RECIPIENTS = 100  # of one request, as they publish it
THREADS = 8  # requests at once
CONNECT, READ, DEADLINE = 3.05, 9.05, 15.0  # seconds; the first two are the package's own and bound each read only
PATIENCE = 30.0  # seconds to wait for a free thread: with the deadline, less than a worker's lease

_number = re.compile(r"\+[1-9]\d{6,14}")
_not_plain = re.compile(r"[^A-Za-z ]+")


class AfricasTalkingCarrier:
    """Carries parcels as SMS; see `delivery.ports.Carrier`. The package is imported when the first one is sent.

    `url` is the address above `/version1` (`AT_API_URL`); empty: the package's own. `sender` is a registered sender ID
    or a short code; empty: the account's. Times are seconds: `deadline` is the whole of one request.
    """

    channel = "sms"
    most = RECIPIENTS

    def __init__(
        self, username: str, api_key: str, *, url: str = "", sender: str = "",
        read: float = READ, deadline: float = DEADLINE, threads: int = THREADS,
    ) -> None:  # fmt: skip
        self._account = username, api_key
        self._url = url.rstrip("/")
        self._sender = sender
        self._read = read
        self._deadline = deadline
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="africastalking")
        self._free = asyncio.Semaphore(threads)

    async def carry(self, parcels: Sequence[Parcel]) -> Sequence[Carried]:
        able = [parcel for parcel in parcels if _number.fullmatch(parcel.address)]
        carried = [_carried(parcel, NO_NUMBER) for parcel in parcels if not _number.fullmatch(parcel.address)]
        for sent in await asyncio.gather(*(self._send(text, bundle) for text, bundle in bundles(able, self.most))):
            carried += sent
        return carried

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _send(self, text: str, bundle: Sequence[Parcel]) -> list[Carried]:
        try:
            async with asyncio.timeout(PATIENCE):
                await self._free.acquire()
        except TimeoutError:
            return [_carried(parcel, BUSY) for parcel in bundle]
        try:
            return await self._send_now(text, bundle)
        finally:
            self._free.release()

    async def _send_now(self, text: str, bundle: Sequence[Parcel]) -> list[Carried]:
        try:
            request = self._threads.submit(self._request, text, [parcel.address for parcel in bundle])
        except RuntimeError:  # closed: the process is going down, another one will send it
            return [_carried(parcel, BUSY) for parcel in bundle]
        waiting = asyncio.wrap_future(request)
        await asyncio.wait([waiting], timeout=self._deadline)
        if not waiting.done():
            if request.cancel():  # every thread is held by one that was given up
                return [_carried(parcel, BUSY) for parcel in bundle]
            request.add_done_callback(_note_late)
            log.warning("a request for %d SMS took longer than %g s: they may have gone", len(bundle), self._deadline)
            return [_carried(parcel, TIMED_OUT) for parcel in bundle]
        if waiting.cancelled():
            return [_carried(parcel, BUSY) for parcel in bundle]
        failure = waiting.exception()
        if failure is not None:
            word = word_of_failure(failure)
            return [_carried(parcel, word) for parcel in bundle]
        return list(read_answer(waiting.result(), bundle))

    def _request(self, text: str, numbers: list[str]) -> Any:
        """Blocks, in one of our threads."""
        return self._service.send(text, numbers, sender_id=self._sender or None, timeout=(CONNECT, self._read))

    @cached_property
    def _service(self) -> Any:
        from africastalking.SMS import SMSService  # brings requests and schema along

        service = SMSService(*self._account)
        if self._url:
            service._baseUrl = f"{self._url}/version1"  # noqa: SLF001  # the package offers no other way
        return service


def read_answer(answer: Any, bundle: Sequence[Parcel]) -> Iterator[Carried]:
    """What their answer to one request says of each parcel. Whatever the answer is, each gets its word."""
    told = _told(answer)
    if told is None or not told[1]:
        word = word_of_refusal(told[0] if told else str(answer))
        yield from (_carried(parcel, word) for parcel in bundle)
        return
    by_number = {_digits(recipient.get("number")): recipient for recipient in told[1]}
    for parcel in bundle:
        recipient = by_number.get(_digits(parcel.address))
        if recipient is None:
            log.error("the SMS gateway's answer leaves a recipient out")
            yield _carried(parcel, NOT_UNDERSTOOD)
        else:
            yield _received(parcel, recipient)


def word_of_refusal(text: str) -> Word:
    """For a request that was refused as a whole; a reason we do not know is loud and means that nobody knows."""
    told = text.casefold()
    for reason, word in REFUSALS.items():
        if reason in told:
            log.warning("the SMS gateway refused a request: %s", word.said)
            return word
    log.error("the SMS gateway refused a request for a reason that is not in its dialect: %s", _plain(text))
    return NOT_UNDERSTOOD


def word_of_failure(failure: BaseException) -> Word:
    """For a request that ended in an exception: what surely never left us may be tried again, all else may have
    gone."""
    import requests
    from africastalking.Service import AfricasTalkingException

    if isinstance(failure, AfricasTalkingException):
        return word_of_refusal(str(failure))
    log.warning("a request to the SMS gateway failed: %s", type(failure).__name__)
    if isinstance(failure, requests.exceptions.ConnectTimeout) or _never_connected(failure):
        return OFFLINE
    if isinstance(failure, requests.exceptions.Timeout):
        return TIMED_OUT
    if isinstance(failure, requests.exceptions.RequestException) and isinstance(failure, ValueError):
        return Word("InvalidAddress", Fate.REFUSED, LATER)  # of the gateway: requests made nothing of our setting
    return BROKEN_OFF


def _never_connected(failure: BaseException) -> bool:
    """No name, no route, refused, or not who it says it is: somewhere below, it says so."""
    from urllib3.exceptions import NewConnectionError

    return _holds(failure, lambda cause: isinstance(cause, NewConnectionError | ssl.SSLCertVerificationError))


def _holds(failure: object, wanted: Callable[[object], bool], depth: int = 6) -> bool:
    """`requests` and `urllib3` wrap what happened in each other's arguments, a few layers deep."""
    if depth == 0 or not isinstance(failure, BaseException):
        return False
    below = [getattr(failure, "reason", None), failure.__cause__, *failure.args]
    return wanted(failure) or any(_holds(cause, wanted, depth - 1) for cause in below)


def _told(answer: Any) -> tuple[str, list[Mapping[str, Any]]] | None:
    """Their message and recipients, if it is an answer at all."""
    if isinstance(answer, str):
        try:
            answer = json.loads(answer)
        except ValueError:
            return None
    data = answer.get("SMSMessageData") if isinstance(answer, dict) else None
    if not isinstance(data, dict):
        return None
    recipients = data.get("Recipients")
    if not isinstance(recipients, list):
        recipients = []
    return str(data.get("Message", "")), [each for each in recipients if isinstance(each, dict)]


def _received(parcel: Parcel, recipient: Mapping[str, Any]) -> Carried:
    code = _whole(recipient.get("statusCode"))
    word = DIALECT.get(code)
    if word is None:
        log.error(
            "the SMS gateway gave a status that is not in its dialect: %d %s", code, _plain(recipient.get("status"))
        )
        word = Word(_plain(recipient.get("status"))[:60] or NOT_UNDERSTOOD.said, Fate.UNKNOWN)
    identity = str(recipient.get("messageId") or "")
    return Carried(
        parcel.attempt_id,
        word.fate,
        word.said,
        gateway_id="" if identity == "None" else identity[:80],
        parts=_whole(recipient.get("messageParts")),
        cost="" if word.fate is Fate.REFUSED else str(recipient.get("cost") or "")[:24],
        retry_in=word.retry_in,
    )


def _carried(parcel: Parcel, word: Word) -> Carried:
    return Carried(parcel.attempt_id, word.fate, word.said, retry_in=word.retry_in)


def _whole(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        return 0


def _digits(number: Any) -> str:
    return re.sub(r"\D", "", str(number))


def _plain(words: Any) -> str:
    """A stranger's words for the log: letters only, so that no number of a person is among them."""
    return " ".join(_not_plain.sub(" ", str(words or "")).split())[:80]


def _note_late(request: "Future[Any]") -> None:
    """Nobody waits for it any more; a delivery report will say what became of it."""
    if request.cancelled():
        return
    failure = request.exception()
    log.info("the late request ended: %s", type(failure).__name__ if failure else "answered")
