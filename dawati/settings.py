"""Every setting of the desk, from the environment or `.env`. A wrong or missing one stops the start in one sentence."""

import ipaddress
import re
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SHORTEST_SECRET = 16  # characters of a secret that stands between a hook and the world
SHORTEST_KEY = 32  # characters of the desk's own key
DEMO = "demo"
DEMO_KEY = "demonstration only: this key protects nothing"
_URL_SAFE = re.compile(r"[A-Za-z0-9_-]{1,256}")
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_CODE = re.compile(r"\*[0-9*]+#")


class WrongSetting(Exception):
    """The sentence names the setting and what it should be."""


class Settings(BaseSettings):
    """See `.env.example`, which says the same for a person who installs."""

    model_config = SettingsConfigDict(
        env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True, hide_input_in_errors=True
    )

    database_url: str = Field(
        default="sqlite:///data/dawati.db",
        description="Where everything is kept: sqlite:///file for one machine, "
        "postgresql+psycopg://user:password@host/name for several.",
    )
    secret_key: SecretStr = Field(
        default=SecretStr(""),
        description="The desk's own key, at least 32 characters that nobody can guess. `dawati init` makes one. "
        "The histories of tickets are sealed with it: keep it with the backups, and do not change it.",
    )
    public_url: str = Field(
        default="",
        description="The address at which people and gateways reach the desk, without a slash at its end. "
        "Empty: http://127.0.0.1 at PORT. With https the log-in cookies are secure.",
    )
    port: int = Field(default=8000, ge=1, le=65535, description="The port on which the desk listens.")
    timezone: str = Field(
        default="Africa/Dar_es_Salaam", description="The institution's time zone, as the tz database names it."
    )
    telegram_mode: Literal["off", "polling", "webhook"] = Field(
        default="off",
        description="How the desk hears Telegram: off, polling (needs no public address), or webhook.",
    )
    telegram_bot_token: SecretStr = Field(default=SecretStr(""), description="The bot's token, from @BotFather.")
    telegram_api_url: str = Field(
        default="https://api.telegram.org",
        description="Where the Bot API answers: Telegram's own, or anything that speaks the same.",
    )
    telegram_webhook_secret: SecretStr = Field(
        default=SecretStr(""),
        description="What Telegram shows with each update in webhook mode: 16 to 256 letters, digits, _ and -.",
    )
    at_username: str = Field(
        default="", description="The user name at Africa's Talking; `sandbox` in the sandbox. Empty: no SMS is sent."
    )
    at_api_key: SecretStr = Field(default=SecretStr(""), description="The API key at Africa's Talking.")
    at_api_url: str = Field(
        default="https://api.africastalking.com",
        description="Where the SMS gateway answers: Africa's Talking, its sandbox, or anything that speaks the same.",
    )
    at_sender_id: str = Field(
        default="",
        max_length=11,
        description="The registered sender name of the desk's SMS, at most 11 characters. Empty: the gateway's own.",
    )
    at_short_code: str = Field(default="", description="The number to which people send SMS.")
    at_hook_key: SecretStr = Field(
        default=SecretStr(""),
        description="The secret part of the addresses that Africa's Talking calls, "
        "PUBLIC_URL/hooks/africastalking/AT_HOOK_KEY/ussd and so on: at least 16 letters, digits, _ and -. "
        "Empty: those addresses are closed.",
    )
    ussd_code: str = Field(default="", description="What people dial, such as *384*123#.")
    simulator: Literal["on", "off"] = Field(
        default="off",
        description="on: the rehearsal with simulated gateways at /simulator. Never where real people are served.",
    )

    @property
    def rehearses(self) -> bool:
        return self.simulator == "on"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def embedded(self) -> bool:
        return self.database_url.startswith("sqlite:")

    @property
    def telegram_is_real(self) -> bool:
        return not _is_this_machine(self.telegram_api_url)

    @property
    def sms_is_real(self) -> bool:
        return not _is_this_machine(self.at_api_url)

    @property
    def sends_sms(self) -> bool:
        return bool(self.at_username)

    @field_validator("database_url")
    @classmethod
    def _a_database(cls, url: str) -> str:
        scheme, _, rest = url.partition(":///" if url.startswith("sqlite") else "://")
        if scheme not in ("sqlite", "postgresql", "postgresql+psycopg") or not rest or "?" in rest[:1]:
            raise ValueError("must begin with sqlite:/// or postgresql+psycopg:// and name a database")
        return url

    @field_validator("timezone")
    @classmethod
    def _a_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError("must be a time zone such as Africa/Dar_es_Salaam") from error
        return name

    @field_validator("public_url", "telegram_api_url", "at_api_url")
    @classmethod
    def _an_address(cls, url: str) -> str:
        if not url:
            return url
        wrong = ValueError("must be an address such as https://desk.example.go.tz")
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise wrong from None
        if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
            raise wrong
        if parts.query or parts.fragment or parts.username is not None:
            raise wrong
        return url.rstrip("/")

    @field_validator("telegram_bot_token")
    @classmethod
    def _a_token(cls, token: SecretStr) -> SecretStr:
        return _matches(token, _TOKEN, "must look like 123456:letters, as @BotFather gives it")

    @field_validator("telegram_webhook_secret", "at_hook_key")
    @classmethod
    def _goes_into_a_url(cls, secret: SecretStr) -> SecretStr:
        return _matches(secret, _URL_SAFE, "may hold only letters, digits, _ and -, at most 256")

    @field_validator("at_short_code")
    @classmethod
    def _a_short_code(cls, code: str) -> str:
        if code and not re.fullmatch(r"\+?[0-9]{3,15}", code):
            raise ValueError("must be a number such as 15200")
        return code

    @field_validator("ussd_code")
    @classmethod
    def _a_ussd_code(cls, code: str) -> str:
        if code and not _CODE.fullmatch(code):
            raise ValueError("must look like *384*123#")
        return code


