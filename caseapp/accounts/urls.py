"""Addresses of this app. Of allauth's views only these are reachable."""

from allauth.account import views as allauth
from allauth.mfa.base.views import ReauthenticateView
from allauth.mfa.webauthn.views import EditWebAuthnView
from django.urls import path, re_path, reverse_lazy

from caseapp.accounts.views import account, factors, people

SECURITY = reverse_lazy("account_security")

urlpatterns = [
    path("sign-in/", allauth.login, name="account_login"),
    path("sign-in/passkey/", factors.SignInByPasskey.as_view(), name="mfa_login_webauthn"),
    path("sign-in/second-step/", factors.SecondStep.as_view(), name="mfa_authenticate"),
    path("sign-out/", account.sign_out, name="account_logout"),
    path("is-it-you/", allauth.reauthenticate, name="account_reauthenticate"),
    path("is-it-you/code/", ReauthenticateView.as_view(), name="mfa_reauthenticate"),
    path("is-it-you/passkey/", factors.StillYouByPasskey.as_view(), name="mfa_reauthenticate_webauthn"),
    path("change-password/", account.change_password, name="account_change_password"),
    re_path(
        r"^set-password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[0-9A-Za-z-]+)/$",
        allauth.PasswordResetFromKeyView.as_view(success_url=reverse_lazy("account_login")),
        name="account_reset_password_from_key",
    ),
    path("your-account/", account.account_security, name="account_security"),
    path("your-account/sessions/<int:pk>/end/", account.session_end, name="session_end"),
    path("your-account/sessions/end-others/", account.sessions_end_others, name="sessions_end_others"),
    path("your-account/still-here/", account.still_here, name="still_here"),
    path("your-account/second-factor/", factors.second_factor_needed, name="second_factor_needed"),
    path("your-account/code-app/", factors.SetUpCodeApp.as_view(), name="mfa_activate_totp"),
    path(
        "your-account/code-app/remove/",
        factors.RemoveCodeApp.as_view(success_url=SECURITY),
        name="mfa_deactivate_totp",
    ),
    path("your-account/passkeys/add/", factors.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path(
        "your-account/passkeys/<int:pk>/name/",
        EditWebAuthnView.as_view(success_url=SECURITY),
        name="mfa_edit_webauthn",
    ),
    path(
        "your-account/passkeys/<int:pk>/remove/",
        factors.RemovePasskey.as_view(success_url=SECURITY),
        name="mfa_remove_webauthn",
    ),
    path("your-account/recovery-codes/", factors.recovery_codes, name="recovery_codes"),
    path("language/", account.choose_language, name="choose_language"),
    path("people/", people.person_list, name="person_list"),
    path("people/add/", people.person_add, name="person_add"),
    path("people/<int:pk>/", people.person_edit, name="person_edit"),
    path("people/<int:pk>/deactivate/", people.person_deactivate, name="person_deactivate"),
    path("people/<int:pk>/reactivate/", people.person_reactivate, name="person_reactivate"),
    path("people/<int:pk>/link/", people.person_link, name="person_link"),
    path("people/<int:pk>/sign-out/", people.person_sign_out, name="person_sign_out"),
    path("people/<int:pk>/second-factors/reset/", people.person_factors_reset, name="person_factors_reset"),
    path("office/", people.office_edit, name="office_edit"),
]
