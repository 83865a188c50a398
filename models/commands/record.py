"""Commands about the record itself: nothing is cut off it, and people's words need not stand in it for ever."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SealHistory:
    """Seal what was written down since the last seal. Returns how many facts came under one, `most` at a time; nothing
    new: no seal."""

    most: int = 1000


@dataclass(frozen=True, slots=True)
class BlankWords:
    """Blank what somebody wrote on a ticket, for good. That it was said, when and by whom stays, and the chain holds;
    the blanking is a fact of its own. Words that are blank already: nothing. For whoever runs the installation."""

    words_id: int
