"""The desk's three services, each told once and run on every channel."""

from models.commands import (
    AskRequester,
    CarryOutAccount,
    ClaimTicket,
    ConfirmAsSecond,
    EndCallBack,
    ResolveTicket,
    StartCallBack,
)
from models.tables import AccountRequest, History, Ticket, Words
from models.tables.account import AccountState
from models.tables.proving import CallOutcome
from models.tables.ticket import Channel, State
from tests.stories.conftest import Town

NUMBER = "2600001-0"


def only(town: Town) -> Ticket:
    (ticket,) = town.desk.all(Ticket)
    return ticket


def test_a_fault_is_reported_worked_on_and_confirmed(town: Town, channel: str) -> None:
    juma, neema = town.voice("juma", channel), town.voice("neema", "telegram")
    juma.begin()
    juma.choose_all("hitilafu", "printa", "haichapishi")
    juma.type("00412")
    assert "MVM/ICT/00412" in juma.reads
    assert NUMBER in juma.choose("tuma")
    ticket = only(town)
    assert ticket.channel == Channel(channel)
    neema.hears(NUMBER)

    at_work = town.desk.officer("neema")
    town.desk.do(ClaimTicket(ticket.id or 0), at_work)
    juma.hears("Neema Mushi")
    town.desk.do(AskRequester(ticket.id or 0, "Je, taa ya printa inawaka?"), at_work)
    juma.hears("Je, taa ya printa inawaka?")
    if channel == "ussd":
        juma.begin()
        juma.choose(NUMBER)
    assert NUMBER in juma.type("Ndiyo inawaka, kijani")
    assert town.desk.all(Words)[-1].text == "Ndiyo inawaka, kijani"

    town.desk.do(ResolveTicket(ticket.id or 0, "Tumebadilisha waya."), at_work)
    juma.hears("Tumebadilisha waya.")
    if channel == "ussd":
        juma.begin()
        juma.choose(NUMBER)
    assert NUMBER in juma.choose("ndiyo")
    juma.choose("nzuri sana")
    assert (only(town).state, only(town).rating) == (State.CLOSED, 5)
    events = [row.event for row in town.desk.all(History) if not row.event.startswith("notice_")]
    assert events == ["reported", "claimed", "asked", "answered", "resolved", "confirmed", "rated"]


def test_a_repair_that_does_not_hold_is_reopened(town: Town, channel: str) -> None:
    juma = town.voice("juma", channel)
    juma.begin()
    juma.choose_all("hitilafu", "mtandao", "nzima", "tuma")
    town.desk.do(ResolveTicket(only(town).id or 0, "Tumewasha swichi."), town.desk.officer("neema"))
    juma.hears("Tumewasha swichi.")
    if channel == "ussd":
        juma.begin()
        juma.choose(NUMBER)
    juma.choose("bado")
    assert NUMBER in juma.type("Hakuna mtandao kabisa")
    assert (only(town).state, only(town).reopened) == (State.ASSIGNED, 1)


def test_an_account_is_asked_for_approved_and_carried_out(town: Town, channel: str) -> None:
    """On a system of the strictest tier: each proves who they are, and two officers look at it."""
    juma, theresia = town.voice("juma", channel), town.voice("theresia", channel)
    jumas, theresias = town.other("juma", channel), town.other("theresia", channel)
    juma.begin()
    juma.choose("nywila")
    juma.type("lawson")
    juma.choose("nimesahau")
    juma.type("juma.hassan")
    juma.proves(jumas)
    assert "Theresia Kavishe" in juma.choose("tuma")

    theresia.hears("Juma Hassan")
    if channel == "ussd":
        theresia.begin()
        theresia.choose(NUMBER)
    theresia.choose("ndiyo")
    assert NUMBER in theresia.proves(theresias)

    ticket_id, at_work = only(town).id or 0, town.desk.officer("neema")
    town.desk.do(StartCallBack(ticket_id), at_work)
    juma.hears("Neema Mushi")
    town.desk.do(EndCallBack(ticket_id, CallOutcome.GENUINE), at_work)
    town.desk.joins("amina")
    town.desk.do(ConfirmAsSecond(ticket_id), town.desk.officer("amina"))
    town.desk.do(CarryOutAccount(only(town).id or 0, "Fungua kiungo ulichotumiwa."), town.desk.officer("neema"))
    juma.hears("Fungua kiungo ulichotumiwa.")
    (request,) = town.desk.all(AccountRequest)
    assert (request.state, request.user_name) == (AccountState.DONE, "juma.hassan")


def test_an_account_is_refused(town: Town, channel: str) -> None:
    juma, theresia = town.voice("juma", channel), town.voice("theresia", channel)
    jumas = town.other("juma", channel)
    juma.begin()
    juma.choose("nywila")
    juma.type("MUSE")
    juma.choose("imefungwa")
    juma.type("juma.hassan")
    juma.proves(jumas)
    juma.choose("tuma")
    theresia.hears("Juma Hassan")
    if channel == "ussd":
        theresia.begin()
        theresia.choose(NUMBER)
    theresia.choose("hapana")
    juma.hears("Theresia Kavishe")
    assert only(town).state == State.CANCELLED


def test_a_device_answers_for_itself_in_one_screen(town: Town, channel: str) -> None:
    juma = town.voice("juma", channel)
    juma.begin()
    juma.choose("kifaa")
    card = juma.type("SN00412")
    assert "MVM/ICT/00412" in card
    assert "Idara ya Fedha" in card


def test_it_is_said_in_english_to_those_who_ask_for_it(town: Town, channel: str) -> None:
    juma = town.voice("juma", channel)
    juma.begin()
    juma.choose("language")
    juma.choose("english")
    juma.begin()
    juma.choose_all("report a fault", "network", "whole office")
    assert "Thank you" in juma.choose("send")
    assert only(town).state == State.NEW
