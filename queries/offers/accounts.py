"""Systems on which an account can be asked for, and who would have to say yes."""

from collections.abc import Mapping

from sqlalchemy import bindparam, select

from conversations.screen import Option
from conversations.steps import Answers, Offer
from database import Row, columns
from locales import N_, say
from models.refusals import NoApprover, NotFound
from models.tables import Person, System
from models.tables.account import AccountAction
from queries.offers.asking import Asking

_system, _person = columns(System), columns(Person)

_OFFERED = (
    select(_system.code, _system.name, _system.short, _system.aliases, _system.ask_for)
    .where(_system.offers_account.is_(True), _system.retired.is_(False))
    .order_by(_system.rank, _system.code)
)

_ONE = select(_system.name, _system.short, _system.self_service, _system.self_service_en, _system.offers_account).where(
    _system.code == bindparam("code")
)

_NAME = select(_person.name).where(_person.id == bindparam("person_id"))

ACTIONS: Mapping[AccountAction, str] = {
    AccountAction.RESET: N_("Forgot password"),
    AccountAction.UNLOCK: N_("Account locked"),
    AccountAction.NEW: N_("New account"),
    AccountAction.CHANGE_ROLE: N_("Change role"),
    AccountAction.CLOSE: N_("Close account"),
}


class NoSuchSystem(NotFound):
    """No system that accounts can be asked for is called so."""

    text = N_("No system has that name. Choose from the list.")


def systems(asking: Asking, _: Answers) -> Offer:
    return Offer(tuple(_option(row) for row in asking.reading.all(_OFFERED)))


def find(asking: Asking, _: Answers, value: str) -> Mapping[str, str]:
    """By any name that people use for it; a beginning will do if it is the only one."""
    wanted = value.casefold().strip()
    begun: list[Option] = []
    for option in (_option(row) for row in asking.reading.all(_OFFERED)):
        names = [name.casefold() for name in (option.value, option.label, option.short, *option.also)]
        if wanted in names:
            return {"system": option.value, **option.presets}
        if any(wanted in name for name in names):
            begun.append(option)
    if len(begun) != 1 or len(wanted) < 3:  # shorter says too little
        raise NoSuchSystem
    return {"system": begun[0].value, **begun[0].presets}


def _option(row: Row) -> Option:
    return Option(
        row.code,
        row.name,
        row.short,
        also=tuple(alias.strip() for alias in row.aliases.split(";") if alias.strip()),
        presets={"asks_user_name": "no" if row.ask_for == "nothing" else "yes"},
    )


def self_service(asking: Asking, answers: Answers) -> Offer:
    """How the person can do it alone, where the owner lets them; never for a new account."""
    row = asking.reading.one(_ONE, code=answers["system"])
    if row is None or not row.self_service or answers["action"] not in (AccountAction.RESET, AccountAction.UNLOCK):
        return Offer(words={"how": ""})
    return Offer(
        (
            Option("helped", say(N_("Yes, it helped"), asking.language), also=("ndiyo", "ndio", "yes"), cancels=True),
            Option("ask", say(N_("No, send a request"), asking.language), also=("hapana", "bado", "no")),
        ),
        {"how": asking.told(row.self_service, row.self_service_en)},
    )


def system_words(asking: Asking, answers: Answers) -> Offer:
    row = asking.reading.one(_ONE, code=answers["system"])
    return Offer(words={"system": row.short if row else answers["system"]})


def summary(asking: Asking, answers: Answers) -> Offer:
    row = asking.reading.one(_ONE, code=answers["system"])
    supervisor_id = asking.caller.supervisor_id
    approver = asking.reading.one(_NAME, person_id=supervisor_id) if supervisor_id is not None else None
    if row is None or approver is None:
        raise NoApprover
    action = say(ACTIONS[AccountAction(answers["action"])], asking.language)
    return Offer(words={"action": action, "system": row.short, "approver": approver.name})
