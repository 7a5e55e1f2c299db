"""Concerns on home: for whoever handles them, what is to be acknowledged or answered; for others only how many."""

from datetime import date

from django.db.models import Case, Q, When
from django.db.models.functions import Least
from django.urls import reverse

from assurance.home.base import EACH, Asks, Figure, Found, Group, Queue, Viewer, Work, asked_by, first, listed, numbers
from assurance.lists import complaint, concern
from assurance.lists.concern import in_words
from assurance.models import Complaint, Concern, ConcernAbout
from conflicts.counting import LEAST
from people.roles import Permission
from records.words import distance, nz_date

ABOUT = dict(ConcernAbout.choices)
FIGURES = {"open": ("Concerns open", "look=open"), "late": ("Concerns late", "look=late")}
MINE = "look=yours"
COMPLAINTS = {"open": ("Complaints open", "look=open"), "late": ("Complaints late", "look=late")}


def ask_concerns(viewer: Viewer) -> Asks:
    """Open ones that are mine or nobody's, the next day first: to acknowledge, then to answer."""
    mine = Concern.objects.visible_to(viewer.user).filter(asked_by(concern.read, viewer, MINE))
    due = Case(When(acknowledged_on=None, then=Least("acknowledge_by", "answer_by")), default="answer_by")
    rows = mine.annotate(due=due).order_by("due", "pk")
    shown = first(rows, EACH, reference="reference", about="about", day="due", known="acknowledged_on")
    return {"counts": numbers(rows, {"open": Q(), "late": Q(due__lt=viewer.on)}), "rows": shown}


def concerns(viewer: Viewer, found: Found) -> Queue:
    """What it is about, never what it says nor who said it."""
    counts, lines = found["counts"], []
    for one in found["rows"]:
        day, known = date.fromisoformat(one["day"]), bool(one["known"])
        lines.append(
            Work(
                "bad" if day < viewer.on else "warn", "flag", distance(day, viewer.on).capitalize(),
                f"Concern: {ABOUT[one['about']][:1].lower()}{ABOUT[one['about']][1:]}",
                reverse("concern", args=[one["reference"]]), "Answer" if known else "Acknowledge",
                f"To be {'answered' if known else 'acknowledged'} by {nz_date(day)}", one["reference"], day=day,
            )
        )  # fmt: skip
    return Queue("Concerns", lines, counts["open"], counts["late"], listed("concerns", MINE))


def ask_counts(viewer: Viewer) -> Asks:
    """As the lists count them for whoever handles them, and all of the agency for whoever only counts."""
    handles = viewer.may(Permission.HANDLE_CONCERNS)
    agency = Concern.objects.filter(agency=viewer.agency)
    rows = Concern.objects.visible_to(viewer.user) if handles else agency
    looks = {name: asked_by(concern.read, viewer, query) for name, (_, query) in FIGURES.items()}
    about = {name: asked_by(complaint.read, viewer, query) for name, (_, query) in COMPLAINTS.items()}
    return {
        "concerns": numbers(rows, looks),
        "complaints": numbers(Complaint.objects.filter(agency=viewer.agency), about),
    }


def counts(viewer: Viewer, found: Found) -> Group:
    """Small numbers point at people, and are said in words to whoever may only count."""
    handles = viewer.may(Permission.HANDLE_CONCERNS)
    page = "concerns" if handles else "concern_counts"
    figures = [
        _figure(label, found["concerns"][name], listed(page, query if handles else ""), handles=handles)
        for name, (label, query) in FIGURES.items()
    ]
    figures += [
        _figure(label, found["complaints"][name], listed("complaints", query), handles=handles)
        for name, (label, query) in COMPLAINTS.items()
        if handles
    ]
    return Group("Concerns", figures, listed(page))


def _figure(label: str, count: int, url: str, *, handles: bool) -> Figure:
    hidden = not handles and 0 < count < LEAST
    return Figure(label, 0 if hidden else count, url, says=in_words(count) if hidden else "")
