"""What happened to whom in the last weeks: one line a ticket, told as the council's people would.

A plot is steps, each so many working hours after the one before. Steps that would lie in the future have not happened.
"""

from typing import NamedTuple


class Step(NamedTuple):
    """`does` is a verb of `telling.py`; `who`, an officer's log-in, if not the one who has the ticket."""

    hours: float
    does: str
    words: str = ""


class Plot(NamedTuple):
    """`day` counts working days back from today, `hour` from the office's opening. `who` is a place below the council
    whose staff take turns to report, `through` the channel. `about` is a fault's code, or a system's and an action."""

    day: int
    hour: float
    who: str
    through: str
    about: str
    words: str
    officer: str
    steps: tuple[Step, ...] = ()
    impact: str = "person"
    urgency: str = "can_wait"
    device: bool = False


def _done(words: str, hours: float, *more: Step) -> tuple[Step, ...]:
    return (Step(0.3, "claim"), Step(hours / 2, "take"), Step(hours / 2, "resolve", words), *more)


def _thanks(stars: str = "5", after: float = 0.5) -> tuple[Step, ...]:
    return (Step(after, "confirm"), Step(0.1, "rate", stars))


N, B = "neema", "baraka"

PLOTS = (
    Plot(19, 0.5, "fedha", "ussd", "0301", "Printa imegoma tangu asubuhi, taa nyekundu inawaka.", N,
         _done("Nimebadili roller, printa inachapisha sasa.", 3, *_thanks()), device=True),
    Plot(19, 2, "mlali/zahanati", "ussd", "0801", "GoTHOMIS haifunguki, wagonjwa wanasubiri.", B,
         _done("Seva ya kituo imewashwa upya, mfumo unafanya kazi.", 2, *_thanks("4")), "facility", "now"),
    Plot(18, 1, "dakawa", "sms", "0701", "POS haiwaki, betri imekufa.", N,
         _done("Betri mpya imewekwa.", 5, *_thanks("4", 2)), device=True),
    Plot(18, 4, "elimu-msingi", "telegram", "0203", "Kompyuta inaganda nikifungua Excel.", B,
         _done("RAM imeongezwa na programu zisizotumika zimeondolewa.", 9)),
    Plot(17, 0.2, "utumishi", "ussd", "0401", "Ofisi nzima haina mtandao.", N,
         _done("Swichi ya ghorofa ya pili imebadilishwa.", 2, *_thanks()), "office", "now"),
    Plot(16, 3, "mtibwa/sekondari", "sms", "0905", "SIS inakataa kupokea alama za kidato cha pili.", B,
         (Step(1, "claim"), Step(2, "ask", "Ujumbe gani unaonekana kwenye skrini?"),
          Step(3, "answer", "Inasema session expired."),
          Step(2, "resolve", "Tumia kivinjari cha Chrome, nimekutumia maelekezo."), *_thanks("3"))),
    Plot(15, 1, "ununuzi", "web", "0601", "NeST haifunguki.", N, _done("Ilikuwa hitilafu ya PPRA, imerudi.", 6)),
    Plot(15, 5, "fedha", "ussd", "muse:reset", "", N,
         (Step(0.5, "in_person"), Step(2, "approve"), Step(1, "claim"), Step(1, "hand", "MOF/2231"),
          Step(9, "carry", "Akaunti yako imefunguliwa. Ingia kwa maelekezo ya MUSE."), *_thanks())),
    Plot(14, 2, "afya", "telegram", "0806", "DHIS2 hairuhusu kutuma ripoti ya mwezi.", B,
         _done("Kipindi kilikuwa kimefungwa, Mkoa wamekifungua.", 8, *_thanks("5", 3))),
    Plot(13, 0.5, "hospitali", "ussd", "0804", "Printa ya risiti haitoi karatasi.", N,
         _done("Kebo imebadilishwa.", 3, Step(3, "reopen", "Imerudia tena mchana huu."),
               Step(1, "resolve", "Printa imebadilishwa kabisa."), *_thanks("4")), "facility", "today", True),
    Plot(12, 3, "kilimo", "ussd", "gms:new", "", B,
         (Step(0.5, "in_person"), Step(5, "approve"), Step(2, "claim"),
          Step(1, "carry", "Baruapepe yako iko tayari. Fika ofisini."), *_thanks())),
    Plot(12, 6, "sheria", "telegram", "1303", "Naomba kuwekewa programu ya PDF.", N,
         _done("Programu imewekwa.", 10, *_thanks())),
    Plot(11, 1, "mzumbe/msingi", "sms", "1305", "Walimu wanaomba mafunzo ya SIS.", B,
         _done("Mafunzo yamefanyika Ijumaa.", 16)),
    Plot(10, 0.5, "fedha", "ussd", "0605", "Control number haitoki.", N,
         _done("GePG imerudi, jaribuni tena.", 4, *_thanks("3")), "office", "today"),
    Plot(10, 2, "doma", "ussd", "0702", "POS haina mtandao.", B,
         _done("Laini mpya imewekwa.", 7, *_thanks()), device=True),
    Plot(9, 4, "mipango", "web", "planrep:unlock", "", N,
         (Step(0.5, "in_person"), Step(1, "approve"), Step(1, "claim"),
          Step(3, "carry", "Akaunti imefunguliwa."), *_thanks())),
    Plot(9, 5, "biashara", "ussd", "tausi:change_role", "", B,
         (Step(0.5, "in_person"), Step(4, "refuse"))),
    Plot(8, 1, "mawasiliano", "telegram", "1004", "Tangazo la ajira liwekwe kwenye tovuti.", N,
         _done("Tangazo limewekwa.", 2, *_thanks())),
    Plot(8, 3, "melela", "sms", "0103", "UPS inalia muda wote.", B, _done("UPS imebadilishwa.", 12), device=True),
    Plot(7, 2, "maendeleo", "ussd", "1202", "Nimepigiwa simu na mtu anayedai ni wa mshahara.", N,
         _done("Ni utapeli. Usimpe namba yoyote. Watumishi wote wataarifiwa.", 1, *_thanks()), "office", "now"),
    Plot(7, 4, "elimu-sekondari", "web", "0205", "Diski imejaa.", N,
         (Step(1, "claim"), Step(0.5, "cancel", "Imeunganishwa na tiketi ya awali."))),
    Plot(6, 1, "mvomero", "ussd", "0102", "", B, _done("Betri ya UPS imeagizwa na kuwekwa.", 14, *_thanks("4")),
         device=True),
    Plot(6, 3, "hembeti/zahanati", "ussd", "0803", "Seva ya kituo imezima baada ya umeme kukatika.", N,
         _done("Seva imewashwa, UPS itabadilishwa.", 3, *_thanks("4")), "facility", "now"),
    Plot(5, 2, "ukaguzi", "telegram", "1001", "Baruapepe haipokei ujumbe kutoka nje.", B,
         _done("Sanduku lilikuwa limejaa, nafasi imeongezwa.", 5)),
    Plot(5, 5, "mkindo", "ussd", "0703", "POS haitoi risiti.", N,
         (Step(1, "claim"), Step(1, "take"), Step(2, "part", "Roller ya POS inasubiriwa kutoka Morogoro.")),
         device=True),
    Plot(4, 1, "miundombinu", "ussd", "0304", "Printa ya mtandao haionekani.", B,
         _done("IP imewekwa upya.", 6), device=True),
    Plot(4, 3, "fedha", "ussd", "hcmis:reset", "", N,
         (Step(0.5, "in_person"), Step(3, "approve"), Step(1, "claim"), Step(1, "hand", "PSMGG/118"))),
    Plot(3, 0.5, "mtibwa", "sms", "0704", "Muamala wa jana haujaonekana TAUSI.", N,
         (Step(2, "claim"), Step(1, "office", "TAMISEMI wanafuatilia."))),
    Plot(3, 2, "mazingira", "telegram", "1304", "Sifa za GPS tano za kununua.", B,
         _done("Sifa zimetumwa kwa baruapepe.", 6)),
    Plot(2, 1, "kanga/msingi", "ussd", "0201", "Kompyuta ya mwalimu mkuu haiwaki.", B,
         (Step(2, "claim"), Step(1, "ask", "Je, taa ya UPS inawaka?"),), device=True),
    Plot(2, 4, "hospitali", "ussd", "0802", "Dirisha la dawa halifunguki.", N,
         (Step(0.5, "claim"), Step(1, "take"), Step(2, "note", "Nimeongea na TAMISEMI, namba yao 5521.")),
         "facility", "today"),
    Plot(2, 6, "utumishi", "telegram", "0402", "", B, (Step(2, "claim"), Step(3, "resolve", "Waya umebadilishwa.")),
         device=True),
    Plot(1, 0.5, "elimu-msingi", "ussd", "0602", "PlanRep inanitoa kila dakika tano.", N,
         (Step(1, "claim"), Step(2, "ask", "Unatumia intaneti ya ofisi au ya simu?"),
          Step(1, "answer", "Ya ofisi."))),
    Plot(1, 1, "fedha", "web", "gspp:new", "", N,
         (Step(0.5, "in_person"), Step(1, "approve")), urgency="today"),
    Plot(1, 2, "nyandira", "sms", "0105", "Soketi inatoa moshi.", B,
         (Step(0.2, "claim"), Step(0.3, "take"),
          Step(0.2, "office", "Idara ya Miundombinu imeitwa; zimeni swichi kuu.")),
         "office", "now"),
    Plot(1, 3, "diongoya/zahanati", "ussd", "0304", "", B, (Step(1, "claim"),), device=True),
    Plot(1, 5, "kilimo", "ussd", "eoffice:reset", "", N),
    Plot(1, 6, "mipango", "telegram", "0303", "Wino umeisha.", N, (Step(0.5, "claim"),), device=True),
    Plot(0, 0.3, "dakawa/sekondari", "ussd", "0501", "Hakuna intaneti tangu jana jioni.", N, (), "facility", "today"),
    Plot(0, 0.6, "fedha", "ussd", "0301", "", B, (Step(0.3, "claim"),), device=True),
    Plot(0, 0.9, "mhonda", "sms", "0706", "Mkusanyaji amehamishwa, POS apewe mwingine.", N),
    Plot(0, 1.1, "afya", "telegram", "gothomis:new", "", N),
    Plot(0, 1.3, "kibati/msingi", "ussd", "0202", "Inasema no boot device.", N, (), device=True),
    Plot(0, 1.6, "ununuzi", "ussd", "nest:unlock", "", B),
    Plot(0, 1.9, "sungaji", "ussd", "0101", "Umeme umekatika ofisi ya kata.", B, (), "office", "today"),
)  # fmt: skip
