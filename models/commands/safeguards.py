"""Commands that keep a stolen number, or somebody who has left, from getting an account."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DisownRequest:
    """ "Not me": somebody asked for an account in the name of whoever speaks. An officer may say it `for_person_id`."""

    for_person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Unfreeze:
    """The person came to the unit in person, and the head saw who they are. `words` say by what."""

    person_id: int
    words: str


@dataclass(frozen=True, slots=True)
class ChangeNumber:
    """The person stands at the desk; `words` say which ID was seen. `old_phone` and `new_phone` are E.164."""

    person_id: int
    old_phone: str
    new_phone: str
    words: str


@dataclass(frozen=True, slots=True)
class ApplyNumberChanges:
    """Numbers whose hold is over become the person's. Returns how many were looked at."""

    most: int = 100
