"""The list of matches: its filters and sorts. It names the organisation; whose interest it is, one match shows."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from django.db.models import Case, Q, QuerySet, Value, When
from django.http import QueryDict

from agreements.sheets import Cell
from conflicts.choices import How, MatchState
from conflicts.models import Declaration, Match
from conflicts.works_on import strong, works_on
from people.models import User
from records.filters import Option, OptionFilter, choice_filter
from records.forms import plain
from records.lists import COUNTED_TO, Address, ListSpec, Plain, Sort

HEADINGS = ("Organisation", "Declared by", "Works on it", "Alike", "Found by", "Found on", "State", "Answered by")


def read(data: QueryDict) -> Address:
    """The address of the list; candidates unless it says otherwise."""
    asked = data.copy()
    if "state" not in asked:
        asked["state"] = MatchState.CANDIDATE
    return Address(_spec(), asked)


def matching(address: Address, user: User, on: date) -> "QuerySet[Match]":
    """The matches that the address asks for, those of people who work on it first."""
    rows = Match.objects.visible_to(user).standing(on)
    if address.problems:
        return rows.none()
    works = Case(When(strong(), then=Value(1)), default=Value(0))
    found = rows.filter(address.condition() & _words(address.q)).annotate(works=works)
    related = ("interest__person", "interest__supplier", "organisation", "by__person")
    return found.select_related(*related).order_by("-works", *address.order())


def count(rows: "QuerySet[Match]") -> int:
    """How many there are, up to what is counted."""
    return rows.order_by()[: COUNTED_TO + 1].count()


def sheet_rows(rows: "QuerySet[Match]", user: User) -> Iterator[list[Cell]]:
    """The rows under HEADINGS. Four queries for every thousand."""
    found = rows.iterator(chunk_size=1_000)
    while some := list(islice(found, 1_000)):
        works = works_on(some, user.agency.pk)
        for row in some:
            yield [
                row.organisation.name, str(row.interest.person or row.interest.supplier),
                "; ".join(f"{work.does} {work.title}" for work in works[row.pk]), str(row.score),
                row.get_how_display(), row.found_on, row.get_state_display(), str(row.by or ""),
            ]  # fmt: skip


def declarations_of(rows: "QuerySet[Match]", user: User) -> "QuerySet[Declaration]":
    """The declarations that say the interests of these matches, of those that the user may read."""
    interests = rows.order_by().values("interest")
    return Declaration.objects.visible_to(user).filter(declared__interest__in=interests, submitted_at__isnull=False)


def _spec() -> ListSpec:
    return ListSpec(
        filters=(
            choice_filter("state", "State", MatchState.choices, counted=False),
            OptionFilter("work", "Works on it", options=(Option("yes", "Works on an arrangement with it", strong()),)),
            choice_filter("how", "Found by", How.choices, counted=False),
        ),
        sorts=(
            Sort("score", "Alike", ("score",), filled=True),
            Sort("organisation", "Organisation", (Plain("organisation__name"),), filled=True),
            Sort("found", "Found on", ("found_on",), filled=True),
        ),
        default="-score",
    )


def _words(text: str) -> Q:
    """Every word stands in the name of the organisation; who declared is not found this way, as it is not shown."""
    found = Q()
    for word in plain(text).split():
        found &= Q(organisation__normalised__contains=word)
    return found
