"""Part 0: the self-assessment of privacy maturity whose 30 June came last, from the answers recorded by the day."""

from datetime import date

from django.urls import reverse

from assurance.figures.base import Figure, Row
from assurance.maturity.elements import elements
from assurance.models import Level, MaturityAnswer
from assurance.years import ends, last_finished
from people.models import Agency
from records.as_at import end_of
from records.words import nz_date


def figures_of(agency: Agency, as_at: date) -> list[Figure]:
    """How many elements stand at foundational or above, of all; not rated is unknown. One query."""
    year = last_finished(as_at)
    rows = list(MaturityAnswer.objects.filter(agency=agency, year=year).order_by("pk"))
    levels = {row.element: row.level for row in rows if row.at < end_of(as_at)}
    known = [one for one in elements() if one.key in levels]
    low = [one for one in known if levels[one.key] == Level.INFORMAL]
    url = reverse("maturity_year", args=[year])
    missing = [Row("Not rated", one.title, f"{url}#{one.key}") for one in elements() if one.key not in levels]
    return [
        Figure(
            "maturity.foundational",
            f"Elements of privacy maturity at foundational or managed, {year}",
            f"As the agency rated itself by {nz_date(as_at)}, for the year to {nz_date(ends(year))}. The list names "
            "the elements that stand at informal, and those that nobody rated.",
            value=len(known) - len(low),
            of=len(elements()),
            unknown=len(missing),
            later=sum(row.at >= end_of(as_at) for row in rows),
            rows=tuple([Row("Informal", one.title, f"{url}#{one.key}") for one in low] + missing),
        )
    ]
