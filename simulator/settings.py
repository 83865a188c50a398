"""What a simulator needs to know: where the desk listens, and who lives in its world."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class CastMember:
    """One person to be on the page: the same on the handset, the SMS thread and Telegram.

    `phone` is E.164. A `telegram_id` means that the person has already pressed Start in the bot, so that
    the bot may write first; without one the person gets an id and must write first, as in Telegram.
    """

    name: str
    phone: str
    description: str = ""
    telegram_id: int | None = None
    language: str = "sw"
    network_code: str = "64004"


@dataclass(frozen=True)
class SimulatorSettings:
    """Addresses are without a trailing slash. Times are seconds.

    `telegram_webhook_secret` set means that the bot's webhook already points at the desk when the simulator
    starts; None means that none is set, and the desk polls or calls setWebhook.
    `at_username` and `at_api_key` of None accept whatever is sent, as long as something is.
    """

    desk_url: str
    at_hook_key: str = field(repr=False)
    bot_token: str = field(repr=False)
    telegram_webhook_secret: str | None = field(default=None, repr=False)
    ussd_code: str = "*384*123#"
    short_code: str = "15200"
    sender_id: str = "DAWATI"
    cast: tuple[CastMember, ...] = ()
    at_username: str | None = None
    at_api_key: str | None = field(default=None, repr=False)
    bot_username: str = "dawati_bot"
    bot_name: str = "Dawati"
    rate_limits: bool = False
    price_per_part: float = 22.0  # TZS; what Tanzania's networks were seen to charge
    report_after: float = 1.0  # from sending to the delivery report
    repeat_every: float = 2.0  # the real gateway repeats every minute
    repeats: int = 30
    hop_deadline: float = 10.0  # published for USSD
    idle_after: float = 180.0  # published for Kenya; nothing is for Tanzania
    callback_lifetime: float = 120.0  # after which a tap can no longer be answered
    webhook_retry: float = 0.5  # first pause; doubles to at most 30
