"""What holds at this desk: facts of the institution and its policy, read once and passed to whoever needs them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from models.priority import TARGETS, Targets
from models.working_hours import OfficeHours


@dataclass(frozen=True, slots=True)
class Rules:
    """`key` is the desk's own secret, from which every keyed hash is made. `root_id` is the institution's place: where
    a report of somebody unknown belongs. `desk_name` is short: it stands on a phone's first screen."""

    key: bytes
    root_id: int = 1
    desk_name: str = "Dawati la TEHAMA"
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Africa/Dar_es_Salaam"))
    ussd_code: str = ""
    sms_number: str = ""
    hours: OfficeHours = field(default_factory=OfficeHours)
    targets: Targets = field(default_factory=lambda: TARGETS)
    close_after_days: int = 3  # working days of silence after a resolution
    approval_days: int = 2  # an approval expires at the end of the second working day
    draft_kept: timedelta = timedelta(hours=24)
    session_limit: timedelta = timedelta(minutes=5)  # a USSD session that never reported its end

    def local(self, at: datetime) -> datetime:
        return at.astimezone(self.zone)
