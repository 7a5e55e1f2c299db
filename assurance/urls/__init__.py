"""Addresses of assurance, and home."""

from django.urls import URLPattern, URLResolver, path

from agreements.urls import ONE
from assurance.urls.provider import provider_urls
from assurance.urls.statement import statement_urls
from assurance.urls.work import work_urls
from assurance.urls.yearly import yearly_urls
from assurance.views import (
    accepted_exception,
    approval,
    attestation,
    breach,
    complaint,
    concern,
    concern_open,
    conformance,
    plan,
    plan_issue,
)
from assurance.views.home import home
from assurance.views.matrix import conformance_matrix, conformance_sheet
from assurance.views.rooms import assurance
from assurance.views.trend import trend

conformance_urls = [
    path(f"{ONE}conformance/", conformance.conformance, name="conformance"),
    path(f"{ONE}conformance/answers/<str:requirement>/", attestation.attest, name="attest"),
    path(
        f"{ONE}conformance/exceptions/<str:requirement>/",
        accepted_exception.exception_accept,
        name="exception_accept",
    ),
    path("exceptions/<int:pk>/withdraw/", accepted_exception.exception_withdraw, name="exception_withdraw"),
    path("conformance/agency/", attestation.agency_conformance, name="agency_conformance"),
    path("conformance/agency/<str:requirement>/", attestation.agency_attest, name="agency_attest"),
    path(f"{ONE}conformance/<int:pk>/", conformance.conformance_run, name="conformance_run"),
]

approval_urls = [
    path(f"{ONE}approval/", approval.approval, name="approval"),
    path(f"{ONE}approval/change/", approval.approval_change, name="approval_change"),
    path(f"{ONE}variations/<int:number>/amendment/", approval.amendment, name="amendment"),
    path("approvals/schedule-2.<slug:form>", approval.schedule_2, name="schedule_2"),
    path("approvals/<int:pk>/history/", approval.approval_history, name="approval_history"),
    path("amendments/<int:pk>/history/", approval.amendment_history, name="amendment_history"),
]

plan_urls = [
    path("plan/", plan.plan, name="plan"),
    path("plan/plan.<slug:form>", plan.plan_sheet, name="plan_sheet"),
    path("plan/pdf/", plan_issue.plan_pdf, name="plan_pdf"),
    path("plan/issued/", plan_issue.plan_issued, name="plan_issued"),
    path("plan/issued/<int:pk>/", plan_issue.plan_copy, name="plan_copy"),
    path("plan/<reference:reference>/", plan.plan_item, name="plan_item"),
    path("plan/<reference:reference>/move/", plan.plan_move, name="plan_move"),
]

breach_urls = [
    path("assurance/breaches/", breach.breaches, name="breaches"),
    path("assurance/breaches/breaches.<slug:form>", breach.breach_sheet, name="breach_sheet"),
    path("assurance/breaches/record/", breach.breach_add, name="breach_add"),
    path("assurance/breaches/<str:reference>/", breach.breach, name="breach"),
    path("assurance/breaches/<str:reference>/change/", breach.breach_change, name="breach_change"),
    path("assurance/breaches/<str:reference>/evidence/<int:pk>/", breach.breach_file, name="breach_file"),
    path("assurance/breaches/<str:reference>/pdf/", breach.breach_pdf, name="breach_pdf"),
    path("assurance/breaches/<str:reference>/<slug:name>/", breach.breach_act, name="breach_act"),
    path(f"{ONE}breaches/", breach.breaches_of, name="breaches_of"),
]

concern_urls = [
    path("concern/", concern_open.concern_open, name="concern_open"),
    path("concern/follow/", concern_open.concern_follow, name="concern_follow"),
    path("assurance/concerns/", concern.concerns, name="concerns"),
    path("assurance/concerns/concerns.<slug:form>", concern.concern_sheet, name="concern_sheet"),
    path("assurance/concerns/clock/", concern.concern_clock, name="concern_clock"),
    path("assurance/concerns/counts/", concern.concern_counts, name="concern_counts"),
    path("assurance/concerns/raise/", concern.concern_raise, name="concern_raise"),
    path("assurance/concerns/mine/", concern.my_concerns, name="my_concerns"),
    path("assurance/concerns/mine/<str:reference>/", concern.my_concern, name="my_concern"),
    path("assurance/concerns/<str:reference>/", concern.concern, name="concern"),
    path("assurance/concerns/<str:reference>/<slug:name>/", concern.concern_act, name="concern_act"),
]

complaint_urls = [
    path("assurance/complaints/", complaint.complaints, name="complaints"),
    path("assurance/complaints/complaints.<slug:form>", complaint.complaint_sheet, name="complaint_sheet"),
    path("assurance/complaints/record/", complaint.complaint_add, name="complaint_add"),
    path("assurance/complaints/<str:reference>/", complaint.complaint, name="complaint"),
    path("assurance/complaints/<str:reference>/<slug:name>/", complaint.complaint_act, name="complaint_act"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("assurance/", assurance, name="assurance"),
    path("conformance/", conformance_matrix, name="conformance_matrix"),
    path("conformance/export.<slug:form>", conformance_sheet, name="conformance_sheet"),
    path("conformance/trend/", trend, name="conformance_trend"),
    *conformance_urls,
    *approval_urls,
    *plan_urls,
    *statement_urls,
    *work_urls,
    *yearly_urls,
    *breach_urls,
    *concern_urls,
    *complaint_urls,
    *provider_urls,
]
