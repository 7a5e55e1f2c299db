"""Addresses of assurance work: activities and their cycles, findings and the actions about them."""

from django.urls import path

from agreements.urls import ONE
from assurance.views import action, activity, audit_sample, cycle, finding

activity_urls = [
    path("assurance/activities/", activity.activities, name="activities"),
    path("assurance/activities/activities.<slug:form>", activity.activities_sheet, name="activities_sheet"),
    path("assurance/activities/calendar/", activity.activity_calendar, name="activity_calendar"),
    path("assurance/activities/<slug:code>/", activity.activity, name="activity"),
    path("assurance/activities/<slug:code>/do/", activity.activity_do, name="activity_do"),
    path("assurance/activities/<slug:code>/move/", activity.activity_move, name="activity_move"),
    path("assurance/activities/<slug:code>/call-off/", activity.activity_cancel, name="activity_cancel"),
    path("assurance/activities/<slug:code>/evidence/", activity.activity_show, name="activity_show"),
    path(f"{ONE}assurance/", cycle.agreement_assurance, name="agreement_assurance"),
    path(f"{ONE}assurance/plan/", activity.activity_plan, name="activity_plan"),
    path(f"{ONE}assurance/cycles/<slug:kind>/", cycle.own_cycle, name="own_cycle"),
    path("assurance/cycles/", cycle.cycles, name="cycles"),
    path("assurance/cycles/<slug:kind>/<slug:risk>/", cycle.cycle_change, name="cycle_change"),
]

finding_urls = [
    path("assurance/findings/", finding.findings, name="findings"),
    path("assurance/findings/findings.<slug:form>", finding.findings_sheet, name="findings_sheet"),
    path("assurance/findings/open/", finding.finding_open, name="finding_open"),
    path(f"{ONE}findings/open/", finding.finding_open_of, name="finding_open_of"),
    path("assurance/findings/<slug:code>/", finding.finding, name="finding"),
    path("assurance/findings/<slug:code>/close/", finding.finding_close, name="finding_close"),
    path("assurance/findings/<slug:code>/accept/", finding.risk_accept, name="risk_accept"),
    path("assurance/findings/<slug:code>/actions/add/", action.action_add, name="action_add"),
    path("assurance/acceptances/<int:pk>/withdraw/", finding.risk_withdraw, name="risk_withdraw"),
    path("assurance/actions/", action.finding_actions, name="finding_actions"),
    path("assurance/actions/<slug:code>/do/", action.action_do, name="action_do"),
    path("assurance/actions/<slug:code>/verify/", action.action_verify, name="action_verify"),
    path("assurance/actions/<slug:code>/move/", action.action_move, name="action_move"),
    path("assurance/actions/<slug:code>/drop/", action.action_drop, name="action_drop"),
]

audit_sample_urls = [
    path("assurance/samples/", audit_sample.audit_samples, name="audit_samples"),
    path("assurance/samples/draw/", audit_sample.audit_sample_draw, name="audit_sample_draw"),
    path("assurance/samples/<int:pk>/", audit_sample.audit_sample, name="audit_sample"),
    path("assurance/samples/<int:pk>/papers.<slug:form>", audit_sample.audit_sample_sheet, name="audit_sample_sheet"),
    path("assurance/papers/<int:pk>/", audit_sample.working_paper, name="working_paper"),
]

work_urls = [*activity_urls, *finding_urls, *audit_sample_urls]
