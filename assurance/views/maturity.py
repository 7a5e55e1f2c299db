"""The yearly self-assessment of privacy maturity: the year at a glance, and rating one element."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assurance.actions.maturity_answer import RatedMeanwhile, rate_element
from assurance.forms.maturity import MaturityForm
from assurance.maturity.elements import SOURCE, element
from assurance.maturity.facts import collect
from assurance.pages.maturity import Rated, maturity, rated
from assurance.years import financial_year, is_known
from people.access import permission
from people.permissions import check_may
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.errors import Refused
from records.forms import say_instead
from records.once import once
from records.refusals import show_refusal, why_not


@require_safe
@permission(Permission.READ_AGREEMENTS)
def maturity_year(request: SignedInRequest, year: int | None = None) -> HttpResponse:
    """A year, this one unless another is asked: every element, its level, last year's, and what the register knows."""
    today = timezone.localdate()
    chosen = financial_year(today) if year is None else year
    if not is_known(chosen, today):
        raise Http404("There is no self-assessment of this year")
    page = maturity(request.user, chosen, today)
    refusal = why_not(check_may, request.user, Permission.KEEP_POLICIES)
    context = {"page": page, "source": SOURCE, "refusal": refusal, "late": page.left and page.due < today}
    return render(request, "assurance/maturity.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.KEEP_POLICIES)
@once
def maturity_rate(request: SignedInRequest, year: int, key: str) -> HttpResponseBase:
    """Rate one element; an answer given meanwhile is told, and nothing typed is lost."""
    now = timezone.now()
    if element(key) is None or not is_known(year, timezone.localdate(now)):
        raise Http404("Nothing of that kind is rated in this year")
    known = collect(request.user.agency, timezone.localdate(now))
    one = next(each for each in rated(request.user, year, known) if each.element.key == key)
    form = MaturityForm(posted(request), initial=_initial(one))
    if form.is_valid() and _save(form, one, year, request):
        messages.success(request, f"Rated: {one.element.title}.")
        return redirect(f"{reverse('maturity_year', args=[year])}#{key}")
    return render(request, "assurance/maturity_rate.html", {"form": form, "one": one, "year": year})


def _initial(one: Rated) -> dict[str, object]:
    stands = one.answer or one.before
    return {
        "level": stands.level if stands else "",
        "comment": one.answer.comment if one.answer else "",
        "seen": one.answer.pk if one.answer else 0,
    }


def _save(form: MaturityForm, one: Rated, year: int, request: SignedInRequest) -> bool:
    """Whether it was saved; where somebody rated it meanwhile, the form then knows that answer."""
    given = form.cleaned_data
    facts = [(fact.named, fact.says) for fact in one.facts]
    try:
        rate_element(
            key=one.element.key, year=year, level=given["level"], comment=given["comment"], facts=facts,
            seen=given["seen"] or 0, by=request.user, now=timezone.now(),
        )  # fmt: skip
    except (ValidationError, Refused) as problem:
        if isinstance(problem, RatedMeanwhile):
            say_instead(form, seen=str(problem.answer.pk))
        show_refusal(form, problem)
    else:
        return True
    return False
