"""Around every answer: a number, headers, and the way an in-place request learns that its session has ended."""

import codecs
import logging
from collections.abc import Callable
from urllib.parse import urlunsplit

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import render, resolve_url
from django.utils.http import urlencode
from whitenoise.middleware import WhiteNoiseFileResponse

from caseapp.core.addresses import parts_of
from caseapp.core.keyring import KeyLost
from caseapp.core.numbered import numbered

logger = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# What the program never uses, switched off for itself and for anything that might be framed in it.
UNUSED_BROWSER_POWERS = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "fullscreen",
    "geolocation", "gyroscope", "hid", "identity-credentials-get", "idle-detection", "local-fonts", "magnetometer",
    "microphone", "midi", "payment", "picture-in-picture", "screen-wake-lock",
    "serial", "storage-access", "usb", "xr-spatial-tracking",
)  # fmt: skip
# Passkeys, on pages of this program alone.
OWN_BROWSER_POWERS = ("publickey-credentials-create", "publickey-credentials-get")
ON_EVERY_ANSWER = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        [f"{power}=()" for power in UNUSED_BROWSER_POWERS] + [f"{power}=(self)" for power in OWN_BROWSER_POWERS]
    ),
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": settings.X_FRAME_OPTIONS,
}


class NumberedRequests:
    """Each request has a number, by which the lines it left in the log are found."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with numbered():
            return self.get_response(request)


class SecurityHeaders:
    """No page is kept by a browser or proxy, lent to another site, or given powers of the device.

    `no-store` goes on every answer rather than on those that hold case data: a page that forgets to ask
    for it would leak, and the pages that could be kept are not worth the question. Only our own static files say
    themselves how long they may be kept.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not isinstance(response, WhiteNoiseFileResponse):
            response.headers["Cache-Control"] = "no-store"
        for name, value in ON_EVERY_ANSWER.items():
            response.headers.setdefault(name, value)
        return response


class MethodsOfBrowsers:
    """What no page of ours is asked by is refused at the door, so that no view need think of it."""

    KNOWN = ("GET", "HEAD", "POST")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request) if request.method in self.KNOWN else HttpResponseNotAllowed(self.KNOWN)


class CookiesOfOurs:
    """No cookie that was set here holds what a database refuses to be asked for; one that does is taken for unsent."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if "\x00" not in value}
        return self.get_response(request)


class FormsInUtf8:
    """Browsers send every form in UTF-8. Whoever names another encoding, or one that is none for text, is refused
    before the form is read, rather than read wrongly."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "POST" and codecs.lookup(request.encoding or "utf-8").name != "utf-8":
            raise BadRequest("The form is not in UTF-8.")
        return self.get_response(request)


class KeysAtHand:
    """Where the key file is gone, whoever needs it is told so in a sentence, whatever they were about to do."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, KeyLost):
            return None
        logger.error("The key file does not open the files of a case.")
        return render(request, "503.html", {"sentence": str(exception)}, status=503)


class SignInForWholePage:
    """An in-place request of a person whose session has ended opens the sign-in page, not a fragment of it.

    htmx follows a redirect unseen and would put the sign-in page into a corner of the old one.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        sign_in = resolve_url(settings.LOGIN_URL)
        leads_to = parts_of(response.headers.get("Location", "")).path
        if request.headers.get("HX-Request") != "true" or leads_to != sign_in:
            return response
        query = urlencode({REDIRECT_FIELD_NAME: _page_of(request.headers.get("HX-Current-URL", ""))})
        return HttpResponse(status=401, headers={"HX-Redirect": f"{sign_in}?{query}"})


def _page_of(address: str) -> str:
    """The page without its site: whoever forges one stays on ours."""
    here = parts_of(address)
    return urlunsplit(("", "", here.path or "/", here.query, ""))
