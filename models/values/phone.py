"""A phone number, kept as E.164 (`+255712345678`)."""

import re

from locales import N_
from models.refusals import Misread

_KEPT = re.compile(r"\+255(?:6[0-35-9]|7\d)\d{7}")  # Tanzanian mobile, as libphonenumber 9.0.43 has it
_ANY = re.compile(r"\+[1-9]\d{6,14}")  # E.164 allows 15 digits; nothing shorter than 7 rings anywhere
_LOCAL = re.compile(r"(?:\+?255|00255|0)?([67]\d{8})")
_ORNAMENT = re.compile(r"[\s\-.()/\u00a0\u2010-\u2015\u200e\u200f\u202a-\u202e\u2060-\u2069]+")


class NotAPhoneNumber(Misread):
    text = N_("That is not a mobile number. Example: 0712345678")


class PhoneNumber(str):
    """An E.164 string; equal to and stored as the plain string. Its `repr`, which logs show, is masked."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"PhoneNumber({self.masked_plain()})"

    @classmethod
    def parse(cls, text: str) -> "PhoneNumber":
        """A Tanzanian mobile number as typed: `0…`, `255…`, `+255…`, nine digits; spaces and dashes."""
        if _KEPT.fullmatch(text):
            return cls(text)
        bare = _ORNAMENT.sub("", text)
        local = _LOCAL.fullmatch(bare)
        if local and local[1].isascii() and _is_mobile(kept := f"+255{local[1]}"):
            return cls(kept)
        raise NotAPhoneNumber

    @classmethod
    def parse_caller(cls, text: str) -> "PhoneNumber":
        """What a gateway says who calls: any E.164 number, with or without its `+`, or a local one."""
        if _KEPT.fullmatch(text):
            return cls(text)
        bare = _ORNAMENT.sub("", text)
        if _ANY.fullmatch(bare) and bare.isascii():
            return cls(bare)
        try:
            return cls.parse(bare)
        except NotAPhoneNumber:
            if _ANY.fullmatch(f"+{bare}") and bare.isascii():
                return cls(f"+{bare}")
            raise

    @property
    def is_tanzanian_mobile(self) -> bool:
        return _KEPT.fullmatch(self) is not None

    def masked(self) -> str:
        """For pages: `+255 7•• ••• •12`."""
        if self.is_tanzanian_mobile:
            return f"{self[:4]} {self[4]}•• ••• •{self[-2:]}"
        return f"{self[:2]}{'•' * (len(self) - 4)}{self[-2:]}"

    def masked_plain(self) -> str:
        """For logs and phones, in GSM-7: `07xx xxx x12`."""
        if self.is_tanzanian_mobile:
            return f"0{self[4]}xx xxx x{self[-2:]}"
        return f"{self[:2]}{'x' * (len(self) - 4)}{self[-2:]}"

    def local(self) -> str:
        """As people here write it: `0712345678`; a foreign number stays E.164."""
        return f"0{self[4:]}" if self.is_tanzanian_mobile else str(self)


def _is_mobile(kept: str) -> bool:
    """The library has the last word on ranges; a number of the known ranges does not wait for its import."""
    if _KEPT.fullmatch(kept):
        return True
    import phonenumbers  # 100 ms and 10 MB: only for a number outside the known ranges

    found = phonenumbers.parse(kept)
    kinds = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
    return phonenumbers.is_valid_number(found) and phonenumbers.number_type(found) in kinds
