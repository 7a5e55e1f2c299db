"""The plan for existing arrangements on home: what is mine and due, and how far all of it has come."""

from datetime import date

from django.db.models import Q
from django.urls import reverse

from assurance.home.base import EACH, Asks, Figure, Found, Group, Queue, Viewer, Work, asked_by, first, listed, numbers
from assurance.lists.plan import in_plan, overdue, read
from records.words import distance, nz_date

MINE = "owner=me&look=soon"
FIGURES = {
    "done": ("Done", "state=done"),
    "progress": ("In progress", "state=in_progress"),
    "not_started": ("Not started", "state=not_started"),
    "overdue": ("Overdue", "look=overdue"),
    "high": ("High risk, not started", "tier=high&state=not_started"),
}


def ask_mine(viewer: Viewer) -> Asks:
    """Items that the viewer owns and whose quarter is over, or soon is."""
    mine = in_plan(viewer.user).filter(asked_by(read, viewer, MINE))
    rows = mine.order_by("target", "-score", "pk")
    named = {"reference": "agreement__reference", "title": "agreement__title"}
    shown = first(rows, EACH, action="action", day="target", **named)
    return {"counts": numbers(mine, {"due": Q(), "late": overdue(viewer.on)}), "rows": shown}


def mine(viewer: Viewer, found: Found) -> Queue:
    """The longest overdue first."""
    counts = found["counts"]
    lines = [_line(one, viewer.on) for one in found["rows"]]
    return Queue("Mine in the plan", lines, counts["due"], counts["late"], listed("plan", f"{MINE}&sort=target"))


def _line(one: Found, on: date) -> Work:
    day = date.fromisoformat(one["day"])
    return Work(
        tone="bad" if day < on else "warn", icon="late", when=distance(day, on).capitalize(), title=one["title"],
        url=reverse("plan_item", args=[one["reference"]]), verb="Open", reference=one["reference"],
        what=f"In the plan, by {nz_date(day)}", note=one["action"] or "nobody has said what has to be done", day=day,
    )  # fmt: skip


def ask_progress(viewer: Viewer) -> Asks:
    """As the list of the plan counts them."""
    conditions = {name: asked_by(read, viewer, query) for name, (_, query) in FIGURES.items()}
    return {"counts": numbers(in_plan(viewer.user), {"all": Q()} | conditions)}


def progress(viewer: Viewer, found: Found) -> Group:
    """Done, in progress, not started, overdue, and what is risky and not begun."""
    counts = found["counts"]
    empty = "" if counts["all"] else "No arrangement from before the Standard is in the plan."
    figures = [Figure(label, counts[name], listed("plan", query)) for name, (label, query) in FIGURES.items()]
    return Group("Plan for existing arrangements", figures, listed("plan"), empty=empty)
