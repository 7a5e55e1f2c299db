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
    "assurance.conformance.EXTENSION",
    "assurance.approval.EXTENSION",
    "assurance.plan.EXTENSION",
    "assurance.automation.EXTENSION",
    "assurance.activities.EXTENSION",
    "assurance.incidents.EXTENSION",
    "assurance.providers.EXTENSION",
]
# Who keeps findings about organisations: dotted paths of functions (organisation, user) -> conflicts.what_if.Finding.
ORGANISATION_FINDINGS = ["assurance.findings_about.findings_about"]

# What a leaver owned: who lists it, and who re-assigns it (by the first word of the kind). See people/owned.py.
OWNED_ITEMS = [
    "agreements.handover.owned_agreements",
    "agreements.handover.owned_contracts",
    "agreements.handover.asked_comments",
    "conflicts.handover.owned_declarations",
    "assurance.handover.owned",
    *(f"assurance.work_handover.owned_{kind}" for kind in ("activities", "actions")),
    "assurance.incident_handover.owned_incidents",
]
HANDOVER_TAKERS = {
    "agreement": "agreements.handover.take_agreement",
    "contract": "agreements.handover.take_contract",
    "comment": "agreements.handover.take_comment",
    "declaration": "conflicts.handover.take_declaration",
    "policy": "assurance.handover.take_policy",
    "statement": "assurance.handover.take_statement",
    "activity": "assurance.work_handover.take_activity",
    "action": "assurance.work_handover.take_action",
    **dict.fromkeys(("breach", "concern", "complaint"), "assurance.incident_handover.take_incident"),
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
    "agreements.due.reviews_due",
    "agreements.due.ends_near",
    "agreements.contracts_due.contract_ends_near",
    "agreements.contracts_due.contracts_quiet",
    "agreements.contracts_due.subcontractors_starting",
    "agreements.assessments_due.assessments_due",
    "agreements.comments_due.comments_asked",
    "assurance.due.held_starts_told",
    "assurance.due.plan_targets_passed",
    "assurance.yearly_due.policies_due",
    "assurance.yearly_due.automated_due",
    "assurance.yearly_due.maturity_due",
    "assurance.aisa_due.aisa_reports_due",
    "assurance.breach_due.breaches_due",
    "assurance.provider_due.providers_kept",
    "assurance.concern_tick.concerns_kept",
    "assurance.complaint_due.complaints_due",
    "assurance.work_due.activities_due",
    "assurance.work_due.actions_due",
    "assurance.statement_due.statements_kept",
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
    **dict.fromkeys(("review", "end", "start", "plan", "aisa"), "agreements.due.readable"),
    **dict.fromkeys(("contract", "oversight"), "agreements.contracts_due.readable"),
    "subcontractor": "agreements.contracts_due.readable_subcontractors",
    "assessment": "agreements.assessments_due.readable",
    "comment": "agreements.comments_due.readable",
    "policy": "assurance.yearly_due.readable_policies",
    "automated": "assurance.yearly_due.readable_automated",
    "maturity": "assurance.yearly_due.readable_maturity",
    **dict.fromkeys(("decide", "writing", "approving", "mending", "keeping"), "conflicts.due.readable"),
    **dict.fromkeys(("returned", "decided", "acknowledge", "filling"), "conflicts.due.readable"),
    "step": "conflicts.due.readable_steps",
    "breach": "assurance.breach_due.readable",
    "concern": "assurance.concern_due.readable",
    "complaint": "assurance.complaint_due.readable",
    "activity": "assurance.work_due.readable_activities",
    **dict.fromkeys(("action", "verify"), "assurance.work_due.readable_actions"),
    "provider": "assurance.provider_due.readable",
    "statement": "assurance.statement_due.readable",
    "delegation": "people.daily.readable_delegations",
    "handover": "people.daily.readable_hand_overs",
}
# What stands in somebody's calendar: dotted paths of functions (user) -> list of people.calendar.Day.
CALENDAR_DAYS = [
    "agreements.due.calendar_of",
    "agreements.contracts_due.calendar_of",
    "agreements.assessments_due.calendar_of",
    "assurance.own_calendar.calendar_of",
    "conflicts.due.calendar_of",
    "people.daily.calendar_of",
]
