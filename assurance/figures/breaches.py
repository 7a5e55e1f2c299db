"""Part 11: privacy breaches of the year before the day, from the rows of their logs and their decisions."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from assurance.breach_clock import GUIDANCE
from assurance.figures.base import Figure, Row, page_of
from assurance.models import BreachKind
from people.models import Agency
from records.as_at import end_of
from records.words import nz_date, nz_datetime

YEAR = timedelta(days=365)
# How each stood by the end of the day: the newest row of its log says what it is and since when it was known.
THEN = """
SELECT b.reference, newest.kind_then, newest.aware_then, decided.notifiable, told.at, people.at,
  coalesce(ended.kind = 'closed', false)
FROM assurance_privacybreach b
JOIN LATERAL (
  SELECT kind_then, aware_then FROM assurance_breachstep s
  WHERE s.breach_id = b.id AND s.recorded_at < %(end)s AND s.kind_then IS NOT NULL ORDER BY s.id DESC LIMIT 1
) newest ON true
LEFT JOIN LATERAL (
  SELECT notifiable FROM assurance_breachdecision d
  WHERE d.breach_id = b.id AND d.at < %(end)s ORDER BY d.id DESC LIMIT 1
) decided ON true
LEFT JOIN LATERAL (
  SELECT at FROM assurance_breachstep s
  WHERE s.breach_id = b.id AND s.recorded_at < %(end)s AND s.kind = 'commissioner' ORDER BY s.id DESC LIMIT 1
) told ON true
LEFT JOIN LATERAL (
  SELECT at FROM assurance_breachstep s
  WHERE s.breach_id = b.id AND s.recorded_at < %(end)s AND s.kind = 'people' ORDER BY s.id DESC LIMIT 1
) people ON true
LEFT JOIN LATERAL (
  SELECT kind FROM assurance_breachstep s
  WHERE s.breach_id = b.id AND s.recorded_at < %(end)s AND s.kind IN ('closed', 'reopened') ORDER BY s.id DESC LIMIT 1
) ended ON true
WHERE b.agency_id = %(agency)s ORDER BY b.id
"""
LATER = """
SELECT count(*) FROM assurance_privacybreach
WHERE agency_id = %(agency)s AND recorded_at >= %(end)s AND aware_at < %(end)s AND aware_at >= %(begin)s
"""
ABOUT = "What somebody, a provider acting for us included, came to know of in the year before the day. "


@dataclass(frozen=True)
class Stood:
    """A breach as it stood on the day."""

    reference: str
    kind: str
    aware_at: datetime
    notifiable: bool | None
    commissioner_at: datetime | None
    people_at: datetime | None
    closed: bool

    def row(self) -> Row:
        """Its line in a list, without what happened."""
        told = f"Commissioner notified {nz_datetime(self.commissioner_at)}" if self.commissioner_at else "not notified"
        decided = {None: "not decided", True: "notifiable", False: "not notifiable"}[self.notifiable]
        note = f"Known since {nz_date(self.aware_at)}; {decided}; {told}; {'closed' if self.closed else 'open'}"
        return Row(self.reference, str(BreachKind(self.kind).label), page_of("breach", self.reference), note)


def stood(agency: Agency, as_at: date) -> tuple[list[Stood], int]:
    """Those of the year before the day as they stood, and how many were recorded only later; two queries."""
    end = end_of(as_at)
    known: dict[str, Any] = {"agency": agency.pk, "end": end, "begin": end - YEAR}
    with connection.cursor() as cursor:
        cursor.execute(THEN, known)
        found = [Stood(*row) for row in cursor.fetchall()]
        cursor.execute(LATER, known)
        later: int = cursor.fetchone()[0]
    return [one for one in found if end - YEAR <= one.aware_at < end], later


def figures_of(agency: Agency, as_at: date) -> list[Figure]:
    """Breaches and near misses, which had to be notified, and who was told in which time."""
    found, later = stood(agency, as_at)
    breaches = [one for one in found if one.kind == BreachKind.BREACH]
    misses = [one for one in found if one.kind == BreachKind.NEAR_MISS]
    notifiable = [one for one in breaches if one.notifiable]
    told = [one for one in notifiable if one.commissioner_at]
    soon = [one for one in told if one.commissioner_at and one.commissioner_at - one.aware_at <= GUIDANCE]
    undecided = sum(one.notifiable is None for one in breaches)
    clock = "72 hours is guidance; the Act says as soon as practicable."
    return [
        _figure("recorded", "Privacy breaches", ABOUT, breaches, later=later),
        _figure("near_misses", "Near misses", ABOUT + "Nobody’s privacy was breached.", misses),
        _figure("notifiable", "Had to be notified", f"{ABOUT}As decided.", notifiable, breaches, undecided),
        _figure("told", "Notified to the Privacy Commissioner", "Of those that had to be notified.", told, notifiable),
        _figure("soon", "Notified within 72 hours", f"Counted from when anybody knew. {clock}", soon, told),
        _figure(
            "people", "People told", "Of those that had to be notified; an exception or a delay counts as not told.",
            [one for one in notifiable if one.people_at], notifiable,
        ),
        _figure("open", "Not closed", "Of all of these, near misses too.", [one for one in found if not one.closed]),
    ]  # fmt: skip


def _figure(
    key: str, label: str, about: str, found: list[Stood],
    of: list[Stood] | None = None, unknown: int = 0, later: int = 0,
) -> Figure:  # fmt: skip
    rows = tuple(one.row() for one in found)
    number = None if of is None else len(of)
    return Figure(f"breaches.{key}", label, about, len(found), number, unknown, rows, later)
