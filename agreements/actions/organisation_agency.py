"""Say which organisation an agency of this register is, and take that back."""

from agreements.actions.changes import check_and_save
from agreements.actions.organisation import lock_organisation
from agreements.actions.search_entry import rebuild_entries_of_organisations
from agreements.errors import NotNow
from agreements.models import Organisation
from agreements.policies.organisation import check_may_tie, check_may_untie
from people.models import Agency, User
from records.acting import action
from records.locks import hold


@action
def tie_organisation(*, organisation: Organisation, agency: Agency, by: User, reason: str) -> Organisation:
    """Let an organisation stand for an agency: it leads the agency's agreements, and reads those it is a party to.

    Raises NotYours, NotNow or NotPermitted (see check_may_tie), ValidationError.
    """
    hold(f"organisation of agency {agency.pk}")
    locked = lock_organisation(organisation)
    check_may_tie(locked, agency, by)
    _say_why(reason)
    locked.agency = agency
    check_and_save(locked)
    rebuild_entries_of_organisations([locked])
    return locked


@action
def untie_organisation(*, organisation: Organisation, by: User, reason: str) -> Organisation:
    """Take back that an organisation stands for the person's agency. Raises NotYours, NotNow or NotPermitted."""
    locked = lock_organisation(organisation)
    check_may_untie(locked, by)
    _say_why(reason)
    locked.agency = None
    check_and_save(locked)
    rebuild_entries_of_organisations([locked])
    return locked


def _say_why(reason: str) -> None:
    if not reason.strip():
        raise NotNow("Say why: the reason is kept in the history")
