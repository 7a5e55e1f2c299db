"""The table of home: which part whom, in one order. A person of several roles sees each part once.

A new kind of work or of figures is a row here, with what it asks and how it shows that.
"""

from assurance.home import (
    agreements,
    concerns,
    conflicts,
    conformance,
    incidents,
    people,
    plan,
    providers,
    reminders,
    statements,
    work,
)
from assurance.home.base import Block
from people.models import NoticeKind
from people.roles import Permission

EDITS = frozenset({Permission.EDIT_ANY_AGREEMENT, Permission.EDIT_OWN_AGREEMENTS})
READS = frozenset({Permission.READ_AGREEMENTS})
ANSWERS_FOR_ALL = frozenset({Permission.SIGN_STATEMENTS})  # the whole agency on one screen
LOOKS_INTO_ALL = ANSWERS_FOR_ALL | {Permission.DRAFT_STATEMENTS}
COUNTS_CONCERNS = frozenset({Permission.HANDLE_CONCERNS, Permission.READ_BREACHES})
N = NoticeKind
REVIEWS, ENDS = frozenset({N.REVIEW_DUE, N.REVIEW_LATE}), frozenset({N.END_30, N.END_90})
CLOCKS = frozenset({N.BREACH_NEW, N.BREACH_DUE, N.BREACH_LATE})
TURNS = frozenset({N.STATEMENT_ANSWER, N.STATEMENT_ACCEPT, N.STATEMENT_SIGN})
CONCERNS = frozenset({N.CONCERN_NEW, N.CONCERN_DUE, N.CONCERN_LATE})
PROVIDERS = frozenset({N.PROVIDER_LATE, N.PROVIDER_ASTRAY})
ACTIONS = frozenset({N.ACTION_DUE, N.ACTION_LATE, N.ACTION_BACK})
ACTIVITIES = frozenset({N.ACTIVITY_DUE, N.ACTIVITY_LATE})
INTERESTS = frozenset({N.DECIDE_NEW, N.DECIDE_LATE, N.APPROVING_ASKED, N.ACKNOWLEDGE_ASKED, N.FILLING_ASKED})

# What is to be done. Where two are as pressing, the one that stands here first comes first.
WORK = (
    Block(
        "clocks",
        incidents.ask_clocks,
        incidents.clocks,
        frozenset({Permission.KEEP_BREACHES}),
        tells=CLOCKS,
        by_hours=True,
    ),
    Block("turns", statements.ask_turns, statements.turns, frozenset({Permission.READ_STATEMENTS}), tells=TURNS),
    Block(
        "concerns", concerns.ask_concerns, concerns.concerns, frozenset({Permission.HANDLE_CONCERNS}), tells=CONCERNS
    ),
    Block(
        "providers",
        providers.ask_providers,
        providers.providers,
        frozenset({Permission.ASK_PROVIDERS}),
        tells=PROVIDERS,
    ),
    Block("approvals", agreements.ask_approvals, agreements.approvals, READS),
    Block("actions", work.ask_actions, work.actions, tells=ACTIONS),
    Block(
        "to_verify",
        work.ask_to_verify,
        work.to_verify,
        frozenset({Permission.VERIFY_ACTIONS}),
        tells=frozenset({N.VERIFY_ASKED}),
    ),
    Block("activities", work.ask_activities, work.activities, READS, tells=ACTIVITIES),
    Block("plan", plan.ask_mine, plan.mine, READS, tells=frozenset({N.PLAN_LATE})),
    Block("reviews", agreements.ask_reviews, agreements.reviews, EDITS, tells=REVIEWS),
    Block("past_end", agreements.ask_past_end, agreements.past_end, EDITS, tells=frozenset({N.END_PAST})),
    Block("waiting", conflicts.ask_waiting, conflicts.waiting, frozenset({Permission.SEE_DECLARATIONS})),
    Block("team", conflicts.ask_team, conflicts.team),
    Block("reminders", reminders.ask_reminders, reminders.reminders),
)
# Figures, each with its list.
FIGURES = (
    Block("register", agreements.ask_register, agreements.register, READS, unless=ANSWERS_FOR_ALL),
    Block("conformance", conformance.ask_standing, conformance.standing, LOOKS_INTO_ALL),
    Block("progress", plan.ask_progress, plan.progress, LOOKS_INTO_ALL),
    Block("assured", work.ask_assured, work.assured, LOOKS_INTO_ALL),
    Block("breaches", incidents.ask_breaches, incidents.breaches, frozenset({Permission.READ_BREACHES}), by_hours=True),
    Block("raised", concerns.ask_counts, concerns.counts, COUNTS_CONCERNS),
    Block("coverage", conflicts.ask_coverage, conflicts.coverage, frozenset({Permission.COUNT_CONFLICTS})),
    Block("signed", statements.ask_signed, statements.signed, frozenset({Permission.READ_STATEMENTS})),
)
# Parts with a shape of their own.
PARTS = (
    Block("interests", conflicts.ask_interests, conflicts.interests, tells=INTERESTS),
    Block("ending", agreements.ask_ending, agreements.ending, EDITS, tells=ENDS),
    Block("drafts", agreements.ask_drafts, agreements.drafts, EDITS),
    Block("people", people.ask_people, people.people, frozenset({Permission.HAND_OVER, Permission.MANAGE_PEOPLE})),
)
BLOCKS = (*WORK, *FIGURES, *PARTS)
