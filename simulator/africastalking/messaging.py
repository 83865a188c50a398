"""The send API, `/version1/messaging`, as the africastalking package meets it."""

import asyncio
import re
from urllib.parse import parse_qsl
from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from simulator import gsm
from simulator.africastalking.messages import Report, SmsCentre, SmsScript, TextMessage
from simulator.world import World

STATUS = {
    100: "Success",
    101: "Success",
    102: "Success",
    401: "RiskHold",
    402: "InvalidSenderId",
    403: "InvalidPhoneNumber",
    404: "UnsupportedNumberType",
    405: "InsufficientBalance",
    406: "UserInBlacklist",
    407: "CouldNotRoute",
    409: "DoNotDisturbRejection",
    500: "InternalServerError",
    501: "GatewayError",
    502: "RejectedByGateway",
}
_MOST = 100  # recipients a request
_NUMBER = re.compile(r"\+\d{8,15}")


class SendApi:
    def __init__(self, world: World, centre: SmsCentre) -> None:
        self.world = world
        self.centre = centre

    async def send(self, request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True))
        refused = self._refused(request, form)
        if refused is not None:
            return refused
        numbers = [number.strip() for number in form["to"].split(",") if number.strip()]
        scripts = {number: self.centre.script_for(number) for number in dict.fromkeys(numbers)}
        broken = next((script.http for script in scripts.values() if script.http), 0)
        if broken:
            return PlainTextResponse("Something went wrong on our side", status_code=broken)
        reason = next((script.refusal for script in scripts.values() if script.refusal), "")
        sender = form.get("from") or self.world.settings.sender_id
        if sender not in (self.world.settings.sender_id, self.world.settings.short_code):
            reason = "InvalidSenderId"
        if reason:
            return _answer(request, reason, [])
        sent = [self._accept(number, sender, form["message"], scripts[number]) for number in scripts]
        went = [entry for entry in sent if entry["statusCode"] in (100, 101, 102)]
        cost = sum(int(entry["messageParts"]) for entry in went) * self.world.settings.price_per_part
        total = f"TZS {cost:.4f}" if went else "0"
        await asyncio.sleep(max(script.wait for script in scripts.values()))
        return _answer(request, f"Sent to {len(went)}/{len(sent)} Total Cost: {total}", sent)

    async def fetch(self, request: Request) -> Response:
        """What people have sent, for those who poll for it. `lastReceivedId` is our running number."""
        if not request.headers.get("apikey"):
            return _unauthorised()
        last = request.query_params.get("lastReceivedId", "0")
        since = int(last) if last.isdecimal() else 0
        found = [
            {
                "linkId": message.id,
                "text": message.text,
                "to": message.address,
                "id": message.version,
                "date": str(message.at),
                "from": message.phone,
            }
            for message in self.centre.messages
            if not message.incoming and message.version > since
        ]
        return _json({"SMSMessageData": {"Messages": found}}, 200)

    def _refused(self, request: Request, form: dict[str, str]) -> Response | None:
        settings = self.world.settings
        key = request.headers.get("apikey", "")
        if not key or (settings.at_api_key is not None and key != settings.at_api_key):
            return _unauthorised()
        for field in ("username", "to", "message"):
            if not form.get(field):
                return PlainTextResponse(f"Request is missing required form field '{field}'", status_code=400)
        if settings.at_username is not None and form["username"] != settings.at_username:
            return _unauthorised()
        if form["to"].count(",") >= _MOST:
            return PlainTextResponse(f"At most {_MOST} recipients are allowed", status_code=400)
        return None

    def _accept(self, number: str, sender: str, text: str, script: SmsScript) -> dict[str, str | int]:
        code = script.code if _NUMBER.fullmatch(number) else 403
        parts = gsm.sms_parts(text)
        entry: dict[str, str | int] = {"statusCode": code, "number": number, "status": STATUS[code]}
        if code not in (100, 101, 102):
            return entry | {"cost": "0", "messageId": "None", "messageParts": 0}
        cost = f"TZS {parts * self.world.settings.price_per_part:.4f}"
        message = TextMessage(
            id=self.world.hex_name("ATXid_"),
            phone=number,
            address=sender,
            text=text,
            incoming=True,
            at=self.world.clock(),
            parts=parts,
            status="Sent",
            version=self.world.changed(),
        )
        self.centre.messages.append(message)
        usual = (Report("Success", self.world.settings.report_after),)
        reports = usual if script.reports is None else script.reports
        self.world.begin(self._report(message, reports))
        return entry | {"cost": cost, "messageId": message.id, "messageParts": parts}

    async def _report(self, message: TextMessage, reports: tuple[Report, ...]) -> None:
        """Posts the reports one after the other; the next does not wait for the one before to be accepted."""
        for report in reports:
            await asyncio.sleep(report.after)
            message.status = report.status
            message.version = self.world.changed()
            form = {
                "id": message.id,
                "status": report.status,
                "phoneNumber": message.phone,
                "networkCode": self.world.network_of(message.phone),
                "retryCount": "0",
            }
            if report.status in ("Failed", "Rejected"):
                form["failureReason"] = report.reason or "DeliveryFailure"
            self.world.begin(self._tell(form))

    async def _tell(self, form: dict[str, str]) -> None:
        await self.world.tell("delivery", form)


def _unauthorised() -> Response:
    return PlainTextResponse("The supplied authentication is invalid", status_code=401)


def _answer(request: Request, message: str, recipients: list[dict[str, str | int]]) -> Response:
    """JSON to whoever asks for it, XML to all others: so the API does."""
    if "application/json" in request.headers.get("accept", ""):
        return _json({"SMSMessageData": {"Message": message, "Recipients": recipients}}, 201)
    rows = "".join(
        "<Recipient>"
        + "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in entry.items())
        + "</Recipient>"
        for entry in recipients
    )
    body = (
        '<?xml version="1.0" encoding="UTF-8"?><AfricasTalkingResponse><SMSMessageData>'
        f"<Message>{escape(message)}</Message><Recipients>{rows}</Recipients>"
        "</SMSMessageData></AfricasTalkingResponse>"
    )
    return Response(body, status_code=201, media_type="application/xml")


def _json(body: dict[str, object], status: int) -> Response:
    # the real one names the charset, and its own package then hands the body out as a str
    headers = {"content-type": "application/json; charset=utf-8"}
    return JSONResponse(body, status_code=status, headers=headers)
