"""Somebody writes a password wherever the desk lets them write. It is found nowhere afterwards."""

import logging
import sqlite3
from collections.abc import Callable
from contextlib import closing

import httpx
import pytest

from models.tables import Ticket
from simulator.chat import Chat
from simulator.handset import Handset
from tests.console.front import Officer, let_in
from tests.stories.conftest import Town
from tests.stories.voices import OnTelegram, OnUssd, Voice
from tests.support.cast import STRANGER

MARKER = "Zamaradi77"
TOLD = f"Nywila yangu ni {MARKER} naomba msaada"
TEXTS = (
    TOLD,
    f"habari za asubuhi, printa imegoma na password yangu ni {MARKER}",
    f"{MARKER} ndiyo nywila yangu ya Lawson",
    f"HITILAFU printa haichapishi, password: {MARKER}",
    f"HITILAFU MVM/ICT/00412 pin {MARKER}",
    f"NYWILA LAWSON {MARKER}",
    f"NYWILA {MARKER}",
    f"PASSWORD ya Lawson ni {MARKER}",
    f"AKAUNTI nywila ni {MARKER}",
    f"AKAUNTI mpya Lawson pw {MARKER}",
    f"HALI nywila ni {MARKER}",
    f"KIFAA nywila ni {MARKER}",
    f"JISAJILI nywila ni {MARKER}",
    f"LUGHA nywila ni {MARKER}",
    f"MSAADA nywila ni {MARKER}",
    f"ACHA nywila ni {MARKER}",
    f"NDIYO nywila ni {MARKER}",
    f"SIO MIMI nywila ni {MARKER}",
    f"1 nywila ni {MARKER}",
)
COMMANDS = ("start", "hitilafu", "akaunti", "kifaa", "tiketi", "jisajili", "lugha", "msaada", "nywila")
STEPS: tuple[tuple[str, ...], ...] = (
    (TOLD,),
    ("hitilafu", "printa", "haichapishi", TOLD),
    ("hitilafu", "printa", TOLD),
    ("nywila", TOLD),
    ("nywila", "lawson", TOLD),
    ("nywila", "lawson", "nimesahau", TOLD),
    ("nywila", "lawson", "nimesahau", f"nywila:{MARKER}"),
    ("kifaa", TOLD),
    ("kifaa", "00412", TOLD),
    ("tiketi", TOLD),
)
"""Ways into the conversations by the names of options; the last word of each is typed where words may be."""

FORMS = (
    {"words": TOLD}, {"words": "Printa", "caller_name": TOLD, "person": ""},
    {"fault": "1101", "system": "hcmis", "words": TOLD}, {"fault": "1101", "system": "hcmis", "user_name": TOLD},
    {"fault": "1101", "system": "hcmis", "user_name": f"pw:{MARKER}"}, {"words": "Printa", "asset": TOLD},
    {"act": "find", "who": TOLD}, {"words": "Printa", "person": "", "caller_name": "Asha", "caller_phone": TOLD},
)  # fmt: skip


@pytest.fixture(autouse=True)
def loud(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)


