"""What the unit may say of a system in the catalogue, and what is refused, each at the field that it is about."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from locales import N_
from models.refusals import Misread
from models.tables.account import AccountAction
from models.tables.catalogue import ApproverPolicy, Detail, Tier
from models.values.gsm7 import is_gsm7, septets
from models.values.secret import mask_secrets

SHORT = 16  # septets: what a line of a USSD list has room for
SELF_SERVICE = 100  # septets: with the question round it, two USSD pages
NAME = 60
ALIASES = 200
UNIT_ACTS = ("yes", "creates", "no")


class EntryRefused(Misread):
    """A field of a system's form that cannot be kept."""

    field: ClassVar[str]


class CodeUnfit(EntryRefused):
    text = N_("A code is 2 to 24 small letters, digits and dashes, and begins with a letter.")
    field = "code"


class CodeTaken(EntryRefused):
    text = N_("Another system has that code.")
    field = "code"


class NameUnfit(EntryRefused):
    text = N_("A name has 1 to {most} characters that every phone can show.")
    field = "name"


class ShortUnfit(EntryRefused):
    text = N_("A short name has 1 to {most} characters that every phone can show.")
    field = "short"


class AliasesUnfit(EntryRefused):
    text = N_("The other names are too long together: {most} characters at most.")
    field = "aliases"


class AliasTaken(EntryRefused):
    """What people say must lead to one system."""

    text = N_("{alias} already means {system}.")
    field = "aliases"


class LikeAPassword(EntryRefused):
    """`NYWILA Afya2` cannot be told from a password, for the filter reads words before any catalogue does."""

    text = N_("On a phone {name} would be taken for a password. Put a space before its digits.")
    field = "aliases"


class OneLanguageMissing(EntryRefused):
    text = N_("Write it in both languages, or in neither.")
    field = "self_service"


class SelfServiceUnfit(EntryRefused):
    text = N_("It must fit a basic phone: {most} characters at most, and only letters that every phone can show.")
    field = "self_service"


class SelfServiceSecret(EntryRefused):
    text = N_("This looks like a password. Never send a password through the desk.")
    field = "self_service"


class TierMissing(EntryRefused):
    text = N_("An account is offered only with a tier.")
    field = "tier"


class KindsMissing(EntryRefused):
    text = N_("Choose at least one kind of request.")
    field = "kinds"


class ApproverMissing(EntryRefused):
    """T2 and T3 are never given without somebody's yes."""

    text = N_("On T2 and T3 somebody must approve.")
    field = "approver"


@dataclass(frozen=True, slots=True)
class SystemEntry:
    """A system as the catalogue's page holds it. `aliases` are what people say."""

    name: str
    short: str
    aliases: tuple[str, ...] = ()
    offers_account: bool = True
    tier: Tier | None = None
    unit_acts: str = "no"
    self_service: str = ""
    self_service_en: str = ""
    owner: str = ""
    contact: str = ""
    reset_route: str = ""
    kinds: tuple[AccountAction, ...] = ()
    asks: tuple[Detail, ...] = ()
    approver: ApproverPolicy = ApproverPolicy.SUPERVISOR

    def refuse_unfit(self) -> None:
        """Whatever a phone could not show, and whatever would give an account on nobody's word."""
        if not 0 < len(self.name) <= NAME or not is_gsm7(self.name):
            raise NameUnfit(most=str(NAME))
        if not is_gsm7(self.short) or not 0 < septets(self.short) <= SHORT:
            raise ShortUnfit(most=str(SHORT))
        if len(";".join(self.aliases)) > ALIASES:
            raise AliasesUnfit(most=str(ALIASES))
        for said in (self.name, self.short, *self.aliases):
            if mask_secrets(f"nywila {said}")[1]:
                raise LikeAPassword(name=said)
        self._refuse_unfit_self_service()
        if self.offers_account and self.tier is None:
            raise TierMissing
        if self.offers_account and not self.kinds:
            raise KindsMissing
        if self.approver == ApproverPolicy.NONE and self.tier not in (None, Tier.T1):
            raise ApproverMissing

    def _refuse_unfit_self_service(self) -> None:
        both = (self.self_service, self.self_service_en)
        if bool(self.self_service) != bool(self.self_service_en):
            raise OneLanguageMissing
        if any(not is_gsm7(text) or septets(text) > SELF_SERVICE for text in both):
            raise SelfServiceUnfit(most=str(SELF_SERVICE))
        if any(mask_secrets(text)[1] for text in both):
            raise SelfServiceSecret

    def row(self) -> dict[str, Any]:
        """As the table holds it."""
        return {
            "name": self.name, "short": self.short, "aliases": ";".join(self.aliases),
            "offers_account": self.offers_account, "tier": self.tier, "unit_acts": self.unit_acts,
            "self_service": self.self_service, "self_service_en": self.self_service_en, "owner": self.owner,
            "contact": self.contact, "reset_route": self.reset_route, "kinds": ";".join(self.kinds),
            "asks": ";".join(self.asks), "approver": self.approver,
        }  # fmt: skip


_CODE = re.compile(r"[a-z][a-z0-9-]{1,23}")


def code_of(text: str) -> str:
    """A system's code as typed, which it keeps for good."""
    code = text.strip().casefold()
    if not _CODE.fullmatch(code):
        raise CodeUnfit
    return code
