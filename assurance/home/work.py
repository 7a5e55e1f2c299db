"""Assurance on home: what is mine to look at, to do and to verify; what is on time, late, and never looked at."""

from datetime import date, timedelta

from django.db.models import F, Q
from django.urls import reverse

from agreements import filters
from agreements.models import Agreement
from assurance.extensions.in_lists import OF_IN_USE
from assurance.home.base import EACH, Asks, Figure, Found, Group, Queue, Viewer, Work, asked_by, first, listed, numbers
from assurance.lists import action, activity, finding
from assurance.models import Action, ActionState, Activity, ActivityKind, Finding
from records.words import distance, nz_date, since

SOON = timedelta(days=30)
KINDS = dict(ActivityKind.choices)


def ask_activities(viewer: Viewer) -> Asks:
    """Activities that the viewer is to do, late or within 30 days."""
    mine = Activity.objects.visible_to(viewer.user).open().filter(due_on__lte=viewer.on + SOON)
    mine = mine.answered_by(viewer.user.person_id)
    shown = first(
        mine.order_by("due_on", "pk"), EACH, code="code", kind="kind", day="due_on",
        title="agreement__title", reference="agreement__reference",
    )  # fmt: skip
    return {"counts": numbers(mine, {"due": Q(), "late": Q(due_on__lt=viewer.on)}), "rows": shown}


def activities(viewer: Viewer, found: Found) -> Queue:
    """The longest late first."""
    counts, lines = found["counts"], []
    for one in found["rows"]:
        kind, day = KINDS[one["kind"]], date.fromisoformat(one["day"])
        lines.append(
            _due(viewer, day, "Do it", f"{kind}: {one['title']}", reverse("activity", args=[one["code"]]),
                 reverse("activity_do", args=[one["code"]]), f"Due {nz_date(day)}", one["reference"])
        )  # fmt: skip
    url = listed("activities", "look=me&due=late&due=30")
    return Queue("My activities", lines, counts["due"], counts["late"], url)


def ask_actions(viewer: Viewer) -> Asks:
    """Actions of the viewer's own about findings, late or within 30 days."""
    mine = Action.objects.visible_to(viewer.user).filter(owner=viewer.user.person_id, state=ActionState.OPEN)
    mine = mine.filter(due_on__lte=viewer.on + SOON)
    shown = first(
        mine.order_by("due_on", "pk"), EACH, code="code", what="what", finding="finding__title", at="finding__code",
        day="due_on",
    )  # fmt: skip
    return {"counts": numbers(mine, {"due": Q(), "late": Q(due_on__lt=viewer.on)}), "rows": shown}


def actions(viewer: Viewer, found: Found) -> Queue:
    """The longest late first."""
    counts, lines = found["counts"], []
    for one in found["rows"]:
        day = date.fromisoformat(one["day"])
        page = f"{reverse('finding', args=[one['at']])}#{one['code']}"
        lines.append(
            _due(viewer, day, "It is done", one["what"], page, reverse("action_do", args=[one["code"]]),
                 f"By {nz_date(day)}", note=f"about the finding “{one['finding']}”")
        )  # fmt: skip
    url = listed("finding_actions", "whose=me&due=late&due=30")
    return Queue("My actions", lines, counts["due"], counts["late"], url)


def _due(
    viewer: Viewer, day: date, verb: str, title: str, url: str, go: str, what: str, reference: str = "", note: str = ""
) -> Work:
    tone = "bad" if day < viewer.on else "warn"
    when = distance(day, viewer.on).capitalize()
    return Work(tone, "late", when, title, url, verb, what, reference, note, go, day)


def ask_to_verify(viewer: Viewer) -> Asks:
    """Actions that somebody else says are done."""
    done = Action.objects.visible_to(viewer.user).filter(state=ActionState.DONE).exclude(done_by=viewer.user)
    shown = first(
        done.order_by("done_on", "pk"), EACH, code="code", what="what", at="finding__code", day="done_on",
        by=F("done_by__person__name"),
    )  # fmt: skip
    return {"counts": numbers(done, {"waiting": Q()}), "rows": shown}


def to_verify(viewer: Viewer, found: Found) -> Queue:
    """The longest waiting first."""
    lines = []
    for one in found["rows"]:
        day = date.fromisoformat(one["day"])
        lines.append(
            Work(
                "info", "in-review", "To verify", one["what"], f"{reverse('finding', args=[one['at']])}#{one['code']}",
                "Verify", f"Done {nz_date(day)}, waits {since(day, viewer.on)}", note=f"by {one['by']}",
                go=reverse("action_verify", args=[one["code"]]), day=day,
            )
        )  # fmt: skip
    return Queue("To verify", lines, found["counts"]["waiting"], 0, listed("finding_actions", "whose=verify"))


ACTIVITIES = {"time": ("Activities on time", "due=time"), "late": ("Activities late", "due=late")}
FINDINGS = {
    "open": ("Findings open", "state=open"),
    "grave": ("Critical or high", "state=open&severity=critical&severity=high"),
    "accepted": ("Risk accepted", "state=open&look=accepted"),
}
ACTIONS = {"late": ("Actions late", "due=late"), "done": ("To be verified", "state=done")}
NEVER = f"assured=never&{OF_IN_USE}"


def ask_assured(viewer: Viewer) -> Asks:
    """As the lists of activities, findings, actions and agreements count them."""
    user = viewer.user
    unfinished = Action.objects.visible_to(user).unfinished()
    asked = {
        "activities": (Activity.objects.visible_to(user).open(), activity.read, ACTIVITIES),
        "findings": (Finding.objects.visible_to(user).open(), finding.read, FINDINGS),
        "actions": (unfinished, action.read, ACTIONS),
    }
    counts = {
        name: numbers(rows, {key: asked_by(read, viewer, query) for key, (_, query) in figures.items()})
        for name, (rows, read, figures) in asked.items()
    }
    never = {"never": asked_by(filters.read, viewer, NEVER)}
    return counts | {"agreements": numbers(Agreement.objects.visible_to(user), never)}


def assured(viewer: Viewer, found: Found) -> Group:
    """What is late is red; an accepted risk stays open."""
    figures = [*_figures(found["activities"], ACTIVITIES, "activities"),
               Figure("Never assured", found["agreements"]["never"], listed("agreements:register", NEVER),
                      "arrangements in use"),
               *_figures(found["findings"], FINDINGS, "findings"),
               *_figures(found["actions"], ACTIONS, "finding_actions")]  # fmt: skip
    return Group("Assurance", figures, listed("activities"))


def _figures(counts: Found, said: dict[str, tuple[str, str]], page: str) -> list[Figure]:
    return [
        Figure(label, counts[name], listed(page, query), tone="bad" if name == "late" else "")
        for name, (label, query) in said.items()
    ]