def kept_in(town: Town) -> dict[str, int]:
    """Tables and columns that hold the marker in any spelling, and in how many rows. Read past the program."""
    found: dict[str, int] = {}
    url = town.desk.door.database.url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(url)) as opened:
        tables = [name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        assert "conversation" in tables
        for table in tables:
            for _, column, *_ in opened.execute(f'PRAGMA table_info("{table}")').fetchall():
                (rows,) = opened.execute(
                    f'SELECT count(*) FROM "{table}" WHERE instr(lower(CAST("{column}" AS TEXT)), ?)',  # noqa: S608  # names from the schema itself
                    (MARKER.lower(),),
                ).fetchone()
                if rows:
                    found[f"{table}.{column}"] = rows
    return found


def holds_nothing(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    town.desk.door.database.write(lambda tx: None)  # what was sent before is written by now
    assert kept_in(town) == {}
    own = [record.getMessage() for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
    assert [line for line in own if MARKER.lower() in line.lower()] == []  # httpx is the browser of this test
    assert MARKER.lower() not in httpx.get(f"{town.url}/metrics", trust_env=False).text.lower()


def test_typed_at_any_step_of_any_channel(town: Town, channel: str, caplog: pytest.LogCaptureFixture) -> None:
    for person in ("juma", "theresia"):
        voice = town.voice(person, channel)
        for *way, last in STEPS:
            if channel == "ussd":
                voice = town.voice(person, channel)  # another phone dials anew, where the last one was left
                voice.begin()
                voice.type("00")
            else:
                voice.type("ghairi")
                voice.begin()
            for words in way:
                choose_or_type(voice.choose, voice.type, words)
            if not is_over(voice):
                voice.type(last)
            assert MARKER.lower() not in voice.reads.lower()
    holds_nothing(town, caplog)


def is_over(voice: Voice) -> bool:
    return isinstance(voice, OnUssd) and voice.handset.ended


def choose_or_type(choose: Callable[[str], str], write: Callable[[str], str], words: str) -> None:
    try:
        choose(words)
    except AssertionError:
        write(words)


def test_texted_out_of_the_blue_by_somebody_known_and_unknown(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    stranger = Handset(STRANGER, town.url, "demo", simulator_url=f"{town.url}/simulator")
    juma = town.voice("juma", "sms")
    for text in TEXTS:
        assert stranger.text_message(text) == 200
        assert MARKER not in juma.type(text)
    stranger.close()
    holds_nothing(town, caplog)


def test_dialled_with_words_behind_the_code(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    for text in TEXTS:
        for phone in (STRANGER, "+255754000002"):
            handset = Handset(phone, town.url, "demo", simulator_url=f"{town.url}/simulator")
            assert MARKER not in handset.dial(f"*384*123*{text.replace('*', '')}#")
            handset.close()
    holds_nothing(town, caplog)


def test_written_to_the_bot(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    juma = town.voice("juma", "telegram")
    stranger = Chat.of(f"{town.url}/simulator", MARKER, STRANGER, id=7009999, username=MARKER)
    for text in (*TEXTS, *(f"/{command} nywila ni {MARKER}" for command in COMMANDS)):
        assert MARKER not in juma.type(text)
        assert MARKER not in stranger.say(text).answer(timeout=15).text
    assert isinstance(juma, OnTelegram)
    for chat in (juma.chat, stranger):
        for caption in (TOLD, f"pw:{MARKER}"):
            chat.send_photo(b"\xff\xd8\xff", caption=caption)
            assert MARKER not in chat.answer(timeout=15).text
        chat.send_document(b"%PDF-1.4", "barua.pdf", "application/pdf", caption=TOLD)
        chat.answer(timeout=15)
    stranger.close()
    holds_nothing(town, caplog)


def test_written_into_the_forms_of_the_console(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    let_in(town.desk)
    neema = Officer(town.url, "neema")
    juma = str(town.desk.ids["juma"])
    for fields in FORMS:
        neema.open("/tickets/new")
        neema.send("/tickets/new", **{"channel": "phone", "person": juma, **fields})
        assert neema.status < 500
    neema.open("/tickets/new")
    neema.send("/tickets/new", channel="phone", person=juma, fault="0301", words="Printa")
    number = neema.where
    assert town.desk.all(Ticket)
    for act in ("ask", "note", "resolve", "part", "office", "answer", "reopen", "cancel", "carry_out", "hand_over"):
        neema.open(number)
        neema.send(number, act=act, words=TOLD, reference=TOLD)
        assert neema.status < 500
    for path in ("/search", "/people", "/assets", "/tickets"):
        neema.http.get(path, params={"q": TOLD})
    nobody = Officer(town.url)
    nobody.send("/login", login=TOLD, password=TOLD)
    for officer in (neema, nobody):
        officer.http.close()
    holds_nothing(town, caplog)
