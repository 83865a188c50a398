"""What the desk might answer at each step, about as long as it gets: for listing every screen without a desk.

Names and labels are those of the default catalogue; a test holds them against it.
"""

from collections.abc import Mapping

from conversations.screen import Option
from conversations.steps import Offer

_CATEGORIES = (
    ("Umeme na UPS", "Umeme/UPS", "Power and UPS", "Power/UPS"),
    ("Kompyuta na laptop", "Kompyuta", "Computers and laptops", "Computer"),
    ("Printa, skana na vifaa vya pembeni", "Printa/skana", "Printers, scanners, peripherals", "Printer"),
    ("Mtandao wa ndani (LAN/Wi-Fi)", "Mtandao wa ofisi", "Local network", "Office network"),
    ("Intaneti, GovNet na VPN", "Intaneti/GovNet", "Internet, GovNet, VPN", "Internet/GovNet"),
    ("Mifumo ya fedha, mipango na ununuzi", "Fedha/mipango", "Finance, planning, procurement systems", "Finance/plans"),
    ("Mapato na mashine za POS (TAUSI)", "Mapato/POS", "Revenue and POS", "Revenue/POS"),
    ("Mifumo ya afya", "Mifumo ya afya", "Health systems", "Health systems"),
    ("Mifumo ya utumishi, elimu na ofisi", "Utumishi/elimu", "HR, education, office systems", "HR/education"),
    ("Baruapepe, tovuti, simu na mikutano", "Email/tovuti/simu", "E-mail, website, phones, meetings", "Mail/web/phone"),
    ("Akaunti na haki za mtumiaji", "Akaunti/nywila", "Accounts and access", "Accounts"),
    ("Usalama wa TEHAMA na data", "Usalama/data", "Security and data", "Security/data"),
    ("Maombi ya huduma (si hitilafu)", "Maombi mengine", "Service requests (not faults)", "Other requests"),
)
_FAULTS = (
    ("POS haiwaki au betri imeisha", "Haiwaki", "POS dead / battery", "Dead/battery"),
    ("POS haina mtandao au laini (SIM)", "Haina mtandao", "POS has no network/SIM", "No network/SIM"),
    ("POS haitoi risiti", "Haitoi risiti", "POS prints no receipt", "No receipt"),
    ("Muamala haujaonekana TAUSI / float", "Muamala/float", "Transaction or float not in TAUSI", "Not in TAUSI"),
    ("POS imepotea au imeibwa", "Imepotea", "POS lost or stolen", "Lost or stolen"),
    ("Kubadili mkusanyaji wa POS", "Badili mkusanyaji", "Change collector assigned", "Change collector"),
    ("Bili/leseni haitoki TAUSI", "Bili/leseni", "Bill or licence not issued", "Bill/licence"),
)
_SYSTEMS = (
    ("HCMIS / Lawson", "HCMIS"), ("MUSE (Mfumo wa Ulipaji Serikalini)", "MUSE"), ("IFMIS / Epicor", "Epicor"),
    ("LGRCIS", "LGRCIS"), ("TAUSI", "TAUSI"), ("PlanRep", "PlanRep"), ("GSPP (Government Salary Payment)", "GSPP"),
    ("GoT-HoMIS", "GoTHOMIS"), ("GMS, government e-mail", "Baruapepe"),
    ("ESS (Watumishi portal), PEPMIS, PIPMIS", "ESS"), ("FFARS", "FFARS"), ("NeST", "NeST"),
    ("e-Office (Ofisi Mtandao)", "e-Office"), ("TAUSI POS collector", "POS"),
    ("Computer and domain log-in", "Kompyuta"), ("Salary slip portal", "Hati mshahara"),
    ("SIS, school information", "SIS"), ("PReM / PReMS", "PReM"), ("MadeniMIS", "MadeniMIS"),
    ("Website editor (GWF)", "Tovuti"), ("VPN", "VPN"), ("iMES", "iMES"), ("e-Vibali, travel permits", "e-Vibali"),
    ("e-Board, e-Mikutano", "e-Board"), ("GAMIS, government assets", "GAMIS"), ("e-Mrejesho", "e-Mrejesho"),
)  # fmt: skip
_DEVICES = (
    Option("MVM/ICT/00412", "Printa HP LaserJet Pro M404dn (MVM/ICT/00412)", "Printa (412)"),
    Option("MVM/ICT/01207", "Kompyuta Dell OptiPlex 3080 (MVM/ICT/01207)", "Kompyuta (1207)"),
    Option("MVM/ICT/00031", "UPS APC Back-UPS 1100 (MVM/ICT/00031)", "UPS (31)"),
)
NUMBER = "2600123-9"
_PEOPLE = {
    "officer": "Neema Joachim Mushi",
    "approver": "Theresia Emmanuel Kavishe",
    "requester": "Juma Hassan Mwinyimkuu",
}

