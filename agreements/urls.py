"""Addresses of agreements; references are the public names of records. One list a noun."""

from django.urls import URLPattern, URLResolver, path, register_converter

from agreements.converters import ReferenceConverter
from agreements.views import (
    advice,
    agreement,
    assessment,
    bulk,
    comment,
    contract,
    contract_change,
    contract_stage,
    document,
    export,
    flows,
    history,
    import_batch,
    import_row,
    import_run,
    issued,
    legal_provision,
    offers,
    organisation,
    organisation_agency,
    organisation_change,
    organisation_merge,
    oversight,
    pause,
    provision,
    record_history,
    register,
    replacement,
    responsibility,
    review,
    row,
    saved_view,
    section,
    set_aside,
    status,
    subcontractor,
    terms,
    variation,
    who_may_change,
)

app_name = "agreements"
register_converter(ReferenceConverter, "reference")
ONE = "agreements/<reference:reference>/"

agreement_urls = [
    path("agreements/new/", agreement.new_agreement, name="new_agreement"),
    path("agreements/record/", agreement.record_agreement, name="record_agreement"),
    path("agreements/who-may-change/", who_may_change.who_may_change, name="who_may_change"),
    path(ONE, agreement.agreement, name="agreement"),
    path(f"{ONE}duplicate/", agreement.duplicate, name="duplicate"),
    path(f"{ONE}steps/<slug:name>/", status.step, name="step"),
    path(f"{ONE}history/", history.history, name="history"),
    path(f"{ONE}as-at/", history.as_at_day, name="as_at"),
]

# The pages of a section and its rows, once for the agreement and once for a variation at hand.
SECTION = (
    ("sections/provisions/", provision.provisions, "provisions"),
    ("sections/responsibilities/", responsibility.responsibilities, "responsibilities"),
    ("sections/<slug:name>/", section.section, "section"),
    ("rows/<slug:kind>/add/", row.add_row, "add_row"),
    ("rows/<slug:kind>/<int:pk>/", row.change_row, "change_row"),
    ("rows/<slug:kind>/<int:pk>/remove/", row.remove_row, "remove_row"),
)
VARIATION = f"{ONE}variations/<int:number>/"
section_urls = [path(f"{ONE}{place}", view, name=name) for place, view, name in SECTION]

variation_urls = [
    *(path(f"{VARIATION}{place}", view, name=f"variation_{name}") for place, view, name in SECTION),
    path(f"{ONE}variations/new/", variation.start_variation, name="start_variation"),
    path(VARIATION, variation.variation, name="variation"),
    path(f"{VARIATION}look-again/", variation.look_again, name="look_again"),
    path(f"{VARIATION}steps/<slug:name>/", variation.variation_step, name="variation_step"),
    path(f"{ONE}replaces/", replacement.replaces, name="replaces"),
    path(f"{ONE}terms/", terms.versions, name="versions"),
    path(f"{ONE}terms/<int:number>/", terms.terms, name="terms"),
    path(f"{ONE}terms/<int:number>/pdf/", terms.terms_pdf, name="terms_pdf"),
]

issued_urls = [
    path(f"{ONE}pdf/", issued.issue_pdf, name="issue_pdf"),
    path(f"{ONE}issued/", issued.issued, name="issued"),
    path(f"{ONE}issued/<int:pk>/", issued.issued_copy, name="issued_copy"),
]

assessment_urls = [
    path(f"{ONE}assessments/", assessment.assessments, name="assessments"),
    path(f"{ONE}assessments/add/<slug:kind>/", assessment.assessment_add, name="assessment_add"),
    path("assessments/<int:pk>/", assessment.assessment, name="assessment"),
    path("assessments/<int:pk>/history/", record_history.assessment_history, name="assessment_history"),
    path("assessments/<int:pk>/change/", assessment.assessment_change, name="assessment_change"),
    path("assessments/<int:pk>/final/", assessment.assessment_final, name="assessment_final"),
    path("assessments/<int:pk>/discard/", assessment.assessment_discard, name="assessment_discard"),
    path(f"{ONE}advice/add/", advice.advice_add, name="advice_add"),
    path("advice/<int:pk>/", advice.advice_change, name="advice_change"),
    path("advice/<int:pk>/history/", record_history.advice_history, name="advice_history"),
]

