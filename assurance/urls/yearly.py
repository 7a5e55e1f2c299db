"""Addresses of what comes round: yearly reports, policies, privacy maturity, automated decisions."""

from django.urls import path

from agreements.urls import ONE
from assurance.views import adverse_notice, aisa_appendix, aisa_report, automated_decision, maturity, policy

AUTOMATED = "assurance/automated-decisions/"
A_YEAR = "assurance/aisa-reports/<reference:reference>/<int:year>/"

yearly_urls = [
    path("assurance/policies/", policy.policies, name="policies"),
    path("assurance/policies/policies.<slug:form>", policy.policies_sheet, name="policies_sheet"),
    path("assurance/policies/add/", policy.policy_add, name="policy_add"),
    path("assurance/policies/<int:pk>/", policy.policy, name="policy"),
    path("assurance/policies/<int:pk>/change/", policy.policy_change, name="policy_change"),
    path("assurance/policies/<int:pk>/review/", policy.policy_step, name="policy_step"),
    path("assurance/policies/<int:pk>/document/", policy.policy_attach, name="policy_attach"),
    path("assurance/policies/<int:pk>/document/<int:key>/", policy.policy_file, name="policy_file"),
    path("assurance/policies/<int:pk>/history/", policy.policy_history, name="policy_history"),
    path("assurance/maturity/", maturity.maturity_year, name="maturity"),
    path("assurance/maturity/<int:year>/", maturity.maturity_year, name="maturity_year"),
    path("assurance/maturity/<int:year>/<slug:key>/", maturity.maturity_rate, name="maturity_rate"),
    path(AUTOMATED, automated_decision.automated_decisions, name="automated_decisions"),
    path(
        "assurance/automated-decisions/decisions.<slug:form>",
        automated_decision.automated_sheet,
        name="automated_sheet",
    ),
    path(
        f"{AUTOMATED}<int:pk>/history/",
        automated_decision.automated_history,
        name="automated_history",
    ),
    path(f"{AUTOMATED}<int:pk>/", automated_decision.automated_decision, name="automated_decision"),
    path(f"{AUTOMATED}<int:pk>/change/", automated_decision.automated_change, name="automated_change"),
    path(f"{AUTOMATED}<int:pk>/review/", automated_decision.automated_review, name="automated_review"),
    path(f"{ONE}automated-decisions/", automated_decision.automated_of, name="automated_of"),
    path(f"{ONE}automated-decisions/add/", automated_decision.automated_add, name="automated_add"),
    path("assurance/aisa-reports/", aisa_report.aisa_reports, name="aisa_reports"),
    path("assurance/aisa-reports/shown/", aisa_report.aisa_reports_shown, name="aisa_reports_shown"),
    path("assurance/aisa-reports/<int:year>/", aisa_appendix.aisa_appendix, name="aisa_appendix"),
    path("assurance/aisa-reports/<int:year>/appendix.xlsx", aisa_appendix.aisa_sheet, name="aisa_sheet"),
    path("assurance/aisa-reports/<int:year>/pdf/", aisa_appendix.aisa_pdf, name="aisa_pdf"),
    path("assurance/aisa-reports/copies/<int:pk>/", aisa_appendix.aisa_copy, name="aisa_copy"),
    path("assurance/aisa-reports/notices/<int:pk>/", adverse_notice.notice_outcome, name="notice_outcome"),
    path("assurance/aisa-reports/<reference:reference>/notices/", adverse_notice.notice_add, name="notice_add"),
    path(A_YEAR, aisa_report.aisa_report, name="aisa_report"),
    path(f"{A_YEAR}complete/", aisa_report.aisa_complete, name="aisa_complete"),
    path(f"{A_YEAR}share/", aisa_report.aisa_share, name="aisa_share"),
    path(f"{A_YEAR}shown/", aisa_report.aisa_shown, name="aisa_shown"),
    path(f"{A_YEAR}reopen/", aisa_report.aisa_reopen, name="aisa_reopen"),
    path(f"{A_YEAR}<slug:part>/", aisa_report.aisa_enter, name="aisa_enter"),
]
