"""kill -9 in the middle: nothing is sent twice on the channel on which it may have gone, and nothing is forgotten."""

import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from handlers.debts import UNKNOWN_WAIT
from models.commands import DESK, SettleSilence
from models.tables.notice import Debt, Fate
from tests.delivery.owing import attempts, notice, owe
from tests.support.cast import Desk, desk_on
from tests.support.paying import pay

ROOT = Path(__file__).parent.parent.parent
NOTICES = 60


def killed_in_the_middle(desk: Desk, log: Path, after: int) -> list[str]:
    """What the gateway was handed before the worker died."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.delivery.doomed_worker", desk.door.database.url, str(log)], cwd=ROOT
    ) as doomed:
        while not log.exists() or len(log.read_text().splitlines()) < after:
            assert doomed.poll() is None, "it died by itself"
            time.sleep(0.005)
        doomed.kill()
    return log.read_text().splitlines()


def nothing_twice_and_nothing_forgotten(desk: Desk, log: Path, after: int) -> None:
    owed = [
        owe(desk, f"neno {number}", ["sms", f"+2557540001{number:02}"], ["telegram", str(number)])
        for number in range(NOTICES)
    ]
    handed = killed_in_the_middle(desk, log, after)
    in_the_air = [each for each in attempts(desk) if each.fate is Fate.SENDING]
    assert in_the_air, "the worker was killed with something in its hands"

    by_sms = Counter(handed)
    by_chat = Counter[str]()
    for _ in range(3):
        for each in pay(desk):
            (by_sms if each.channel == "sms" else by_chat)[each.screen.text] += 1
        desk.clock.at += UNKNOWN_WAIT
        desk.do(SettleSilence(), DESK)
    desk.clock.forward(hours=25)
    desk.do(SettleSilence(), DESK)

    assert [text for text, times in by_sms.items() if times > 1] == []
    assert sum(by_chat.values()) == len(in_the_air), "the other channel took what may never have gone"
    assert {notice(desk, each).debt for each in owed} == {Debt.PAID}
    assert set(by_sms) | set(by_chat) == {f"neno {number}" for number in range(NOTICES)}


@pytest.mark.parametrize("after", [1, 17])
def test_killed_on_sqlite(desk: Desk, tmp_path: Path, after: int) -> None:
    nothing_twice_and_nothing_forgotten(desk, tmp_path / "gateway.log", after)


def test_killed_on_postgresql(postgres_url: str, tmp_path: Path) -> None:
    desk = desk_on(postgres_url)
    nothing_twice_and_nothing_forgotten(desk, tmp_path / "gateway.log", 9)
    desk.door.database.close()
