"""The written assurance on home: whose turn it is, and what was signed last."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from assurance.home.base import Asks, Figure, Found, Group, Queue, Viewer, Work, first, listed
from assurance.models import Statement, StatementState
from assurance.models.statement import OPEN
from people.models import Closed, Notice, NoticeKind
from records.words import nz_date

TURNS = {
    "signs": ("Waits for you to accept its exceptions, or to sign it", "Answer and sign"),
    "deputy": ("You answer for its exceptions", "Answer"),
    "drafted": ("Its figures are not taken yet", "Go on"),
}

SIGNATORY = (NoticeKind.STATEMENT_ACCEPT, NoticeKind.STATEMENT_SIGN)


def _turns(viewer: Viewer) -> dict[str, "QuerySet[Statement]"]:
    """By whose turn it is: as the notices say while it is answered (statement_due.py), the drafter before."""
    rows = Statement.objects.visible_to(viewer.user).order_by("day", "pk")
    answering, person = rows.filter(state=StatementState.ANSWERING), viewer.user.person_id
    told = Notice.objects.visible_to(viewer.user).filter(about=OuterRef("code")).exclude(closed_as=Closed.SETTLED)
    return {
        "signs": answering.filter(Exists(told.filter(kind__in=SIGNATORY)), signatory=person),
        "deputy": answering.filter(Exists(told.filter(kind=NoticeKind.STATEMENT_ANSWER)), deputy=person),
        "drafted": rows.filter(state=StatementState.DRAFT, drafted_by=viewer.user),
    }


def ask_turns(viewer: Viewer) -> Asks:
    """What waits for the viewer: few, so that all are shown."""
    return {name: first(rows, 3, code="code", day="day") for name, rows in _turns(viewer).items()}


def turns(viewer: Viewer, found: Found) -> Queue:
    """One line a statement."""
    lines = []
    for name, (what, verb) in TURNS.items():
        for one in found[name]:
            day = date.fromisoformat(one["day"])
            lines.append(
                Work(
                    "warn", "signed", "Your turn", f"Written assurance as at {nz_date(day)}",
                    reverse("statement", args=[one["code"]]), verb, what, one["code"], day=day,
                )
            )  # fmt: skip
    return Queue("Written assurance", lines, len(lines), 0, listed("statements"))


def ask_signed(viewer: Viewer) -> Asks:
    """The last one signed that nothing corrects, and the newest on its way."""
    rows = Statement.objects.visible_to(viewer.user)
    corrected = Statement.objects.signed().filter(corrects=OuterRef("pk"))
    signed = rows.signed().filter(~Exists(corrected))
    return {
        "open": first(rows.filter(state__in=OPEN).order_by("-day", "-pk"), 1, code="code", state="state", day="day"),
        "signed": first(signed, 1, code="code", day="day", on="signing__signed_on"),
    }


def signed(viewer: Viewer, found: Found) -> Group:
    """In words where there is none."""
    figures = [
        _one("Signed last", one["code"], f"as at {nz_date(date.fromisoformat(one['day']))}") for one in found["signed"]
    ]
    labels = {StatementState.DRAFT: "Being drafted", StatementState.ANSWERING: "Being answered"}
    figures += [
        _one(labels[one["state"]], one["code"], f"as at {nz_date(date.fromisoformat(one['day']))}")
        for one in found["open"]
    ]
    empty = "" if figures else "No written assurance was drafted or signed yet."
    return Group("Written assurance", figures, listed("statements"), empty=empty)


def _one(label: str, code: str, says: str) -> Figure:
    return Figure(label, 1, reverse("statement", args=[code]), code, says)
