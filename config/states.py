"""How each state looks, in one place: its word, its tone and its shape. Colour only repeats what the first two say."""

from typing import NamedTuple


class State(NamedTuple):
    """The word, the tone (a `tone-` class) and the shape (a name in icons.py)."""

    word: str
    tone: str
    icon: str


STATES: dict[str, State] = {
    # Stored, of an agreement
    "draft": State("Draft", "plain", "draft"),
    "in_review": State("In review", "info", "in-review"),
    "approved": State("Approved", "info", "approved"),
    "signed": State("Signed", "good", "signed"),
    "suspended": State("Suspended", "warn", "suspended"),
    "ended": State("Ended", "plain", "ended"),
    "closed_out": State("Closed out", "plain", "closed"),
    "withdrawn": State("Withdrawn", "plain", "withdrawn"),
    # Computed from dates
    "in_force": State("In force", "good", "in-force"),
    "not_yet_in_force": State("Not yet in force", "info", "not-yet"),
    "past_its_end": State("Past its end", "warn", "past-end"),
    "variation_under_way": State("Variation under way", "note", "variation"),
    # Stages of a contract, besides signed and ended
    "planned": State("Planned", "plain", "draft"),
    "in_procurement": State("In procurement", "info", "in-review"),
    "in_negotiation": State("In negotiation", "info", "in-review"),
    "in_service": State("In service", "good", "in-force"),
    # Assessments, and how great a risk is
    "final": State("Final", "good", "seal"),
    "superseded": State("Superseded", "plain", "closed"),
    "low": State("Low", "good", "met"),
    "medium": State("Medium", "info", "info"),
    "high": State("High", "warn", "alert"),
    "critical": State("Critical", "bad", "alert"),
    # What a check of a standard found, besides not applicable and unknown
    "met": State("Met", "good", "met"),
    "not_met": State("Not met", "bad", "not-met"),
    # A declaration of interests
    "submitted": State("Submitted", "info", "in-review"),
    "assessing": State("Under assessment", "info", "in-review"),
    "returned": State("Returned for more", "warn", "change"),
    "escalated": State("Escalated", "info", "in-review"),
    "no_conflict": State("No conflict", "good", "approved"),
    "manageable": State("To be managed", "warn", "flag"),
    "unmanageable": State("Cannot be managed", "bad", "not-met"),
    "plan_drafted": State("Plan drafted", "warn", "flag"),
    "plan_approved": State("Plan approved", "info", "approved"),
    "monitoring": State("Plan in force", "good", "in-force"),
    "non_compliant": State("Plan not kept", "bad", "alert"),
    "closed": State("Closed", "plain", "closed"),
    # An interest beside last time, besides ended
    "asked": State("Not answered yet", "warn", "unknown"),
    "new": State("New", "info", "add"),
    "same": State("Still the same", "plain", "met"),
    "changed": State("Changed", "info", "change"),
    # How an agreement stands with conflicts of interest
    "cleared": State("Cleared", "good", "met"),
    "plan": State("Plan in force", "info", "seal"),
    "gap": State("Gap", "warn", "alert"),
    # Who of a contract declared
    "declared": State("Declared", "good", "met"),
    "out_of_date": State("Out of date", "warn", "late"),
    "begun": State("Begun", "info", "in-review"),
    "nothing_declared": State("Nothing declared yet", "bad", "not-met"),
    # Privacy breaches, besides closed
    "near_miss": State("Near miss", "plain", "flag"),
    "provider_waiting": State("Waiting", "info", "not-yet"),
    "provider_late": State("Late", "warn", "late"),
    "provider_astray": State("Reached somebody else", "warn", "alert"),
    "provider_answered": State("Answered", "good", "met"),
    "breach_deciding": State("To decide", "warn", "alert"),
    "breach_notifiable": State("Notifiable", "bad", "alert"),
    "breach_not_notifiable": State("Not notifiable", "plain", "met"),
    "serious": State("Serious", "bad", "alert"),
    "moderate": State("Moderate", "warn", "alert"),
    "minor": State("Minor", "plain", "info"),
    # Concerns and complaints
    "concern_new": State("Not acknowledged", "warn", "late"),
    "concern_looked_into": State("Being looked into", "info", "in-review"),
    "concern_answered": State("Answered", "good", "met"),
    # An assurance activity and what came of it; an action about a finding, besides done
    "to_be_done": State("To be done", "plain", "not-yet"),
    "called_off": State("Called off", "plain", "closed"),
    "satisfactory": State("Satisfactory", "good", "met"),
    "partly": State("Satisfactory in part", "warn", "alert"),
    "unsatisfactory": State("Not satisfactory", "bad", "not-met"),
    "open": State("Open", "warn", "flag"),
    "to_verify": State("Done, to be verified", "info", "in-review"),
    "verified": State("Verified", "good", "seal"),
    "dropped": State("Dropped", "plain", "closed"),
    # Sections and rows
    "complete": State("Complete", "good", "met"),
    "in_progress": State("In progress", "info", "in-review"),
    "not_started": State("Not started", "plain", "draft"),
    "not_asked": State("Not asked", "plain", "not-applicable"),
    # A written assurance, besides draft, signed, withdrawn and returned
    "answering": State("Being answered", "info", "in-review"),
    "accepted": State("Accepted", "good", "met"),
    "waiting_deputy": State("To be answered", "warn", "not-yet"),
    "waiting_head": State("To be accepted", "info", "in-review"),
    # On a timeline, besides the steps
    "change": State("Changed", "plain", "change"),
    "document": State("Document", "plain", "document"),
    # Work that takes long
    "waiting": State("Waiting", "plain", "not-yet"),
    "running": State("Running", "info", "in-review"),
    "done": State("Done", "good", "met"),
    "failed": State("Not done", "bad", "alert"),
    # Answers
    "yes": State("Yes", "plain", "met"),
    "no": State("No", "plain", "not-applicable"),
    "present": State("Present", "good", "met"),
    "absent": State("Absent", "bad", "not-met"),
    "not_applicable": State("Not applicable", "plain", "not-applicable"),
    "unknown": State("Not known yet", "plain", "unknown"),
}

# Messages of Django's framework, by level.
MESSAGE_TONES = {"success": "good", "info": "info", "warning": "warn", "error": "bad", "debug": "plain"}
TONE_ICONS = {"good": "met", "info": "info", "note": "flag", "warn": "alert", "bad": "not-met", "plain": "info"}


def state(value: str) -> State:
    """The look of a state by its stored value or its word; one that is not listed is shown plain, as it is written."""
    key = str(value).lower().replace(" ", "_").replace("-", "_")
    return STATES.get(key, State(str(value), "plain", "not-applicable"))
