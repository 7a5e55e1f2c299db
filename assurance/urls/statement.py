"""Addresses of the written assurance, of the check of a copy, and of the register as at a day."""

from django.urls import path

from assurance.views import (
    as_at_list,
    statement,
    statement_figure,
    statement_file,
    statement_group,
    statement_sign,
    verify_copy,
)

STATEMENT = "assurance/statements/<slug:code>/"
statement_urls = [
    path("verify/", verify_copy.verify_copy, name="verify_copy"),
    path("assurance/as-at/", as_at_list.as_at_list, name="as_at_list"),
    path("assurance/as-at/register.<slug:form>", as_at_list.as_at_sheet, name="as_at_sheet"),
    path("assurance/statements/", statement.statements, name="statements"),
    path("assurance/statements/new/", statement.statement_new, name="statement_new"),
    path(STATEMENT, statement.statement, name="statement"),
    path(f"{STATEMENT}words/", statement.statement_words, name="statement_words"),
    path(f"{STATEMENT}figures/", statement.statement_take, name="statement_take"),
    path(f"{STATEMENT}figures/<str:key>/", statement_figure.statement_figure, name="statement_figure"),
    path(
        f"{STATEMENT}figures/<str:key>/list.<slug:form>",
        statement_figure.statement_figure_sheet,
        name="statement_figure_sheet",
    ),
    path(f"{STATEMENT}exceptions/<int:pk>/", statement_group.statement_group, name="statement_group"),
    path(f"{STATEMENT}comment/", statement.statement_comment, name="statement_comment"),
    path(f"{STATEMENT}sign/", statement_sign.statement_sign, name="statement_sign"),
    path(f"{STATEMENT}paper/", statement_sign.statement_paper, name="statement_paper"),
    path(f"{STATEMENT}sent/", statement.statement_sent, name="statement_sent"),
    path(f"{STATEMENT}withdraw/", statement.statement_withdraw, name="statement_withdraw"),
    path(f"{STATEMENT}files/<slug:form>/", statement_file.statement_file, name="statement_file"),
    path(f"{STATEMENT}papers/<slug:paper>/", statement_file.statement_paper_copy, name="statement_paper_copy"),
]