def read_settings(env_file: Path | None = Path(".env")) -> Settings:
    """From the environment, else from the file. Raises `WrongSetting`."""
    return _fitting(_read(env_file))


def read_demo_settings(env_file: Path | None = Path(".env"), port: int | None = None) -> Settings:
    """The same, with everything that is not set standing for the rehearsal on this machine."""
    given = _read(env_file)
    port = port or given.port
    missing = {name: value for name, value in demo_defaults(port).items() if name not in given.model_fields_set}
    return _fitting(given.model_copy(update={**missing, "port": port, "simulator": "on"}))


def demo_defaults(port: int) -> dict[str, Any]:
    here = f"http://127.0.0.1:{port}/simulator"
    return {
        "secret_key": SecretStr(DEMO_KEY),
        "telegram_mode": "webhook",
        "telegram_bot_token": SecretStr("7000000001:demonstration-of-dawati-AAAAAAAAAAA"),
        "telegram_api_url": f"{here}/telegram",
        "telegram_webhook_secret": SecretStr(DEMO),
        "at_username": "sandbox",
        "at_api_key": SecretStr(DEMO),
        "at_api_url": f"{here}/africastalking",
        "at_sender_id": "DAWATI",
        "at_short_code": "15200",
        "at_hook_key": SecretStr(DEMO),
        "ussd_code": "*384*123#",
    }


def _read(env_file: Path | None) -> Settings:
    try:
        return Settings(_env_file=env_file)
    except ValidationError as errors:
        first = errors.errors(include_url=False, include_input=False)[0]
        name, wrong = str(first["loc"][0]).upper(), first["msg"]
        if first["type"] == "value_error":  # ours, which goes on from the name
            raise WrongSetting(f"{name} {wrong.removeprefix('Value error, ')}.") from None
        raise WrongSetting(f"{name} is wrong: {wrong[0].lower()}{wrong[1:]}.") from None
    except (OSError, UnicodeError) as error:
        raise WrongSetting(f"The file {env_file} cannot be read: {error}.") from error


def _fitting(settings: Settings) -> Settings:
    """Settings of which each is right, if they also fit together."""
    if not settings.public_url:
        settings = settings.model_copy(update={"public_url": f"http://127.0.0.1:{settings.port}"})
    key = settings.secret_key.get_secret_value()
    token = settings.telegram_bot_token.get_secret_value()
    webhook_secret = settings.telegram_webhook_secret.get_secret_value()
    api_key, hook_key = settings.at_api_key.get_secret_value(), settings.at_hook_key.get_secret_value()
    mode = settings.telegram_mode
    wrongs = {
        f"SECRET_KEY must be at least {SHORTEST_KEY} characters; `dawati init` makes one.": len(key) < SHORTEST_KEY,
        f"TELEGRAM_BOT_TOKEN is missing, which TELEGRAM_MODE={mode} needs.": mode != "off" and not token,
        "TELEGRAM_WEBHOOK_SECRET is missing, which TELEGRAM_MODE=webhook needs.": mode == "webhook"
        and not webhook_secret,
        "AT_API_KEY is missing, which AT_USERNAME needs.": settings.at_username and not api_key,
        "AT_USERNAME is missing, which AT_API_KEY needs.": api_key and not settings.at_username,
    }
    if not settings.rehearses:
        wrongs["SECRET_KEY is the demonstration's, which needs SIMULATOR=on."] = key == DEMO_KEY
        for name, secret in (("TELEGRAM_WEBHOOK_SECRET", webhook_secret), ("AT_HOOK_KEY", hook_key)):
            wrongs[f"{name} is the demonstration's, which needs SIMULATOR=on."] = secret == DEMO
            wrongs[f"{name} must be at least {SHORTEST_SECRET} characters."] = 0 < len(secret) < SHORTEST_SECRET
    for sentence, holds in wrongs.items():
        if holds:
            raise WrongSetting(sentence)
    return settings


def _matches(secret: SecretStr, shape: re.Pattern[str], wrong: str) -> SecretStr:
    value = secret.get_secret_value()
    if value and not shape.fullmatch(value):
        raise ValueError(wrong)
    return secret


def _is_this_machine(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
