"""Systems on which an account can be asked for, in the order in which the caller's place asks for them, and who would
have to say yes."""

from collections.abc import Mapping

from sqlalchemy import BindParameter, bindparam, func, select

from conversations.screen import Option
from conversations.steps import Answers, Offer
from database import Row, columns, table_of
from locales import N_, say
from models.refusals import NotFound, NotOffered
from models.tables import System, SystemTally
from models.tables.account import AccountAction
from models.tables.catalogue import Detail
from queries.approvers import approver_for
from queries.offers.asking import Asking

_system, _tally = columns(System), columns(SystemTally)

_place_id: BindParameter[int] = bindparam("place_id")

_OFFERED = (
    select(_system.code, _system.name, _system.short, _system.aliases, _system.asks, _system.kinds)
    .select_from(table_of(System))
    .outerjoin(table_of(SystemTally), (_tally.system_code == _system.code) & (_tally.place_id == _place_id))
    .where(_system.offers_account.is_(True), _system.retired.is_(False))
    .order_by(func.coalesce(_tally.requests, 0).desc(), _system.rank, _system.code)
)

_ONE = select(
    _system.name, _system.short, _system.self_service, _system.self_service_en, _system.kinds, _system.approver
).where(_system.code == bindparam("code"), _system.offers_account.is_(True), _system.retired.is_(False))

ACTIONS: Mapping[AccountAction, str] = {
    AccountAction.RESET: N_("Forgot password"),
    AccountAction.UNLOCK: N_("Account locked"),
    AccountAction.NEW: N_("New account"),
    AccountAction.CHANGE_ROLE: N_("Change role"),
    AccountAction.CLOSE: N_("Close account"),
}
CHOICES: Mapping[AccountAction, tuple[str, tuple[str, ...]]] = {
    AccountAction.RESET: (N_("I forgot the password"), ("nywila", "reset")),
    AccountAction.UNLOCK: (N_("The account is locked"), ("imefungwa", "unlock")),
    AccountAction.NEW: (N_("A new account"), ("mpya", "new")),
    AccountAction.CHANGE_ROLE: (N_("Change of role or station"), ("jukumu", "role")),
    AccountAction.CLOSE: (N_("Close the account"), ("sitisha", "close")),
}
"""How a person who asks says it, and other words for it."""


class NoSuchSystem(NotFound):
    """No system that accounts can be asked for is called so."""

    text = N_("No system has that name. Choose from the list.")


def systems(asking: Asking, answers: Answers) -> Offer:
    return Offer(tuple(_option(row) for row in _offered(asking) if _does(row, answers)))


def find(asking: Asking, answers: Answers, value: str) -> Mapping[str, str]:
    """By any name that people use for it; a beginning will do if it is the only one. Refused for one that does not
    offer what was asked for before the system was named."""
    row = _called(asking, value.casefold().strip())
    if not _does(row, answers):
        raise NotOffered
    option = _option(row)
    return {"system": option.value, **option.presets}


def actions(asking: Asking, answers: Answers) -> Offer:
    """The kinds of request that the system offers."""
    row = _one(asking, answers)
    return Offer(
        tuple(
            Option(action, say(label, asking.language), say(ACTIONS[action], asking.language), also=also)
            for action, (label, also) in CHOICES.items()
            if action in row.kinds.split(";")
        )
    )


def self_service(asking: Asking, answers: Answers) -> Offer:
    """How the person can do it alone, where the owner lets them; never for a new account."""
    row = _one(asking, answers)
    if answers["action"] not in row.kinds.split(";"):  # asked for before the system was named
        raise NotOffered
    if not row.self_service or answers["action"] not in (AccountAction.RESET, AccountAction.UNLOCK):
        return Offer(words={"how": ""})
    return Offer(
        (
            Option("helped", say(N_("Yes, it helped"), asking.language), also=("ndiyo", "ndio", "yes"), cancels=True),
            Option("ask", say(N_("No, send a request"), asking.language), also=("hapana", "bado", "no")),
        ),
        {"how": asking.told(row.self_service, row.self_service_en)},
    )


def system_words(asking: Asking, answers: Answers) -> Offer:
    return Offer(words={"system": _one(asking, answers).short})


def summary(asking: Asking, answers: Answers) -> Offer:
    row = _one(asking, answers)
    approver = approver_for(asking.reading, asking.caller, answers["system"], row.approver, asking.at)
    action = AccountAction(answers["action"])
    next_words = (
        say(N_("{approver} will be asked to approve."), asking.language, approver=approver.name)
        if approver is not None
        else say(N_("The ICT unit will carry it out."), asking.language)
    )
    return Offer(words={"action": say(ACTIONS[action], asking.language), "system": row.short, "next": next_words})


def _offered(asking: Asking) -> list[Row]:
    return asking.reading.all(_OFFERED, place_id=asking.caller.place_id)


def _called(asking: Asking, wanted: str) -> Row:
    begun: list[Row] = []
    for row in _offered(asking):
        names = [name.casefold() for name in (row.code, row.name, row.short, *_aliases(row))]
        if wanted in names:
            return row
        if any(wanted in name for name in names):
            begun.append(row)
    if len(begun) != 1 or len(wanted) < 3:  # shorter says too little
        raise NoSuchSystem
    return begun[0]


def _does(row: Row, answers: Answers) -> bool:
    """Whether the system offers what was asked for before it was named; back from a later step, anything goes."""
    return "action" not in answers or "system" in answers or answers["action"] in row.kinds.split(";")


def _one(asking: Asking, answers: Answers) -> Row:
    """The system that was chosen; refused if it was taken off the list since."""
    row = asking.reading.one(_ONE, code=answers["system"])
    if row is None:
        raise NotOffered
    return row


def _option(row: Row) -> Option:
    asked = row.asks.split(";")
    presets = {f"asks_{detail}": "yes" if detail in asked else "no" for detail in Detail}
    return Option(row.code, row.name, row.short, also=_aliases(row), presets=presets)


def _aliases(row: Row) -> tuple[str, ...]:
    return tuple(alias.strip() for alias in row.aliases.split(";") if alias.strip())
