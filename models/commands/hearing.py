"""What the desk hears: messages of people, in the desk's own terms. Channels make these; nothing else does."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from models.tables.person import AddressKind
from models.tables.ticket import Channel


@dataclass(frozen=True, slots=True)
class Typed:
    """Words or digits, from any keyboard. `otherwise` is what they mean where nothing that is open takes them as they
    are: the answer that a sentence begins with, or what a person who was asked nothing wants."""

    text: str
    otherwise: "Typed | Wants | None" = None


@dataclass(frozen=True, slots=True)
class Tapped:
    """A button under a card: an option's number counted from 1, or a move's name. `card` is the message it hangs on."""

    conversation_id: int
    revision: int
    pick: str
    card: str = ""


@dataclass(frozen=True, slots=True)
class Wants:
    """A keyword, menu command or link that opens a conversation, with words typed ahead for its steps.

    `held_secret`: the words looked like a password, and were dropped where they came in."""

    conversation: str
    words: Mapping[str, str] = field(default_factory=dict)
    held_secret: bool = False


@dataclass(frozen=True, slots=True)
class Pictured:
    """A photo: it joins the report that is open, or begins one. `album` groups several that were sent as one."""

    remote_id: str
    caption: str = ""
    album: str = ""


@dataclass(frozen=True, slots=True)
class Shared:
    """A contact that the chat's owner shared of themselves: E.164. One that proves nothing, because it is somebody
    else's or was passed on, is not `genuine` and has no number."""

    phone: str
    genuine: bool = True


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that holds neither words nor a picture: a voice message, a sticker, a place on the map."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """ACHA or STOP: no more messages but what they ask for; or START again."""

    stop: bool = True


Said = Typed | Tapped | Wants | Pictured | Shared | Unreadable | Stopped


@dataclass(frozen=True, slots=True)
class HearMessage:
    """An SMS, or an update of Telegram. The same `message` of the same channel is heard once.

    `language` is that of the keyword or command, if it tells: somebody not on record is answered in it. The reply is
    a notice owed to the address, written in the same transaction. Returns `Heard`."""

    channel: Channel
    kind: AddressKind
    address: str
    message: str
    said: Said
    language: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of a message. `alert` is a short line for a tap's answer ("this card is old"); `again`: it was heard
    before and nothing was done."""

    alert: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class HearHop:
    """One hop of a USSD session: `text` is the whole transcript so far. Returns the `Screen` to answer with."""

    session: str
    phone: str
    network: str
    text: str


@dataclass(frozen=True, slots=True)
class HearHangUp:
    """The phone company says that a session ended, and how."""

    session: str
    status: str


@dataclass(frozen=True, slots=True)
class SendLate:
    """The screen of a hop that was answered too late to be seen goes to the phone as an SMS."""

    session: str
