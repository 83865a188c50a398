"""How sure the desk is of who asks, and how sure it has to be. Urgency and seniority appear nowhere here."""

from enum import IntEnum, StrEnum


class Level(IntEnum):
    """Knowledge (a check number, a birth date, the supervisor's name) counts nothing."""

    UNKNOWN = 0
    ON_RECORD = 1  # the number or chat that speaks is on record
    PROVEN = 2  # and a code through another channel, or the person's desk PIN
    CALLED_BACK = 3  # and a call to the number on record
    IN_PERSON = 4  # with an identity document, before a named officer


class Evidence(StrEnum):
    """What the level rests on. Only its kind is ever kept."""

    TELEGRAM_CODE = "telegram_code"
    SMS_CODE = "sms_code"
    PRINTED_CODE = "printed_code"
    PIN = "pin"
    CALL_BACK = "call_back"
    IN_PERSON = "in_person"
