"""Which organisations take part in an agency's arrangements: parties, suppliers and subcontractors at every depth."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F, Q

from agreements.choices import TermsState
from agreements.models import Contract, OrganisationLink, Party, Subcontractor

DEEPEST = 4  # owners of owners of owners


def agencies_of(organisations: Iterable[int]) -> dict[int, set[int]]:
    """By organisation, the agencies in whose arrangements it takes part; never an agency's own body. Three queries."""
    keys, found = list(organisations), defaultdict[int, set[int]](set)
    parties = Party.objects.filter(organisation__in=keys).exclude(terms__state=TermsState.WITHDRAWN)
    parties = parties.exclude(organisation__agency=F("terms__agreement__agency"))
    below = Subcontractor.objects.filter(organisation__in=keys)
    for rows in (
        parties.order_by().values_list("organisation", "terms__agreement__agency").distinct(),
        Contract.objects.filter(supplier__in=keys).order_by().values_list("supplier", "agency").distinct(),
        below.order_by().values_list("organisation", "contract__agency").distinct(),
    ):
        for body, agency in rows:
            found[body].add(agency)
    return dict(found)


def akin(organisations: Iterable[int]) -> dict[int, set[int]]:
    """By organisation, those that own it or that it owns, through others too. At most as many queries as it is deep."""
    found = {key: set[int]() for key in organisations}
    edge = {key: {key} for key in found}
    for _ in range(DEEPEST):
        near = {one for ones in edge.values() for one in ones}
        links = OrganisationLink.objects.filter(Q(owner__in=near) | Q(owned__in=near), ends_on=None) if near else []
        pairs = [(link.owner_id, link.owned_id) for link in links]
        edge = {key: _next(ones, pairs) - found[key] - {key} for key, ones in edge.items()}
        for key, ones in edge.items():
            found[key] |= ones
    return found


def _next(ones: set[int], pairs: list[tuple[int, int]]) -> set[int]:
    """Those linked with any of these, up or down."""
    return {b for a, b in pairs if a in ones} | {a for a, b in pairs if b in ones}
