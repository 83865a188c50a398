"""How a test makes the outside worlds misbehave, over HTTP: so the simulator may run anywhere."""

from typing import Any

import httpx


class Backstage:
    """`simulator_url` is the simulator's base, without a trailing slash."""

    def __init__(self, simulator_url: str) -> None:
        self.simulator_url = simulator_url

    def script_sms(self, *scripts: dict[str, Any], number: str = "*") -> None:
        """What happens to the next sends to this number, one after the other; see `SmsScript` for the words.

        `{"code": 406}`, `{"http": 500}`, `{"wait": 20}` (sent, but the answer is late),
        `{"refusal": "InsufficientBalance"}`, `{"reports": [{"status": "Failed", "after": 0.1}]}`,
        `{"reports": []}` (none ever).
        """
        self._post("sms", number=number, next=list(scripts))

    def fail_telegram(self, method: str = "*", **fault: Any) -> None:
        """See `Fault` for the words: `code`, `description`, `times` (-1: until healed), `wait`, `after`,
        `retry_after`."""
        self._post("telegram/faults", method=method, **fault)

    def kill_telegram(self) -> None:
        """Every call fails until `heal_telegram`."""
        self.fail_telegram(code=502, description="Bad Gateway", times=-1)

    def heal_telegram(self) -> None:
        self._post("telegram/faults", clear=True)

    def limit_telegram(self, on: bool = True) -> None:
        """Telegram's own limits on sending: 429 with the seconds to wait."""
        self._post("telegram/limits", on=on)

    def _post(self, path: str, **body: Any) -> None:
        url = f"{self.simulator_url}/control/{path}"
        httpx.post(url, json=body, trust_env=False).raise_for_status()
