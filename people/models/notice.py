"""What is due for a person: found by the daily tick, closed by the person or by itself."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models

from people.models.person import Person
from records.constraints import one_of, together
from records.models import Recorded
from records.words import distance, since

if TYPE_CHECKING:
    from people.models.user import User


class NoticeKind(models.TextChoices):
    """What is due. What stands before the first _ is one matter; its kinds follow each other as time passes."""

    REVIEW_DUE = "review_due", "Review due"
    REVIEW_LATE = "review_late", "Review late"
    END_90 = "end_90", "Ends within 90 days"
    END_30 = "end_30", "Ends within 30 days"
    END_PAST = "end_past", "Past its end"
    DELEGATION_ENDS = "delegation_ends", "Delegation ends"
    HANDOVER_DUE = "handover_due", "To hand over"
    CONTRACT_90 = "contract_90", "Contract ends within 90 days"
    CONTRACT_30 = "contract_30", "Contract ends within 30 days"
    CONTRACT_PAST = "contract_past", "Contract past its end"
    OVERSIGHT_DUE = "oversight_due", "Nothing logged for long"
    SUBCONTRACTOR_STARTS = "subcontractor_starts", "Subcontractor starts"
    ASSESSMENT_DUE = "assessment_due", "To be assessed again"
    ASSESSMENT_LATE = "assessment_late", "Late to be assessed again"
    COMMENT_ASKED = "comment_asked", "Asked in a comment"
    START_HELD = "start_held", "Did not start"
    PLAN_LATE = "plan_late", "Late in the plan"
    POLICY_DUE = "policy_due", "Review of a policy due"
    POLICY_LATE = "policy_late", "Review of a policy late"
    MATURITY_DUE = "maturity_due", "Privacy maturity due"
    MATURITY_LATE = "maturity_late", "Privacy maturity late"
    AUTOMATED_DUE = "automated_due", "Automation to be reviewed"
    AUTOMATED_LATE = "automated_late", "Automation late to be reviewed"
    AISA_DUE = "aisa_due", "Yearly report due"
    AISA_LATE = "aisa_late", "Yearly report late"
    DECIDE_NEW = "decide_new", "Declaration to decide"
    DECIDE_LATE = "decide_late", "Declaration waits too long"
    WRITING_ASKED = "writing_asked", "Management plan to write"
    APPROVING_ASKED = "approving_asked", "Management plan to approve"
    MENDING_ASKED = "mending_asked", "Plan not kept, to put right"
    RETURNED_ASKED = "returned_asked", "Declaration returned"
    DECIDED_TOLD = "decided_told", "Declaration decided"
    ACKNOWLEDGE_ASKED = "acknowledge_asked", "Management plan to acknowledge"
    FILLING_ASKED = "filling_asked", "Declaration to fill in"
    KEEPING_DUE = "keeping_due", "Review of a management plan due"
    KEEPING_LATE = "keeping_late", "Review of a management plan late"
    STEP_DUE = "step_due", "Step of a management plan due"
    STEP_LATE = "step_late", "Step of a management plan late"
    BREACH_NEW = "breach_new", "Privacy breach to decide"
    BREACH_DUE = "breach_due", "72 hours of a breach are over soon"
    BREACH_LATE = "breach_late", "72 hours of a breach are over"
    CONCERN_NEW = "concern_new", "Concern to acknowledge"
    CONCERN_DUE = "concern_due", "Concern to answer"
    CONCERN_LATE = "concern_late", "Concern waits too long"
    CONCERN_TOLD = "concern_told", "Your concern: something is new"
    COMPLAINT_DUE = "complaint_due", "Complaint to answer"
    COMPLAINT_LATE = "complaint_late", "Complaint waits too long"
    ACTIVITY_DUE = "activity_due", "Assurance due"
    ACTIVITY_LATE = "activity_late", "Assurance late"
    ACTION_DUE = "action_due", "Action due"
    ACTION_LATE = "action_late", "Action late"
    ACTION_BACK = "action_back", "Action sent back"
    VERIFY_ASKED = "verify_asked", "Action to verify"
    PROVIDER_ANSWERED = "provider_answered", "A provider has answered"
    PROVIDER_DUE = "provider_due", "A provider is to answer soon"
    PROVIDER_LATE = "provider_late", "A provider is late"
    PROVIDER_CLOSES = "provider_closes", "A provider’s link closes soon"
    PROVIDER_ASTRAY = "provider_astray", "A provider’s link went astray"
    STATEMENT_ANSWER = "statement_answer", "Exceptions to answer"
    STATEMENT_ACCEPT = "statement_accept", "Exceptions to accept"
    STATEMENT_SIGN = "statement_sign", "Written assurance to sign"
    STATEMENT_WORDS = "statement_words", "Words of a written assurance to write"
    STATEMENT_RETURNED = "statement_returned", "Exceptions returned"
    STATEMENT_MOVED = "statement_moved", "Figures moved"


# Its day is the one on which it came up: it has none by which it is to be done, and is never late.
WITHOUT_A_DAY = (
    NoticeKind.COMMENT_ASKED,
    NoticeKind.START_HELD,
    NoticeKind.DECIDE_NEW,
    NoticeKind.WRITING_ASKED,
    NoticeKind.APPROVING_ASKED,
    NoticeKind.MENDING_ASKED,
    NoticeKind.RETURNED_ASKED,
    NoticeKind.DECIDED_TOLD,
    NoticeKind.ACKNOWLEDGE_ASKED,
    NoticeKind.FILLING_ASKED,
    NoticeKind.BREACH_NEW,
    NoticeKind.CONCERN_TOLD,
    NoticeKind.ACTION_BACK,
    NoticeKind.VERIFY_ASKED,
    NoticeKind.PROVIDER_ANSWERED,
    NoticeKind.PROVIDER_ASTRAY,
    NoticeKind.STATEMENT_ANSWER,
    NoticeKind.STATEMENT_ACCEPT,
    NoticeKind.STATEMENT_SIGN,
    NoticeKind.STATEMENT_WORDS,
    NoticeKind.STATEMENT_RETURNED,
    NoticeKind.STATEMENT_MOVED,
)


class Closed(models.TextChoices):
    """How a notice came off the list."""

    DONE = "done", "Done"
    HIDDEN = "hidden", "Hidden"
    SETTLED = "settled", "No longer due"


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices, each read by its recipient and nobody else."""

    def visible_to(self, user: "User") -> Self:
        """The user's own."""
        return self.filter(recipient=user.person_id)

    def open(self) -> Self:
        """Those that are still due."""
        return self.filter(closed_on=None)


