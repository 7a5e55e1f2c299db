"""The closed lists of conflicts of interest, in the field's own words."""

from django.db import models


class Capacity(models.TextChoices):
    """In which capacity somebody declares (domain.md 3.4)."""

    STAFF = "staff", "Employee"
    SENIOR_LEADER = "senior_leader", "Senior leader"
    CONTRACTOR = "contractor", "Contractor or consultant"
    SECONDEE = "secondee", "Secondee"
    BOARD_MEMBER = "board_member", "Board or committee member"
    PANEL_MEMBER = "panel_member", "Member of an evaluation panel"
    PROCUREMENT_ADVISER = "adviser", "Adviser to a procurement"
    PROCUREMENT_APPROVER = "approver", "Recommends or approves a procurement"
    SUPPLIER = "supplier", "Supplier"
    SUBCONTRACTOR = "subcontractor", "Subcontractor"


OF_ORGANISATIONS = (Capacity.SUPPLIER, Capacity.SUBCONTRACTOR)
OF_PROCUREMENT = (Capacity.PANEL_MEMBER, Capacity.PROCUREMENT_ADVISER, Capacity.PROCUREMENT_APPROVER)


class Occasion(models.TextChoices):
    """What makes somebody declare now (domain.md 3.4)."""

    APPOINTMENT = "appointment", "Starting in the job"
    ROLE_CHANGE = "role_change", "A change of role"
    ANNUAL = "annual", "The declaration of the year"
    ELECTION = "election", "General-election year"
    NEW_AGREEMENT = "new_agreement", "A new agreement or contract"
    PROCUREMENT = "procurement", "A stage of a procurement"
    CHANGE = "change", "Something in life or work changed"


class Stage(models.TextChoices):
    """The stages of a procurement and of the arrangement after it (letter, 2, paragraph 4: all stages)."""

    PLANNING = "planning", "Planning and market research"
    APPROACH = "approach", "Approaching the market"
    EVALUATION = "evaluation", "Evaluation and choice"
    NEGOTIATION = "negotiation", "Negotiation"
    BEFORE_SIGNING = "before_signing", "Before signing"
    IN_TERM = "in_term", "While the arrangement runs"
    RENEWAL = "renewal", "Renewal or variation"


class Said(models.TextChoices):
    """What the declaration comes to. Nothing to declare is a real answer; silence is none."""

    SILENT = "silent", "Not answered yet"
    NIL = "nil", "Nothing to declare"
    INTERESTS = "interests", "Interests to declare"


class Standing(models.TextChoices):
    """How an interest stands beside what was said of it last time."""

    ASKED = "asked", "From last time, not answered yet"
    NEW = "new", "New"
    SAME = "same", "Still the same"
    CHANGED = "changed", "Changed"
    ENDED = "ended", "Ended"


class ConflictType(models.TextChoices):
    """When official duties and another interest overlap (domain.md 3.2)."""

    ACTUAL = "actual", "Actual: it exists now"
    POTENTIAL = "potential", "Potential: it could come about"
    PERCEIVED = "perceived", "Perceived: others could think so"


class Declared(models.TextChoices):
    """What the declarant thinks it is; not being sure is an answer."""

    NONE = "none", "No conflict with my work"
    ACTUAL = "actual", "An actual conflict"
    POTENTIAL = "potential", "A potential conflict"
    PERCEIVED = "perceived", "Others could see a conflict"
    UNSURE = "unsure", "I am not sure"


class Outcome(models.TextChoices):
    """What was decided (domain.md 3.6)."""

    NONE = "none", "No conflict"
    MANAGEABLE = "manageable", "A conflict that can be managed"
    UNMANAGEABLE = "unmanageable", "A conflict that cannot be managed"


class DeclarationStatus(models.TextChoices):
    """Where a declaration stands. That its review is due, or its round overdue, is computed from dates."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    ASSESSING = "assessing", "Under assessment"
    RETURNED = "returned", "Returned for more"
    ESCALATED = "escalated", "Escalated"
    NO_CONFLICT = "no_conflict", "Decided: no conflict"
    MANAGEABLE = "manageable", "Decided: to be managed"
    UNMANAGEABLE = "unmanageable", "Decided: cannot be managed"
    PLAN_DRAFTED = "plan_drafted", "Plan drafted"
    PLAN_APPROVED = "plan_approved", "Plan approved"
    MONITORING = "monitoring", "Plan in force"
    NON_COMPLIANT = "non_compliant", "Plan not kept"
    CLOSED = "closed", "Closed"
    WITHDRAWN = "withdrawn", "Withdrawn"


D = DeclarationStatus
BEING_WRITTEN = (D.DRAFT, D.RETURNED)
WAITING = (D.SUBMITTED, D.ASSESSING, D.ESCALATED)
DECIDED = (D.NO_CONFLICT, D.MANAGEABLE, D.UNMANAGEABLE)
WITH_A_PLAN = (D.PLAN_DRAFTED, D.PLAN_APPROVED, D.MONITORING, D.NON_COMPLIANT)
OPEN_CONFLICT = (D.MANAGEABLE, D.UNMANAGEABLE, *WITH_A_PLAN)
OVER = (D.CLOSED, D.WITHDRAWN)
# Where the next step belongs to whoever decides or approves.
IN_HAND = (*WAITING, D.MANAGEABLE, D.PLAN_DRAFTED, D.NON_COMPLIANT)


class ConversationOutcome(models.TextChoices):
    """What came of a conversation; that nothing was raised is recorded too."""

    NOTHING = "nothing", "Nothing was raised"
    DECLARED = "declared", "Raised, and to be declared"
    MANAGED = "managed", "Raised, and managed already"
    FOLLOW_UP = "follow_up", "To be followed up"


class MatchState(models.TextChoices):
    """Whether somebody confirmed that an interest is about an organisation of the register."""

    CANDIDATE = "candidate", "To be looked at"
    CONFIRMED = "confirmed", "Confirmed"
    REJECTED = "rejected", "Rejected"


class How(models.TextChoices):
    """By what an interest and an organisation were found to be alike."""

    NZBN = "nzbn", "The same NZBN"
    EXACT = "exact", "The same name"
    OTHER_NAME = "other_name", "Another of its names"
    OWNER = "owner", "Owns it, or is owned by it"
    FUZZY = "fuzzy", "A similar name"
    LINKED = "linked", "Linked by hand"


class InvitationState(models.TextChoices):
    """How somebody stands in a round."""

    WAITING = "waiting", "Not answered"
    STARTED = "started", "Started"
    RETURNED = "returned", "Returned"
    LEFT = "left", "Left the agency"
    EXCUSED = "excused", "Excused"
