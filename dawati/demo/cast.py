"""Those whom a visitor plays on the simulator's page, and the log-ins they use. Invented, like everybody else here."""

from dataclasses import dataclass

from models.tables.officer import Role

COUNCIL = "mvomero-dc"
PASSWORD = "karibu-dawati"  # noqa: S105  # printed at every start: the demonstration guards nothing

NETWORKS = {"754": "64004", "784": "64005", "713": "64002", "624": "64009", "734": "64007"}
"""Of invented numbers only: real ones are portable, and nobody may read a network from them."""


@dataclass(frozen=True, slots=True)
class Member:
    """`about` says in both languages what they are for. `telegram_id`: they have pressed Start and are linked.

    `supervisor` is a member's phone; empty: the director's own superior, or somebody not on record."""

    name: str
    phone: str
    title: str
    place: str
    about: str
    supervisor: str = ""
    telegram_id: int | None = None
    language: str = "sw"
    on_record: bool = True


THERESIA, JUMA, NEEMA, BARAKA = (f"+2557540000{number:02d}" for number in (1, 2, 3, 4))
REHEMA, ASHA, DIRECTOR, REGION, HR, ZAWADI, PETER, STRANGER = (f"+2557540000{number:02d}" for number in range(5, 13))
ADMINISTRATION = "+255754000013"

CAST = (
    Member("Juma Hassan", JUMA, "Mhasibu", f"{COUNCIL}/fedha", "Mtumishi / staff: finance", THERESIA, 7000002),
    Member(
        "Zawadi Mwakyusa", ZAWADI, "Muuguzi", f"{COUNCIL}/mlali/zahanati",
        "Zahanati, simu ya kawaida / dispensary, basic phone", HR,
    ),
    Member(
        "Peter Lyimo", PETER, "Mwalimu", f"{COUNCIL}/mlali/msingi", "Mwalimu, Kiingereza / teacher, English", HR,
        7000011, "en",
    ),
    Member(
        "Theresia Kavishe", THERESIA, "Mweka Hazina", f"{COUNCIL}/fedha", "Mkuu wa Idara: anaidhinisha / approves",
        DIRECTOR, 7000001,
    ),
    Member("Neema Mushi", NEEMA, "Afisa TEHAMA", f"{COUNCIL}/tehama", "Afisa TEHAMA / ICT officer", "+255754000005",
           7000003),
    Member("Baraka Mollel", BARAKA, "Afisa TEHAMA", f"{COUNCIL}/tehama", "Afisa TEHAMA / ICT officer", "+255754000005"),
    Member("Rehema Shirima", REHEMA, "Mkuu wa Kitengo cha TEHAMA", f"{COUNCIL}/tehama", "Mkuu wa TEHAMA / head of ICT",
           DIRECTOR),
    Member("Asha Ramadhani", ASHA, "Mkaguzi wa Ndani", f"{COUNCIL}/ukaguzi", "Mkaguzi / auditor: reads all", DIRECTOR),
    Member("Mgeni", STRANGER, "", "", "Hayumo kwenye orodha / on nobody's list", on_record=False),
)  # fmt: skip

SUPERIORS = (
    Member("Hamisi Kombo", REGION, "Katibu Tawala wa Mkoa", "morogoro-rs", "", ADMINISTRATION),
    Member("Grace Massawe", ADMINISTRATION, "Katibu Tawala Msaidizi, Utawala", "morogoro-rs", "", REGION),
    Member("Florian Kessy", DIRECTOR, "Mkurugenzi Mtendaji", COUNCIL, "", REGION),
    Member("Halima Mbaga", HR, "Afisa Utumishi Mkuu", f"{COUNCIL}/utumishi", "", DIRECTOR),
)
"""So that everybody has somebody who can say yes: the two at the region approve for each other."""

LOGINS = (
    ("neema", NEEMA, Role.OFFICER, "afisa / officer"),
    ("baraka", BARAKA, Role.OFFICER, "afisa / officer"),
    ("rehema", REHEMA, Role.HEAD, "mkuu wa kitengo / head of unit"),
    ("asha", ASHA, Role.AUDITOR, "mkaguzi / auditor"),
)


def network_of(phone: str) -> str:
    return NETWORKS.get(phone[4:7], "64004")
