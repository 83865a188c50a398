"""Telegram's limits on sending. Each call says how many seconds to wait; 0 is go ahead."""

import math
from collections import defaultdict, deque
from collections.abc import Callable

_OVERALL = (30, 1.0)  # messages, seconds
_GROUP = (20, 60.0)
_CHAT = (3, 3.0)  # one a second, and a short burst is forgiven


class Limits:
    """Sliding windows over the times of what was let through."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.sent: defaultdict[int, deque[float]] = defaultdict(deque)
        self.all: deque[float] = deque()

    def wait(self, chat_id: int) -> int:
        """Counts the message if it may go now."""
        now = self.clock()
        window = _GROUP if chat_id < 0 else _CHAT
        pause = max(_pause(self.all, now, _OVERALL), _pause(self.sent[chat_id], now, window))
        if pause > 0:
            return math.ceil(pause)
        self.all.append(now)
        self.sent[chat_id].append(now)
        return 0


def _pause(times: deque[float], now: float, window: tuple[int, float]) -> float:
    count, seconds = window
    while times and times[0] <= now - seconds:
        times.popleft()
    return times[0] + seconds - now if len(times) >= count else 0.0
