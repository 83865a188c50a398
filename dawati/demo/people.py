"""A few hundred invented public servants, the same at every start, each with somebody who can approve for them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from random import Random

from dawati.demo.cast import CAST, COUNCIL, DIRECTOR, HR, NETWORKS, SUPERIORS, Member
from dawati.demo.places import OFFICES, WARDS, WITH_DISPENSARY, WITH_SECONDARY, ward_code
from models.commands.importing import StaffRow

WOMEN = (
    "Amina", "Anna", "Asha", "Bahati", "Catherine", "Consolata", "Devotha", "Editha", "Esther", "Fatuma", "Flora",
    "Happiness", "Hawa", "Jamila", "Janeth", "Joyce", "Khadija", "Leah", "Lucy", "Magreth", "Mariam", "Mwajuma",
    "Mwanaidi", "Neema", "Pili", "Rahma", "Rehema", "Rose", "Saida", "Salma", "Sikudhani", "Sophia", "Stella",
    "Subira", "Tatu", "Upendo", "Veronica", "Winfrida", "Yusra", "Zainabu", "Zuhura",
)  # fmt: skip
MEN = (
    "Abdallah", "Abel", "Ally", "Athumani", "Benedicto", "Bakari", "Charles", "Daudi", "Elias", "Emmanuel", "Fadhili",
    "Francis", "Gabriel", "Godfrey", "Hassan", "Ibrahim", "Idd", "Isaya", "Jackson", "John", "Joseph", "Juma", "Kassim",
    "Kelvin", "Lameck", "Makame", "Masoud", "Mohamed", "Mussa", "Ndekirwa", "Omari", "Paulo", "Rajabu", "Ramadhani",
    "Said", "Salum", "Samweli", "Selemani", "Shabani", "Simon", "Yohana", "Zuberi",
)  # fmt: skip
FAMILIES = (
    "Bakari", "Chacha", "Chuwa", "Hamisi", "Haule", "Kapinga", "Kiwelu", "Kihwelo", "Kimaro", "Komba", "Lema",
    "Luhende",
    "Lukumay", "Lupindo", "Machumu", "Magesa", "Makwaia", "Malima", "Maro", "Masanja", "Mbwana", "Mchome", "Mdoe",
    "Mfinanga", "Mgaya", "Mhina", "Minja", "Mkude", "Mlay", "Mnyone", "Mollel", "Mosha", "Mpangala", "Mrema", "Msuya",
    "Mtui", "Mushi", "Mwakalinga", "Mwambene", "Mwinuka", "Mziray", "Ndunguru", "Ngowi", "Ngonyani", "Nyoni", "Pazi",
    "Sanga", "Shayo", "Shekilango", "Shirima", "Swai", "Tarimo", "Temba", "Urassa", "Waziri",
)  # fmt: skip


def people() -> tuple[StaffRow, ...]:
    """Superiors first. Numbers run on from one thousand, over all networks."""
    dice = Random(1961)  # noqa: S311  # the same invented people at every start; nothing secret
    names, phones = _names(dice), _phones()

    def somebody(title: str, place: str, supervisor: str) -> StaffRow:
        return StaffRow(next(names), (next(phones),), place, title, supervisor, demonstration=True)

    rows = [_known(member) for member in (*SUPERIORS, *CAST) if member.on_record]
    heads = {"utumishi": HR}
    heads |= {
        member.place.removeprefix(f"{COUNCIL}/"): member.phone for member in CAST if member.supervisor == DIRECTOR
    }
    for office in OFFICES:
        place = f"{COUNCIL}/{office.code}"
        if office.code not in heads:
            rows.append(somebody(office.head, place, DIRECTOR))
            heads[office.code] = rows[-1].phones[0]
        rows += [somebody(dice.choice(office.posts), place, heads[office.code]) for _ in range(office.staff)]
    rows += _site(
        somebody, "Mganga Mfawidhi", ("Muuguzi", "Tabibu", "Mfamasia", "Mtunza Kumbukumbu"), 9,
        place=f"{COUNCIL}/hospitali", above=heads["afya"],
    )  # fmt: skip
    for ward in WARDS:
        sites: list[tuple[str, str, tuple[str, ...], int, str]] = [
            ("", "Mtendaji wa Kata", ("Mtendaji wa Kijiji", "Afisa Ugani"), 2, "utumishi"),
            ("/msingi", "Mwalimu Mkuu", ("Mwalimu",), 1, "elimu-msingi"),
        ]
        if ward in WITH_SECONDARY:
            sites.append(("/sekondari", "Mkuu wa Shule", ("Mwalimu",), 2, "elimu-sekondari"))
        if ward in WITH_DISPENSARY:
            sites.append(("/zahanati", "Mganga Mfawidhi", ("Muuguzi",), 1, "afya"))
        for below, head, posts, staff, department in sites:
            rows += _site(
                somebody, head, posts, staff, place=f"{ward_code(ward)}{below}", above=heads[department]
            )  # fmt: skip
    return tuple(_corrected(rows, heads))


def _corrected(rows: list[StaffRow], heads: dict[str, str]) -> Iterator[StaffRow]:
    """The cast at schools and dispensaries answer to the heads of their own departments."""
    for row in rows:
        if row.supervisor == HR and row.place.endswith("/zahanati"):
            yield replace(row, supervisor=heads["afya"])
        elif row.supervisor == HR and row.place.endswith("/msingi"):
            yield replace(row, supervisor=heads["elimu-msingi"])
        else:
            yield row


def _site(
    somebody: Callable[[str, str, str], StaffRow],
    head: str,
    posts: Sequence[str],
    staff: int,
    *,
    place: str,
    above: str,
) -> list[StaffRow]:  # fmt: skip
    """Somebody in charge, and those who work under them."""
    first = somebody(head, place, above)
    return [first, *(somebody(posts[number % len(posts)], place, first.phones[0]) for number in range(staff))]


def _known(member: Member) -> StaffRow:
    return StaffRow(
        member.name, (member.phone,), member.place, member.title, member.supervisor, member.language,
        demonstration=True, telegram=str(member.telegram_id or ""),
    )  # fmt: skip


def _names(dice: Random) -> Iterator[str]:
    seen = {member.name for member in (*CAST, *SUPERIORS)}
    while True:
        name = f"{dice.choice(dice.choice((WOMEN, MEN)))} {dice.choice(FAMILIES)}"
        if name not in seen:
            seen.add(name)
            yield name


def _phones() -> Iterator[str]:
    prefixes = list(NETWORKS)
    number = 1000
    while True:
        yield f"+255{prefixes[number % len(prefixes)]}00{number}"
        number += 1
