"""The words by which `secret` knows a secret when it reads one, in both languages as people write them."""


def _table(words: str) -> tuple[str, ...]:
    return tuple(" ".join(word.split()) for word in words.split(","))


NAMES = _table("""
    nywila, nywira, nenosiri, neno siri, neno la siri, maneno ya siri,
    neno langu la siri, neno lako la siri, neno lake la siri,
    namba yangu ya siri, namba yako ya siri, namba yake ya siri, namba ya siri, namba siri,
    nambari ya siri, na. ya siri, siri yangu, paswadi, paswedi, pasiwedi, paswod, password,
    passwords, pasword, passward, passwd, pass word, passcode, passphrase, pass, pwd, psw, pswd,
    pword, p/w, pw, pin, pini, pin code, pin number, pinkodi, puk, otp, one time code, one-time code,
    one time pin, verification code, confirmation code, security code, access code, login code,
    log in code, recovery code, recovery key, secret key, api key, namba ya uthibitisho, namba za siri,
    namba zangu za siri, namba zako za siri, p a s s w o r d, n y w i l a
""")
"""What a secret is called."""

SPELLINGS = (
    r"n[yi]?w[iy]?[lr]a(?:yangu|yng|yako|yake|ni)?",
    r"nen[ou]\s{0,3}(?:l(?:ang|ak|[ae])\w{0,2}\s{0,3})?(?:la\s{0,3})?(?:[sc]i|c)ri(?:yangu|langu|ni)?",
    r"(?:namba|nambari|nmba|no|number)\.?\s{0,3}(?:[yz]\w{1,4}\s{1,3})?(?:[yz]a?\s{0,3})?(?:[sc]i|c)ri(?:yangu|ni)?",
    r"(?:namba|nambari|msimbo|kodi|code|no)\s{1,3}(?:\w{1,5}\s{1,3})?[ywzk]a\s{1,3}(?:siri|cri|kuingi\w{1,3}|k?u?thibitish\w{1,3})",
    r"(?:code|msimbo|kodi)\s{1,3}(?:ni|u|wa|a)li[yo]\w{1,3}(?:ni)?(?:tum|let|pat|pew|pok)\w{1,5}",
    r"pas{1,2}\s?w[aeou]?r?d?s?(?:yangu|yng|yako|yake|ni)?",
    r"pas{1,2}[iu]?w[aeo]d[iy]?(?:yangu|ni)?",
    r"p\.?s\.?w\.?d?",
)
"""The same as people type it: letters left out, spaces left out, what follows grown on. Regular expressions, read
after digits and signs that stand for letters were read as those letters (`passw0rd`, `pa$$word`)."""

STAND_INS = {"0": "o", "1": "i", "3": "e", "@": "a", "$": "s"}
"""What is typed for a letter."""

LINKS = _table("""
    yangu, yako, yake, yao, yetu, yenu, wangu, ya, za, la, wa, mfumo, mpya, zamani, ile, hii, hiyo,
    sasa, leo, simu, laini, akaunti, muda, wetu, yangu mimi, my, your, his, her, our, their, the,
    new, old, current, temporary, temp, default, for, of, account, user, system, code, number, no,
    yng, yang, yngu, zangu, lang, langu, wng, y, w, z, no., mtumiaji
""")
"""May stand between the name and the secret."""

THINGS = _table("""
    kompyuta, laptop, printa, wifi, wi-fi, router, ruta, mtandao, kuingia, kuingilia, kwenye,
    ninayotumia, ninayoitumia, niliyoweka, niliyopewa, nayotumia, inayotumika, ofisi, ofisini, mimi,
    yeye, mtumishi, kwa, on, in, at, to, log, i, use, used, was, given, set, computer, login,
    office, server, seva, nimeweka, mapato, mishahara, manunuzi, vituo, natumia, natumiwa, hii
""")
"""May stand there too if a copula follows."""

COPULAS = _table("""
    ni, n, ndiyo, ndio, ndo, ilikuwa, itakuwa, iwe, is, was, equals, ni hii, ni hiyo, is now, ilikuwa ni,
    hii hapa, ni hii hapa, nadhani ni, ndo hii, ndiyo hii
""")
"""Said before a secret: even a plain word after them may be it."""

