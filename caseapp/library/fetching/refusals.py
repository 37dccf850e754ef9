"""Why nothing was fetched. str() is a sentence for whoever gave the address."""

from http import HTTPStatus

from django.utils.translation import gettext as _


class FetchRefused(Exception):
    """Nothing was fetched, and nothing is kept."""


class UnusableAddress(FetchRefused):
    def __str__(self) -> str:
        return _("This is not the address of a web page. Copy it from the browser: it starts with https:// or http://.")


class AddressTooLong(FetchRefused):
    def __str__(self) -> str:
        return _("This address is longer than web addresses may be (2,048 characters). Look for a shorter one.")


class AddressWithPassword(FetchRefused):
    def __str__(self) -> str:
        return _("This address holds a user name or password (what stands before the @). Give it without them.")


class UnusualPort(FetchRefused):
    def __str__(self) -> str:
        return _("This address names a port of its own. Pages are fetched from the usual ones only, 80 and 443.")


class UnknownName(FetchRefused):
    def __init__(self, host: str) -> None:
        self.host = host
        super().__init__(host)

    def __str__(self) -> str:
        return _("No server of the name %(host)s was found. Look whether the address is right.") % {"host": self.host}


class NotPublic(FetchRefused):
    """Some address of the server lies in a private or reserved network."""

    def __init__(self, host: str) -> None:
        self.host = host
        super().__init__(host)

    def __str__(self) -> str:
        return _(
            "%(host)s is not a server of the public web, so nothing was asked of it. "
            "Open the page yourself, save it, and upload the file."
        ) % {"host": self.host}


class TooManyRedirects(FetchRefused):
    def __str__(self) -> str:
        return _("This address leads on from page to page and never arrives. Give the address where it ends.")


class NoAnswer(FetchRefused):
    """The server could not be reached, or broke off."""

    def __str__(self) -> str:
        return _("The server did not answer, or broke off before the page was whole. Try again later.")


class Unverified(FetchRefused):
    """The certificate is not one for this name."""

    def __str__(self) -> str:
        return _(
            "The server could not prove that it is the one of this address, so nothing was taken from it. "
            "Open the page yourself, save it, and upload the file."
        )


class TookTooLong(FetchRefused):
    def __str__(self) -> str:
        return _("The page did not arrive in time. Try again later, or save it yourself and upload the file.")


class PageTooLarge(FetchRefused):
    def __str__(self) -> str:
        return _("This page is larger than 10 MB, or grows to more than 20 MB. Save it yourself and upload the file.")


class NotAPage(FetchRefused):
    """What came is of no kind that the library reads."""

    def __init__(self, media_type: str) -> None:
        self.media_type = media_type
        super().__init__(media_type)

    def __str__(self) -> str:
        return _(
            "At this address is no web page, plain text, PDF or Word file, but “%(media_type)s”. "
            "Give the address of the page or of the file itself."
        ) % {"media_type": self.media_type or "?"}


class GarbledAnswer(FetchRefused):
    def __str__(self) -> str:
        return _("What the server sent does not follow the rules of the web, so it cannot be trusted to be whole.")


class AnsweredWithout(FetchRefused):
    """The server answered with a status that brings no page."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(status)

    def __str__(self) -> str:
        if self.status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
            return _("The server says that there is no page at this address (%(status)d).") % {"status": self.status}
        if self.status in (401, 402, 403, 407, 429, 451):
            return _(
                "The server does not give this page to programs, or only to those who sign in (%(status)d). "
                "Open it yourself, save it, and upload the file."
            ) % {"status": self.status}
        if self.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return _("The server is in trouble of its own (%(status)d). Try again later.") % {"status": self.status}
        return _("The server answered, but sent no page (%(status)d).") % {"status": self.status}
