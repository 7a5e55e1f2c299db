"""How much was left at the end of each quarter, from the dated runs of record: never worked out afresh."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.utils.timezone import get_default_timezone_name

from agreements.models.agreement import IN_USE
from assurance.editions import Standard
from assurance.extensions.in_lists import OF_IN_USE, counts_only_scope
from assurance.outcome import Outcome
from people.models import User
from records.words import nz_date

QUARTERS = 8  # before the present one
WIDTH, HEIGHT, GAP = 640, 200, 12  # of the chart, in its own units
KINDS = (Outcome.NOT_MET, Outcome.UNKNOWN, Outcome.MET)

# Each run stands from its day to the next one, each status from its recording; drafts and what is over never count.
STANDING = """
WITH said AS (
  SELECT o.agreement_id, o.on, lead(o.on) OVER (PARTITION BY o.agreement_id ORDER BY o.on, o.run_id) AS until,
         %(standard)s = ANY (o.not_met) AS not_met, %(standard)s = ANY (o.unknown) AS unknown,
         %(standard)s = ANY (o.met) AS met
  FROM assurance_runoutcome o JOIN agreements_agreement a ON a.id = o.agreement_id
  WHERE a.agency_id = %(agency)s AND o.on <= %(last)s
), had AS (
  SELECT c.agreement_id, (c.at AT TIME ZONE %(zone)s)::date AS on, c.target = ANY (%(used)s) AS used,
         (lead(c.at) OVER (PARTITION BY c.agreement_id ORDER BY c.at, c.id) AT TIME ZONE %(zone)s)::date AS until
  FROM agreements_statuschange c JOIN agreements_agreement a ON a.id = c.agreement_id
  WHERE a.agency_id = %(agency)s
)
SELECT day, count(*) FILTER (WHERE not_met), count(*) FILTER (WHERE unknown), count(*) FILTER (WHERE met)
FROM unnest(%(ends)s::date[]) day
LEFT JOIN (
  said JOIN had USING (agreement_id)
) ON said.on <= day AND (said.until IS NULL OR said.until > day)
  AND had.used AND had.on <= day AND (had.until IS NULL OR had.until > day)
GROUP BY day ORDER BY day
"""


@dataclass(frozen=True)
class Bar:
    """A piece of a column of the chart."""

    kind: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Quarter:
    """A quarter, and how many agreements had something not met, else something unknown, else nothing left."""

    end: date
    label: str
    not_met: int
    unknown: int
    met: int

    @property
    def total(self) -> int:
        """How many the standard was asked of."""
        return self.not_met + self.unknown + self.met


def ends(on: date, quarters: int = QUARTERS) -> list[date]:
    """The last days of so many quarters before a day, and the day itself for the one that runs."""
    found, last = [on], _before(on)
    for _ in range(quarters):
        found.append(last)
        last = _before(last)
    return found[::-1]


def _before(day: date) -> date:
    """The last day of the quarter before the one that the day is in."""
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1) - timedelta(days=1)


def trend(user: User, standard: str, on: date, quarters: int = QUARTERS) -> list[Quarter]:
    """By quarter, what the newest run at or before its end says of each agreement; one query.

    Counted is what was signed or suspended at that end. An agreement of which the standard asked nothing but what it
    asks of everything is not counted (rule 7).
    """
    days = ends(on, quarters)
    values: dict[str, Any] = {"agency": user.agency.pk, "last": on, "standard": standard, "ends": days}
    values |= {"zone": get_default_timezone_name(), "used": list(IN_USE)}
    with connection.cursor() as cursor:
        cursor.execute(STANDING, values)
        return [Quarter(day, _label(day, on), *numbers) for day, *numbers in cursor.fetchall()]


def _label(day: date, on: date) -> str:
    return f"Today, {nz_date(day)}" if day == on else nz_date(day)


def of_today(standard: Standard) -> dict[str, str]:
    """The queries of the lists behind the newest numbers, by outcome: lists know how an agreement stands by one."""
    if not counts_only_scope(standard):
        return {}
    return {kind.value: f"standard_is={kind.value}&{OF_IN_USE}" for kind in KINDS}


def bars(quarters: list[Quarter]) -> list[Bar]:
    """The columns of the chart, from the bottom up; as high as there are agreements."""
    most = max((one.total for one in quarters), default=0) or 1
    step = WIDTH / max(len(quarters), 1)
    found = []
    for at, one in enumerate(quarters):
        bottom = float(HEIGHT)
        for kind in KINDS[::-1]:
            height = round(getattr(one, kind) / most * HEIGHT, 1)
            bottom = round(bottom - height, 1)
            if height:
                found.append(
                    Bar(
                        kind.value.replace("_", "-"),
                        round(at * step + GAP / 2, 1),
                        bottom,
                        round(step - GAP, 1),
                        height,
                    )
                )
    return found
