"""Addresses of conflicts of interest. One list a noun; a declaration is named by its code, which nobody can guess."""

from django.urls import URLPattern, URLResolver, path

from conflicts.access import opened_by_link
from conflicts.views import answer, declaration, invitation, opening, sample, team
from conflicts.views import round as rounds

app_name = "conflicts"
ONE = "declarations/<slug:code>/"

declaration_urls = [
    path(ONE, declaration.declaration, name="declaration"),
    path(f"{ONE}purpose/", opening.purpose, name="purpose"),
]

round_urls = [
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/add/", rounds.round_add, name="round_add"),
    path("rounds/<int:pk>/", rounds.one_round, name="round"),
    path("rounds/<int:pk>/change/", rounds.round_change, name="round_change"),
    path("rounds/<int:pk>/launch/", rounds.round_launch, name="round_launch"),
    path("rounds/<int:pk>/close/", rounds.round_close, name="round_close"),
    path("rounds/<int:pk>/people/", invitation.round_people, name="round_people"),
    path("rounds/<int:pk>/people.<slug:form>", invitation.round_sheet, name="round_sheet"),
    path("rounds/asked/<slug:code>/", invitation.invitation, name="invitation"),
]

sample_urls = [
    path("rounds/<int:pk>/samples/", sample.samples, name="samples"),
    path("samples/<int:pk>/", sample.sample, name="sample"),
    path("samples/results/<int:pk>/", sample.sample_result, name="sample_result"),
]

team_urls = [
    path("team/", team.team, name="team"),
]

answer_urls = [
    path("answer/<str:token>/", answer.answer, name="answer"),
    path("answered/", answer.answered, name="answered"),
    path("asked/<slug:code>/answer/", answer.answer_mine, name="answer_mine"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    *opened_by_link(declaration_urls),  # and to the declarant who came by the mailed link of a round
    *round_urls,
    *answer_urls,
    *sample_urls,
    *team_urls,
]
