"""The console over real HTTP, and officers who use it without a script running."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from html.parser import HTMLParser
from typing import Any

import httpx
from starlette.applications import Starlette

from console.passwords import hash_password
from console.routes import routes
from database import Transaction
from dawati.rim import Rim
from models import tables
from models.commands import By
from models.tables.officer import Role
from models.tables.person import AddressKind, Proof
from simulator.serving import served
from tests.support.cast import AFTERNOON, Desk

PASSWORD = "maji-ya-bomba-4"
HASHED = hash_password(PASSWORD)
ASHA, MKAGUZI = "+255754000005", "+255754000006"


class _Awaited:
    """The desk, awaited on whichever loop the server runs."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._rim: Rim | None = None

    async def do(self, command: object, by: By) -> Any:
        self._rim = self._rim or Rim(self._desk.door)
        return await self._rim.do(command, by)


def let_in(desk: Desk) -> None:
    """Everybody has the same password; Asha works beside Neema, an auditor looks on, Theresia only approves."""

    def fill(tx: Transaction) -> None:
        for key, name, phone, role in (
            ("asha", "Asha Komba", ASHA, Role.OFFICER),
            ("mkaguzi", "Musa Mkaguzi", MKAGUZI, Role.AUDITOR),
            ("theresia", "", "", Role.APPROVER),
        ):
            if name:
                row = tx.add(tables.Person(name=name, place_id=desk.ids["mvomero-dc"]))
                assert row.id is not None
                desk.ids[key] = row.id
                tx.add(
                    tables.Address(
                        person_id=row.id, kind=AddressKind.PHONE, value=phone, proof=Proof.HR_LIST, proven_at=AFTERNOON
                    )
                )
            officer = tx.add(
                tables.Officer(
                    person_id=desk.ids[key], login=key, password_hash="", role=role, place_id=desk.ids["mvomero-dc"]
                )
            )
            assert officer.id is not None
            desk.ids[f"officer:{key}"] = officer.id
        for key in ("neema", "asha", "mkaguzi", "theresia", "baraka"):
            one = tx.get(tables.Officer, desk.ids[f"officer:{key}"])
            assert one is not None
            one.password_hash = HASHED
            tx.save(one)

    desk.door.database.write(fill)


@contextmanager
def opened(desk: Desk, *, secure: bool = False) -> Iterator[str]:
    let_in(desk)
    door = desk.door
    pages = routes(_Awaited(desk), door.database, door.rules, door.clock, door.dice, secure=secure)
    with served(Starlette(routes=pages)) as url:
        yield url


class Officer:
    """Somebody at a browser without scripts. `page` is what they look at."""

    def __init__(self, url: str, login: str = "", password: str = PASSWORD) -> None:
        self.http = httpx.Client(base_url=url, follow_redirects=True)
        self.page = ""
        self.status = 0
        self.where = ""
        if login:
            self.send("/login", login=login, password=password)

    def open(self, path: str) -> str:
        return self._took(self.http.get(path))

    def send(self, path: str, **fields: str) -> str:
        """Send a form with what the page at hand hides in it."""
        hidden = {name: found[1] for name in ("csrf", "form") if (found := self._hidden(name))}
        return self._took(self.http.post(path, data={**hidden, **fields}))

    def _hidden(self, name: str) -> re.Match[str] | None:
        return re.search(rf'name="{name}" value="([^"]*)"', self.page)

    def _took(self, response: httpx.Response) -> str:
        self.page, self.status, self.where = response.text, response.status_code, response.url.path
        return self.page

    @property
    def words(self) -> str:
        """The page's text, as somebody reads it."""
        bare = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", self.page, flags=re.S)
        return " ".join(unescape(bare).split())

    @property
    def refusal(self) -> str:
        found = re.search(r'role="alert"[^>]*>(.*?)</p>', self.page, re.S)
        return unescape(found[1]).strip() if found else ""


class Checked(HTMLParser):
    """What can be told of a page without looking: fields without a label, ids twice, tags left open."""

    VOID = frozenset({"meta", "link", "img", "input", "br", "hr"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self._open: list[str] = []
        self._ids: set[str] = set()
        self._labels = set(re.findall(r'<label for="([^"]+)"', page))
        self.feed(page)
        self.wrong += [f"left open: {tag}" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if (id_ := given.get("id")) is not None:
            self.wrong += [f"id twice: {id_}"] if id_ in self._ids else []
            self._ids.add(id_)
        if "style" in given or any(name.startswith("on") for name in given):
            self.wrong.append(f"inline: {tag} {given}")
        if tag == "img" and "alt" not in given:
            self.wrong.append(f"a picture without words: {given}")
        field = tag in ("input", "select", "textarea") and given.get("type") != "hidden"
        if field and not ("label" in self._open or "aria-label" in given or given.get("id") in self._labels):
            self.wrong.append(f"no label: {given}")
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1] != tag:
            self.wrong.append(f"closed out of turn: {tag}, open is {self._open[-3:]}")
        if tag in self._open:
            while self._open.pop() != tag:
                pass