document_urls = [
    path(f"{ONE}documents/", document.documents, name="documents"),
    path(f"{ONE}documents/add/", document.document_add, name="document_add"),
    path("documents/<int:pk>/", document.document, name="document"),
    path("documents/<int:pk>/history/", record_history.document_history, name="document_history"),
    path("documents/<int:pk>/change/", document.document_change, name="document_change"),
    path("documents/<int:pk>/set-aside/", set_aside.document_aside, name="document_aside"),
    path("documents/<int:pk>/bring-back/", set_aside.document_back, name="document_back"),
    path("contracts/<int:pk>/documents/", document.contract_documents, name="contract_documents"),
    path("contracts/<int:pk>/documents/add/", document.contract_document_add, name="contract_document_add"),
    path("documents/<int:pk>/versions/add/", document.document_version, name="document_version"),
    path("documents/<int:pk>/versions/<int:number>/", document.document_file, name="document_file"),
]

import_urls = [
    path("agreements/import/", import_batch.imports, name="imports"),
    path("agreements/import/example.csv", import_batch.import_example, name="import_example"),
    path("agreements/import/<int:pk>/", import_batch.import_batch, name="import_batch"),
    path("agreements/import/<int:pk>/columns/", import_batch.import_columns, name="import_columns"),
    path("agreements/import/<int:pk>/decisions/", import_batch.import_decisions, name="import_decisions"),
    path("agreements/import/<int:pk>/discard/", import_run.import_discard, name="import_discard"),
    path("agreements/import/<int:pk>/file/", import_batch.import_file, name="import_file"),
    path("agreements/import/<int:pk>/problems.csv", import_batch.import_problems, name="import_problems"),
    path("agreements/import/<int:pk>/rows/<int:number>/", import_row.import_row, name="import_row"),
    path("agreements/import/<int:pk>/run/", import_run.import_run, name="import_run"),
    path("agreements/import/<int:pk>/sheet/", import_batch.import_sheet, name="import_sheet"),
    path("agreements/import/<int:pk>/skip/", import_batch.import_skip, name="import_skip"),
    path("agreements/import/<int:pk>/undo/", import_run.import_undo, name="import_undo"),
]

organisation_urls = [
    path("organisations/", organisation.organisations, name="organisations"),
    path("organisations/add/", organisation_change.organisation_add, name="organisation_add"),
    path("organisations/offers/", offers.organisation_offers, name="organisation_offers"),
    path("organisations/<int:pk>/", organisation.organisation, name="organisation"),
    path("organisations/<int:pk>/edit/", organisation_change.organisation_edit, name="organisation_edit"),
    path("organisations/<int:pk>/history/", organisation.organisation_history, name="organisation_history"),
    path("organisations/<int:pk>/merge/", organisation_merge.organisation_merge, name="organisation_merge"),
    path("organisations/<int:pk>/pause/", pause.organisation_pause, name="organisation_pause"),
    path("pauses/<int:pk>/lift/", pause.pause_lift, name="pause_lift"),
    path("pauses/<int:pk>/history/", pause.pause_history, name="pause_history"),
    path("organisations/<int:pk>/agency/", organisation_agency.organisation_tie, name="organisation_tie"),
    path("organisations/<int:pk>/agency/no/", organisation_agency.organisation_untie, name="organisation_untie"),
    path(
        "organisations/<int:pk>/merge/<int:into>/",
        organisation_merge.organisation_merge_confirm,
        name="organisation_merge_confirm",
    ),
    path("organisations/<int:pk>/names/add/", organisation_change.organisation_name_add, name="organisation_name_add"),
    path("organisations/<int:pk>/owners/add/", organisation_change.organisation_link_add, name="organisation_link_add"),
    path(
        "organisations/<int:pk>/names/<int:name>/remove/",
        organisation_change.organisation_name_remove,
        name="organisation_name_remove",
    ),
    path(
        "organisations/<int:pk>/owners/<int:link>/end/",
        organisation_change.organisation_link_end,
        name="organisation_link_end",
    ),
]