PREFACES = _table("""
    namba ya simu, jina la mtoto, jina la mwanangu, jina la mke wangu, jina langu, mwaka, mwaka wa kuzaliwa,
    my phone number, my name, the year, the same, ileile, maneno, neno
""")
"""Said of a secret before it is said: "ni mwaka 1987"."""

WEAK_COPULAS = _table("""
    kuwa, kwa, to, as, iwekwe, nimeweka, niliweka, natumia, weka, imekuwa, with
""")
"""Said before a secret, and before much else."""

ANNOUNCERS = _table("""
    ndiyo, ndio, ndo, ni, is, as, kama, hii ndo, hii ndio, hii ndiyo, hiyo ndo, hiyo ndio, hiyo ndiyo,
    this is
""")
"""Said between a secret and its name."""

CLAUSE_STARTS = _table("""
    naomba, ninaomba, nisaidie, nisaidieni, tafadhali, asante, ahsante, na, lakini, ila, ambayo, kwa,
    haikubali, haifanyi, imegoma, inakataa, please, pls, thanks, thank, but, and, kindly, for, it
""")
"""With one of these, what was said of a password is over."""

SYSTEMS = _table("""
    MUSE, IFMIS, Epicor, HCMIS, Lawson, ESS, PEPMIS, PIPMIS, Watumishi portal, salary slip, GSPP,
    TAUSI, LGRCIS, POS, PlanRep, PlanRep web, FFARS, GoT-HoMIS, GoTHoMIS, HoMIS, NeST, TANePS,
    e-Office, eOffice, e-Board, eBoard, e-Mikutano, eMikutano, email, e-mail, barua pepe, baruapepe,
    GMS, mail, webmail, tovuti, website, GWF, SIS, PReM, PReMS, MadeniMIS, Madeni, iMES, e-Vibali,
    eVibali, vibali, e-Mrejesho, GAMIS, domain, Windows, VPN, LAN, GovNet, GePG, HFR, DHIS2,
    AfyaMIS, MPesa, M-Pesa, WhatsApp, YouTube, Gmail, WiFi, Wi-Fi, IDs, PINs, OTPs
""")
"""Names of systems, also where their shape (capitals inside, a digit) is that of a secret."""

ORDINARY = _table("""
    mbaya, nzuri, sahihi, siri, muhimu, tatizo, shida, changamoto, ile, hii, hiyo, ya, yangu, yako,
    yake, za, la, wa, kwa, kama, kwamba, nini, ipi, gani, lazima, ngumu, rahisi, fupi, ndefu, mpya,
    zamani, moja, mbili, si, sio, siyo, batili, ngapi, kosa, halali, dhaifu, imara, binafsi, mali,
    hatari, jukumu, wajibu, bure, ileile, nyingine, tofauti, sawa, kubwa, ndogo, kitu, neno, namba,
    herufi, hivyo, hapana, ndiyo, tu, pia, bado, marufuku, ombi, weka, badili, lini, wapi,
    nani, tayari, kwenye, imesahaulika,
    imeisha, haifanyi, haikubali, haipo, not, wrong, right, correct, incorrect, expired, expiring,
    lost, forgotten, locked, blocked, invalid, the, a, an, my, mine, your, yours, too, very, now,
    being, reset, required, needed, necessary, weak, strong, secret, private, personal, never,
    always, still, also, good, bad, long, short, old, new, what, that, this, same, different,
    unknown, missing, important, confidential, refused, rejected, accepted, changed, disabled, no,
    yes, only, one, asked, requested, shared, yet, up, due, about, set, sent, stuck, failing, gone,
    compromised, stolen, known, unsafe, safe, case, empty, valid, working, issue, problem
""")
"""What a sentence may say of a password: never taken for the password itself."""

NAMES_A_THING = _table("""
    username, user, user name, login, mtumiaji, jina, kompyuta, laptop, printa, printer, router, seva, server,
    simu, chumba, room, mfano, model, toleo, version, serial, tag, kituo, shule, code, namba, kumb
""")
"""With one of these right before it, a word with digits in it is the name of that."""
