"""Rebuild what lists and search look through."""

from collections.abc import Iterable

from django.contrib.postgres.search import SearchVector
from django.db.models import Value

from agreements.choices import Sensitivity
from agreements.facts import gather
from agreements.models import Agreement, Information, Organisation, Party, SearchEntry
from agreements.normalise import normalise
from agreements.sections import missing
from records.choices import YesNoUnknown

ORDER = [Sensitivity.UNKNOWN, Sensitivity.LOW, Sensitivity.MEDIUM, Sensitivity.HIGH]
FLAGS = ("children", "health", "maori")


def rebuild_search_entry(agreement: Agreement) -> None:
    """Write the agreement's one row: normalised words, names of parties, sensitivity, flags, sections missing."""
    terms = agreement.terms_now
    parties = list(
        Party.objects.filter(terms=terms).select_related("organisation").prefetch_related("organisation__names")
    )
    information = list(Information.objects.filter(flow__terms=terms))
    names = [agreement.title, agreement.known_as, *_names(parties)]
    words = [terms.purpose, terms.service, *(item.name for item in information)]
    heading = " ".join([agreement.reference.lower(), *(normalise(name) for name in names if name)])
    body = " ".join([heading, *(normalise(text) for text in words if text)])
    SearchEntry.objects.update_or_create(
        agreement=agreement,
        defaults={
            "names": heading,
            "words": body,
            "parties": _shown(parties, agreement),
            "sensitivity": max((item.sensitivity for item in information), key=_rank, default=Sensitivity.UNKNOWN),
            "flags": _flags(agreement, information),
            "missing": missing(gather(agreement)),
        },
    )
    SearchEntry.objects.filter(pk=agreement.pk).update(
        vector=SearchVector(Value(heading), config="simple", weight="A")
        + SearchVector(Value(body[:200_000]), config="simple", weight="B")
    )


def _rank(sensitivity: str) -> int:
    return ORDER.index(Sensitivity(sensitivity))


def _names(parties: Iterable[Party]) -> list[str]:
    organisations: list[Organisation] = [party.organisation for party in parties]
    return [name for body in organisations for name in [body.name, *(other.name for other in body.names.all())]]


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