class Notice(Recorded):
    """Something that is due for one person. It names the record by its reference only, never by its title.

    Whether the recipient may still read about it is asked of the record's own app: see people.notices.
    """

    recipient = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=20, choices=NoticeKind)
    about = models.CharField(max_length=40, help_text="The reference of the record.")
    url = models.CharField(max_length=200, help_text="The page where it is done, from the first / on.")
    text = models.CharField(max_length=300)
    due_on = models.DateField("due on")
    made_on = models.DateField("found on")
    closed_on = models.DateField("closed on", null=True, blank=True)
    closed_as = models.CharField(max_length=8, choices=Closed, null=True, blank=True)  # noqa: DJ001 - paired with the day

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "kind", "about", "due_on"], name="notice_once"),
            one_of("kind", NoticeKind.values, "notice_kind_known"),
            one_of("closed_as", Closed.values, "notice_closed_as_known"),
            together("closed_on", "closed_as", "notice_closed_together"),
        ]
        indexes = [models.Index(fields=["kind", "due_on"], name="notice_kind_due")]

    def __str__(self) -> str:
        return self.text

    @property
    def matter(self) -> str:
        """What it is about, whatever the stage: "review"."""
        return self.kind.partition("_")[0]

    def is_late(self, on: date) -> bool:
        """Whether its day has gone by."""
        return self.due_on < on and self.kind not in WITHOUT_A_DAY

    def how_far(self, on: date) -> str:
        """`in 17 days`, `12 days late`; what has no day by which it is to be done says since when it waits."""
        return since(self.due_on, on) if self.kind in WITHOUT_A_DAY else distance(self.due_on, on)
