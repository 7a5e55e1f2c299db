"""Merge two organisations that are one: everything that names the one names the other; both histories stay."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate

from agreements.actions.changes import check_and_save, finish, lock
from agreements.actions.organisation import OWNERSHIP, tell_of_names
from agreements.choices import NameKind
from agreements.errors import NotNow
from agreements.extensions import before_merge
from agreements.models import Agreement, Organisation, OrganisationLink, OrganisationName, Party, Pause
from agreements.policies.organisation import why_not_merge
from people.models import User
from people.permissions import check_may
from people.roles import Permission
from records.acting import action
from records.locks import hold
from records.moment import backdated_to


@action
def merge_organisations(*, merged: Organisation, into: Organisation, by: User, reason: str = "") -> Organisation:
    """Make ``merged`` part of ``into``, which takes its parties, names and links; flows stay with their parties.

    Raises NotNow with every sentence that stands in the way (why_not_merge()), NotPermitted. Of two people who merge
    at once the second is told what the first did.
    """
    check_may(by, Permission.KEEP_ORGANISATIONS)
    hold(OWNERSHIP)
    locked = Organisation.objects.select_for_update(of=("self",)).filter(pk__in=[merged.pk, into.pk]).order_by("pk")
    by_key = {body.pk: body for body in locked}
    gone, stays = by_key[merged.pk], by_key[into.pk]
    reasons = why_not_merge(gone, stays, by)
    if reasons:
        raise NotNow(". ".join(reasons))
    agreements = [lock(agreement) for agreement in Agreement.objects.filter(pk__in=_agreements(gone)).order_by("pk")]
    _fold_pauses(gone, stays, by)
    before_merge(gone, stays, by)
    _close(gone, stays)  # first: only a merger that is recorded may change the parties of terms that stand
    _move_rows(gone, stays)
    _move_links(gone, stays)
    _move_names(gone, stays)
    for agreement in agreements:
        finish(agreement, by)
    tell_of_names([stays], by)
    return stays


def _agreements(organisation: Organisation) -> Any:
    return Party.objects.filter(organisation=organisation).values("terms__agreement")


def _fold_pauses(gone: Organisation, stays: Organisation, by: User) -> None:
    """Of two open pauses of one agency the one that moves ends here, and says so: the other goes on."""
    paused = Pause.objects.open().filter(organisation=stays).values("agency")
    for pause in Pause.objects.select_for_update(of=("self",)).open().filter(organisation=gone, agency__in=paused):
        pause.lifted_on, pause.lifted_by = max(pause.on, localdate(backdated_to())), by
        pause.lifted_why = f"{gone} was merged into {stays}, which is paused as well: that pause goes on"[:2000]
        pause.save()


def _move_rows(gone: Organisation, stays: Organisation) -> None:
    """Whatever row of whatever app names the one by a foreign key names the other."""
    own = {OrganisationName, OrganisationLink}
    for relation in Organisation._meta.related_objects:
        model: Any = relation.related_model
        if model in own or not relation.one_to_many:
            continue
        for row in model.objects.select_for_update(of=("self",)).filter(**{relation.field.name: gone}):
            setattr(row, relation.field.name, stays)
            row.save()


def _move_links(gone: Organisation, stays: Organisation) -> None:
    """Owners and owned move along; a link between the two, or one that is there already, ends here."""
    links = OrganisationLink.objects.filter(Q(owner=gone) | Q(owned=gone))
    for link in links:
        link.owner = stays if link.owner_id == gone.pk else link.owner
        link.owned = stays if link.owned_id == gone.pk else link.owned
        if link.owner_id == link.owned_id or _is_there(link):
            OrganisationLink.objects.get(pk=link.pk).delete()
        else:
            link.save()


def _is_there(link: OrganisationLink) -> bool:
    same = OrganisationLink.objects.filter(owner=link.owner, owned=link.owned, kind=link.kind, ends_on=link.ends_on)
    return same.exclude(pk=link.pk).exists()


def _close(gone: Organisation, stays: Organisation) -> None:
    """The number moves once it is free; the one that is gone says where it went."""
    gone.merged_into = stays
    gone.save()
    if gone.nzbn and not stays.nzbn:
        stays.nzbn = gone.nzbn
        check_and_save(stays)


def _move_names(gone: Organisation, stays: Organisation) -> None:
    """Every name of the one is another name of the other, once."""
    known = {stays.normalised, *stays.names.values_list("normalised", flat=True)}
    for name in _new(gone.names.all(), known):
        name.organisation = stays
        name.save()
    if gone.normalised not in known:
        OrganisationName(organisation=stays, name=gone.name, normalised=gone.normalised, kind=NameKind.OTHER).save()


def _new(names: Iterable[OrganisationName], known: set[str]) -> Iterable[OrganisationName]:
    for name in names:
        if name.normalised not in known:
            known.add(name.normalised)
            yield name
