"""What waits for a person: each figure is a list of the register, so that the number and the list behind it agree."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse

from agreements import filters
from agreements.models import Agreement, Comment, SavedView
from agreements.pages.comment import for_person
from agreements.sections import BY_NAME
from people.labels import a_role, role_label
from people.models import Handover, Power, User
from people.permissions import holds_power, may
from people.roles import Permission, Role
from records.words import distance, nz_date

SOON = 30  # days ahead in which a review counts as due
ENDING = 90  # days ahead in which an end is shown
LONG = ("names", "vector")  # what search looks through, and no page shows
REVIEW = "agreements:review_add"
IN_USE = "&standing=in_force&standing=past_end"
ROWS = 6  # of each kind of work; the heading links to the rest


@dataclass(frozen=True)
class Figure:
    """A number and the query of the list behind it."""

    label: str
    query: str
    count: int
    note: str = ""
    page: str = "agreements:register"

    @property
    def url(self) -> str:
        """The list behind it."""
        return f"{reverse(self.page)}?{self.query}"


@dataclass(frozen=True)
class Work:
    """One thing to do: how late, what, and one verb."""

    tone: str
    icon: str
    when: str
    what: str
    agreement: Agreement
    note: str
    verb: str
    step: str = ""

    @property
    def url(self) -> str:
        """Where the verb leads: the page of its step, else the agreement."""
        return reverse(self.step, args=[self.agreement.reference]) if self.step else self.agreement.get_absolute_url()


@dataclass(frozen=True)
class Draft:
    """A draft and what is left of it."""

    agreement: Agreement
    left: list[str]


@dataclass(frozen=True)
class Home:
    """Everything on the page of someone who reads agreements."""

    figures: list[Figure]
    work: list[Work]
    waiting: int
    late: int
    ending: list[Agreement]
    ending_query: str
    drafts: list[Draft]
    drafts_query: str
    views: list[SavedView]
    owner_label: str
    asked: list[Comment]


def queries(user: User, on: date) -> dict[str, str]:
    """The lists that home counts. Who edits only their own sees their own."""
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
        "critical": f"critical=yes{IN_USE}{whose}",
        "no_audit": f"lacks=L1.2-audit{IN_USE}{whose}",
    }


def home(user: User, on: date, now: datetime) -> Home:
    """The page of someone who reads agreements; at most ten queries, whatever the rows."""
    asked = queries(user, on)
    counts = _counts(user, on, asked)
    approve = _to_approve(user, on)
    work = [*_reviews(user, on, asked), *_past_end(user, on, asked), *approve]
    return Home(
        figures=_figures(user, asked, counts),
        work=work,
        waiting=counts["reviews"] + counts["past_end"] + len(approve),
        late=counts["late"] + counts["past_end"],
        ending=list(_rows(user, on, asked["ending"])[:ROWS]),
        ending_query=asked["ending"],
        drafts=[Draft(one, _titles(one)) for one in _rows(user, on, asked["drafts"])[:ROWS]],
        drafts_query=asked["drafts"],
        views=list(SavedView.objects.visible_to(user).order_by("name")),
        asked=for_person(user.who, now),
        owner_label=role_label(user.agency, Role.BUSINESS_OWNER, "Owner"),
    )


def open_handovers(user: User) -> int:
    """How much of what leavers owned nobody has taken over yet."""
    return Handover.objects.visible_to(user).open().count()


def _condition(user: User, on: date, query: str) -> Q:
    return filters.read(user, on, QueryDict(query)).condition()


def _counts(user: User, on: date, asked: dict[str, str]) -> dict[str, int]:
    conditions = {name: _condition(user, on, query) for name, query in asked.items()}
    aggregates: dict[str, Any] = {name: Count("pk", filter=q) for name, q in conditions.items()}
    return Agreement.objects.visible_to(user).aggregate(**aggregates)


def _rows(user: User, on: date, query: str) -> "QuerySet[Agreement]":
    address = filters.read(user, on, QueryDict(query))
    rows = Agreement.objects.visible_to(user).filter(address.condition()).order_by(*address.order())
    return rows.select_related("owner", "current_terms", "search_entry").defer(
        *(f"search_entry__{name}" for name in LONG)
    )


def _figures(user: User, asked: dict[str, str], counts: dict[str, int]) -> list[Figure]:
    words = {
        "in_force": ("In force", ""),
        "in_review": ("In review", f"waiting for {a_role(user.agency, Role.APPROVER)}"),
        "reviews": ("Reviews due", f"{counts['late']} of them late"),
        "past_end": ("Past their end", "and nobody has ended them"),
        "recording": ("Being recorded", "not complete yet"),
        "critical": ("Critical", "no contract and no conflict provision"),
        "no_audit": ("Lack an audit provision", "past their end counts as in force"),
    }
    found = {name: Figure(label, asked[name], counts[name], note) for name, (label, note) in words.items()}
    mine = "&whose=me" if "whose=me" in asked["reviews"] else ""
    for name in ("critical", "no_audit"):
        found[name] = replace(found[name], page="conformance_matrix")
    found["reviews"] = replace(found["reviews"], query=f"when=late&when=soon{mine}", page="agreements:reviews")
    return list(found.values())


def _reviews(user: User, on: date, asked: dict[str, str]) -> list[Work]:
    found = []
    for one in _rows(user, on, asked["reviews"])[:ROWS]:
        day = one.review_due_on or on
        tone = "bad" if day < on else "warn"
        found.append(
            Work(
                tone,
                "late",
                distance(day, on).capitalize(),
                f"Review due {nz_date(day)}",
                one,
                _with(one),
                "Review",
                REVIEW,
            )
        )
    return found


def _past_end(user: User, on: date, asked: dict[str, str]) -> list[Work]:
    return [
        Work(
            "bad", "past-end", "Past its end", f"Ended {nz_date(one.terms_now.ends_on)}, not closed",
            one, _with(one), "Decide",
        )
        for one in _rows(user, on, asked["past_end"])[:ROWS]
    ]  # fmt: skip


def _to_approve(user: User, on: date) -> list[Work]:
    """What others submitted, longest waiting first."""
    delegated = user.person is not None and not may(user, Permission.APPROVE_AGREEMENTS)
    if delegated and not holds_power(user.person, Power.APPROVE, on):  # type: ignore[arg-type]  # delegated says so
        return []
    rows = _rows(user, on, "status=in_review").exclude(current_terms__authors__user=user)
    waiting = rows.annotate(since=Max("status_changes__on")).order_by("since", "pk")[:ROWS]
    return [
        Work("info", "in-review", "In review", f"Waits since {nz_date(one.since)} to be approved or sent back", one,
             _with(one), "Read")
        for one in waiting
    ]  # fmt: skip


def _with(agreement: Agreement) -> str:
    return ", ".join(agreement.search_entry.parties[:2]) or "No other party is recorded"


def _titles(agreement: Agreement) -> list[str]:
    return [BY_NAME[name].title for name in agreement.search_entry.missing]
