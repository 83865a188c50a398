"""Every table, one file a noun. Importing this package is enough to know the whole schema."""

from models.tables.account import AccountRequest, Approval
from models.tables.asset import Asset
from models.tables.catalogue import Fault, FaultCategory, FaultTally, System, SystemApprover, SystemTally
from models.tables.conversation import Conversation, Receipt, UssdSession
from models.tables.delegation import Delegation
from models.tables.desk import Change, Chore, NumberSeries, Policy
from models.tables.history import History, Seal, Words
from models.tables.notice import Attempt, Notice
from models.tables.number_change import NumberChange
from models.tables.officer import Duty, LoginSession, Officer
from models.tables.person import Address, Invitation, Person
from models.tables.place import Place
from models.tables.proving import CallBack, Code, DeskPin, IdentityCheck
from models.tables.ticket import Attachment, Ticket

__all__ = [
    "AccountRequest",
    "Address",
    "Approval",
    "Asset",
    "Attachment",
    "Attempt",
    "CallBack",
    "Change",
    "Chore",
    "Code",
    "Conversation",
    "Delegation",
    "DeskPin",
    "Duty",
    "Fault",
    "FaultCategory",
    "FaultTally",
    "History",
    "IdentityCheck",
    "Invitation",
    "LoginSession",
    "Notice",
    "NumberChange",
    "NumberSeries",
    "Officer",
    "Person",
    "Place",
    "Policy",
    "Receipt",
    "Seal",
    "System",
    "SystemApprover",
    "SystemTally",
    "Ticket",
    "UssdSession",
    "Words",
]
