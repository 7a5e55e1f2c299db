"""Addresses of conflicts of interest. One list a noun; a declaration is named by its code, which nobody can guess."""

from django.urls import URLPattern, URLResolver, path

from agreements.urls import ONE as AGREEMENT
from conflicts.access import opened_by_link
from conflicts.views import (
    answer,
    case,
    conversation,
    decision,
    declaration,
    interest,
    invitation,
    keeping,
    match,
    mine,
    named,
    opening,
    overview,
    plan,
    sample,
    staff_conversation,
    step,
    suppliers,
    team,
    what_if,
    writing,
)
from conflicts.views import round as rounds

app_name = "conflicts"
ONE = "declarations/<slug:code>/"

mine_urls = [
    path("", mine.mine, name="mine"),
    path("start/", writing.start, name="start"),
]

writing_urls = [
    path(f"{ONE}about/", writing.about, name="about"),
    path(f"{ONE}anything/", writing.say, name="say"),
    path(f"{ONE}check/", writing.check, name="check"),
    path(f"{ONE}submitted/", writing.submitted, name="submitted"),
    path(f"{ONE}helper/", writing.helper, name="helper"),
]

interest_urls = [
    path(f"{ONE}last-time/<int:row>/", interest.last_time, name="last_time"),
    path(f"{ONE}interests/add/", interest.kinds, name="kinds"),
    path(f"{ONE}interests/add/<slug:kind>/", interest.interest_add, name="interest_add"),
    path(f"{ONE}interests/<int:row>/", interest.interest, name="interest"),
    path(f"{ONE}interests/<int:row>/remove/", interest.interest_remove, name="interest_remove"),
]

declaration_urls = [
    path(ONE, declaration.declaration, name="declaration"),
    path(f"{ONE}history/", declaration.declaration_history, name="declaration_history"),
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

supplier_urls = [
    path("suppliers/<int:pk>/", suppliers.suppliers, name="suppliers"),
    path("suppliers/<int:pk>/record/", suppliers.record_supplier, name="record_supplier"),
    path("suppliers/<int:pk>/record/<int:row>/", suppliers.record_subcontractor, name="record_subcontractor"),
    path("record/", suppliers.record_person, name="record_person"),
]

sample_urls = [
    path("rounds/<int:pk>/samples/", sample.samples, name="samples"),
    path("samples/<int:pk>/", sample.sample, name="sample"),
    path("samples/results/<int:pk>/", sample.sample_result, name="sample_result"),
]

overview_urls = [
    path("overview/", overview.overview, name="overview"),
    path("declarations/", overview.declarations, name="declarations"),
    path("named/", named.named, name="named"),
    path("declarations.<slug:form>", overview.declarations_sheet, name="declarations_sheet"),
    path("senior-leaders/", overview.senior_leaders, name="senior_leaders"),
    path("senior-leaders.<slug:form>", overview.senior_leaders_sheet, name="senior_leaders_sheet"),
]

team_urls = [
    path("team/", team.team, name="team"),
]

answer_urls = [
    path("answer/<str:token>/", answer.answer, name="answer"),
    path("answered/", answer.answered, name="answered"),
    path("asked/<slug:code>/answer/", answer.answer_mine, name="answer_mine"),
]

work_urls = [
    path(AGREEMENT, conversation.of_agreement, name="of_agreement"),
    path(f"{AGREEMENT}conversations/", conversation.agreement_conversation, name="agreement_conversation"),
    path("contracts/<int:pk>/", conversation.of_contract, name="of_contract"),
    path("contracts/<int:pk>/conversations/", conversation.contract_conversation, name="contract_conversation"),
]

decision_urls = [
    path("to-decide/", decision.to_decide, name="to_decide"),
    path("who-decides/", decision.who_decides, name="who_decides"),
    path("too-late/", decision.approved_too_late, name="too_late"),
    path(f"{ONE}decide/", decision.decide, name="decide"),
    path(f"{ONE}pdf/", case.case_pdf, name="case_pdf"),
    path(f"{ONE}pass-on/", step.pass_on, name="pass_on"),
    path(f"{ONE}pass-approval/", step.pass_approval, name="pass_approval"),
    path(f"{ONE}steps/<slug:name>/", step.declaration_step, name="declaration_step"),
]
plan_urls = [
    path(f"{ONE}plan/", plan.plan_write, name="plan_write"),
    path(f"{ONE}plan/approve/", plan.plan_approve, name="plan_approve"),
    path(f"{ONE}plan/review/", keeping.plan_review, name="plan_review"),
    path(f"{ONE}plan/not-kept/", keeping.plan_not_kept, name="plan_not_kept"),
    path("plan-steps/<int:pk>/", keeping.plan_step, name="plan_step"),
]
staff_conversation_urls = [
    path("staff-conversations/", staff_conversation.staff_conversations, name="staff_conversations"),
    path("staff-conversations/record/", staff_conversation.staff_conversation_record, name="staff_conversation_record"),
    path("staff-conversations/guide/", staff_conversation.staff_conversation_guide, name="staff_conversation_guide"),
]

match_urls = [
    path("what-if/", what_if.what_if, name="what_if"),
    path("matches.<slug:form>", match.matches_sheet, name="matches_sheet"),
    path("matches/", match.matches, name="matches"),
    path("matches/<int:pk>/", match.match, name="match"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    *mine_urls,
    *supplier_urls,
    *opened_by_link([*writing_urls, *interest_urls, *declaration_urls]),  # also to whom a round's mailed link led here
    *round_urls,
    *answer_urls,
    *sample_urls,
    *team_urls,
    *work_urls,
    *match_urls,
    *decision_urls,
    *plan_urls,
    *staff_conversation_urls,
    *overview_urls,
]
