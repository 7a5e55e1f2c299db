"""Does whoever has an interest work on something the organisation takes part in? Computed at read time, never stored.

Work is: owning, managing, answering for, or advising on the agreement, having access under it, managing the contract,
or taking part in its procurement.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q

from agreements.models import AccessHolder, Agreement, Contract, Party
from conflicts.choices import OF_PROCUREMENT
from conflicts.models import Declaration, Match

ROLES = {
    "owner": "owns",
    "manager": "manages",
    "senior_owner": "answers for",
    "technical_adviser": "advises on",
}


@dataclass(frozen=True)
class Work:
    """What somebody does with an arrangement of the organisation: the words, and the arrangement."""

    does: str
    title: str
    url: str


@dataclass(frozen=True)
class Place:
    """An arrangement in which an organisation takes part, and who works on it."""

    title: str
    url: str
    people: dict[int, str]


def strong() -> Q:
    """As a condition on matches: whoever has the interest works on one of the organisation's arrangements."""
    who, body = OuterRef("interest__person"), OuterRef("organisation")
    named = Q(owner=who) | Q(manager=who) | Q(senior_owner=who) | Q(technical_adviser=who)
    on_it = Q(current_terms__parties__organisation=body)
    access = AccessHolder.objects.filter(person=who, agreement__current_terms__parties__organisation=body)
    contract = Q(supplier=body) | Q(subcontractors__organisation=body)
    panel = Declaration.objects.filter(person=who, capacity__in=OF_PROCUREMENT)
    of_panel = Q(agreement__current_terms__parties__organisation=body) | Q(contract__supplier=body)
    return (
        Exists(Agreement.objects.filter(named & on_it))
        | Exists(access)
        | Exists(Contract.objects.filter(contract, manager=who))
        | Exists(panel.filter(of_panel))
    )


def works_on(matches: Sequence[Match], agency: int) -> dict[int, list[Work]]:
    """By match, what whoever has the interest does there. Four queries however many matches."""
    places = _places({one.organisation_id for one in matches}, agency)
    _panels(places, {one.interest.person_id for one in matches if one.interest.person_id}, agency)
    found: dict[int, list[Work]] = {}
    for one in matches:
        mine = places.get(one.organisation_id, {}).values()
        who = one.interest.person_id or 0
        found[one.pk] = [Work(place.people[who], place.title, place.url) for place in mine if who in place.people]
    return found


def places_of(bodies: Iterable[int], agency: int) -> dict[int, list[Place]]:
    """By organisation, the arrangements and contracts of an agency in which it takes part. Three queries."""
    return {body: list(found.values()) for body, found in _places(set(bodies), agency).items()}


def _places(bodies: set[int], agency: int) -> dict[int, dict[tuple[str, int], Place]]:
    found: dict[int, dict[tuple[str, int], Place]] = defaultdict(dict)
    parties = Party.objects.filter(organisation__in=bodies, terms__current_of__agency=agency)
    for row in parties.select_related("terms__agreement").order_by("terms__agreement__reference"):
        agreement = row.terms.agreement
        people = {getattr(agreement, f"{role}_id"): says for role, says in reversed(ROLES.items())}
        people.pop(None, None)
        key = ("agreement", agreement.pk)
        found[row.organisation_id][key] = Place(str(agreement), agreement.get_absolute_url(), people)
    for place, who in _access(found):
        place.people.setdefault(who, "has access under")
    rows = Contract.objects.filter(agency=agency).filter(
        Q(supplier__in=bodies) | Q(subcontractors__organisation__in=bodies)
    )
    for contract in rows.annotate(below=F("subcontractors__organisation")).order_by("reference"):
        for body in {contract.supplier_id, contract.below} & bodies:
            people = {contract.manager_id: "manages"} if contract.manager_id else {}
            found[body][("contract", contract.pk)] = Place(str(contract), contract.get_absolute_url(), people)
    return found


def _access(found: dict[int, dict[tuple[str, int], Place]]) -> list[tuple[Place, int]]:
    keys = {key for places in found.values() for kind, key in places if kind == "agreement"}
    rows = AccessHolder.objects.filter(agreement__in=keys, person__isnull=False).values_list("agreement", "person")
    held = [(("agreement", key), who) for key, who in rows if who]
    return [(places[key], who) for key, who in held for places in found.values() if key in places]


def _panels(found: dict[int, dict[tuple[str, int], Place]], people: set[int], agency: int) -> None:
    """Members of panels, advisers and approvers of a procurement, by what they declared for it."""
    rows = Declaration.objects.filter(agency=agency, person__in=people, capacity__in=OF_PROCUREMENT)
    for who, agreement, contract in rows.values_list("person", "agreement", "contract"):
        for places in found.values():
            for key in (("agreement", agreement or 0), ("contract", contract or 0)):
                if key in places and who:
                    places[key].people.setdefault(who, "takes part in the procurement of")
