"""What the parts of the register plug into one another: dotted paths, read where they are used.

A new part names itself here; nothing that it plugs into knows it.
"""

# Who may stop a disposal: dotted paths of functions hold(model=, pks=) that return sentences saying why.
DISPOSAL_HOLDS: list[str] = []
# Who else must forget what was disposed of: dotted paths of functions forget(model=, pks=).
AFTER_DISPOSAL = ["agreements.disposal.forget_in_search"]

# What is added to agreements: dotted paths of agreements.extensions.Extension values.
AGREEMENT_EXTENSIONS = [
    "agreements.gates.EXTENSION",
    "agreements.documents.EXTENSION",
    "agreements.assessments.EXTENSION",
    "agreements.upkeep.EXTENSION",
    "conflicts.extension.EXTENSION",
    "assurance.extensions.conformance.EXTENSION",
    "assurance.extensions.approval.EXTENSION",
    "assurance.extensions.plan.EXTENSION",
    "assurance.extensions.automation.EXTENSION",
    "assurance.extensions.activity.EXTENSION",
    "assurance.extensions.incident.EXTENSION",
    "assurance.extensions.provider.EXTENSION",
]
# Who keeps findings about organisations: dotted paths of functions (organisation, user) -> conflicts.what_if.Finding.
ORGANISATION_FINDINGS = ["assurance.findings_about.findings_about"]

# Which kinds of notices home lists live, so that its reminders are the rest: the path of a function of a user.
HOME_TELLS = "assurance.home.reminders.elsewhere"

# What a leaver owned: who lists it, and who re-assigns it (by the first word of the kind). See people/owned.py.
OWNED_ITEMS = [
    "agreements.handover.owned_agreements",
    "agreements.handover.owned_contracts",
    "agreements.handover.asked_comments",
    "conflicts.handover.owned_declarations",
    "assurance.handover.yearly.owned",
    *(f"assurance.handover.work.owned_{kind}" for kind in ("activities", "actions")),
    "assurance.handover.incident.owned_incidents",
    "assurance.handover.provider.owned_requests",
]
HANDOVER_TAKERS = {
    "agreement": "agreements.handover.take_agreement",
    "contract": "agreements.handover.take_contract",
    "comment": "agreements.handover.take_comment",
    "declaration": "conflicts.handover.take_declaration",
    "policy": "assurance.handover.yearly.take_policy",
    "statement": "assurance.handover.yearly.take_statement",
    "activity": "assurance.handover.work.take_activity",
    "action": "assurance.handover.work.take_action",
    "request": "assurance.handover.provider.take_request",
    **dict.fromkeys(("breach", "concern", "complaint"), "assurance.handover.incident.take_incident"),
}

# What takes longer than somebody waits and is done by the worker: dotted paths of people.long_work.Kind values.
LONG_WORK = {
    "import": "agreements.long_work.IMPORT",
    "export": "agreements.long_work.EXPORT",
    "pdf": "agreements.long_work.PDF",
    "plan": "assurance.long_work.PLAN",
    "figures": "assurance.long_work.FIGURES",
    "staff": "people.staff.work.IMPORT",
    "round": "conflicts.rounds.LAUNCH",
}

# What the daily tick does, in this order: dotted paths of functions step(on) -> int. See config/ticking.py.
TICK_STEPS = [
    "people.daily.leavers_into_hand_over",
    "conflicts.tick.declarations_rerouted",
    "agreements.tick.variations_into_force",
    "agreements.tick.starts_held",
    "conflicts.tick.clearances_kept",
    "assurance.tick.reassess_all",
    "agreements.due.agreement.reviews_due",
    "agreements.due.agreement.ends_near",
    "agreements.due.contract.contract_ends_near",
    "agreements.due.contract.contracts_quiet",
    "agreements.due.contract.subcontractors_starting",
    "agreements.due.assessment.assessments_due",
    "agreements.due.comment.comments_asked",
    "assurance.due.plan.held_starts_told",
    "assurance.due.plan.plan_targets_passed",
    "assurance.due.yearly.policies_due",
    "assurance.due.yearly.automated_due",
    "assurance.due.yearly.maturity_due",
    "assurance.due.aisa_report.aisa_reports_due",
    "assurance.due.breach.breaches_due",
    "assurance.due.provider.providers_kept",
    "assurance.due.concern_tick.concerns_kept",
    "assurance.due.complaint.complaints_due",
    "assurance.due.work.activities_due",
    "assurance.due.work.actions_due",
    "assurance.due.statement.statements_kept",
    "conflicts.due.declarations_waiting",
    "conflicts.due.declarants_told",
    "conflicts.due.plans_due",
    "conflicts.rounds.rounds_kept",
    "conflicts.rounds.reminders_queued",
    "people.daily.delegations_ending",
    "people.daily.hand_overs_due",
    "people.digest.digests_queued",
    "people.daily.old_mail_forgotten",
    "config.ledger_head.ledger_head_sent",
]
# Which of the records that notices are about somebody may read now, by the first word of the notice's kind: dotted
# paths of functions (user, references) -> {reference: title}.
NOTICE_READERS = {
    **dict.fromkeys(("review", "end", "start", "plan", "aisa"), "agreements.due.agreement.readable"),
    **dict.fromkeys(("contract", "oversight"), "agreements.due.contract.readable"),
    "subcontractor": "agreements.due.contract.readable_subcontractors",
    "assessment": "agreements.due.assessment.readable",
    "comment": "agreements.due.comment.readable",
    "policy": "assurance.due.yearly.readable_policies",
    "automated": "assurance.due.yearly.readable_automated",
    "maturity": "assurance.due.yearly.readable_maturity",
    **dict.fromkeys(("decide", "writing", "approving", "mending", "keeping"), "conflicts.due.readable"),
    **dict.fromkeys(("returned", "decided", "acknowledge", "filling"), "conflicts.due.readable"),
    "step": "conflicts.due.readable_steps",
    "breach": "assurance.due.breach.readable",
    "concern": "assurance.due.concern.readable",
    "complaint": "assurance.due.complaint.readable",
    "activity": "assurance.due.work.readable_activities",
    **dict.fromkeys(("action", "verify"), "assurance.due.work.readable_actions"),
    "provider": "assurance.due.provider.readable",
    "statement": "assurance.due.statement.readable",
    "delegation": "people.daily.readable_delegations",
    "handover": "people.daily.readable_hand_overs",
}
# What stands in somebody's calendar: dotted paths of functions (user) -> list of people.calendar.Day.
CALENDAR_DAYS = [
    "agreements.due.agreement.calendar_of",
    "agreements.due.contract.calendar_of",
    "agreements.due.assessment.calendar_of",
    "assurance.due.calendar.calendar_of",
    "conflicts.due.calendar_of",
    "people.daily.calendar_of",
]
