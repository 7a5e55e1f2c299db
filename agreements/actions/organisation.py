"""Add organisations, correct them, give them names and owners."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from agreements.actions.changes import check_and_save, refuse, tell_of
from agreements.actions.search_entry import rebuild_entries_of_organisations
from agreements.actions.search_names import add_to_search, rename_in_search
from agreements.choices import Confidence, NameKind
from agreements.digest import digest
from agreements.extensions import organisations_named
from agreements.models import Agreement, Organisation, OrganisationLink, OrganisationName
from agreements.normalise import normalise
from agreements.ownership import check_no_cycle
from agreements.policies.organisation import check_may_change
from agreements.stale import stale
from people.models import User
from people.permissions import check_may
from people.roles import Permission
from records.acting import action
from records.locks import hold

FIELDS = ("name", "kind", "state_services", "public_service", "nzbn", "country", "website")
OWNERSHIP = "owners of organisations"  # the lock under which links change, so that no two make a circle


@action
def add_organisation(
    *,
    name: str,
    by: User,
    values: Mapping[str, Any] | None = None,
    names: Mapping[str, str] | None = None,
) -> Organisation:
    """Add an organisation; ``names`` maps other names to their kind. Raises ValidationError, NotPermitted."""
    if not by.is_system:
        check_may(by, Permission.CREATE_AGREEMENTS)
    values = {"confidence": "" if by.is_system else Confidence.ADDED} | dict(values or {})
    organisation = Organisation(**values)
    check_name(name)
    organisation.set_name(name)
    check_and_save(organisation)
    for other, kind in (names or {}).items():
        _add_name(organisation, other, kind)
    return organisation


@action
def change_organisation(
    *, organisation: Organisation, values: Mapping[str, Any], seen: str, by: User, reason: str = ""
) -> Organisation:
    """Correct an organisation; its old name stays known as a former one.

    ``seen`` is the digest of organisation_values() when the person opened it. Raises Stale when it changed since,
    ValidationError, NotYours, NotNow or NotPermitted; nothing is saved then.
    """
    locked = lock_organisation(organisation)
    check_may_change(locked, by)
    now = organisation_values(locked)
    if digest(now) != seen:
        raise stale(locked, now, values)
    check_name(values["name"])
    for field, value in values.items():
        setattr(locked, field, value)
    locked.set_name(values["name"])
    check_and_save(locked)
    if locked.name != now["name"]:
        _keep_former_name(locked, now["name"])
        rename_in_search(locked, now["name"])
    if locked.state_services != now["state_services"]:
        rebuild_entries_of_organisations([locked])
    if (locked.state_services, locked.kind) != (now["state_services"], now["kind"]):
        tell_of(Agreement.objects.filter(current_terms__parties__organisation=locked), by)
    if (locked.name, locked.nzbn) != (now["name"], now["nzbn"]):
        tell_of_names([locked], by)
    return locked


@action
def add_name(*, organisation: Organisation, name: str, kind: str, by: User) -> OrganisationName:
    """Give an organisation another name. Raises ValidationError where it has it already, NotYours, NotPermitted."""
    organisation = lock_organisation(organisation)
    check_may_change(organisation, by)
    other = _add_name(organisation, name, kind)
    add_to_search(organisation, name)
    tell_of_names([organisation], by)
    return other


@action
def remove_name(*, organisation: Organisation, pk: int, by: User, reason: str = "") -> None:
    """Take a name away that was never the organisation's; its history stays."""
    organisation = lock_organisation(organisation)
    check_may_change(organisation, by)
    OrganisationName.objects.get(pk=pk, organisation=organisation).delete()
    rebuild_entries_of_organisations([organisation])


@action
def link_organisations(
    *,
    owner: Organisation,
    owned: Organisation,
    kind: str,
    by: User,
    share: Any = None,
    starts_on: date | None = None,
) -> OrganisationLink:
    """Say that one organisation owns, or is the parent of, another. Raises NotNow for a circle, ValidationError."""
    hold(OWNERSHIP)
    check_may_change(lock_organisation(owned), by)
    check_no_cycle(owner, owned)
    link = OrganisationLink(owner=owner, owned=owned, kind=kind, share=share, starts_on=starts_on)
    check_and_save(link)
    tell_of_names([owner, owned], by)
    return link


@action
def end_link(*, link: OrganisationLink, on: date, by: User, reason: str = "") -> OrganisationLink:
    """Say that an organisation owns another no longer, from a day on. Raises ValidationError, NotYours."""
    hold(OWNERSHIP)
    check_may_change(lock_organisation(link.owned), by)
    locked = OrganisationLink.objects.select_for_update(of=("self",), no_key=True).get(pk=link.pk)
    locked.ends_on = on
    check_and_save(locked)
    return locked


def tell_of_names(organisations: Iterable[Organisation], by: User) -> None:
    """These are called or owned otherwise now; whoever is akin to them hears of it too."""
    organisations_named([one.pk for one in organisations], by, localdate())


def organisation_values(organisation: Organisation) -> dict[str, Any]:
    """What can be corrected, as it stands now."""
    return {name: getattr(organisation, name) for name in FIELDS}


def lock_organisation(organisation: Organisation) -> Organisation:
    """The organisation as it stands now, locked until the transaction ends."""
    return Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)


def check_name(name: str) -> None:
    """A name has letters or digits: one of signs alone could be neither found nor told from another."""
    if not normalise(name):
        raise refuse("name", "Write the name with letters or digits, so that it can be found again")


def _add_name(organisation: Organisation, name: str, kind: str) -> OrganisationName:
    check_name(name)
    other = OrganisationName(organisation=organisation, name=name, normalised=normalise(name)[:200], kind=kind)
    check_and_save(other)
    return other


def _keep_former_name(organisation: Organisation, name: str) -> None:
    """The old name, unless it differs only in capitals, macrons or signs, or is known already."""
    plain = normalise(name)[:200]
    if plain != organisation.normalised and not organisation.names.filter(normalised=plain).exists():
        _add_name(organisation, name, NameKind.FORMER)