_NEXT = {
    "sw": f"{_PEOPLE['approver']} ataombwa kuidhinisha.",
    "en": f"{_PEOPLE['approver']} will be asked to approve.",
}


def _named(rows: tuple[tuple[str, str, str, str], ...]) -> Mapping[str, Offer]:
    return {
        "sw": Offer(tuple(Option(str(at), row[0], row[1]) for at, row in enumerate(rows))),
        "en": Offer(tuple(Option(str(at), row[2], row[3]) for at, row in enumerate(rows))),
    }


def _both(offer: Offer) -> Mapping[str, Offer]:
    return {"sw": offer, "en": offer}


def _options(*labels: tuple[str, str]) -> tuple[Option, ...]:
    """Full and short label."""
    return tuple(Option(str(at), label, short) for at, (label, short) in enumerate(labels))


def _words(sw: Mapping[str, str], en: Mapping[str, str]) -> Mapping[str, Offer]:
    return {"sw": Offer(words=sw), "en": Offer(words=en)}


_WAYS_SW = (("Msimbo kwa Telegram", ""), ("Msimbo kwa SMS", ""), ("PIN yangu ya dawati", ""), ("Msimbo uliochapwa", ""))
_WAYS_EN = (("Code by Telegram", ""), ("Code by SMS", ""), ("My desk PIN", ""), ("Printed code", ""))
_WAYS = {"sw": Offer(_options(*_WAYS_SW)), "en": Offer(_options(*_WAYS_EN))}

