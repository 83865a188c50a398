"""A person's text message to the short code, brought to the desk until it says 200."""

from simulator import gsm
from simulator.africastalking.messages import SmsCentre, TextMessage
from simulator.world import World


def inbound_form(message: TextMessage, date: str, network_code: str) -> dict[str, str]:
    return {
        "from": message.phone,
        "to": message.address,
        "text": message.text,
        "date": date,
        "id": message.id,
        "linkId": message.id[-32:],
        "networkCode": network_code,
    }


class Inbound:
    def __init__(self, world: World, centre: SmsCentre) -> None:
        self.world = world
        self.centre = centre

    def send(self, phone: str, text: str, network_code: str, *, times: int = 1) -> TextMessage:
        """`times` above 1: the gateway brings the same message that often, whatever the desk answers."""
        message = TextMessage(
            id=self.world.hex_name("ATInb_"),
            phone=phone,
            address=self.world.settings.short_code,
            text=text,
            incoming=False,
            at=self.world.clock(),
            parts=gsm.sms_parts(text),
            status="Sent",
            version=self.world.changed(),
        )
        self.centre.messages.append(message)
        form = inbound_form(message, self.world.now().strftime("%Y-%m-%dT%H:%M:%SZ"), network_code)
        for _ in range(times):
            self.world.begin(self._bring(message, form))
        return message

    async def _bring(self, message: TextMessage, form: dict[str, str]) -> None:
        heard = await self.world.tell("sms", form)
        message.status = "Success" if heard else "Failed"
        message.version = self.world.changed()
