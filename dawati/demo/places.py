"""The council's places: departments and units, wards, and what lies in them."""

from collections.abc import Iterator
from typing import NamedTuple

from dawati.demo.cast import COUNCIL
from models.commands.importing import PlaceRow
from models.tables.place import PlaceKind


class Office(NamedTuple):
    """A department or unit, the post of its head, and the posts below."""

    code: str
    kind: PlaceKind
    name: str
    name_en: str
    head: str
    posts: tuple[str, ...]
    staff: int


_D, _U = PlaceKind.DEPARTMENT, PlaceKind.UNIT

OFFICES = (
    Office("utumishi", _D, "Idara ya Utawala na Utumishi", "Administration and HR", "Afisa Utumishi Mkuu",
           ("Afisa Utumishi", "Katibu Muhtasi", "Mtunza Kumbukumbu"), 12),
    Office("mipango", _D, "Idara ya Mipango na Uratibu", "Planning", "Afisa Mipango Mkuu",
           ("Afisa Mipango", "Mtakwimu"), 7),
    Office("elimu-msingi", _D, "Idara ya Elimu ya Awali na Msingi", "Primary education", "Afisa Elimu Msingi",
           ("Afisa Elimu Taaluma", "Afisa Elimu Vifaa"), 8),
    Office("elimu-sekondari", _D, "Idara ya Elimu ya Sekondari", "Secondary education", "Afisa Elimu Sekondari",
           ("Afisa Elimu Taaluma",), 6),
    Office("afya", _D, "Idara ya Afya na Ustawi wa Jamii", "Health and welfare", "Mganga Mkuu wa Wilaya",
           ("Mfamasia", "Afisa Afya", "Afisa Ustawi wa Jamii", "Muuguzi"), 14),
    Office("kilimo", _D, "Idara ya Kilimo, Mifugo na Uvuvi", "Agriculture and livestock", "Afisa Kilimo Mkuu",
           ("Afisa Kilimo", "Afisa Mifugo"), 10),
    Office("miundombinu", _D, "Idara ya Miundombinu", "Infrastructure", "Mhandisi Mkuu", ("Mhandisi", "Fundi"), 7),
    Office("maendeleo", _D, "Idara ya Maendeleo ya Jamii", "Community development", "Afisa Maendeleo Mkuu",
           ("Afisa Maendeleo",), 7),
    Office("biashara", _D, "Idara ya Viwanda, Biashara na Uwekezaji", "Trade and investment", "Afisa Biashara Mkuu",
           ("Afisa Biashara",), 5),
    Office("fedha", _U, "Kitengo cha Fedha na Uhasibu", "Finance and accounts", "Mweka Hazina",
           ("Mhasibu", "Mhasibu Msaidizi", "Afisa Mapato"), 14),
    Office("ununuzi", _U, "Kitengo cha Ununuzi", "Procurement", "Mkuu wa Ununuzi", ("Afisa Ununuzi",), 5),
    Office("ukaguzi", _U, "Kitengo cha Ukaguzi wa Ndani", "Internal audit", "Mkaguzi Mkuu wa Ndani", ("Mkaguzi",), 3),
    Office("tehama", _U, "Kitengo cha TEHAMA", "ICT unit", "Mkuu wa Kitengo cha TEHAMA", ("Afisa TEHAMA",), 0),
    Office("sheria", _U, "Kitengo cha Sheria", "Legal unit", "Mwanasheria Mkuu", ("Mwanasheria",), 2),
    Office("mawasiliano", _U, "Kitengo cha Mawasiliano Serikalini", "Communication", "Afisa Habari Mkuu",
           ("Afisa Habari",), 2),
    Office("mazingira", _U, "Kitengo cha Mazingira", "Environment", "Afisa Mazingira Mkuu", ("Afisa Mazingira",), 3),
)  # fmt: skip

WARDS = (
    "Mlali", "Mvomero", "Mzumbe", "Mtibwa", "Dakawa", "Doma", "Melela", "Hembeti", "Mkindo", "Sungaji", "Kanga",
    "Mhonda", "Diongoya", "Maskati", "Kibati", "Bunduki", "Langali", "Nyandira", "Tchenzema", "Mangae",
)  # fmt: skip

WITH_DISPENSARY = WARDS[:14]
WITH_SECONDARY = WARDS[:9]


def places() -> Iterator[PlaceRow]:
    """Below the council, which is on record already."""
    for office in OFFICES:
        yield PlaceRow(f"{COUNCIL}/{office.code}", office.kind, office.name, COUNCIL, office.name_en)
    yield PlaceRow(
        f"{COUNCIL}/hospitali", PlaceKind.FACILITY, "Hospitali ya Wilaya ya Mvomero", COUNCIL,
        "Mvomero District Hospital", "Hospitali ya Wilaya",
    )  # fmt: skip
    for ward in WARDS:
        code = ward_code(ward)
        yield PlaceRow(code, PlaceKind.WARD, f"Kata ya {ward}", COUNCIL, f"{ward} Ward", ward)
        yield PlaceRow(
            f"{code}/msingi", PlaceKind.SCHOOL, f"Shule ya Msingi {ward}", code, f"{ward} Primary School",
            f"S/M {ward}",
        )  # fmt: skip
        if ward in WITH_SECONDARY:
            yield PlaceRow(
                f"{code}/sekondari", PlaceKind.SCHOOL, f"Shule ya Sekondari {ward}", code,
                f"{ward} Secondary School", f"Sek. {ward}",
            )  # fmt: skip
        if ward in WITH_DISPENSARY:
            yield PlaceRow(
                f"{code}/zahanati", PlaceKind.FACILITY, f"Zahanati ya {ward}", code, f"{ward} Dispensary",
                f"Zahanati {ward}",
            )  # fmt: skip


def ward_code(ward: str) -> str:
    return f"{COUNCIL}/{ward.lower()}"