OFFERS: Mapping[str, Mapping[str, Offer]] = {
    "ways_to_ask": {
        "sw": Offer(_options(*_WAYS_SW, ("Ofisini, na kitambulisho", ""))),
        "en": Offer(_options(*_WAYS_EN, ("In person, with my ID", ""))),
    },
    "ways_to_identify": _WAYS,
    "ways_to_approve": _WAYS,
    "ways_to_pin": _WAYS,
    "code_place": _words(
        {"where": "uliotumwa kwa SMS kwenye simu yako nyingine"}, {"where": "sent by SMS to your other phone"}
    ),
    "calling": _words(
        {"calling": "Ndiyo. Neema Mushi wa TEHAMA anakupigia. Lazima aanze na namba uliyotumiwa. Hataomba nywila."},
        {"calling": "Yes. Neema Mushi (ICT) is calling and must first say the code you were sent. Never a password."},
    ),
    "unfinished": {
        "sw": Offer(
            _options(
                (f"Imetatuliwa? {NUMBER}", ""), (f"Swali {NUMBER}", ""), (f"Idhini {NUMBER}", ""),
                ("Taarifa ya hitilafu", ""),
            )
        ),
        "en": Offer(
            _options(
                (f"Is it fixed? {NUMBER}", ""), (f"Question {NUMBER}", ""), (f"Approval {NUMBER}", ""),
                ("Fault report", ""),
            )
        ),
    },
    "greeting": _both(Offer(words={"desk": "Dawati la TEHAMA Halmashauri ya Mvomero"})),
    "help": _both(Offer(words={"ussd": "*152*00*12#", "sms": "0754000000"})),
    "fault_categories": _named(_CATEGORIES),
    "faults_of_category": _named(_FAULTS),
    "report_summary": _words(
        {"summary": "Mtandao wa ofisi: Swichi/kabati la mtandao limezimika, MVM/ICT/00412, na maelezo yako"},
        {"summary": "Power/UPS: Socket or cable sparks or smokes (danger), MVM/ICT/00412, with your words"},
    ),
    "own_devices": _both(Offer(_DEVICES)),
    "device_card": {
        "sw": Offer(
            _options(("Ripoti hitilafu yake", "Ripoti hitilafu")),
            {"card": f"MVM/ICT/00412 Printa HP LaserJet Pro M404dn. Idara ya Fedha. Inatengenezwa. Tiketi {NUMBER} "
                     "inaendelea. Waranti hadi 30/06/2027. Kimekabidhiwa kwako"},
        ),
        "en": Offer(
            _options(("Report a fault on it", "Report a fault")),
            {"card": f"MVM/ICT/00412 Printa HP LaserJet Pro M404dn. Idara ya Fedha. In repair. Ticket {NUMBER} is "
                     "open. Warranty until 30/06/2027. In your care"},
        ),
    },
    "account_systems": _both(Offer(_options(*_SYSTEMS))),
    "account_actions": {
        "sw": Offer(
            _options(
                ("Nimesahau nywila", "Nimesahau nywila"), ("Akaunti imefungwa", "Akaunti imefungwa"),
                ("Akaunti mpya", "Akaunti mpya"), ("Kubadili jukumu au kituo", "Badili jukumu"),
                ("Kufunga akaunti", "Funga akaunti"),
            )
        ),
        "en": Offer(
            _options(
                ("I forgot the password", "Forgot password"), ("The account is locked", "Account locked"),
                ("A new account", "New account"), ("Change of role or station", "Change role"),
                ("Close the account", "Close account"),
            )
        ),
    },
    "self_service": {
        "sw": Offer(
            _options(("Ndiyo, imesaidia", ""), ("Hapana, tuma ombi", "")),
            {"how": "Fungua ESS, bonyeza Reset password, fuata maelekezo. Ikishindikana muone afisa utumishi."},
        ),
        "en": Offer(
            _options(("Yes, it helped", ""), ("No, send a request", "")),
            {"how": "Open ESS, press Reset password and follow it. If that fails, see your HR officer."},
        ),
    },
    "system_words": _both(Offer(words={"system": "Hati mshahara"})),
    "account_summary": _words(
        {"action": "Nimesahau nywila", "system": "Hati mshahara", "next": _NEXT["sw"]},
        {"action": "Forgot password", "system": "Hati mshahara", "next": _NEXT["en"]},
    ),
    "own_tickets": {
        "sw": Offer(
            _options(
                *((f"260012{at}-9 Printa haionekani kwenye mtandao: Inasubiri ofisi nyingine",
                   f"260012{at}-9 Inafanyiwa kazi") for at in range(9))
            )
        ),
        "en": Offer(
            _options(
                *((f"260012{at}-9 Network printer not found: Waiting for another office",
                   f"260012{at}-9 With an officer") for at in range(9))
            )
        ),
    },
    "ticket_card": {
        "sw": Offer(
            _options(("Inafanya kazi, funga", ""), ("Bado haifanyi kazi", "")),
            {"card": f"{NUMBER} Printa haionekani kwenye mtandao. Inafanyiwa kazi ({_PEOPLE['officer']}). 21/11 09:10"},
        ),
        "en": Offer(
            _options(("It works, close it", ""), ("It still does not work", "")),
            {"card": f"{NUMBER} Network printer not found. Being worked on ({_PEOPLE['officer']}). 21/11 09:10"},
        ),
    },
    "question": _words(
        {"officer": _PEOPLE["officer"], "number": NUMBER, "question": "Je, taa ya kijani ya printa inawaka?"},
        {"officer": _PEOPLE["officer"], "number": NUMBER, "question": "Does the green light of the printer burn?"},
    ),
    "resolution": _words(
        {"number": NUMBER, "words": "Tumebadilisha waya wa mtandao."},
        {"number": NUMBER, "words": "We have changed the network cable."},
    ),
    "approval": _words(
        {
            "requester": _PEOPLE["requester"], "action": "Akaunti imefungwa",
            "system": "ESS (Watumishi portal), PEPMIS, PIPMIS", "number": NUMBER,
            "care": " Tahadhari: namba mpya, maombi 3 siku 30.",
        },
        {
            "requester": _PEOPLE["requester"], "action": "Forgot password",
            "system": "ESS (Watumishi portal), PEPMIS, PIPMIS", "number": NUMBER,
            "care": " Take care: new number, 3 requests in 30 days.",
        },
    ),
}  # fmt: skip
"""By the offer's name and the language."""

OUTCOMES: Mapping[str, Mapping[str, str]] = {
    "sw": {
        "number": NUMBER,
        "state": "Imefunguliwa upya",
        "name": _PEOPLE["requester"],
        "next": _NEXT["sw"],
        **_PEOPLE,
    },
    "en": {"number": NUMBER, "state": "Reopened", "name": _PEOPLE["requester"], "next": _NEXT["en"], **_PEOPLE},
}
"""The words of every command's outcome, by language."""
