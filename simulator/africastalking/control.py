"""Control endpoints of the phone side: the page's handset, and tests that want the gateway to misbehave."""

from collections import deque

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import Route

from simulator.africastalking.company import NoSession, PhoneCompany, Shown
from simulator.africastalking.inbound import Inbound
from simulator.africastalking.messages import SmsCentre, SmsScript
from simulator.africastalking.messaging import STATUS
from simulator.control import Json, asked, needed, said
from simulator.world import World


def shown(result: Shown) -> Json:
    screen = result.screen
    return {
        "session": result.session,
        "text": screen.text,
        "open": screen.open,
        "faults": list(screen.faults),
        "septets": screen.septets,
    }


class PhoneControl:
    def __init__(self, world: World, centre: SmsCentre) -> None:
        self.world = world
        self.centre = centre
        self.company = PhoneCompany(world)
        self.inbound = Inbound(world, centre)

    def routes(self) -> list[Route]:
        return [
            Route("/ussd/dial", said(self.dial), methods=["POST"]),
            Route("/ussd/send", said(self.send), methods=["POST"]),
            Route("/ussd/end", said(self.end), methods=["POST"]),
            Route("/sms", said(self.script), methods=["POST"]),
            Route("/sms/text", said(self.text), methods=["POST"]),
            Route("/sms/inbox", said(self.inbox), methods=["GET"]),
        ]

    async def dial(self, request: Request) -> Json:
        body = await asked(request)
        phone = needed(body, "phone")
        code = str(body.get("code") or self.world.settings.ussd_code)
        return shown(await self.company.dial(phone, code, self.world.network_of(phone)))

    async def send(self, request: Request) -> Json:
        body = await asked(request)
        try:
            times = min(8, max(1, int(body.get("times", 1))))
            session, keys = needed(body, "session"), str(body.get("keys", ""))
            return shown(await self.company.send(session, keys, times=times))
        except NoSession as error:
            raise HTTPException(409, "this session is over") from error

    async def end(self, request: Request) -> Json:
        body = await asked(request)
        try:
            self.company.end(needed(body, "session"), event=bool(body.get("event", True)))
        except NoSession as error:
            raise HTTPException(409, "this session is over") from error
        return {"open": False}

    async def script(self, request: Request) -> Json:
        """`{"number": "+255…" or "*", "next": [script, …]}`; an empty list forgets what was scripted."""
        body = await asked(request)
        number = needed(body, "number")
        try:
            scripts = [SmsScript.read(wanted) for wanted in body["next"]]
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise HTTPException(400, "next is a list of scripts") from error
        if any(script.code not in STATUS for script in scripts):
            raise HTTPException(400, f"code is one of {sorted(STATUS)}")
        self.centre.scripts[number] = deque(scripts)
        return {"number": number, "scripted": len(scripts)}

    async def text(self, request: Request) -> Json:
        body = await asked(request)
        phone = needed(body, "phone")
        times = min(8, max(1, int(body.get("times", 1))))
        message = self.inbound.send(phone, needed(body, "text"), self.world.network_of(phone), times=times)
        return message.shown()

    async def inbox(self, request: Request) -> Json:
        phone = request.query_params.get("phone", "")
        return {"messages": [message.shown() for message in self.centre.of(phone)]}
