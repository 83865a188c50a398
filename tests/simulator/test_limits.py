"""How fast a bot may speak, by a clock that stands still."""

from simulator.telegram.limits import Limits

GROUP, PERSON = -5, 5


class Clock:
    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def test_a_person_gets_a_short_burst_and_then_one_a_second() -> None:
    clock = Clock()
    limits = Limits(clock)
    assert [limits.wait(PERSON) for _ in range(4)] == [0, 0, 0, 3]
    clock.seconds += 3
    assert limits.wait(PERSON) == 0


def test_a_group_gets_twenty_a_minute() -> None:
    clock = Clock()
    limits = Limits(clock)
    for _ in range(20):
        assert limits.wait(GROUP) == 0
        clock.seconds += 1
    assert limits.wait(GROUP) == 40
    assert limits.wait(PERSON) == 0


def test_all_together_get_thirty_a_second() -> None:
    limits = Limits(Clock())
    waits = [limits.wait(person) for person in range(1, 32)]
    assert waits == [0] * 30 + [1]
