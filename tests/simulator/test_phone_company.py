"""The sessions that the page's handset holds, through the control endpoints."""

from collections.abc import Iterator

import httpx
import pytest

from tests.simulator.listening_desk import ListeningDesk

ASHA = "+255754000001"


@pytest.fixture
def control(simulator_url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{simulator_url}/control", trust_env=False) as client:
        yield client


def test_dialling_again_ends_the_session_before(control: httpx.Client, desk: ListeningDesk) -> None:
    first = control.post("/ussd/dial", json={"phone": ASHA}).json()
    second = control.post("/ussd/dial", json={"phone": ASHA, "code": "*384*123*2#"}).json()
    assert first["session"] != second["session"]
    assert second["text"] == "umeandika 2"
    assert desk.wait_for("ussd-end")[0]["sessionId"] == first["session"]
    answer = control.post("/ussd/send", json={"session": first["session"], "keys": "1"})
    assert answer.status_code == 409


@pytest.mark.parametrize("options", [{"idle_after": 0.05}])
def test_who_says_nothing_is_cut_off(control: httpx.Client, desk: ListeningDesk) -> None:
    control.post("/ussd/dial", json={"phone": ASHA})
    assert desk.wait_for("ussd-end")[0]["status"] == "Incomplete"


def test_a_hop_may_be_doubled_by_the_network(control: httpx.Client, desk: ListeningDesk) -> None:
    session = control.post("/ussd/dial", json={"phone": ASHA}).json()["session"]
    control.post("/ussd/send", json={"session": session, "keys": "1", "times": 3})
    assert [hop["text"] for hop in desk.heard("ussd")] == ["", "1", "1", "1"]


@pytest.mark.parametrize("options", [{"hop_deadline": 0.05}])
def test_a_desk_that_thinks_too_long_loses_the_session(control: httpx.Client, desk: ListeningDesk) -> None:
    desk.pause = 1.0
    shown = control.post("/ussd/dial", json={"phone": ASHA}).json()
    assert not shown["open"]
    assert shown["faults"] == ["no answer within 0.05 s"]


def test_a_lost_signal_is_not_told(control: httpx.Client, desk: ListeningDesk) -> None:
    session = control.post("/ussd/dial", json={"phone": ASHA}).json()["session"]
    assert control.post("/ussd/end", json={"session": session, "event": False}).json() == {"open": False}
    assert desk.heard("ussd-end") == []


@pytest.mark.parametrize("body", ["[]", "{", '{"phone": 7}'])
def test_bad_control_requests_are_refused(control: httpx.Client, body: str) -> None:
    answer = control.post("/ussd/dial", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400
