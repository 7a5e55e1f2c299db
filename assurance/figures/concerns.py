"""Part 12: concerns and complaints of the year before the day, in counts; a number under five points at people."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from assurance.figures.base import Figure
from assurance.models import Complaint, ComplaintStep, ComplaintTheme, Concern, ConcernStep
from conflicts.counting import FEW, LEAST, guarded_table
from people.models import Agency
from records.as_at import end_of

YEAR = timedelta(days=365)
SMALL = "Numbers under five are not shown, since they point at people; nor is any list."
ABOUT = f"Raised in the year before the day, by name or anonymously. {SMALL}"
RECEIVED = f"About the use of information, received in the year before the day. {SMALL}"


def figures_of(agency: Agency, as_at: date) -> list[Figure]:
    """Raised, acknowledged in time, open; received, open and by theme. Five queries."""
    return [*_concerns(agency, as_at), *_complaints(agency, as_at)]


def _concerns(agency: Agency, as_at: date) -> list[Figure]:
    seen = ConcernStep.objects.filter(concern=OuterRef("pk"), on__lte=as_at)
    said = Exists(seen.filter(kind__in=("acknowledged", "closed"), on__lte=OuterRef("acknowledge_by")))
    last = seen.filter(kind__in=("closed", "reopened")).order_by("-pk").values("kind")[:1]
    mine = Concern.objects.filter(agency=agency, raised_on__lte=as_at, raised_on__gt=as_at - YEAR)
    rows = list(mine.annotate(in_time=said, ended=last).values_list("in_time", "ended", "acknowledge_by"))
    due = [in_time for in_time, _, by in rows if in_time or by < as_at]
    still = sum(ended != "closed" for _, ended, _ in rows)
    return [
        _counted("concerns.raised", "Concerns raised", ABOUT, len(rows)),
        _counted("concerns.in_time", "Acknowledged by their day", f"Of those whose day had come. {ABOUT}", sum(due),
                 len(due)),
        _counted("concerns.open", "Concerns without an answer yet", ABOUT, still),
    ]  # fmt: skip


def _complaints(agency: Agency, as_at: date) -> list[Figure]:
    known: QuerySet[Complaint] = Complaint.objects.filter(
        agency=agency, received_on__lte=as_at, received_on__gt=as_at - YEAR
    )
    steps = ComplaintStep.objects.filter(complaint=OuterRef("pk"), at__lt=end_of(as_at))
    last = steps.filter(kind__in=("closed", "reopened")).order_by("-pk").values("kind")[:1]
    rows = list(known.filter(recorded_at__lt=end_of(as_at)).annotate(ended=last).values_list("theme", "ended"))
    later = known.filter(recorded_at__gte=end_of(as_at)).count()
    still = sum(ended != "closed" for _, ended in rows)
    many = {value: sum(theme == value for theme, _ in rows) for value in ComplaintTheme.values}
    [shown] = guarded_table([list(many.values())])  # they add up, so that one hidden number hides another
    return [
        _counted("complaints.received", "Complaints received", RECEIVED, len(rows), later=later),
        _counted("complaints.open", "Complaints without an answer yet", RECEIVED, still),
        *(
            Figure(
                f"complaints.{theme.value}",
                f"Complaints: {theme.label.lower()}",
                RECEIVED,
                0 if count.hidden else count.number,
                says=count.says.capitalize() if count.hidden else "",
            )
            for theme, count in zip(ComplaintTheme, shown, strict=True)
        ),
    ]


def _counted(key: str, label: str, about: str, value: int, of: int | None = None, later: int = 0) -> Figure:
    """A count, in words where it, or what is left of the whole, is a handful; then the number itself is not given."""
    few = 0 < value < LEAST or (of is not None and 0 < of - value < LEAST)
    return Figure(
        key, label, about, 0 if few else value, None if few else of, later=later, says=FEW.capitalize() if few else ""
    )
