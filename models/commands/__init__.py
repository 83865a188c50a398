"""Every change that can be asked of the desk. Each has exactly one handler; a test holds the two lists together.

A command says what is wanted, in values that were already parsed. Who wants it comes with it as `By`; whether they may
is for the door to decide.
"""

from models.commands.accounts import AskForAccount, CarryOutAccount, DecideApproval, HandToOwner, RemindPromises
from models.commands.by import DESK, By, Outcome
from models.commands.cataloguing import AddSystem, EditSystem, NameApprover, RetireSystem
from models.commands.delegating import Delegate, EndDelegation
from models.commands.delivery import (
    LeaseNotices,
    LeasePhotos,
    NoteDelivery,
    NoteFate,
    SettleSilence,
    StoreAttachment,
    Sweep,
    TakeChore,
)
from models.commands.entering import Entered, KeepSession, LogIn, LogOut, Once
from models.commands.hearing import HearHangUp, HearHop, HearMessage, SendLate
from models.commands.importing import ImportAssets, Imported, ImportPlaces, ImportStaff, LoadCatalogue
from models.commands.leaving import ImportLeavers, MarkLeft
from models.commands.officers import AddOfficer, RetireOfficer, SetOfficerPassword, SetPolicy
from models.commands.people import AcceptInvitation, Invite, Invited, LinkTelegram, SetLanguage, StopMessages
from models.commands.proving import (
    ConfirmAsSecond,
    ConfirmInPerson,
    EndCallBack,
    PrintCode,
    Printed,
    ProveIdentity,
    StartCallBack,
)
from models.commands.record import BlankWords, SealHistory
from models.commands.safeguards import ApplyNumberChanges, ChangeNumber, DisownRequest, Unfreeze
from models.commands.tickets import (
    AddNote,
    AddWords,
    AskRequester,
    AssignTicket,
    CancelTicket,
    ClaimTicket,
    CloseSilent,
    ConfirmResolution,
    RateTicket,
    ReopenTicket,
    ReportFault,
    ResolveTicket,
    SetWaiting,
    TakeUp,
)

__all__ = [
    "DESK",
    "AcceptInvitation",
    "AddNote",
    "AddOfficer",
    "AddSystem",
    "AddWords",
    "ApplyNumberChanges",
    "AskForAccount",
    "AskRequester",
    "AssignTicket",
    "BlankWords",
    "By",
    "CancelTicket",
    "CarryOutAccount",
    "ChangeNumber",
    "ClaimTicket",
    "CloseSilent",
    "ConfirmAsSecond",
    "ConfirmInPerson",
    "ConfirmResolution",
    "DecideApproval",
    "Delegate",
    "DisownRequest",
    "EditSystem",
    "EndCallBack",
    "EndDelegation",
    "Entered",
    "HandToOwner",
    "HearHangUp",
    "HearHop",
    "HearMessage",
    "ImportAssets",
    "ImportLeavers",
    "ImportPlaces",
    "ImportStaff",
    "Imported",
    "Invite",
    "Invited",
    "KeepSession",
    "LeaseNotices",
    "LeasePhotos",
    "LinkTelegram",
    "LoadCatalogue",
    "LogIn",
    "LogOut",
    "MarkLeft",
    "NameApprover",
    "NoteDelivery",
    "NoteFate",
    "Once",
    "Outcome",
    "PrintCode",
    "Printed",
    "ProveIdentity",
    "RateTicket",
    "RemindPromises",
    "ReopenTicket",
    "ReportFault",
    "ResolveTicket",
    "RetireOfficer",
    "RetireSystem",
    "SealHistory",
    "SendLate",
    "SetLanguage",
    "SetOfficerPassword",
    "SetPolicy",
    "SetWaiting",
    "SettleSilence",
    "StartCallBack",
    "StopMessages",
    "StoreAttachment",
    "Sweep",
    "TakeChore",
    "TakeUp",
    "Unfreeze",
]
