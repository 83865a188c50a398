"""The ways out of the SMS channel: one file for each provider. What differs between them stays in its file."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from delivery.ports import Carrier, Parcel
from sms.render import text_of


class Gateway(Carrier, Protocol):
    """A provider of SMS, as delivery's carrier of the channel `sms`."""

    def close(self) -> None:
        """Take nothing more; what is on its way may finish."""


def bundles(parcels: Sequence[Parcel], most: int) -> Iterator[tuple[str, list[Parcel]]]:
    """Parcels that say the same, to be sent in one request: the text, and at most `most` parcels to different numbers.

    Every parcel is in exactly one bundle."""
    waiting: dict[str, list[list[Parcel]]] = {}
    for parcel in parcels:
        begun = waiting.setdefault(text_of(parcel.screen), [])
        for bundle in begun:
            if len(bundle) < most and all(other.address != parcel.address for other in bundle):
                bundle.append(parcel)
                break
        else:
            begun.append([parcel])
    for text, begun in waiting.items():
        for bundle in begun:
            yield text, bundle
