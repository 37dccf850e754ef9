"""Addresses of this app. None holds a word about a client: the keys are random."""

from django.urls import path

from caseapp.cases.views import cases, evidence, team

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
]
