"""The fault catalogue, in the order in which the caller's place uses it."""

from collections.abc import Mapping

from sqlalchemy import BindParameter, bindparam, func, select

from conversations.screen import Option
from conversations.steps import Answers, Offer
from database import columns, table_of
from locales import N_, say
from models.tables import Fault, FaultCategory, FaultTally
from models.tables.account import AccountAction
from models.tables.catalogue import Opens
from queries.offers.asking import Asking

_category, _fault, _tally = columns(FaultCategory), columns(Fault), columns(FaultTally)

_place_id: BindParameter[int] = bindparam("place_id")

_OF_CATEGORY = (
    select(_fault.category_code, func.sum(_tally.reports).label("reports"))
    .join_from(table_of(FaultTally), table_of(Fault), _tally.fault_code == _fault.code)
    .where(_tally.place_id == _place_id)
    .group_by(_fault.category_code)
    .subquery()
)

_CATEGORIES = (
    select(_category.code, _category.name, _category.name_en, _category.short, _category.short_en)
    .outerjoin(_OF_CATEGORY, _OF_CATEGORY.c.category_code == _category.code)
    .where(_category.retired.is_(False))
    .order_by(func.coalesce(_OF_CATEGORY.c.reports, 0).desc(), _category.code)
)

_FAULTS = (
    select(_fault.code, _fault.name, _fault.name_en, _fault.short, _fault.short_en, _fault.asks_device, _category.opens)
    .join_from(table_of(Fault), table_of(FaultCategory), _fault.category_code == _category.code)
    .outerjoin(table_of(FaultTally), (_tally.fault_code == _fault.code) & (_tally.place_id == _place_id))
    .where(_fault.category_code == bindparam("category"), _fault.retired.is_(False))
    .order_by(func.coalesce(_tally.reports, 0).desc(), _fault.code)
)

_NAMED = (
    select(_fault.name, _fault.name_en, _category.short, _category.short_en)
    .join_from(table_of(Fault), table_of(FaultCategory), _fault.category_code == _category.code)
    .where(_fault.code == bindparam("fault"))
)

ACTION_OF: Mapping[str, AccountAction] = {
    "1101": AccountAction.RESET,
    "1102": AccountAction.UNLOCK,
    "1103": AccountAction.NEW,
    "1104": AccountAction.CHANGE_ROLE,
    "1105": AccountAction.CLOSE,
    "1106": AccountAction.RESET,
}  # the default catalogue's account entries, by code; one that the unit adds asks for the action


def categories(asking: Asking, _: Answers) -> Offer:
    rows = asking.reading.all(_CATEGORIES, place_id=asking.caller.place_id)
    return Offer(
        tuple(
            Option(row.code, asking.told(row.name, row.name_en), asking.told(row.short, row.short_en)) for row in rows
        )
    )


def of_category(asking: Asking, answers: Answers) -> Offer:
    """Faults of the category. One about an account leads to the account conversation: it is never an incident."""
    rows = asking.reading.all(_FAULTS, place_id=asking.caller.place_id, category=answers["category"])
    options = []
    for row in rows:
        label, short = asking.told(row.name, row.name_en), asking.told(row.short, row.short_en)
        if row.opens == Opens.ACCOUNT:
            action = ACTION_OF.get(row.code)
            options.append(
                Option(row.code, label, short, opens="account", presets={"action": action} if action else {})
            )
        else:
            options.append(Option(row.code, label, short, presets={"asks_device": "yes" if row.asks_device else "no"}))
    return Offer(tuple(options))


def summary(asking: Asking, answers: Answers) -> Offer:
    """What is about to be sent, in one line."""
    row = asking.reading.one(_NAMED, fault=answers["fault"])
    assert row is not None  # the answer came from the catalogue, and its rows are retired, never deleted
    parts = [f"{asking.told(row.short, row.short_en)}: {asking.told(row.name, row.name_en)}"]
    if answers.get("device"):
        parts.append(answers["device"])
    if answers.get("words"):
        parts.append(say(N_("with your words"), asking.language))
    return Offer(words={"summary": ", ".join(parts)})
