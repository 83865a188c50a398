"""The phone company that serves the page's handset: holds sessions, and tells the desk when one ends."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass

import httpx

from simulator.africastalking.ussd import Screen, Session, dialled, unknown_code
from simulator.world import World

_KEPT = 500  # sessions


class NoSession(Exception):
    """The session has ended, or there never was one."""


@dataclass(frozen=True)
class Shown:
    session: str
    screen: Screen


class PhoneCompany:
    """One number has at most one session: dialling again ends the one before, as a phone does."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.sessions: OrderedDict[str, Session] = OrderedDict()
        self._idle: dict[str, asyncio.TimerHandle] = {}

    async def dial(self, phone: str, code: str, network_code: str) -> Shown:
        first = dialled(code, self.world.settings.ussd_code)
        if first is None:
            return Shown("", unknown_code())
        for session in [one for one in self.sessions.values() if one.phone == phone and one.open]:
            self.end(session.id)
        session = Session(
            id=self.world.hex_name("ATUid_"),
            phone=phone,
            network_code=network_code,
            service_code=self.world.settings.ussd_code,
            started=self.world.now(),
            transcript=first,
        )
        self.sessions[session.id] = session
        while len(self.sessions) > _KEPT:
            self.sessions.popitem(last=False)
        return await self._hop(session)

    async def send(self, session_id: str, keys: str, *, times: int = 1) -> Shown:
        """`times` above 1: the network sends the very same hop that often at the same moment."""
        session = self.sessions.get(session_id)
        if session is None or not session.open:
            raise NoSession(session_id)
        session.type(keys)
        return await self._hop(session, times)

    def end(self, session_id: str, *, event: bool = True) -> None:
        """The person hangs up, the signal is lost, or time is up. Without `event` the desk is never told."""
        session = self.sessions.get(session_id)
        if session is None or not session.open:
            raise NoSession(session_id)
        session.open = False
        self._over(session, event=event)

    async def _hop(self, session: Session, times: int = 1) -> Shown:
        self._forget_idle(session)
        form = session.form()
        answers = await asyncio.gather(*(self._post(form) for _ in range(times)))
        answer = answers[0]
        if not session.open:  # hung up while the desk was thinking
            return Shown(session.id, Screen("", open=False))
        if isinstance(answer, str):
            screen = session.fail(answer)
        else:
            screen = session.hear(answer.status_code, answer.headers, answer.content)
        if screen.open:
            self._wait_idle(session)
        else:
            self._over(session)
        return Shown(session.id, screen)

    async def _post(self, form: dict[str, str]) -> httpx.Response | str:
        """The answer, or in words why there is none."""
        deadline = self.world.settings.hop_deadline
        try:
            async with asyncio.timeout(deadline):
                return await self.world.http.post(self.world.hook("ussd"), data=form)
        except (TimeoutError, httpx.TimeoutException):
            return f"no answer within {deadline:g} s"
        except httpx.HTTPError as error:
            return f"no connection ({type(error).__name__})"

    def _wait_idle(self, session: Session) -> None:
        self._forget_idle(session)
        timer = asyncio.get_running_loop().call_later(self.world.settings.idle_after, self._idle_too_long, session)
        self._idle[session.id] = timer

    def _idle_too_long(self, session: Session) -> None:
        if session.open:
            self.end(session.id)

    def _forget_idle(self, session: Session) -> None:
        timer = self._idle.pop(session.id, None)
        if timer is not None:
            timer.cancel()

    def _over(self, session: Session, *, event: bool = True) -> None:
        self._forget_idle(session)
        if event:
            self.world.begin(self._tell_end(session))

    async def _tell_end(self, session: Session) -> None:
        await self.world.tell("ussd-end", session.end_event(self.world.now()))
