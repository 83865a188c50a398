"""What the desk answers to a person's situation. Each is no error in the log; each channel says it its own way."""

from typing import ClassVar

from locales import N_


class Refused(Exception):
    """A person's situation, not an error: it has a text in both languages and a way on."""

    text: ClassVar[str]
    """The English msgid, marked with `locales.N_`; may have {placeholders}, which `words` fill."""
    again: ClassVar[bool] = False
    """Whether the same question is worth asking again: a mistyped code, say."""

    def __init__(self, **words: str) -> None:
        super().__init__(type(self).__name__)
        self.words = words


class Misread(Refused):
    """What was typed cannot be read as what was asked."""

    again = True


class NotFound(Refused):
    """There is no such thing, or it is not theirs to know of: both are said in the same words."""

    text = N_("There is nothing under that number. Please check it and try again.")


class NotYours(Refused):
    """The desk does not do this for this person."""

    text = N_("You cannot do that here.")


class AlreadyClaimed(Refused):
    """Another officer has the ticket."""

    text = N_("Another officer has already taken this ticket.")


class TicketClosed(Refused):
    """The ticket is resolved or ended; reopening it is a separate request."""

    text = N_("This ticket is already resolved.")


class TicketEnded(Refused):
    """The ticket is closed or cancelled for good."""

    text = N_("This ticket is closed. Please make a new report.")


class NotResolved(Refused):
    """Confirming, reopening and rating come after a resolution."""

    text = N_("This ticket is still being worked on.")


class Overtaken(Refused):
    """Somebody else changed it in the meantime; nothing of this change was kept."""

    text = N_("Somebody else has just changed this. Please look again.")


class AlreadyDecided(Refused):
    """The request was approved, refused or expired before."""

    text = N_("This request has already been decided.")


class ApproveOwn(Refused):
    """Nobody approves their own request."""

    text = N_("You cannot approve your own request.")


class SamePerson(Refused):
    """Requester, approver and implementer are three people."""

    text = N_("The one who asked or approved cannot carry it out. Another officer must.")


class NotApprovedYet(Refused):
    """An account request is carried out only after the yes."""

    text = N_("This request has not been approved.")


class NotProven(Refused):
    """What is asked for needs to be sure who asks, and the desk is not."""

    text = N_("First prove that it is you: dial again and enter a code or your desk PIN.")


class CodeWrong(Misread):
    """Not the code that was sent, or not for this."""

    text = N_("That is not the code. Please look again.")


class CodeSpent(Misread):
    """Used, outdated, tried too often, or never sent: all said in the same words."""

    text = N_("That code no longer counts. Go back and ask for a new one.")


class CodesForToday(Refused):
    """Five codes were sent to this person in a day."""

    text = N_("You were sent many codes today. Please come to the ICT office with your ID.")


class PinWrong(Misread):
    """Not the person's desk PIN."""

    text = N_("That is not your desk PIN.")


class PinLocked(Misread):
    """Five wrong tries. Only a code printed at the ICT office opens it again."""

    text = N_("Your desk PIN is locked. Come to the ICT office with your ID for a new one.")


class PinTooSimple(Misread):
    """A desk PIN has four to six digits, and is none that everybody tries first."""

    text = N_("Choose 4 to 6 digits that nobody guesses: not 1234, not 0000, not a year.")


class InPersonOnly(Refused):
    """The number changed lately, or none is on record: a call to it would prove nothing."""

    text = N_("The number on record is new. The person must come with an ID.")


class CallOpen(Refused):
    """Somebody is being called already."""

    text = N_("A call to this person is already open.")


class NotOffered(Refused):
    """No account can be asked for on this system."""

    text = N_("An account cannot be requested for that system.")


class NoApprover(Refused):
    """The organisation tree names nobody who could approve."""

    text = N_("No approver is on record for you. Please speak to the ICT unit.")


class Frozen(Refused):
    """SIO MIMI was said for this person; only the head, who has seen them, ends it."""

    text = N_("Requests in this name are stopped: SIO MIMI was said. Come to the ICT unit with an ID.")


class HasLeft(Refused):
    """They left or were transferred, HR says: nothing is asked in their name."""

    text = N_("This person no longer works here, as HR has told the desk. If that is wrong, please see HR.")


class NumberMoving(Refused):
    """Another change of the same person's number is on its way."""

    text = N_("A change of this person's number is already on its way.")


class PeriodWrong(Refused):
    """Standing in ends on a day to come, and not too far from now."""

    text = N_("Choose a day to come, at most 60 days from now.")


class NothingToDisown(Refused):
    """Nothing was asked in that name of late; said in the same words to somebody unknown."""

    text = N_("No account request of late is known in your name. If something is wrong, please tell the ICT unit.")


class HoldsSecret(Refused):
    """What was written looks like a password, and goes nowhere."""

    text = N_("This looks like a password. Never send a password through the desk.")


class AddressTaken(Refused):
    """The number or chat already belongs to somebody; it moves only through the ICT unit."""

    text = N_("This number or account is already registered. Please speak to the ICT unit.")


class InvitationSpent(Refused):
    """The code is wrong, used or out of date: all said in the same words."""

    text = N_("That invitation is not valid. Please ask the ICT unit for a new one.")
    again = True
