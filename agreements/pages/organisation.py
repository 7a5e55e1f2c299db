"""An organisation's page: its names, who owns it and what it owns, and everything it takes part in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator

from agreements.choices import Confidence, Status
from agreements.models import Agreement, Organisation, OrganisationLink, OrganisationName, Party
from agreements.ownership import links_around
from agreements.pages.pause import Pauses, pauses_of
from agreements.policies.agreement import why_not
from agreements.policies.organisation import check_may_change, is_called
from agreements.reach import of_present_terms
from people.models import User

PER_PAGE = 25


@dataclass(frozen=True)
class Place:
    """One part the organisation plays: in which agreement, as what, under whom."""

    party: Party
    agreement: Agreement
    under: list[str]
    through: str
    standing: str
    ours: bool


@dataclass(frozen=True)
class Kin:
    """An organisation above or below in the tree of owners, and those beyond it."""

    link: OrganisationLink
    body: Organisation
    beyond: "list[Kin]"


@dataclass(frozen=True)
class OthersToo:
    """Other agencies that have arrangements with it: how many, and those that let their names be known."""

    count: int
    named: list[str]


@dataclass(frozen=True)
class OrganisationPage:
    """Everything that the page shows."""

    body: Organisation
    names: list[OrganisationName]
    owners: list[Kin]
    owned: list[Kin]
    merged: list[Organisation]
    places: "Page[Place]"
    others: OthersToo
    pauses: Pauses
    why_not_change: str
    is_ours: bool
    may_be_ours: bool

    @property
    def uncertain(self) -> bool:
        """Whether the reference data is not sure of it."""
        return self.body.confidence == Confidence.UNCERTAIN


def organisation_page(body: Organisation, user: User, on: date, number: Any = 1) -> OrganisationPage:
    """Gather the page in a fixed number of queries."""
    merged = list(body.merged.order_by("name"))
    family = [body.pk, *(one.pk for one in merged)]
    links = links_around(body)
    return OrganisationPage(
        body=body,
        names=list(body.names.order_by("kind", "name")),
        owners=_kin(body.pk, links, up=True),
        owned=_kin(body.pk, links, up=False),
        merged=merged,
        places=_places(body, family, user, on, number),
        others=_others(family, user),
        pauses=pauses_of(body, user, on),
        why_not_change=why_not(check_may_change, body, user),
        is_ours=body.agency_id == user.agency.pk,
        may_be_ours=_may_be_ours(body, user),
    )


def _may_be_ours(body: Organisation, user: User) -> bool:
    """Whether to ask at all: it bears the agency's name, and nothing stands for the agency yet."""
    free = body.agency_id is None and is_called(body, user.agency)
    return free and not Organisation.objects.filter(agency=user.agency).exists()


def _places(body: Organisation, family: Sequence[int], user: User, on: date, number: Any) -> "Page[Place]":
    rows = of_present_terms(Party.objects.filter(organisation__in=family), user)
    rows = rows.select_related("organisation", "terms__agreement__agency").order_by("terms__agreement__reference", "pk")
    page: Any = Paginator(rows, PER_PAGE).get_page(number)
    above = _parties_of([row.terms_id for row in page.object_list])
    page.object_list = [_place(row, body, above, user, on) for row in page.object_list]
    return page


def _parties_of(terms: Iterable[int]) -> dict[int, Party]:
    return {row.pk: row for row in Party.objects.filter(terms__in=set(terms)).select_related("organisation")}


def _place(row: Party, body: Organisation, above: dict[int, Party], user: User, on: date) -> Place:
    agreement = row.terms.agreement
    agreement.current_terms = row.terms
    return Place(
        party=row,
        agreement=agreement,
        under=chain(row, above),
        through=row.organisation.name if row.organisation_id != body.pk else "",
        standing=agreement.standing(on),
        ours=agreement.agency_id == user.agency.pk,
    )


def chain(row: Party, parties: dict[int, Party]) -> list[str]:
    """The names above a subcontractor, the nearest first."""
    names, seen = [], {row.pk}
    while row.parent_id and row.parent_id not in seen:
        row = parties[row.parent_id]
        seen.add(row.pk)
        names.append(row.organisation.name)
    return names


def _kin(pk: int, links: list[OrganisationLink], *, up: bool, seen: frozenset[int] = frozenset()) -> list[Kin]:
    """The tree above or below; one that stands in two branches is shown in both, a circle (old data) ends."""
    mine = [link for link in links if (link.owned_id if up else link.owner_id) == pk]
    found = [(link, link.owner if up else link.owned) for link in mine]
    return [
        Kin(link, body, _kin(body.pk, links, up=up, seen=seen | {pk})) for link, body in found if body.pk not in seen
    ]


def _others(family: Sequence[int], user: User) -> OthersToo:
    """Signed arrangements of other agencies: their number for everyone, names only of those that agreed."""
    theirs = Agreement.objects.filter(status=Status.SIGNED, current_terms__parties__organisation__in=family)
    theirs = theirs.exclude(agency=user.agency).order_by("agency__name")
    agencies = theirs.values_list("agency__name", "agency__names_shared").distinct()
    return OthersToo(len(agencies), [name for name, shared in agencies if shared])
