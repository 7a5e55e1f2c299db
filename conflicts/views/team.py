"""A manager's team in the rounds that run."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from conflicts.pages.team import team as team_of
from people.access import open_to_all_signed_in
from people.request import SignedInRequest


@require_safe
@open_to_all_signed_in
def team(request: SignedInRequest) -> HttpResponse:
    """Who of those who work under the user has answered, who is late, and which plans are to be reviewed."""
    today = timezone.localdate()
    return render(request, "conflicts/team.html", {"team": team_of(request.user, today), "today": today})
