"""The SMS gateway, met by the africastalking package as it is."""

import json
from collections.abc import Sequence
from typing import Any

import httpx
import pytest
import requests
from africastalking.Service import AfricasTalkingException
from africastalking.SMS import SMSService
from hypothesis import given
from hypothesis import strategies as st

from simulator.backstage import Backstage
from simulator.gsm import septets, sms_parts
from simulator.handset import Handset
from tests.simulator.listening_desk import ListeningDesk

ASHA = "+255754000001"


@pytest.fixture
def gateway(simulator_url: str) -> SMSService:
    service = SMSService("sandbox", "a-key")
    service._baseUrl = f"{simulator_url}/africastalking/version1"
    return service


def send(gateway: SMSService, text: str = "Habari", to: Sequence[str] = (ASHA,), **more: Any) -> Any:
    return json.loads(gateway.send(text, list(to), **more))["SMSMessageData"]


def test_a_message_reaches_the_phone_and_a_report_comes(
    desk: ListeningDesk, gateway: SMSService, handset: Handset
) -> None:
    answer = send(gateway, "Habari Asha", sender_id="DAWATI")
    assert answer["Message"] == "Sent to 1/1 Total Cost: TZS 22.0000"
    recipient = answer["Recipients"][0]
    assert recipient["statusCode"] == 101
    assert recipient["status"] == "Success"
    assert recipient["cost"] == "TZS 22.0000"
    assert recipient["messageId"].startswith("ATXid_")
    assert handset.inbox == ["Habari Asha"]
    report = desk.wait_for("delivery")[0]
    assert report["id"] == recipient["messageId"]
    assert report["status"] == "Success"
    assert set(report) == {"id", "status", "phoneNumber", "networkCode", "retryCount"}


def test_the_answer_is_json_that_the_package_does_not_parse_itself(gateway: SMSService) -> None:
    assert isinstance(gateway.send("Habari", [ASHA]), str)


def test_parts_are_counted_and_paid_for(gateway: SMSService) -> None:
    answer = send(gateway, "a" * 161)
    assert answer["Recipients"][0]["messageParts"] == 2
    assert answer["Message"].endswith("TZS 44.0000")
    assert send(gateway, "Karibu – dawati" + "a" * 60)["Recipients"][0]["messageParts"] == 2


@pytest.mark.parametrize("code", [100, 102, 401, 402, 403, 404, 405, 406, 407, 409, 500, 501, 502])
def test_every_status_code_can_be_had(gateway: SMSService, backstage: Backstage, handset: Handset, code: int) -> None:
    backstage.script_sms({"code": code, "reports": []})
    recipient = send(gateway)["Recipients"][0]
    assert recipient["statusCode"] == code
    assert (recipient["messageId"] == "None") == (code > 102)
    assert len(handset.inbox) == (1 if code <= 102 else 0)
    assert send(gateway)["Recipients"][0]["statusCode"] == 101


def test_one_of_many_may_be_refused(gateway: SMSService, backstage: Backstage) -> None:
    backstage.script_sms({"code": 406}, number="+255655000002")
    answer = send(gateway, to=[ASHA, "+255655000002"])
    assert answer["Message"] == "Sent to 1/2 Total Cost: TZS 22.0000"
    assert [one["statusCode"] for one in answer["Recipients"]] == [101, 406]


def test_a_refused_request_is_201_without_recipients(gateway: SMSService, backstage: Backstage) -> None:
    backstage.script_sms({"refusal": "InsufficientBalance"})
    assert send(gateway) == {"Message": "InsufficientBalance", "Recipients": []}
    assert send(gateway, sender_id="NOBODY") == {"Message": "InvalidSenderId", "Recipients": []}


def test_an_error_of_the_server_is_an_exception_of_the_package(
    gateway: SMSService, backstage: Backstage, handset: Handset
) -> None:
    backstage.script_sms({"http": 500})
    with pytest.raises(AfricasTalkingException):
        send(gateway)
    assert handset.inbox == []


def test_a_time_out_after_having_sent(gateway: SMSService, backstage: Backstage, handset: Handset) -> None:
    backstage.script_sms({"wait": 2})
    with pytest.raises(requests.exceptions.ReadTimeout):
        send(gateway, timeout=(1, 0.1))
    assert handset.inbox == ["Habari"]


def test_reports_come_in_any_order_and_again_until_they_are_taken(
    desk: ListeningDesk, gateway: SMSService, backstage: Backstage
) -> None:
    desk.statuses = [500]
    reports = [{"status": "Failed", "reason": "UserNotInService"}, {"status": "Buffered", "after": 0.1}]
    backstage.script_sms({"reports": reports})
    send(gateway)
    heard = desk.wait_for("delivery", 3)
    assert [report["status"] for report in heard] == ["Failed", "Failed", "Buffered"]
    assert heard[0] == heard[1]
    assert heard[0]["failureReason"] == "UserNotInService"


def test_who_has_no_key_is_refused_in_words(simulator_url: str) -> None:
    url = f"{simulator_url}/africastalking/version1/messaging"
    answer = httpx.post(url, data={"username": "x", "to": ASHA, "message": "x"}, trust_env=False)
    assert answer.status_code == 401
    assert answer.text == "The supplied authentication is invalid"
    answer = httpx.post(url, data={"username": "x"}, headers={"apiKey": "k"}, trust_env=False)
    assert answer.status_code == 400
    assert "'to'" in answer.text


def test_who_does_not_ask_for_json_gets_xml(simulator_url: str) -> None:
    url = f"{simulator_url}/africastalking/version1/messaging"
    form = {"username": "x", "to": ASHA, "message": "<b>"}
    answer = httpx.post(url, data=form, headers={"apiKey": "k", "accept": "*/*"}, trust_env=False)
    assert answer.status_code == 201
    assert "<statusCode>101</statusCode>" in answer.text


def test_a_message_from_the_page_is_brought_until_the_desk_says_200(desk: ListeningDesk, simulator_url: str) -> None:
    desk.statuses = [503, 500]
    body = {"phone": ASHA, "text": "MSAADA"}
    httpx.post(f"{simulator_url}/control/sms/text", json=body, trust_env=False).raise_for_status()
    heard = desk.wait_for("sms", 3)
    assert heard[0] == heard[1] == heard[2]
    assert heard[0]["to"] == "15200"


def test_a_foreign_page_cannot_use_the_controls(simulator_url: str) -> None:
    answer = httpx.post(f"{simulator_url}/control/sms/text", data={"phone": ASHA, "text": "x"}, trust_env=False)
    assert answer.status_code == 415


@given(st.text(alphabet=st.sampled_from("aé€{}\n@Ω"), max_size=700))
def test_parts_hold_what_they_are_said_to_hold(text: str) -> None:
    parts, count = sms_parts(text), septets(text)
    assert count is not None
    assert (parts == 1) == (count <= 160)
    if parts > 1:
        assert count <= parts * 153
        assert (parts - 1) * 152 < count
