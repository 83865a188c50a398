"""Commands of the console's log-in and its forms."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class LogIn:
    """Somebody gave a log-in and a password. The password was checked before, outside the desk: `ok` is what came of
    it. `officer_id` is empty for a log-in that does not exist. Returns `Entered`, or nothing: wrong and locked are one.
    """

    officer_id: int | None
    ok: bool
    agent: str = ""


@dataclass(frozen=True, slots=True)
class Entered:
    """An open session. The token is the cookie's; the desk keeps only its digest."""

    session_id: int
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeepSession:
    """The officer is still there: the session's idle time begins anew."""

    session_id: int


@dataclass(frozen=True, slots=True)
class LogOut:
    session_id: int


@dataclass(frozen=True, slots=True)
class Once:
    """A form's command. The same form sent again does nothing and is answered the same."""

    form: str
    command: object
