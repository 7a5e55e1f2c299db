"""Agreements on home: reviews, ends that passed, approvals, what ends soon, drafts, and the register in figures."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from agreements import filters
from agreements.models import Agreement, StatusChange
from agreements.sections import BY_NAME
from assurance.extensions.in_lists import OF_IN_USE
from assurance.home.base import (
    Asks,
    Figure,
    Found,
    Group,
    Queue,
    Viewer,
    Work,
    address_of,
    asked_by,
    first,
    listed,
    numbers,
)
from people.labels import a_role, role_label
from people.models import Delegation, Power
from people.permissions import may
from people.roles import Permission, Role
from records.words import distance, nz_date

SOON = 30  # days ahead in which a review counts as due
ENDING = 90  # days ahead in which an end is shown
LINES = 6
IN_FORCE = "&standing=in_force&standing=past_end"
REGISTER, MATRIX = "agreements:register", "conformance_matrix"
FIELDS: dict[str, Any] = {"reference": "reference", "title": "title", "parties": "search_entry__parties"}


def queries(viewer: Viewer) -> dict[str, str]:
    """The lists that home counts. Who edits only their own sees their own."""
    user, on = viewer.user, viewer.on
    edits_own = may(user, Permission.EDIT_OWN_AGREEMENTS) and not may(user, Permission.EDIT_ANY_AGREEMENT)
    whose = "&whose=me" if edits_own else ""
    return {
        "in_force": f"standing=in_force{whose}",
        "in_review": "status=in_review",
        "reviews": f"status=signed&review_before={on + timedelta(days=SOON + 1)}{whose}&sort=review",
        "late": f"status=signed&review_before={on}{whose}&sort=review",
        "past_end": f"standing=past_end{whose}&sort=ends",
        "ending": f"standing=in_force&ends_before={on + timedelta(days=ENDING + 1)}{whose}&sort=ends",
        "drafts": "status=draft&whose=me",
        "recording": f"recording=open{whose}",
        "critical": f"critical=yes&{OF_IN_USE}{whose}",
        "no_audit": f"lacks=L1.2-audit{IN_FORCE}{whose}",
    }


def _rows(viewer: Viewer, name: str) -> "QuerySet[Agreement]":
    address = address_of(filters.read, viewer, queries(viewer)[name])
    return Agreement.objects.visible_to(viewer.user).filter(address.condition()).order_by(*address.order())


def _numbers(viewer: Viewer, *names: str) -> Any:
    asked = queries(viewer)
    conditions = {name: asked_by(filters.read, viewer, asked[name]) for name in names}
    return numbers(Agreement.objects.visible_to(viewer.user), conditions)


def ask_reviews(viewer: Viewer) -> Asks:
    """Reviews that are late or due soon."""
    rows = first(_rows(viewer, "reviews"), LINES, day="review_due_on", **FIELDS)
    return {"counts": _numbers(viewer, "reviews", "late"), "rows": rows}


def reviews(viewer: Viewer, found: Found) -> Queue:
    """The latest first."""
    mine = "&whose=me" if "whose=me" in queries(viewer)["reviews"] else ""
    lines = [_review(one, viewer.on) for one in found["rows"]]
    counts, url = found["counts"], listed("agreements:reviews", f"when=late&when=soon{mine}")
    return Queue("Reviews due", lines, counts["reviews"], counts["late"], url)


def _review(one: Found, on: date) -> Work:
    day = date.fromisoformat(one["day"])
    return Work(
        tone="bad" if day < on else "warn", icon="late", when=distance(day, on).capitalize(),
        verb="Review", go=reverse("agreements:review_add", args=[one["reference"]]),
        what=f"Review due {nz_date(day)}", day=day, **_named(one),
    )  # fmt: skip


def ask_past_end(viewer: Viewer) -> Asks:
    """Agreements past their end that nobody has ended."""
    rows = first(_rows(viewer, "past_end"), LINES, day="current_terms__ends_on", **FIELDS)
    return {"counts": _numbers(viewer, "past_end"), "rows": rows}


def past_end(viewer: Viewer, found: Found) -> Queue:
    """Each of them is late."""
    lines = []
    for one in found["rows"]:
        day = date.fromisoformat(one["day"])
        what = f"Ended {nz_date(day)}, not closed"
        lines.append(Work("bad", "past-end", "Past its end", verb="Decide", what=what, day=day, **_named(one)))
    many = found["counts"]["past_end"]
    return Queue("Past their end", lines, many, many, listed(REGISTER, queries(viewer)["past_end"]))


def ask_approvals(viewer: Viewer) -> Asks:
    """What others submitted, for whoever may approve by a role or by a delegation; the longest waiting first."""
    rows = _rows(viewer, "in_review").exclude(current_terms__authors__user=viewer.user)
    if not may(viewer.user, Permission.APPROVE_AGREEMENTS):
        held = Delegation.objects.on(viewer.on).filter(holder=viewer.user.person_id, power=Power.APPROVE)
        rows = rows.filter(Exists(held))
    steps = StatusChange.objects.filter(agreement=OuterRef("pk")).order_by().values("agreement")
    since = rows.annotate(since=Subquery(steps.annotate(last=Max("on")).values("last"))).order_by("since", "pk")
    return {"counts": numbers(rows, {"waiting": Q()}), "rows": first(since, LINES, day="since", **FIELDS)}


def approvals(viewer: Viewer, found: Found) -> Queue:
    """Since when each waits."""
    lines = []
    for one in found["rows"]:
        day = date.fromisoformat(one["day"]) if one["day"] else viewer.on
        what = f"Waits since {nz_date(day)} to be approved or sent back"
        lines.append(Work("info", "in-review", "In review", verb="Read", what=what, day=day, **_named(one)))
    return Queue("To approve", lines, found["counts"]["waiting"], 0, listed(REGISTER, queries(viewer)["in_review"]))


def ask_ending(viewer: Viewer) -> Asks:
    """What ends within 90 days."""
    return {"rows": first(_rows(viewer, "ending"), LINES, day="current_terms__ends_on", owner="owner__name", **FIELDS)}


def ending(viewer: Viewer, found: Found) -> dict[str, Any]:
    """Its table, with the list of all of them."""
    rows = [one | {"day": date.fromisoformat(one["day"])} | {"url": _page(one)} for one in found["rows"]]
    owner = role_label(viewer.agency, Role.BUSINESS_OWNER, "Owner")
    return {"rows": rows, "url": listed(REGISTER, queries(viewer)["ending"]), "owner_label": owner}


def ask_drafts(viewer: Viewer) -> Asks:
    """The viewer's own drafts."""
    return {"rows": first(_rows(viewer, "drafts"), LINES, missing="search_entry__missing", **FIELDS)}


