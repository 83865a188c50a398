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
