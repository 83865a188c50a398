"""What a message says, from its words alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.commands.hearing import Said, Stopped, Typed, Wants
from models.values.secret import mask_secrets
from sms.inbound import ANSWERS, KEYWORDS, language_of, understood
from sms.spelling import distance, meant

SEND = {"confirm": "send"}
RESET = {"action": "reset"}


def words(told: str) -> Wants:
    """Perhaps a report: the desk asks back."""
    return Wants("report_words", {"words": told})


WISHES: dict[str, Said] = {
    "HITILAFU": Wants("report"),
    "Fault": Wants("report"),
    "Ripoti hitilafu": Wants("report"),
    "HITILAFU printa haichapishi": Wants("report_words", {"words": "printa haichapishi", **SEND}),
    "hitilafu: Printa ya ofisi\nhaiwaki!": Wants("report_words", {"words": "Printa ya ofisi haiwaki!", **SEND}),
    "REPORT the printer is on fire": Wants("report_words", {"words": "the printer is on fire", **SEND}),
    "HITLAFU mtandao umekatika": Wants("report_words", {"words": "mtandao umekatika", **SEND}),
    "Tatizo la mtandao": Wants("report_words", {"words": "mtandao", **SEND}),
    "HITILAFU MVM/ICT/00412": Wants("report", {"device": "MVM/ICT/00412"}),
    "HITILAFU laini 3 zimekatika": Wants("report_words", {"words": "laini 3 zimekatika", **SEND}),
    "HALI": Wants("tickets"),
    "hali ya tiketi yangu": Wants("tickets"),
    "HALI 2600123-9": Wants("tickets", {"ticket": "2600123-9"}),
    "HALI2600123-9": Wants("tickets", {"ticket": "2600123-9"}),
    "hali ya tiketi namba 2600123-9 tafadhali": Wants("tickets", {"ticket": "2600123-9"}),
    "STATUS #26001239": Wants("tickets", {"ticket": "26001239"}),
    "stauts 2600123-9": Wants("tickets", {"ticket": "2600123-9"}),
    "KIFAA": Wants("device"),
    "MALI 412": Wants("device", {"device": "412"}),
    "KIFAA MVM/ICT/00412": Wants("device", {"device": "MVM/ICT/00412"}),
    "kifaa namba mvm ict 412": Wants("device", {"device": "mvm ict 412"}),
    "DEVICE: SN00412": Wants("device", {"device": "SN00412"}),
    "asset 00412": Wants("device", {"device": "00412"}),
    "NYWILA": Wants("account", RESET),
    "NYWILA LAWSON": Wants("account", {"system": "LAWSON", **RESET}),
    "nywila ya barua pepe": Wants("account", {"system": "barua pepe", **RESET}),
    "Password for e-Office, please": Wants("account", {"system": "e-Office", **RESET}),
    "PASWORD HCMIS/Lawson": Wants("account", {"system": "HCMIS/Lawson", **RESET}),
    "AKAUNTI": Wants("account"),
    "AKAUNTI MUSE": Wants("account", {"system": "MUSE"}),
    "Akaunti mpya ya MUSE": Wants("account", {"system": "MUSE", "action": "new"}),
    "ACCOUNT": Wants("account"),
    "JISAJILI": Wants("register"),
    "JISAJILI 1234 5678": Wants("register", {"code": "1234 5678"}),
    "register 12345678": Wants("register", {"code": "12345678"}),
    "LUGHA": Wants("language"),
    "language": Wants("language"),
    "Lugha ya Kiswahili": Wants("language", {"language": "sw"}),
    "ENGLISH please": Wants("language", {"language": "en"}),
    "KISWAHILI": Wants("language", {"language": "sw"}),
    "MSAADA": Wants("help"),
    "Help!": Wants("help"),
    "MENU": Wants("front"),
    "mwanzo": Wants("front"),
    "ACHA": Stopped(),
    "STOP ALL": Stopped(),
    "Anza": Stopped(stop=False),
    "START": Stopped(stop=False),
}


@pytest.mark.parametrize("text", WISHES)
def test_a_keyword_in_its_shape_says_what_is_wanted(text: str) -> None:
    assert understood(text) == WISHES[text]
    assert understood(f"  {text} ") == WISHES[text]


@pytest.mark.parametrize(
    ("text", "language"),
    [("REPORT it smokes", "en"), ("hitilafu inatoa moshi", "sw"), ("Stauts 1", "en"), ("password", ""), ("ok", "")],
)
def test_most_keywords_tell_their_writers_language(text: str, language: str) -> None:
    assert language_of(text) == language
    assert language_of(f"MVM {text}", {"mvm"}) == language


@pytest.mark.parametrize("word", [word for word in KEYWORDS if word.isascii()])
def test_every_keyword_is_read_in_any_case(word: str) -> None:
    assert understood(word) == understood(word.upper()) == understood(f"{word.title()}.") != Typed(word)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("ndiyo", "ndiyo"), ("NDYO", "ndiyo"), ("Ndio.", "ndiyo"), ("SAWA", "ndiyo"), ("yes!", "ndiyo"),
        ("Ok", "ndiyo"), ("Ndiyo, imekaa sawa", "ndiyo"), ("HAPANA", "hapana"), ("no", "hapana"), ("BADO", "bado"),
        ("bado haifanyi kazi", "bado"), ("Rudi.", "rudi"), ("ZAIDI!", "zaidi"), ("Ghairi", "ghairi"),
    ],
)  # fmt: skip
def test_answers_are_the_words_themselves_and_else_what_every_screen_knows(text: str, answer: str) -> None:
    said = understood(text)
    assert isinstance(said, Typed)
    plainly = said.otherwise if said.text != answer else said
    assert isinstance(plainly, Typed)
    assert plainly.text == answer
    assert said.text in (text, answer)


@pytest.mark.parametrize(
    ("text", "digits"), [("1", "1"), (" 2. ", "2"), ("(3)", "3"), ("00", "00"), ("98", "98"), ("#4", "4")]
)
def test_a_number_alone_is_the_number(text: str, digits: str) -> None:
    assert understood(text) == Typed(digits)


def test_a_number_before_words_counts_where_words_do_not() -> None:
    assert understood("1 Ndiyo") == Typed("1 Ndiyo", otherwise=Typed("1"))
    assert understood("00412") == Typed("00412")


@pytest.mark.parametrize(
    ("text", "otherwise"),
    [
        ("Hitilafu bado ipo", words("bado ipo")),
        ("Hali ni nzuri", Wants("tickets")),
        ("Hali ya mtandao ni mbaya", words("Hali ya mtandao ni mbaya")),
        ("Kifaa changu kimevunjika", Wants("device")),
        ("Nywila imesahaulika", Wants("account", RESET)),
        ("Jisajili vipi", Wants("register")),
        ("Printa ya ofisi haichapishi tangu jana", words("Printa ya ofisi haichapishi tangu jana")),
        ("2 printers are not working", Typed("2", otherwise=words("2 printers are not working"))),
        ("Msaada wa printa tafadhali ndugu", words("Msaada wa printa tafadhali ndugu")),
        ("Printa haiwaki", None),
        ("Ahsante sana kwa kazi nzuri", None),
    ],
)  # fmt: skip
def test_out_of_its_shape_a_keyword_is_words_first(text: str, otherwise: Typed | Wants | None) -> None:
    assert understood(text) == Typed(text, otherwise=otherwise)


@pytest.mark.parametrize("text", ["Mwanza", "Acha nikague kwanza", "Habari", "Asha Juma, Zahanati ya Mlali", ""])
def test_words_that_only_look_like_a_keyword_are_words(text: str) -> None:
    said = understood(text)
    assert isinstance(said, Typed)
    assert said.text == text
    assert not isinstance(said.otherwise, Wants) or said.otherwise.conversation == "report_words"


@pytest.mark.parametrize(
    "text",
    [
        "NYWILA YANGU NI Karibu123", "password Karibu123", "Nywila: Karibu123", "PASSWORD lawson Karibu@123",
        "AKAUNTI password ni Karibu123",
    ],
)  # fmt: skip
def test_a_password_after_a_keyword_goes_no_further(text: str) -> None:
    said = understood(text)
    assert isinstance(said, Wants)
    assert said.conversation == "account"
    assert "Karibu" not in str(said)


def test_a_shared_short_codes_word_is_stripped() -> None:
    words = {"tehama", "mvomero"}
    assert understood("TEHAMA HALI 2600123-9", words) == Wants("tickets", {"ticket": "2600123-9"})
    assert understood("mvomero: 1", words) == Typed("1")
    assert understood("Tehama", words) == Wants("front")
    assert understood("TEHAMA", ()) == Typed("TEHAMA", otherwise=Typed("tehama"))


@given(st.text() | st.from_regex(r"(?i)(nywila|hitilafu|hali|kifaa|jisajili|ndiyo|acha|lugha)\W{0,3}[\w \n'./-]*"))
def test_any_text_says_something(text: str) -> None:
    said = understood(text, {"tehama"})
    assert isinstance(said, Typed | Wants | Stopped)
    if isinstance(said, Wants) and said.conversation == "account":
        assert not mask_secrets(f"nywila {said.words.get('system', '')}")[1]


@given(st.sampled_from([word for word in (*KEYWORDS, *ANSWERS) if len(word) >= 5]), st.data())
def test_a_slip_of_the_thumb_is_forgiven(word: str, data: st.DataObject) -> None:
    """After the first letter: left out, doubled, or swapped with its neighbour."""
    at = data.draw(st.integers(1, len(word) - 1))
    slips = [
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + word[at:][1::-1] + word[at + 2 :],
    ]
    for slip in slips:
        assert distance(slip, word) <= 1
        known = meant(slip, (*KEYWORDS, *ANSWERS))
        assert known in ("", word) or distance(slip, known) <= 1


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_distance_is_a_distance(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)
    assert abs(len(one) - len(other)) <= distance(one, other) <= max(len(one), len(other))
