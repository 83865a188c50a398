"""A setting that is wrong or missing is named in one sentence; each is described where a person looks for it."""

import re
from pathlib import Path

import pytest

from dawati.settings import DEMO_KEY, Settings, WrongSetting, read_demo_settings, read_settings

EXAMPLE = Path(__file__).parent.parent.parent / ".env.example"
NAMES = [name.upper() for name in Settings.model_fields]
KEY = "k" * 32
LONG = "s" * 16


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def said(monkeypatch: pytest.MonkeyPatch, **settings: str) -> Settings:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    return read_settings(env_file=None)


def test_the_example_names_every_setting_and_no_other() -> None:
    assert re.findall(r"^#?([A-Z_]+)=", EXAMPLE.read_text("utf-8"), re.MULTILINE) == NAMES


def test_the_example_describes_each_as_the_program_does_with_its_default() -> None:
    text = EXAMPLE.read_text("utf-8")
    for name, field in Settings.model_fields.items():
        before, _, after = text.partition(f"{name.upper()}=")
        told = " ".join(line.lstrip("# ") for line in before.split("\n\n")[-1].splitlines())
        assert told.strip("# ") == field.description
        default = field.get_default()
        shown = default if isinstance(default, str | int) else default.get_secret_value()
        assert after.split("\n")[0] == str(shown)


def test_the_example_as_it_is_lacks_only_the_key(tmp_path: Path) -> None:
    with pytest.raises(WrongSetting, match=r"^SECRET_KEY must be at least 32 characters; .*\.$"):
        read_settings(env_file=EXAMPLE)
    filled = tmp_path / ".env"
    filled.write_text(re.sub("^SECRET_KEY=", f"SECRET_KEY={KEY}", EXAMPLE.read_text("utf-8"), flags=re.MULTILINE))
    assert read_settings(env_file=filled).public_url == "http://127.0.0.1:8000"


def test_the_environment_overrules_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"SECRET_KEY={KEY}\nPORT=9001\nUSSD_CODE=*152*00#\nUNKNOWN=1\n")
    monkeypatch.setenv("PORT", "9002")
    settings = read_settings(env_file=tmp_path / ".env")
    assert (settings.port, settings.ussd_code) == (9002, "*152*00#")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://somewhere/desk"),
        ("DATABASE_URL", "sqlite+pysqlite:///desk.db"),
        ("SECRET_KEY", "short"),
        ("PUBLIC_URL", "my.desk"),
        ("PUBLIC_URL", "https://somebody@desk.example.go.tz"),
        ("PUBLIC_URL", "https://desk.example.go.tz:port"),
        ("PORT", "80808"),
        ("PORT", "eighty"),
        ("TIMEZONE", "Africa/Dodoma"),
        ("TIMEZONE", "../etc/passwd"),
        ("TELEGRAM_MODE", "pulling"),
        ("TELEGRAM_BOT_TOKEN", "no-number"),
        ("TELEGRAM_API_URL", "ftp://api.telegram.org"),
        ("TELEGRAM_WEBHOOK_SECRET", "has spaces in it, and commas"),
        ("TELEGRAM_WEBHOOK_SECRET", "short"),
        ("AT_API_URL", "africastalking"),
        ("AT_SENDER_ID", "LONGER-THAN-ELEVEN"),
        ("AT_SHORT_CODE", "HELP"),
        ("AT_HOOK_KEY", "a/b?c=0123456789"),
        ("AT_HOOK_KEY", "short"),
        ("USSD_CODE", "999#"),
        ("SIMULATOR", "maybe"),
    ],
)
def test_a_wrong_setting_is_named_and_its_value_is_not_shown(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    with pytest.raises(WrongSetting) as refusal:
        said(monkeypatch, **{"SECRET_KEY": KEY, name: value})
    sentence = str(refusal.value)
    assert sentence.startswith(f"{name} ")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert value == "short" or value not in sentence


@pytest.mark.parametrize(
    ("named", "given"),
    [
        ("TELEGRAM_BOT_TOKEN", {"TELEGRAM_MODE": "polling"}),
        ("TELEGRAM_WEBHOOK_SECRET", {"TELEGRAM_MODE": "webhook", "TELEGRAM_BOT_TOKEN": "12:abc"}),
        ("AT_API_KEY", {"AT_USERNAME": "council"}),
        ("AT_USERNAME", {"AT_API_KEY": "atsk_0"}),
        ("AT_HOOK_KEY", {"AT_HOOK_KEY": "demo"}),
        ("TELEGRAM_WEBHOOK_SECRET", {"TELEGRAM_WEBHOOK_SECRET": "demo"}),
        ("SECRET_KEY", {"SECRET_KEY": DEMO_KEY}),
    ],
)
def test_settings_that_do_not_fit_together_name_the_one_to_mend(
    monkeypatch: pytest.MonkeyPatch, named: str, given: dict[str, str]
) -> None:
    with pytest.raises(WrongSetting, match=f"^{named} "):
        said(monkeypatch, **{"SECRET_KEY": KEY, **given})


def test_nothing_secret_is_shown_of_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = said(
        monkeypatch, SECRET_KEY=KEY, AT_HOOK_KEY=LONG, AT_USERNAME="council", AT_API_KEY="atsk_0",
        TELEGRAM_MODE="webhook", TELEGRAM_BOT_TOKEN="12:abc", TELEGRAM_WEBHOOK_SECRET=LONG,
    )  # fmt: skip
    shown = f"{settings!r} {settings}"
    assert not any(secret in shown for secret in (KEY, LONG, "atsk_0", "12:abc"))


def test_an_empty_setting_is_an_unset_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(monkeypatch, SECRET_KEY=KEY, PORT="", AT_API_KEY="").port == 8000


def test_the_demonstration_fills_what_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8123")
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:9999/telegram/")
    settings = read_demo_settings(env_file=None)
    assert settings.rehearses
    assert settings.public_url == "http://127.0.0.1:8123"
    assert settings.at_api_url == "http://127.0.0.1:8123/simulator/africastalking"
    assert settings.telegram_api_url == "http://127.0.0.1:9999/telegram"
    assert settings.at_hook_key.get_secret_value() == settings.telegram_webhook_secret.get_secret_value() == "demo"
    assert not settings.sms_is_real


def test_only_what_stays_on_this_machine_is_no_real_gateway(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(monkeypatch, SECRET_KEY=KEY).sms_is_real
    assert said(monkeypatch, AT_API_URL="https://api.sandbox.africastalking.com").sms_is_real
    assert not said(monkeypatch, AT_API_URL="http://127.0.0.1:1/simulator/africastalking").sms_is_real
    assert not said(monkeypatch, TELEGRAM_API_URL="http://localhost:1/telegram").telegram_is_real
