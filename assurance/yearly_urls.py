"""Addresses of what comes round each year: reports on AISAs and matching."""

from django.urls import path

from assurance.views import adverse_notice, aisa_appendix, aisa_report

A_YEAR = "assurance/aisa-reports/<reference:reference>/<int:year>/"

yearly_urls = [
    path("assurance/aisa-reports/", aisa_report.aisa_reports, name="aisa_reports"),
    path("assurance/aisa-reports/<int:year>/", aisa_appendix.aisa_appendix, name="aisa_appendix"),
    path("assurance/aisa-reports/<int:year>/appendix.xlsx", aisa_appendix.aisa_sheet, name="aisa_sheet"),
    path("assurance/aisa-reports/<int:year>/pdf/", aisa_appendix.aisa_pdf, name="aisa_pdf"),
    path("assurance/aisa-reports/copies/<int:pk>/", aisa_appendix.aisa_copy, name="aisa_copy"),
    path("assurance/aisa-reports/notices/<int:pk>/", adverse_notice.notice_outcome, name="notice_outcome"),
    path("assurance/aisa-reports/<reference:reference>/notices/", adverse_notice.notice_add, name="notice_add"),
    path(A_YEAR, aisa_report.aisa_report, name="aisa_report"),
    path(f"{A_YEAR}complete/", aisa_report.aisa_complete, name="aisa_complete"),
    path(f"{A_YEAR}reopen/", aisa_report.aisa_reopen, name="aisa_reopen"),
    path(f"{A_YEAR}<slug:part>/", aisa_report.aisa_enter, name="aisa_enter"),
]
