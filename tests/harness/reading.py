"""GET never writes: a wrapper around the connection refuses anything that is not a SELECT while a GET is answered."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.handlers.base import BaseHandler
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "EXPLAIN", "DECLARE", "FETCH", "CLOSE", "WITH")
# What a GET may write: sessions, sign-in attempts, how often a link was tried (people/limit.py), and who opened which
# declaration (the one read that is recorded).
WRITABLE = re.compile(
    r'^(INSERT INTO|UPDATE|DELETE FROM) "(django_session|axes_\w+)"|^INSERT INTO "(conflicts_opening|people_cache)"'
)


def refuse_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the guard around every request of the test client and of live servers."""
    answer = BaseHandler.get_response

    def get_response(self: BaseHandler, request: HttpRequest) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD", "OPTIONS"}:
            return answer(self, request)
        with connection.execute_wrapper(_select_only):
            return answer(self, request)

    monkeypatch.setattr(BaseHandler, "get_response", get_response)


def _select_only(execute: Callable[..., Any], statement: str, params: Any, many: bool, context: Any) -> Any:
    text = str(statement).lstrip(" (\n")
    if not text.upper().startswith(READS) and not WRITABLE.match(text):
        raise AssertionError(f"A GET wrote to the database: {text[:200]}")
    return execute(statement, params, many, context)
