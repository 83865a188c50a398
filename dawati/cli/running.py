"""`serve`, `work` and `demo`."""

import argparse
import logging
from typing import Any

from dawati.demo.cast import CAST, LOGINS, PASSWORD
from dawati.opening import now
from dawati.settings import Settings, read_demo_settings, read_settings


def add_commands(commands: Any) -> None:
    for name, run, what in (
        ("serve", _serve, "open the desk"),
        ("work", _work, "deliver beside `serve`, on PostgreSQL"),
        ("demo", _demo, "serve a demonstration with simulated gateways"),
    ):
        one = commands.add_parser(name, help=what)
        one.add_argument("--quiet", action="store_true", help="log only what is wrong")
        if name != "work":
            one.add_argument("--host", default="127.0.0.1", help="address to listen at (default: this machine only)")
        one.set_defaults(run=run)


def _serve(given: argparse.Namespace) -> None:
    from dawati.serving import serve  # it imports every room: not for a command that only prints

    _hush(given)
    serve(read_settings(), given.host)


def _work(given: argparse.Namespace) -> None:
    from dawati.serving import work

    _hush(given)
    work(read_settings())


def _demo(given: argparse.Namespace) -> None:
    from dawati.demo.founding import found_demonstration
    from dawati.serving import loop_for_this_system, only_one, serve

    settings = read_demo_settings()
    _hush(given)
    loop_for_this_system()
    with only_one(settings):  # before anything is made in it
        made = found_demonstration(settings, now())
    print(welcome(settings, made=made), flush=True)
    serve(settings, given.host)


def welcome(settings: Settings, *, made: bool) -> str:
    """Where to look, with what to log in, whom to play."""
    from dawati.background import real_channels  # it imports delivery: not for a command that only prints

    here = f"http://127.0.0.1:{settings.port}"
    logins = "\n".join(f"    {login:<8} {PASSWORD}   {what}" for login, _, _, what in LOGINS)
    real = " and ".join(sorted(real_channels(settings)))
    out = f"Only answers to others go out, by {real}." if real else "No real gateway is called."
    people = "\n".join(f"    {member.phone}  {member.name:<18} {member.about}" for member in CAST)
    return f"""
Dawati, demonstration: Halmashauri ya Wilaya ya Mvomero ({"made just now" if made else "the same data as before"})

  Phones, SMS and Telegram   {here}/simulator/     dial {settings.ussd_code}
  Console                    {here}/login
{logins}
  Health and metrics         {here}/readyz  {here}/metrics

  People to play
{people}

Everybody here is invented. {out} Ctrl+C stops it; the data stays."""


def _hush(given: argparse.Namespace) -> None:
    if given.quiet:
        logging.basicConfig(level=logging.WARNING)
        logging.getLogger().setLevel(logging.WARNING)
