"""The tag on a council's device, such as `MVM/ICT/00412`; a keypad types only its digits."""

import re

from locales import N_
from models.refusals import Misread

_LONGEST = 40
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_SHAPE = re.compile(r"[A-Z0-9]+(?:[/.\-][A-Z0-9]+)*")


class NotAnAssetTag(Misread):
    text = N_("That does not look like a tag. Type the digits on the sticker, e.g. 00412")


class AssetTag(str):
    """Upper case, parts joined by `/`, `.` or `-`, no spaces; equal to and stored as the plain string."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> "AssetTag":
        """A tag as people type it: any case, spaces around separators or instead of them, `\\` for `/`."""
        tag = _DASHES.sub("-", text).strip().lstrip("#").upper().replace("\\", "/")
        tag = re.sub(r"\s*([/.\-])[\s/.\-]*", r"\1", tag).strip("/.- ")
        tag = re.sub(r"\s+", "/", tag)
        if len(tag) > _LONGEST or not _SHAPE.fullmatch(tag) or not any(c.isdigit() for c in tag):
            raise NotAnAssetTag
        return cls(tag)

    @property
    def digits(self) -> str:
        """The key by which typed digits find it: those of the last part that has any, without leading zeros.

        `MVM/ICT/00412`, `412` and `00412` have the same key; so may several devices, and people choose.
        """
        last = re.findall(r"[0-9]+", self)[-1]
        return last.lstrip("0") or "0"
