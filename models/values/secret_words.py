"""The words by which `secret` knows a secret when it reads one, in both languages as people write them."""


def _table(words: str) -> tuple[str, ...]:
    return tuple(" ".join(word.split()) for word in words.split(","))


NAMES = _table("""
    nywila, nywira, nenosiri, neno siri, neno la siri, maneno ya siri,
    neno langu la siri, neno lako la siri, neno lake la siri,
    namba yangu ya siri, namba yako ya siri, namba yake ya siri, namba ya siri, namba siri,
    nambari ya siri, na. ya siri, siri yangu, paswadi, paswedi, pasiwedi, paswod, password,
    passwords, pasword, passward, passwd, pass word, passcode, passphrase, pass, pwd, psw, pswd,
    pword, p/w, pw, pin, pin code, pin number, pinkodi, otp, one time code, verification code, namba
    ya uthibitisho
""")
"""What a secret is called."""

LINKS = _table("""
    yangu, yako, yake, yao, yetu, yenu, wangu, ya, za, la, wa, mfumo, mpya, zamani, ile, hii, hiyo,
    sasa, leo, simu, laini, akaunti, muda, wetu, yangu mimi, my, your, his, her, our, their, the,
    new, old, current, temporary, temp, default, for, of, account, user, system, code, number, no
""")
"""May stand between the name and the secret."""

THINGS = _table("""
    kompyuta, laptop, printa, wifi, wi-fi, router, ruta, mtandao, kuingia, kuingilia, kwenye,
    ninayotumia, ninayoitumia, niliyoweka, niliyopewa, nayotumia, inayotumika, ofisi, ofisini, mimi,
    yeye, mtumishi, kwa, on, in, at, to, log, i, use, used, was, given, set, computer, login,
    office, server, seva, nimeweka, mapato, mishahara, manunuzi, vituo
""")
"""May stand there too if a copula follows."""

COPULAS = _table("""
    ni, ndiyo, ndio, ilikuwa, itakuwa, iwe, is, was, equals, ni hii, ni hiyo, is now
""")
"""Said before a secret: even a plain word after them may be it."""

WEAK_COPULAS = _table("""
    kuwa, kwa, to, as, iwekwe, nimeweka, niliweka, natumia, weka, imekuwa, with
""")
"""Said before a secret, and before much else."""

ANNOUNCERS = _table("""
    ndiyo, ndio, ni, is, as, kama
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
