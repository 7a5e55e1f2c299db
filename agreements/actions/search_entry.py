"""Rebuild what lists and search look through."""

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.postgres.search import SearchVector
from django.db.models import Value
from django.utils import timezone

from agreements.choices import Sensitivity
from agreements.facts import gather
from agreements.models import Agreement, Information, Organisation, OrganisationName, Party, SearchEntry
from agreements.normalise import normalise
from agreements.sections import missing
from records.choices import YesNoUnknown

ORDER = [Sensitivity.UNKNOWN, Sensitivity.LOW, Sensitivity.MEDIUM, Sensitivity.HIGH]
FLAGS = ("children", "health", "maori")
Others = defaultdict[int, list[str]]  # normalised other names by organisation
VECTOR_LIMIT = 200_000  # characters: a tsvector holds at most a megabyte


def rebuild_search_entry(agreement: Agreement) -> None:
    """Write the agreement's one row: normalised words, names of parties, sensitivity, flags, sections missing."""
    rebuild_search_entries([agreement.pk])


def rebuild_search_entries(pks: Iterable[int]) -> None:
    """The same for many agreements, in a number of queries that does not grow with them."""
    agreements = list(Agreement.objects.whole().filter(pk__in=list(pks)))
    bodies = {party.organisation_id for one in agreements for party in one.terms_now.parties.all()}
    others: Others = defaultdict(list)
    for body, name in OrganisationName.objects.filter(organisation__in=bodies).values_list(
        "organisation", "normalised"
    ):
        others[body].append(name)
    SearchEntry.objects.bulk_create(
        [_entry(one, others) for one in agreements],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["agreement"],
        update_fields=[f.name for f in SearchEntry._meta.concrete_fields if not f.primary_key],
    )


def _entry(agreement: Agreement, others: Others) -> SearchEntry:
    terms = agreement.terms_now
    parties = list(terms.parties.all())
    information = [item for flow in terms.flows.all() for item in flow.information.all()]
    heading = _heading(agreement, parties, others)
    words = [terms.purpose, terms.service, *(item.name for item in information)]
    body = " ".join([heading, *(normalise(text) for text in words if text)])
    return SearchEntry(
        agreement=agreement,
        names=heading,
        words=body,
        vector=SearchVector(Value(heading), config="simple", weight="A")
        + SearchVector(Value(body[:VECTOR_LIMIT]), config="simple", weight="B"),
        parties=_shown(parties, agreement),
        sensitivity=max((item.sensitivity for item in information), key=_rank, default=Sensitivity.UNKNOWN),
        flags=_flags(agreement, information),
        missing=missing(gather(agreement)),
        touched_at=timezone.now(),
    )


def _heading(agreement: Agreement, parties: list[Party], others: Others) -> str:
    bodies: list[Organisation] = [party.organisation for party in parties]
    own = [normalise(agreement.title), normalise(agreement.known_as)]
    names = [name for body in bodies for name in (body.normalised, *others[body.pk])]
    return " ".join([agreement.reference.lower(), *own, *names])


def _rank(sensitivity: str) -> int:
    return ORDER.index(Sensitivity(sensitivity))


def _shown(parties: Iterable[Party], agreement: Agreement) -> list[str]:
    """The other parties first, those outside the State services before the rest; no name twice."""
    others = [party.organisation for party in parties if party.organisation.agency_id != agreement.agency_id]
    others.sort(key=lambda body: (body.state_services != YesNoUnknown.NO, body.name))
    return list(dict.fromkeys(body.name for body in others))


def _flags(agreement: Agreement, information: Iterable[Information]) -> list[str]:
    terms, items = agreement.terms_now, list(information)
    found = {flag for flag in FLAGS for item in items if getattr(item, flag) == YesNoUnknown.YES}
    found |= {"maori"} if terms.maori_data == YesNoUnknown.YES else set()
    found |= {"overseas"} if terms.overseas == YesNoUnknown.YES else set()
    return sorted(found)
