"""The outside worlds for rehearsal and tests: a phone company, an SMS gateway, a Telegram Bot API."""

from simulator.app import create_simulator
from simulator.settings import CastMember, SimulatorSettings

__all__ = ["CastMember", "SimulatorSettings", "create_simulator"]