contract_urls = [
    path("contracts/", contract.contracts, name="contracts"),
    path("contracts/export.<slug:form>", contract.contracts_sheet, name="contracts_sheet"),
    path("contracts/add/", contract_change.contract_add, name="contract_add"),
    path("contracts/<int:pk>/", contract.contract, name="contract"),
    path("contracts/<int:pk>/history/", record_history.contract_history, name="contract_history"),
    path("contracts/<int:pk>/edit/", contract_change.contract_edit, name="contract_edit"),
    path("contracts/<int:pk>/stage/<slug:name>/", contract_stage.contract_step, name="contract_step"),
    path("contracts/<int:pk>/agreements/add/", contract_change.contract_link, name="contract_link"),
    path(
        "contracts/<int:pk>/agreements/<reference:reference>/remove/",
        contract_change.contract_unlink,
        name="contract_unlink",
    ),
    path("contracts/<int:pk>/log/", oversight.contract_log, name="contract_log"),
    path("contracts/<int:pk>/subcontractors/add/", subcontractor.subcontractor_add, name="subcontractor_add"),
    path("contracts/<int:pk>/subcontractors/<int:row>/", subcontractor.subcontractor_edit, name="subcontractor_edit"),
    path(
        "contracts/<int:pk>/subcontractors/<int:row>/remove/",
        subcontractor.subcontractor_remove,
        name="subcontractor_remove",
    ),
    path("my-contracts/", contract.mine, name="my_contracts"),
    path(f"{ONE}log/", oversight.agreement_log, name="agreement_log"),
    path(f"{ONE}contracts/", contract.contracts_of, name="contracts_of"),
]

review_urls = [
    path("reviews/", review.reviews, name="reviews"),
    path("reviews/export.<slug:form>", review.reviews_sheet, name="reviews_sheet"),
    path(f"{ONE}reviews/", review.reviews_of_agreement, name="reviews_of"),
    path(f"{ONE}reviews/add/", review.review_add, name="review_add"),
    path(f"{ONE}uses/add/", review.exercise_add, name="exercise_add"),
]

comment_urls = [
    path(f"{ONE}comments/", comment.comments_of_agreement, name="comments_of"),
    path("contracts/<int:pk>/comments/", comment.comments_of_contract, name="contract_comments"),
    path("comments/<int:pk>/done/", comment.comment_done, name="comment_done"),
]

flow_urls = [
    path("flows/between/", flows.between, name="flows_between"),
    path("flows/between/csv/", flows.between_csv, name="flows_between_csv"),
    path("flows/information/", flows.information, name="flows_information"),
    path("flows/information/csv/", flows.information_csv, name="flows_information_csv"),
]

legal_provision_urls = [
    path("legal-bases/", legal_provision.legal_provisions, name="legal_provisions"),
    path("legal-bases/add/", legal_provision.legal_provision_add, name="legal_provision_add"),
    path("legal-bases/<int:pk>/retire/", legal_provision.legal_provision_retire, name="legal_provision_retire"),
    path("legal-bases/<int:pk>/bring-back/", legal_provision.legal_provision_return, name="legal_provision_return"),
    path("legal-bases/offers/", offers.legal_provision_offers, name="legal_provision_offers"),
]

register_urls = [
    path("agreements/", register.register, name="register"),
    path("agreements/shared/", register.shared, name="shared"),
    path("agreements/bulk/", bulk.bulk, name="bulk"),
    path("agreements/export.<slug:form>", export.export, name="export"),
    path("agreements/export.<slug:form>/start/", export.export_start, name="export_start"),
    path("agreements/views/", saved_view.create, name="save_view"),
    path("agreements/views/<int:pk>/", saved_view.edit, name="saved_view"),
    path("agreements/views/<int:pk>/delete/", saved_view.delete, name="delete_view"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    *register_urls,
    *agreement_urls,
    *section_urls,
    *variation_urls,
    *issued_urls,
    *document_urls,
    *assessment_urls,
    *import_urls,
    *organisation_urls,
    *contract_urls,
    *review_urls,
    *comment_urls,
    *flow_urls,
    *legal_provision_urls,
]