def drafts(viewer: Viewer, found: Found) -> dict[str, Any]:
    """Each with the sections that are left."""
    rows = [one | {"left": [BY_NAME[name].title for name in one["missing"] or ()], "url": _page(one)}
            for one in found["rows"]]  # fmt: skip
    return {"rows": rows, "url": listed(REGISTER, queries(viewer)["drafts"])}


def ask_register(viewer: Viewer) -> Asks:
    """The register in numbers."""
    return {"counts": _numbers(viewer, *(name for name, _, _ in _FIGURES))}


_FIGURES = (
    ("in_force", "In force", REGISTER),
    ("in_review", "In review", REGISTER),
    ("recording", "Being recorded", REGISTER),
    ("critical", "Critical", MATRIX),
    ("no_audit", "Lack an audit provision", MATRIX),
)


def register(viewer: Viewer, found: Found) -> Group:
    """What is in use, on its way, and what lacks what."""
    asked, counts = queries(viewer), found["counts"]
    notes = {
        "in_review": f"waiting for {a_role(viewer.agency, Role.APPROVER)}",
        "recording": "not complete yet",
        "critical": "no contract and no conflict provision",
        "no_audit": "past their end counts as in force",
    }
    return Group(
        "The register today",
        [Figure(label, counts[name], listed(page, asked[name]), notes.get(name, "")) for name, label, page in _FIGURES],
        url=listed(REGISTER),
    )


def _page(one: Found) -> str:
    return reverse("agreements:agreement", args=[one["reference"]])


def _named(one: Found) -> dict[str, str]:
    note = ", ".join((one["parties"] or ())[:2]) or "No other party is recorded"
    return {"title": one["title"], "url": _page(one), "reference": one["reference"], "note": note}
