"""Addresses of this app. None holds a word about a client: the keys are random."""

from django.urls import path

from caseapp.cases.views import cases, documents, evidence, statements, team, translations

urlpatterns = [
    path("cases/", cases.case_list, name="case_list"),
    path("cases/add/", cases.case_add, name="case_add"),
    path("cases/<uuid:pk>/", cases.case_show, name="case_show"),
    path("cases/<uuid:pk>/edit/", cases.case_edit, name="case_edit"),
    path("cases/<uuid:pk>/history/", cases.case_history, name="case_history"),
    path("cases/<uuid:pk>/team/", team.case_team, name="case_team"),
    path("cases/<uuid:pk>/team/<int:member_pk>/remove/", team.member_remove, name="member_remove"),
    path("cases/<uuid:pk>/evidence/add/", evidence.evidence_add, name="evidence_add"),
    path("cases/<uuid:pk>/evidence/move/", evidence.evidence_move, name="evidence_move"),
    path("cases/<uuid:pk>/evidence/<int:evidence_pk>/why/", evidence.evidence_why, name="evidence_why"),
    path("cases/<uuid:pk>/evidence/<int:evidence_pk>/remove/", evidence.evidence_remove, name="evidence_remove"),
    # Documents
    path("cases/<uuid:pk>/documents/", documents.case_documents, name="case_documents"),
    path("cases/<uuid:pk>/documents/add/", documents.document_add, name="document_add"),
    path("cases/<uuid:pk>/documents/states/", documents.document_states, name="document_states"),
    path("cases/<uuid:pk>/documents/move/", documents.document_move, name="document_move"),
    path("documents/<uuid:pk>/", documents.document_show, name="document_show"),
    path("documents/<uuid:pk>/progress/", documents.document_progress, name="document_progress"),
    path("documents/<uuid:pk>/edit/", documents.document_edit, name="document_edit"),
    path("documents/<uuid:pk>/answer/", documents.document_answer, name="document_answer"),
    path("documents/<uuid:pk>/retry/", documents.document_retry, name="document_retry"),
    path("documents/<uuid:pk>/remove/", documents.document_remove, name="document_remove"),
    path("documents/<uuid:pk>/original/", documents.document_original, name="document_original"),
    path("documents/<uuid:pk>/pages/<int:number>/", documents.document_page, name="document_page"),
    # Statements
    path("cases/<uuid:pk>/statements/", statements.case_statements, name="case_statements"),
    path("cases/<uuid:pk>/statements/add/", statements.statement_add, name="statement_add"),
    path("cases/<uuid:pk>/statements/move/", statements.statement_move, name="statement_move"),
    path("statements/<int:pk>/edit/", statements.statement_edit, name="statement_edit"),
    path("statements/<int:pk>/bearings/", statements.statement_bearings, name="statement_bearings"),
    path("statements/<int:pk>/remove/", statements.statement_remove, name="statement_remove"),
    path("documents/<uuid:pk>/translation/", translations.document_translation, name="document_translation"),
    path(
        "documents/<uuid:pk>/translation/remove/",
        translations.document_translation_remove,
        name="document_translation_remove",
    ),
]
