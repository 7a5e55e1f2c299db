"""The list of organisations: found by any of their names, narrowed by what they are."""

from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from agreements.choices import Status
from agreements.lookalikes import only_digits
from agreements.models import Organisation, OrganisationName, Party
from agreements.normalise import normalise
from people.models import User

PER_PAGE = 25


def organisation_list(user: User, wanted: dict[str, Any], number: Any = 1) -> "Page[Any]":
    """One page of organisations. ``wanted`` holds the answers of the filter form (q, kind, state_services, ours)."""
    found = Organisation.objects.visible_to(user).current().filter(_named(wanted["q"]))
    if wanted["kind"]:
        found = found.filter(kind=wanted["kind"])
    if wanted["state_services"]:
        found = found.filter(state_services=wanted["state_services"])
    if wanted["ours"]:
        found = found.filter(Exists(_ours(user)))
    rows = found.annotate(other_names=_other_names(), agreements=_count(user)).order_by("normalised", "pk")
    return Paginator(rows, PER_PAGE).get_page(number)


def _named(text: str) -> Q:
    """One of its names holds every word; or it is the NZBN. No text: all of them."""
    words = normalise(text).split()
    if not words:
        return Q()
    holds = Q()
    for word in words:
        holds &= Q(normalised__contains=word)
    by_name = Q(pk__in=OrganisationName.objects.filter(holds).values("organisation"))
    number = only_digits(text)
    return holds | by_name | (Q(nzbn=number) if len(number) == 13 else Q(pk=None))


def _ours(user: User) -> "QuerySet[Party]":
    """The organisation's parts in the agency's own agreements as they stand now."""
    mine = Party.objects.filter(organisation=OuterRef("pk"), terms__agreement__agency=user.agency)
    return mine.filter(terms__agreement__current_terms=F("terms")).exclude(terms__agreement__status=Status.WITHDRAWN)


def _count(user: User) -> Any:
    counted = _ours(user).order_by().values("organisation").annotate(n=Count("terms__agreement", distinct=True))
    return Coalesce(Subquery(counted.values("n")), 0)


def _other_names() -> Any:
    names = OrganisationName.objects.filter(organisation=OuterRef("pk")).order_by().values("organisation")
    return Subquery(names.annotate(all=ArrayAgg("name", order_by="name")).values("all"))
