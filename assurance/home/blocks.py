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
    statements,
    work,
)
from assurance.home.base import Block
from people.roles import Permission

EDITS = frozenset({Permission.EDIT_ANY_AGREEMENT, Permission.EDIT_OWN_AGREEMENTS})
READS = frozenset({Permission.READ_AGREEMENTS})
ANSWERS_FOR_ALL = frozenset({Permission.SIGN_STATEMENTS})  # the whole agency on one screen
LOOKS_INTO_ALL = ANSWERS_FOR_ALL | {Permission.DRAFT_STATEMENTS}
COUNTS_CONCERNS = frozenset({Permission.HANDLE_CONCERNS, Permission.READ_BREACHES})

# What is to be done. Where two are as pressing, the one that stands here first comes first.
WORK = (
    Block("clocks", incidents.ask_clocks, incidents.clocks, frozenset({Permission.KEEP_BREACHES})),
    Block("turns", statements.ask_turns, statements.turns, frozenset({Permission.READ_STATEMENTS})),
    Block("concerns", concerns.ask_concerns, concerns.concerns, frozenset({Permission.HANDLE_CONCERNS})),
    Block("providers", providers.ask_providers, providers.providers, frozenset({Permission.ASK_PROVIDERS})),
    Block("approvals", agreements.ask_approvals, agreements.approvals, READS),
    Block("actions", work.ask_actions, work.actions),
    Block("to_verify", work.ask_to_verify, work.to_verify, frozenset({Permission.VERIFY_ACTIONS})),
    Block("activities", work.ask_activities, work.activities, READS),
    Block("plan", plan.ask_mine, plan.mine, READS),
    Block("reviews", agreements.ask_reviews, agreements.reviews, EDITS),
    Block("past_end", agreements.ask_past_end, agreements.past_end, EDITS),
    Block("waiting", conflicts.ask_waiting, conflicts.waiting, frozenset({Permission.SEE_DECLARATIONS})),
    Block("team", conflicts.ask_team, conflicts.team),
)
# Figures, each with its list.
FIGURES = (
    Block("register", agreements.ask_register, agreements.register, READS, unless=ANSWERS_FOR_ALL),
    Block("conformance", conformance.ask_standing, conformance.standing, LOOKS_INTO_ALL),
    Block("progress", plan.ask_progress, plan.progress, LOOKS_INTO_ALL),
    Block("assured", work.ask_assured, work.assured, LOOKS_INTO_ALL),
    Block("breaches", incidents.ask_breaches, incidents.breaches, frozenset({Permission.READ_BREACHES})),
    Block("raised", concerns.ask_counts, concerns.counts, COUNTS_CONCERNS),
    Block("coverage", conflicts.ask_coverage, conflicts.coverage, frozenset({Permission.COUNT_CONFLICTS})),
    Block("signed", statements.ask_signed, statements.signed, frozenset({Permission.READ_STATEMENTS})),
)
# Parts with a shape of their own.
PARTS = (
    Block("interests", conflicts.ask_interests, conflicts.interests),
    Block("ending", agreements.ask_ending, agreements.ending, EDITS),
    Block("drafts", agreements.ask_drafts, agreements.drafts, EDITS),
    Block("people", people.ask_people, people.people, frozenset({Permission.HAND_OVER, Permission.MANAGE_PEOPLE})),
)
BLOCKS = (*WORK, *FIGURES, *PARTS)
