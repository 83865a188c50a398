"""On a person's page: freezing and unfreezing what is asked in their name, and that they no longer work here."""

from collections.abc import Callable, Mapping

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from console.directory import person
from console.inbound import Form, StaleForm, id_of, words_of
from console.serving import Console, Visit, acted, again, away, once
from models.commands import ChangeNumber, DisownRequest, MarkLeft, Unfreeze
from models.refusals import Refused
from models.tables.person import Employment
from models.values.phone import PhoneNumber

ACTS: Mapping[str, Callable[[int, Form], object]] = {
    "disown": lambda who, form: DisownRequest(for_person_id=who),
    "unfreeze": lambda who, form: Unfreeze(who, words_of(form)),
    "number": lambda who, form: ChangeNumber(
        who, PhoneNumber.parse(form.get("old", "")), PhoneNumber.parse(form.get("new", "")), words_of(form)
    ),
    "left": lambda who, form: MarkLeft(who, Employment.LEFT, words_of(form)),
    "transferred": lambda who, form: MarkLeft(who, Employment.TRANSFERRED, words_of(form)),
}


def routes(console: Console) -> list[BaseRoute]:
    async def act(visit: Visit, form: Form) -> Response:
        who = id_of(visit.request.path_params["person"])
        try:
            if form.get("act") not in ACTS:
                raise StaleForm
            await once(console, visit, form, ACTS[form["act"]](who, form))
        except Refused as refusal:
            return await again(console, visit, person, form, refusal, at="safety")
        return away(f"/people/{who}")

    return [Route("/people/{person}/safety", acted(console, act), methods=["POST"])]
