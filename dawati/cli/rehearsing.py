"""`talk`, `simulate` and `storyboard`: trying the desk without a phone."""

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import Any

import locales
from conversations.screen import Screen
from dawati.demo.cast import JUMA, network_of
from dawati.settings import Settings, WrongSetting, read_demo_settings, read_settings


def add_commands(commands: Any) -> None:
    talk = commands.add_parser("talk", help="dial the desk from this terminal")
    talk.add_argument("--phone", default=JUMA, help="the number that calls, as +255…")
    talk.add_argument("--code", help="dial this shortcut, such as *384*123*1#")
    talk.set_defaults(run=_talk)
    simulate = commands.add_parser("simulate", help="serve the simulated gateways alone, for a desk elsewhere")
    simulate.add_argument("--port", type=int, default=8001)
    simulate.set_defaults(run=_simulate)
    storyboard = commands.add_parser("storyboard", help="print every screen of every conversation")
    storyboard.add_argument("--language", choices=locales.LANGUAGES, action="append", help="only this one")
    storyboard.add_argument("--channel", choices=("ussd", "sms", "telegram"), action="append", help="only this one")
    storyboard.set_defaults(run=_storyboard)


def _settings() -> Settings:
    try:
        return read_settings()
    except WrongSetting:
        return read_demo_settings()  # with nothing set up, whom else could one talk to


def _talk(given: argparse.Namespace) -> None:
    from simulator.handset import Handset

    settings = _settings()
    handset = Handset(
        given.phone,
        f"http://127.0.0.1:{settings.port}",
        settings.at_hook_key.get_secret_value(),
        ussd_code=settings.ussd_code or "*384*123#",
        network_code=network_of(given.phone),
    )
    try:
        screen = handset.dial(given.code)
        while True:
            print(f"\n{screen}")
            if handset.ended:
                return
            print("> ", end="", flush=True)
            typed = sys.stdin.readline()
            if not typed:
                handset.hang_up()
                return
            screen = handset.send(typed.rstrip("\r\n"))
    finally:
        handset.close()


def _simulate(given: argparse.Namespace) -> None:
    import uvicorn

    from simulator import SimulatorSettings, create_simulator

    settings = _settings()
    webhook = settings.telegram_webhook_secret.get_secret_value() if settings.telegram_mode == "webhook" else None
    here = f"http://127.0.0.1:{given.port}"
    print(f"AT_API_URL={here}/africastalking\nTELEGRAM_API_URL={here}/telegram\nThe page: {here}/", flush=True)
    simulator = create_simulator(
        SimulatorSettings(
            desk_url=settings.public_url,
            at_hook_key=settings.at_hook_key.get_secret_value(),
            bot_token=settings.telegram_bot_token.get_secret_value() or "1:off",
            telegram_webhook_secret=webhook,
            ussd_code=settings.ussd_code or "*384*123#",
            short_code=settings.at_short_code or "15200",
            sender_id=settings.at_sender_id or "DAWATI",
        )
    )
    uvicorn.run(simulator, port=given.port, log_level="warning", access_log=False)


def _storyboard(given: argparse.Namespace) -> None:
    from bot.render import drawn
    from conversations.storyboard import lines
    from sms.render import text_of
    from ussd.render import pages_of

    def card(screen: Screen) -> Sequence[str]:
        shown = drawn(screen, 1, 1)
        return ["\n".join([shown.text, *("  ".join(f"[{button.label}]" for button in row) for row in shown.rows)])]

    drawings: dict[str, Callable[[Screen], Sequence[str]]] = {
        "ussd": pages_of,
        "sms": lambda screen: [text_of(screen)],
        "telegram": card,
    }
    locales.load(strict=False)
    wanted = given.channel or list(drawings)
    for line in lines(
        {name: drawings[name] for name in drawings if name in wanted}, given.language or locales.LANGUAGES
    ):
        print(line)
