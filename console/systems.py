"""The catalogue of systems: who keeps it changes it here, and an auditor reads it."""

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from console.inbound import Form, StaleForm, TooLong, id_of
from console.serving import Console, Page, Visit, acted, again, away, once, shown
from database import Reading
from models.commands import AddSystem, EditSystem, NameApprover, RetireSystem
from models.refusals import Misread, Refused
from models.system_entry import UNIT_ACTS, EntryRefused, SystemEntry
from models.tables.account import AccountAction
from models.tables.catalogue import ApproverPolicy, Detail, System, Tier
from queries.systems import all_systems, keeps_catalogue, system_page

TEXTS = {"name": 80, "short": 40, "self_service": 300, "self_service_en": 300, "owner": 120, "contact": 120,
         "reset_route": 200}  # fmt: skip  # the most that is taken of each; what fits the phone is the desk's to say
WHERE = "/settings/systems"


def routes(console: Console) -> list[BaseRoute]:
    root = console.rules.root_id

    def list_view(visit: Visit, reading: Reading) -> Page:
        systems = all_systems(reading, visit.seat, root)
        return Page("systems.html", {"systems": systems, "keeps": keeps_catalogue(reading, visit.seat, root)})

    def new_view(visit: Visit, reading: Reading) -> Page:
        all_systems(reading, visit.seat, root)
        blank = System(code="", name="", short="", offers_account=True)
        return _page(visit, blank, keeps=keeps_catalogue(reading, visit.seat, root))

    def view(visit: Visit, reading: Reading) -> Page:
        found = system_page(reading, visit.seat, root, visit.request.path_params["code"])
        keeps = keeps_catalogue(reading, visit.seat, root)
        return _page(
            visit, found.system, keeps=keeps, named=found.named, places=found.places, changes=found.changes
        )  # fmt: skip

    async def add(visit: Visit, form: Form) -> Response:
        try:
            outcome = await once(console, visit, form, AddSystem(form.get("code", ""), entry_of(form)))
        except Misread as refusal:
            return await again(console, visit, new_view, form, refusal, at=_field(refusal))
        return away(f"{WHERE}/{outcome.words['code']}")

    async def act(visit: Visit, form: Form) -> Response:
        code = visit.request.path_params["code"]
        try:
            await once(console, visit, form, command_of(code, form))
        except Misread as refusal:
            return await again(console, visit, view, form, refusal, at=_field(refusal, form.get("act", "")))
        return away(f"{WHERE}/{code}")

    return [
        Route(WHERE, shown(console, list_view), methods=["GET"]),
        Route(f"{WHERE}/new", shown(console, new_view), methods=["GET"]),
        Route(f"{WHERE}/new", acted(console, add), methods=["POST"]),
        Route(f"{WHERE}/{{code}}", shown(console, view), methods=["GET"]),
        Route(f"{WHERE}/{{code}}", acted(console, act), methods=["POST"]),
    ]


def command_of(code: str, form: Form) -> object:
    match form.get("act"):
        case "save":
            return EditSystem(code, entry_of(form))
        case "retire" | "bring_back" as act:
            return RetireSystem(code, back=act == "bring_back")
        case "name":
            return NameApprover(code, id_of(form.get("place", "")), form.get("phone", "").strip()[:20] or "0")
        case "unname":
            return NameApprover(code, id_of(form.get("place", "")))
    raise StaleForm


def entry_of(form: Form) -> SystemEntry:
    """What the form says. Choices that were made up are taken for none."""
    texts = {name: _text(form, name, most) for name, most in TEXTS.items()}
    aliases = dict.fromkeys(
        " ".join(alias.split()) for alias in _text(form, "aliases", 400).replace(",", ";").split(";")
    )
    return SystemEntry(
        **texts,
        aliases=tuple(alias for alias in aliases if alias),
        offers_account=form.get("offers_account") == "yes",
        tier=Tier(form["tier"]) if form.get("tier") in set(Tier) else None,
        unit_acts=form["unit_acts"] if form.get("unit_acts") in UNIT_ACTS else "no",
        kinds=tuple(kind for kind in AccountAction if form.get(f"kind_{kind}")),
        asks=tuple(detail for detail in Detail if form.get(f"asks_{detail}")),
        approver=ApproverPolicy(form["approver"]) if form.get("approver") in set(ApproverPolicy) else
        ApproverPolicy.SUPERVISOR,
    )  # fmt: skip


def _text(form: Form, name: str, most: int) -> str:
    text = " ".join(form.get(name, "").split())
    if len(text) > most:
        raise TooLong(most=str(most))
    return text


def _field(refusal: Refused, act: str = "") -> str:
    if isinstance(refusal, EntryRefused):
        return refusal.field
    return "phone" if act == "name" else "system"


def _page(
    visit: Visit, system: System, *, keeps: bool, named: object = (), places: object = (), changes: object = ()
) -> Page:
    """The form as it was typed if it was refused, else as the catalogue has it."""
    typed = visit.typed if visit.typed.get("act") in ("save", "add") else None
    return Page(
        "system.html",
        {
            "system": system,
            "keeps": keeps,
            "entry": entry_shown(system) if typed is None else typed,
            "named": named,
            "places": places,
            "changes": changes,
            "tiers": Tier,
            "kinds": AccountAction,
            "details": Detail,
            "policies": ApproverPolicy,
            "acting": UNIT_ACTS,
        },
    )


def entry_shown(system: System) -> dict[str, str]:
    """A system as its form's fields."""
    fields = {name: str(getattr(system, name)) for name in (*TEXTS, "unit_acts", "approver")}
    fields["aliases"] = "; ".join(alias.strip() for alias in system.aliases.split(";") if alias.strip())
    fields["tier"] = str(system.tier or "")
    fields["offers_account"] = "yes" if system.offers_account else ""
    fields |= {f"kind_{kind}": "yes" for kind in system.kinds.split(";") if kind}
    fields |= {f"asks_{detail}": "yes" for detail in system.asks.split(";") if detail}
    return fields
