"""Times as people read them: the institution's zone, 24-hour digits, for the Swahili clock starts at dawn."""

from datetime import date, datetime, timedelta, tzinfo

from locales.speech import N_, say, say_many

MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"),
    N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip  # half-years


def shown_time(at: datetime, zone: tzinfo, now: datetime | None = None) -> str:
    """`21/11 09:10`; with `now`, a time in another year is `21/11/2025 09:10`. The same in both languages."""
    local = at.astimezone(zone)
    if now is not None and now.astimezone(zone).year != local.year:
        return f"{local:%d/%m/%Y %H:%M}"
    return f"{local:%d/%m %H:%M}"


def shown_date(day: date, language: str) -> str:
    """`21 Novemba 2025`."""
    return f"{day.day} {say(MONTHS[day.month - 1], language)} {day.year}"


def shown_span(span: timedelta, language: str) -> str:
    """A length of time without its sign, in its two greatest units, minutes cut off: `saa 3 dakika 15`."""
    minutes = int(abs(span).total_seconds()) // 60
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    said = [
        say_many("{n} day", "{n} days", days, language) if days else "",
        say_many("{n} hour", "{n} hours", hours, language) if hours else "",
        say_many("{n} minute", "{n} minutes", minutes, language) if minutes or not days + hours else "",
    ]
    return " ".join([words for words in said if words][:2])
