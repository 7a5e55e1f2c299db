"""May an organisation be changed or merged? Organisations are shared, agencies of the register are not anybody's."""

from collections.abc import Iterator

from django.db.models import QuerySet

from agreements.errors import NotNow, NotYours
from agreements.models import Agreement, Organisation, Party
from agreements.normalise import normalise
from agreements.ownership import would_cycle
from people.models import Agency, User
from people.permissions import check_may
from people.roles import Permission

ASK = "ask whoever runs the register (manage.py tie_organisation)"
MOST_NAMED = 5  # agreements that a refusal names


def check_may_change(organisation: Organisation, user: User) -> None:
    """The person may correct it: an agency of this register only by its own people, a merged one by nobody."""
    if organisation.merged_into:
        raise NotNow(f"It was merged into {organisation.merged_into}: change that one")
    if user.is_system:
        return
    check_may(user, Permission.KEEP_ORGANISATIONS)
    if organisation.agency_id and organisation.agency_id != user.agency.pk:
        raise NotYours(f"{organisation} keeps its own agreements in this register: only its own people change it")


def check_may_tie(organisation: Organisation, agency: Agency, user: User) -> None:
    """The organisation may stand for the agency. What others signed with it would open to that agency.

    So nobody says it for themselves of a body that others already name; whoever runs the register can.
    """
    if organisation.merged_into:
        raise NotNow(f"It was merged into {organisation.merged_into}: choose that one")
    if organisation.agency_id:
        raise NotNow(f"It stands for {organisation.agency} already")
    taken = Organisation.objects.filter(agency=agency).first()
    if taken:
        raise NotNow(f"{agency} is {taken} already: merge the two if they are one")
    if user.is_system:
        return
    check_may(user, Permission.KEEP_ORGANISATIONS)
    if agency.pk != user.agency.pk:
        raise NotYours("Only its own people say which organisation an agency is")
    if not is_called(organisation, agency):
        raise NotYours(f"None of its names is {agency}. If it is that agency all the same, {ASK}")
    if Agreement.objects.filter(terms__parties__organisation=organisation).exclude(agency=agency).exists():
        raise NotYours(f"Other agencies have agreements with {organisation}, which this would open to {agency}: {ASK}")


def is_called(organisation: Organisation, agency: Agency) -> bool:
    """Whether one of the organisation's names is the agency's."""
    wanted = {normalise(name) for name in (agency.name, agency.name_mi) if name}
    return bool(wanted & {organisation.normalised, *(name.normalised for name in organisation.names.all())})


def check_may_untie(organisation: Organisation, user: User) -> None:
    """Only its own people say that it does not stand for their agency."""
    check_may(user, Permission.KEEP_ORGANISATIONS)
    if organisation.agency_id is None:
        raise NotNow("It stands for no agency of this register")
    if organisation.agency_id != user.agency.pk:
        raise NotYours(f"It stands for {organisation.agency}: only its own people change that")


def why_not_merge(merged: Organisation, into: Organisation, user: User) -> list[str]:
    """Every sentence that stands in the way of merging, empty where nothing does. A fixed number of queries."""
    if merged.pk == into.pk:
        return ["An organisation cannot be merged into itself: choose another"]
    gone = next((body for body in (merged, into) if body.merged_into), None)
    if gone:
        return [f"{gone} was already merged into {gone.merged_into}"]
    return [
        *_agencies(merged, into, user),
        *_numbers(merged, into),
        *_places(merged, into, user),
        *_owners(merged, into),
    ]


def _agencies(merged: Organisation, into: Organisation, user: User) -> Iterator[str]:
    """A party reads the signed face of an agreement, so becoming an agency would open agreements of others to it."""
    if merged.agency_id:
        yield f"{merged} keeps its own agreements in this register, so it cannot become part of another"
    if into.agency_id and into.agency_id != user.agency.pk:
        yield f"{into} keeps its own agreements in this register: only its own people merge another into it"
    elif into.agency_id and _agreements(merged).exclude(agency=user.agency).exists():
        yield (
            f"Other agencies have agreements with {merged}, and merging would open them to {into}. "
            "Ask those agencies to name the right party first"
        )


def _numbers(merged: Organisation, into: Organisation) -> Iterator[str]:
    if merged.nzbn and into.nzbn and merged.nzbn != into.nzbn:
        yield "Each has an NZBN of its own, so they are two bodies in law. Correct the wrong number first"


def _places(merged: Organisation, into: Organisation, user: User) -> Iterator[str]:
    """Where both stand at the same place of one agreement, or one under the other."""
    parties = Party.objects.filter(organisation__in=[merged, into]).select_related("terms__agreement", "parent")
    by_terms: dict[int, list[Party]] = {}
    for party in parties.filter(terms__in=Party.objects.filter(organisation=merged).values("terms")):
        by_terms.setdefault(party.terms_id, []).append(party)
    clash = {rows[0].terms.agreement_id: rows[0].terms.agreement for rows in by_terms.values() if _clash(rows)}
    ours = sorted(agreement.reference for agreement in clash.values() if agreement.agency_id == user.agency.pk)
    if ours:
        named = ", ".join(ours[:MOST_NAMED]) + (" and others" if len(ours) > MOST_NAMED else "")
        yield f"Both are party at the same place of {named}. Remove one of the two there first"
    if len(clash) > len(ours):
        yield "Both are party at the same place of an agreement of another agency, which has to settle that first"


def _clash(rows: list[Party]) -> bool:
    places = [row.parent_id for row in rows]
    both = {row.pk: row.organisation_id for row in rows}
    under = any(row.parent_id in both and both[row.parent_id] != row.organisation_id for row in rows)
    return len(places) != len(set(places)) or under


def _owners(merged: Organisation, into: Organisation) -> Iterator[str]:
    if would_cycle(merged, into):
        yield "One owns the other through a third, which would then own itself. Correct the owners first"


def _agreements(organisation: Organisation) -> "QuerySet[Agreement]":
    return Agreement.objects.filter(terms__parties__organisation=organisation).distinct()
