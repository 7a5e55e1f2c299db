"""Conflicts of interest on home: what is asked of the viewer, their team, coverage and decisions in guarded numbers."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from assurance.home.base import Asks, Figure, Found, Group, Queue, Viewer, Work, first, listed, numbers
from conflicts.choices import BEING_WRITTEN, WAITING, DeclarationStatus
from conflicts.counting import Count as Guarded
from conflicts.counting import exact, guarded, guarded_table
from conflicts.lists.declaration import LOOKS
from conflicts.models import Declaration, Invitation, ManagementPlan, Round
from conflicts.models.round import DUE, OPEN_STATES
from conflicts.waiting import late_before
from people.models import Person, Placement
from people.roles import Permission
from records.words import nz_date, since

SHOWN = ("waiting", "unmanageable", "no_plan", "not_kept")
D = DeclarationStatus


@dataclass(frozen=True)
class RoundToAnswer:
    """A round that asks the person, by the code of their invitation."""

    code: str
    title: str
    due_on: date


@dataclass(frozen=True)
class Asked:
    """Rounds to answer, and how many declarations wait for what the viewer is in them."""

    rounds: list[RoundToAnswer]
    decide: int
    approve: int
    acknowledge: int
    fill_in: int
    late: int

    @property
    def waiting(self) -> int:
        """How much about interests waits for the viewer."""
        return len(self.rounds) + self.decide + self.approve + self.acknowledge + self.fill_in


def ask_interests(viewer: Viewer) -> Asks:
    """What is asked of the viewer themselves."""
    mine = Invitation.objects.open().running().filter(person=viewer.user.person_id, declaration=None)
    due = Coalesce("extended_to", "round__due_on")
    rounds = mine.order_by("round__due_on", "pk")
    return {
        "rounds": first(rounds, 20, code="code", title="round__title", due=due),
        "declarations": numbers(Declaration.objects.all(), _parts(viewer.user.person_id)),
    }


def _parts(person: int | None) -> dict[str, Q]:
    """Declarations that wait for a person, by what they are in it."""
    return {
        "decide": Q(decider=person, status__in=WAITING),
        "approve": Q(approver=person, status=D.PLAN_DRAFTED),
        "acknowledge": Q(person=person, status=D.PLAN_APPROVED),
        "fill_in": Q(filled_in_by=person, status__in=BEING_WRITTEN),
    }


def interests(viewer: Viewer, found: Found) -> Asked:
    """The same as words of a page."""
    rounds = [RoundToAnswer(one["code"], one["title"], date.fromisoformat(one["due"])) for one in found["rounds"]]
    return Asked(rounds, **found["declarations"], late=sum(one.due_on < viewer.on for one in rounds))


def ask_team(viewer: Viewer) -> Asks:
    """Who of those that work under the viewer has not answered a running round, as the page of the team counts them."""
    under = Placement.objects.on(viewer.on).filter(
        manager=viewer.user.person_id, person__in=Person.objects.here_on(viewer.on)
    )
    asked = Invitation.objects.running().open().filter(person__in=under.values("person")).alias(due=DUE)
    return {"counts": numbers(asked, {"waiting": Q(), "late": Q(due__lt=viewer.on)})}


def team(viewer: Viewer, found: Found) -> Queue:
    """One line for the whole team: who it is stands on its page."""
    waiting, late = found["counts"]["waiting"], found["counts"]["late"]
    url = listed("conflicts:team")
    what = f"{late:,} of your team {'is' if late == 1 else 'are'} late with a declaration"
    line = Work("bad", "late", "Late", what, url, "See who", note=f"{waiting:,} have not answered")
    return Queue("Late in your team", [line] if late else [], late, late, url)


def ask_waiting(viewer: Viewer) -> Asks:
    """Declarations that have waited too long for whoever decides."""
    rows = Declaration.objects.visible_to(viewer.user).filter(submitted_at__isnull=False, status__in=WAITING)
    late = rows.filter(submitted_on__lt=late_before(viewer.on)).order_by("submitted_on", "pk")
    fields = {"code": "code", "day": "submitted_on", "name": "person__name", "body": "supplier__name"}
    return {"counts": numbers(late, {"late": Q()}), "rows": first(late, 3, decider="decider__name", **fields)}


def waiting(viewer: Viewer, found: Found) -> Queue:
    """Each by who declared, never by what."""
    lines = [_waits(one, viewer.on) for one in found["rows"]]
    many = found["counts"]["late"]
    return Queue("Declarations waiting too long", lines, many, many, listed("conflicts:declarations", "look=late"))


def _waits(one: Found, on: date) -> Work:
    day = date.fromisoformat(one["day"])
    by = f"with {one['decider']}" if one["decider"] else "nobody decides on it"
    return Work(
        tone="bad", icon="late", when="Waits too long", title=f"Declaration of {one['name'] or one['body']}",
        url=reverse("conflicts:declaration", args=[one["code"]]), verb="Open",
        what=f"Submitted {nz_date(day)}, waits {since(day, on)}", note=by, day=day,
    )  # fmt: skip


def ask_coverage(viewer: Viewer) -> Asks:
    """The newest round that was launched, and declarations by where they stand."""
    launched = Round.objects.visible_to(viewer.user).filter(launched_at__isnull=False).order_by("-launched_at")
    open_now = Q(state__in=OPEN_STATES)
    invited = Invitation.objects.filter(round=Subquery(launched.values("pk")[:1])).alias(due=DUE)
    said = Declaration.objects.filter(agency=viewer.agency, submitted_at__isnull=False)
    plans = ManagementPlan.objects.in_force().filter(declaration__in=said, review_on__lt=viewer.on)
    answers = {"answered": Q(state="returned"), "waiting": open_now, "late": open_now & Q(due__lt=viewer.on)}
    return {
        "round": first(launched, 1, pk="pk", title="title"),
        "asked": numbers(invited, answers),
        "said": numbers(said, {name: LOOKS[name][1] for name in SHOWN}),
        "plans": numbers(plans, {"overdue": Q()}),
    }


def coverage(viewer: Viewer, found: Found) -> Group:
    """Small numbers are hidden from whoever may count and not see (domain.md 9.5)."""
    sees = viewer.may(Permission.SEE_DECLARATIONS)
    base = listed("conflicts:declarations") if sees else ""
    numbers_ = {name: found["said"][name] for name in SHOWN} | {"overdue": found["plans"]["overdue"]}
    labels = {name: LOOKS[name][0] for name in SHOWN} | {"overdue": "Plan’s review overdue"}
    figures = [
        _figure(labels[name], exact(n) if sees else guarded(n), f"{base}?look={name}" if base else "")
        for name, n in numbers_.items()
    ]
    rounds = found["round"]
    says = rounds[0]["title"] if rounds else ""
    empty = "" if rounds or any(numbers_.values()) else "No round was launched, and nothing was declared."
    asked = _asked(viewer, found) if rounds else []
    return Group("Conflicts of interest", [*asked, *figures], listed("conflicts:overview"), says, empty)


def _asked(viewer: Viewer, found: Found) -> list[Figure]:
    runs, said = viewer.may(Permission.RUN_ROUNDS), found["asked"]
    [row] = guarded_table([[said["answered"], said["waiting"]]])
    shown = dict(zip(("answered", "waiting"), row, strict=True)) | {"late": guarded(said["late"])}
    if runs:
        shown = {name: exact(said[name]) for name in ("answered", "waiting", "late")}
    base = reverse("conflicts:round_people", args=[found["round"][0]["pk"]]) if runs else ""
    return [
        _figure(label, shown[name], f"{base}?state={name}" if base else "")
        for name, label in (("answered", "Answered"), ("waiting", "Not answered"), ("late", "Late"))
    ]


def _figure(label: str, count: Guarded, url: str) -> Figure:
    says = count.says if count.hidden else ""
    return Figure(label, count.number, url or listed("conflicts:overview"), says=says)
