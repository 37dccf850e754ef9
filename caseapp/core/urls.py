"""Addresses of this app."""

from django.urls import path

from caseapp.core import views

urlpatterns = [
    path("health/", views.health, name="health"),
]
