"""Who may draft, answer and sign a written assurance, and when: each rule once, as a sentence for the page."""

from datetime import date

from django.utils.timezone import localdate

from agreements.errors import NotNow, NotYours
from agreements.models import StatusChange
from assurance.models import Briefing, Statement, StatementState
from assurance.statement.groups import group_states, still_open
from people.models import Agency, Person, RoleGrant, User
from people.permissions import NotPermitted, check_may
from people.roles import ROLE_PERMISSIONS, Permission
from records.one_page import once
from records.words import nz_date


def holders(agency: Agency, needed: Permission, on: date) -> "list[Person]":
    """Who works in the agency and holds a permission on a day, by name: asked of the roles given, not of a session."""
    roles = [role for role, held in ROLE_PERMISSIONS.items() if needed in held]
    grants = RoleGrant.objects.on(on).filter(role__in=roles)
    people = Person.objects.here_on(on).filter(agency=agency, pk__in=grants.values("person"))
    return list(people.order_by("name", "pk"))


def check_may_draft(statement: Statement | None, user: User) -> None:
    """The person drafts, and the words can still be changed. Raises NotPermitted, NotYours, NotNow."""
    check_may(user, Permission.DRAFT_STATEMENTS)
    if statement is not None:
        _check_own(statement, user)
        check_open(statement)


def check_open(statement: Statement) -> None:
    """It is neither signed nor withdrawn. Raises NotNow."""
    if statement.is_signed:
        raise NotNow("It is signed and frozen: what was wrong in it is corrected by a new statement that names it")
    if not statement.is_open:
        raise NotNow("It was withdrawn")


def _check_own(statement: Statement, user: User) -> None:
    if statement.agency_id != user.agency.pk:
        raise NotYours("This statement belongs to another agency")


def first_record(agency: Agency) -> date | None:
    """The first day of which the register knows anything of the agency's agreements."""
    first = StatusChange.objects.filter(agreement__agency=agency).order_by("at").values_list("at", flat=True).first()
    return localdate(first) if first else None


def check_day(agency: Agency, as_at: date, today: date) -> None:
    """The figures of that day can be known. Raises NotNow."""
    if as_at > today:
        raise NotNow(f"{nz_date(as_at)} has not come yet: figures are counted as at a day that is over, or today")
    first = first_record(agency)
    if first is None or as_at < first:
        since = f"the register’s first record is of {nz_date(first)}" if first else "nothing is recorded yet"
        raise NotNow(f"Nothing can be said as at {nz_date(as_at)}: {since}")


def check_may_answer_rows(statement: Statement, user: User) -> None:
    """Only the accountable deputy says what is done. Raises NotYours, NotNow."""
    _check_own(statement, user)
    check_open(statement)
    if user.person_id != statement.deputy_id:
        raise NotYours(f"{statement.deputy} answers for the exceptions of this statement")
    if statement.state != StatementState.ANSWERING:
        raise NotNow("Its figures have not been taken yet")


def check_is_signatory(statement: Statement, user: User, on: date) -> None:
    """The person signs this statement and is still the head of the agency. Raises NotYours, NotPermitted."""
    _check_own(statement, user)
    check_open(statement)
    if user.person_id != statement.signatory_id:
        raise NotYours(f"{statement.signatory} signs this statement")
    check_is_head(statement, on)


def check_is_head(statement: Statement, on: date) -> None:
    """Whoever is named to sign holds the office on the day. Raises NotPermitted."""
    if statement.signatory not in holders(statement.agency, Permission.SIGN_STATEMENTS, on):
        title = statement.agency.head_title
        raise NotPermitted(f"{statement.signatory} is not {title} on {nz_date(on)}: name who signs now")


def check_may_sign(statement: Statement, user: User, on: date) -> None:
    """The person signs, did not draft it, and nothing is left to answer. Raises NotYours, NotPermitted, NotNow."""
    check_is_signatory(statement, user, on)
    if statement.drafted_by_id == user.pk:
        raise NotYours("You drafted this statement: whoever drafts it does not sign it")
    check_ready(statement)


def check_may_record_paper(statement: Statement, user: User, on: date) -> None:
    """The person drafts statements, the signatory holds the office, and nothing is left to answer."""
    check_may_draft(statement, user)
    check_is_head(statement, on)
    if statement.drafted_by.person_id == statement.signatory_id:
        raise NotNow("Whoever drafted it does not sign it: name somebody else to sign")
    check_ready(statement)


def check_ready(statement: Statement) -> Briefing:
    """Words are said, figures taken, every group accepted. Raises NotNow with what is left."""
    check_open(statement)
    briefing = newest_briefing(statement)
    if briefing is None:
        raise NotNow("Its figures have not been taken yet")
    if not statement.covering.strip() or not statement.implemented:
        raise NotNow("The covering words are not written yet, or do not say whether the Standard is implemented")
    left = still_open(group_states(briefing))
    if left:
        more = f" and {len(left) - 1} more" if len(left) > 1 else ""
        raise NotNow(f"Not accepted yet: the exceptions of “{left[0].group}”{more}")
    return briefing


def newest_briefing(statement: Statement) -> Briefing | None:
    """The newest taking of its figures; asked once a page."""
    return once(("newest_briefing", statement.pk), lambda: statement.briefings.order_by("-pk").first())
