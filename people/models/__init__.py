"""People, the agencies they act for, and what they may do."""

from people.models.agency import Agency, RoleLabel
from people.models.delegation import Delegation, Power
from people.models.handover import Handover
from people.models.notice import Closed, Notice, NoticeKind
from people.models.person import Engagement, Person
from people.models.reminders import DigestChoice, Reminders
from people.models.role_grant import RoleGrant
from people.models.unit import Placement, Unit
from people.models.user import User
from people.models.work import Work, WorkState

__all__ = [
    "Agency",
    "Closed",
    "Delegation",
    "DigestChoice",
    "Engagement",
    "Handover",
    "Notice",
    "NoticeKind",
    "Person",
    "Placement",
    "Power",
    "Reminders",
    "RoleGrant",
    "RoleLabel",
    "Unit",
    "User",
    "Work",
    "WorkState",
]
