"""Find matches in the action that makes them possible, and say whether an interest is about an organisation."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from agreements.models import Organisation
from conflicts.actions.changes import check_and_save
from conflicts.choices import How, MatchState
from conflicts.errors import NotNow, NotYours
from conflicts.matching import Found, of_interest, of_organisations
from conflicts.models import Declaration, Interest, Match
from people.models import User
from people.permissions import check_may
from people.roles import Permission
from records import bulk
from records.acting import action
from records.locks import hold

STRONGEST = (MatchState.CONFIRMED, MatchState.REJECTED, MatchState.CANDIDATE)  # which counts where a merger joins two


@action
def match_declared(*, declaration: Declaration, by: User, on: date) -> int:
    """Match the interests of a declaration that is submitted; how many candidates are new."""
    rows = Interest.objects.standing().filter(declared__declaration=declaration).distinct().order_by("pk")
    return sum(_keep(of_interest(interest), on) for interest in rows)


@action
def match_organisations(*, organisations: Iterable[int], by: User, on: date) -> int:
    """Match organisations that have begun to take part, or have other names or owners now."""
    return _keep(of_organisations(organisations), on)


@action
def fold_matches(*, gone: Organisation, stays: Organisation, by: User) -> None:
    """Before two organisations become one: of two matches with the same interest one stays.

    Confirmed counts over rejected, rejected over undecided: what somebody decided is never asked again.
    """
    twins = {one.interest_id: one for one in Match.objects.select_for_update(of=("self",)).filter(organisation=stays)}
    for one in Match.objects.select_for_update(of=("self",)).filter(organisation=gone, interest__in=list(twins)):
        weaker, stronger = sorted((one, twins[one.interest_id]), key=_strength)
        if stronger is one:  # it comes to the one that stays with everything else
            weaker.delete()
        else:
            one.delete()


@action
def confirm_match(*, match: Match, why: str, by: User, now: datetime) -> Match:
    """The interest is about the organisation: it is linked to it. Raises NotPermitted, NotYours, NotNow."""
    locked = _decide(match, MatchState.CONFIRMED, why, by, now)
    interest = Interest.objects.select_for_update(of=("self",)).get(pk=locked.interest_id)
    if locked.how != How.OWNER and interest.organisation_id is None:
        interest.organisation, interest.linked_by = locked.organisation, by
        interest.save()
    return locked


@action
def reject_match(*, match: Match, why: str, by: User, now: datetime) -> Match:
    """The interest is about something else: for good. Raises NotPermitted, NotYours, NotNow."""
    return _decide(match, MatchState.REJECTED, why, by, now)


def _decide(match: Match, state: MatchState, why: str, by: User, now: datetime) -> Match:
    check_may(by, Permission.SEE_DECLARATIONS)
    locked = Match.objects.select_for_update(of=("self",)).select_related("interest", "organisation").get(pk=match.pk)
    if locked.interest.agency_id != by.agency.pk:
        raise NotYours("This interest was declared in another agency")
    if locked.interest.person_id is not None and locked.interest.person_id == by.person_id:
        raise NotYours("This interest is your own: somebody else says what it is about")
    if locked.state != MatchState.CANDIDATE:
        raise NotNow(f"{locked.by} has decided already: {locked.get_state_display().lower()}")
    if not why.strip():
        raise NotNow("Say why: the reason is kept")
    locked.state, locked.why, locked.by, locked.at = state, " ".join(why.split()), by, now
    check_and_save(locked)
    return locked


def _keep(found: Sequence[Found], on: date) -> int:
    """Candidates as rows. A pair that is known stays as it is, whatever was said of it; a better reason is taken."""
    if not found:
        return 0
    hold("matches")  # of two actions that find a pair at once one writes it
    pairs = {(one.interest, one.organisation): one for one in found}
    rows = Match.objects.filter(interest__in={key for key, _ in pairs}, organisation__in={key for _, key in pairs})
    known = {(row.interest_id, row.organisation_id): row for row in rows}
    for pair in known.keys() & pairs.keys():
        row, one = known[pair], pairs[pair]
        if row.state == MatchState.CANDIDATE and one.score > row.score:
            row.how, row.score = one.how, one.score
            row.save()
    fresh = [pairs[pair] for pair in sorted(pairs.keys() - known.keys())]
    bulk.create([_row(one, on) for one in fresh])
    return len(fresh)


def _row(one: Found, on: date) -> Match:
    pair = {"interest_id": one.interest, "organisation_id": one.organisation}
    return Match(**pair, how=one.how, score=one.score, found_on=on)


def _strength(match: Match) -> tuple[int, object]:
    return -STRONGEST.index(MatchState(match.state)), match.score
