"""A channel that goes nowhere: it keeps what it was handed, and answers as it was told."""

import asyncio
from collections.abc import Callable, Sequence

from delivery.ports import Carried, Parcel
from models.tables.notice import Fate

Answer = Callable[[Parcel], Carried]


def sent(parcel: Parcel) -> Carried:
    return Carried(parcel.attempt_id, Fate.SENT, gateway_id=f"rehearsal-{parcel.attempt_id}")


class RehearsedCarrier:
    """Fills `delivery.ports.Carrier`. `answer` is asked for each parcel and may raise; while `gate` is clear, nothing
    comes back."""

    def __init__(self, channel: str, answer: Answer = sent, most: int = 10) -> None:
        self.channel = channel
        self.most = most
        self.answer = answer
        self.gate = asyncio.Event()
        self.gate.set()
        self.handed: list[Parcel] = []

    async def carry(self, parcels: Sequence[Parcel]) -> Sequence[Carried]:
        self.handed += parcels
        await self.gate.wait()
        return [self.answer(parcel) for parcel in parcels]

    def said_to(self, address: str) -> list[str]:
        """The texts that were handed over for an address, in order."""
        return [parcel.screen.text for parcel in self.handed if parcel.address == address]
