"""The catalogue: what can break and which systems there are. Data that the unit edits, never an enum."""

from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from models.columns import Word
from models.priority import Priority


class Opens(StrEnum):
    """Which conversation a catalogue entry opens: "I forgot my password" is never an incident."""

    FAULT = "fault"
    ACCOUNT = "account"
    REQUEST = "request"


class Tier(StrEnum):
    """What misuse of an account could reach: T1 mail and ordinary, T2 patients and pupils, T3 money and control."""

    T1 = "T1"
    T2 = "T2"
    T3 = "T3"


class ApproverPolicy(StrEnum):
    """Who says yes: the head on record of whoever asks, the person named for their part of the tree, or nobody."""

    SUPERVISOR = "supervisor"
    NAMED = "named"
    NONE = "none"


class Detail(StrEnum):
    """What a request on a system has to say besides what is wanted."""

    USER_NAME = "user_name"
    ROLE = "role"
    WORKPLACE = "workplace"


ALL_KINDS = "reset;unlock;new;change_role;close"


class FaultCategory(SQLModel, table=True):
    __tablename__ = "fault_category"

    code: str = Field(max_length=8, primary_key=True)
    name: str = Field(max_length=80)
    name_en: str = Field(max_length=80)
    short: str = Field(max_length=24)
    short_en: str = Field(max_length=24)
    opens: Opens = Field(default=Opens.FAULT, sa_type=Word(Opens))
    retired: bool = False


class Fault(SQLModel, table=True):
    code: str = Field(max_length=8, primary_key=True)
    category_code: str = Field(foreign_key="fault_category.code", index=True)
    name: str = Field(max_length=120)
    name_en: str = Field(max_length=120)
    short: str = Field(max_length=24)
    short_en: str = Field(max_length=24)
    priority: Priority = Field(sa_type=Word(Priority))
    first_resolver: str = Field(default="", max_length=80)
    ask_for: str = Field(default="", max_length=120, description="what the officer will want to know")
    asks_device: bool = Field(default=False, description="the report asks for the device's tag")
    retired: bool = False


class FaultTally(SQLModel, table=True):
    """How often a part of the tree reports a fault: what comes first on that place's screens."""

    __tablename__ = "fault_tally"

    place_id: int = Field(foreign_key="place.id", primary_key=True)
    fault_code: str = Field(foreign_key="fault.code", primary_key=True)
    reports: int = 0


class System(SQLModel, table=True):
    """An information system, as its users call it. What could harm patients, pupils or money is never given without
    somebody's yes: the table itself refuses that."""

    __table_args__ = (
        CheckConstraint("approver <> 'none' OR tier IS NULL OR tier = 'T1'", name="somebody_approves"),
        CheckConstraint("tier IS NOT NULL OR NOT offers_account", name="what_is_offered_has_a_tier"),
    )

    code: str = Field(max_length=24, primary_key=True)
    name: str = Field(max_length=80)
    aliases: str = Field(default="", max_length=200, description="what people say, separated by semicolons")
    short: str = Field(max_length=24)
    offers_account: bool = Field(default=False, description="an account on it can be asked for")
    tier: Tier | None = Field(default=None, sa_type=Word(Tier))
    unit_acts: str = Field(default="no", max_length=12, description="yes, no, or creates: accounts only")
    self_service: str = Field(default="", max_length=200, description="in Swahili; empty where there is none")
    self_service_en: str = Field(default="", max_length=200)
    owner: str = Field(default="", max_length=120)
    contact: str = Field(default="", max_length=120)
    users: str = Field(default="", max_length=200)
    reset_route: str = Field(default="", max_length=200)
    ask_for: str = Field(default="", max_length=120, description="what the officer will want to know")
    kinds: str = Field(default=ALL_KINDS, max_length=60, description="`AccountAction`s offered, by semicolons")
    asks: str = Field(default=Detail.USER_NAME.value, max_length=40, description="`Detail`s, by semicolons")
    approver: ApproverPolicy = Field(default=ApproverPolicy.SUPERVISOR, sa_type=Word(ApproverPolicy))
    rank: int = Field(default=100, description="order in lists before anything is known of a department's use")
    retired: bool = False


class SystemTally(SQLModel, table=True):
    """How often a part of the tree asks for accounts on a system: what comes first on that place's screens."""

    __tablename__ = "system_tally"

    place_id: int = Field(foreign_key="place.id", primary_key=True)
    system_code: str = Field(foreign_key="system.code", primary_key=True)
    requests: int = 0


class SystemApprover(SQLModel, table=True):
    """Who is named to say yes for a part of the tree, where the system's policy is `named`: its focal person, the
    treasurer, the head of HR."""

    __tablename__ = "system_approver"

    system_code: str = Field(foreign_key="system.code", primary_key=True)
    place_id: int = Field(foreign_key="place.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id")
