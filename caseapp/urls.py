"""Every address of the program."""

from django.urls import include, path

urlpatterns = [
    path("", include("caseapp.core.urls")),
    path("", include("caseapp.accounts.urls")),
    path("", include("caseapp.library.urls")),
    path("", include("caseapp.cases.urls")),
    path("", include("caseapp.packets.urls")),
]

handler400 = "caseapp.core.views.bad_request"
handler500 = "caseapp.core.views.server_error"
