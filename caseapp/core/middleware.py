"""Headers on every answer, and the way an in-place request learns that its session has ended."""

from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.http import urlencode

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# What the program never uses, switched off for itself and for anything that might be framed in it.
UNUSED_BROWSER_POWERS = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "fullscreen",
    "geolocation", "gyroscope", "hid", "identity-credentials-get", "idle-detection", "local-fonts", "magnetometer",
    "microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-create",
    "publickey-credentials-get", "screen-wake-lock", "serial", "storage-access", "usb", "xr-spatial-tracking",
)  # fmt: skip
PERMISSIONS_POLICY = ", ".join(f"{power}=()" for power in UNUSED_BROWSER_POWERS)


class SecurityHeaders:
    """No page is kept by a browser or proxy, lent to another site, or given powers of the device.

    `no-store` goes on every answer rather than on those that hold case data: a page that forgets to ask
    for it would leak, and the pages that could be kept are not worth the question. Static files are
    answered before this runs and stay cacheable.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        return response


class SignInForWholePage:
    """An in-place request of a person whose session has ended opens the sign-in page, not a fragment of it.

    htmx follows a redirect unseen and would put the sign-in page into a corner of the old one.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        sign_in = resolve_url(settings.LOGIN_URL)
        leads_to = urlsplit(response.headers.get("Location", "")).path
        if request.headers.get("HX-Request") != "true" or leads_to != sign_in:
            return response
        here = urlsplit(request.headers.get("HX-Current-URL", ""))
        page = urlunsplit(("", "", here.path or "/", here.query, ""))
        query = urlencode({REDIRECT_FIELD_NAME: page})
        return HttpResponse(status=401, headers={"HX-Redirect": f"{sign_in}?{query}"})
