"""Which addresses may be asked for at all: of the web, and of servers that everybody can reach."""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from caseapp.library.fetching import refusals

MOST_LETTERS = 2048
PORTS = {"http": 80, "https": 443}
# A browser would drop or turn around some of these; whoever reads an address must see what is asked for.
_NEVER = re.compile(r"[\x00-\x20\x7f-\xa0\\\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
# Letters that the older rules for names turn into others, and the newer ones, which browsers follow, do not.
_NAMED_OTHERWISE = re.compile("[ßςẞ\u200c\u200d]")
_KEPT = "/%:@!$&'()*+,;=~-._"

_V6_GLOBAL = ipaddress.IPv6Network("2000::/3")
_V6_FOR_BOOKS = ipaddress.IPv6Network("3fff::/20")  # for documentation, since 2024
_V4_MAPPED = ipaddress.IPv6Network("::ffff:0:0/96")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True)
class Address:
    """Where to ask and what for, as it goes over the wire. `host` is a name in ASCII or an IP without brackets."""

    scheme: str
    host: str
    port: int
    target: str

    @classmethod
    def parse(cls, text: str) -> "Address":
        """Raises UnusableAddress, AddressTooLong, AddressWithPassword, UnusualPort."""
        if len(text) > MOST_LETTERS:
            raise refusals.AddressTooLong
        if _NEVER.search(text):
            raise refusals.UnusableAddress
        try:
            parts = urlsplit(text)
            port = parts.port
        except ValueError as error:
            raise refusals.UnusableAddress from error
        if parts.scheme not in PORTS:
            raise refusals.UnusableAddress
        if "@" in parts.netloc:
            raise refusals.AddressWithPassword
        if port is not None and port not in PORTS.values():
            raise refusals.UnusualPort
        target = urlunsplit(("", "", quote(parts.path or "/", safe=_KEPT), quote(parts.query, safe=_KEPT + "?"), ""))
        # A target of two slashes would read as the name of another server.
        target = "/" + target.lstrip("/")
        return cls(parts.scheme, _host(parts.hostname or ""), port or PORTS[parts.scheme], target)

    def follow(self, location: str) -> "Address":
        """Where a redirect leads, judged from scratch."""
        return Address.parse(urljoin(str(self), location.strip()))

    @property
    def in_brackets(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host

    @property
    def host_header(self) -> str:
        return self.in_brackets if self.port == PORTS[self.scheme] else f"{self.in_brackets}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host_header}{self.target}"


def _host(text: str) -> str:
    if ":" in text:
        try:
            return str(ipaddress.IPv6Address(text)) if "%" not in text else _unusable()
        except ValueError as error:
            raise refusals.UnusableAddress from error
    if _NAMED_OTHERWISE.search(text):
        return _unusable()
    try:
        name = text.encode("idna").decode().rstrip(".").lower()
    except UnicodeError as error:
        raise refusals.UnusableAddress from error
    return name if re.fullmatch(r"[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?", name) else _unusable()


def _unusable() -> str:
    raise refusals.UnusableAddress


def is_public(ip: str) -> bool:
    """Whether a server at this IP is one that everybody can reach, and not one that only this machine can.

    Addresses that carry another inside are judged by that one; what carries one in ways of its own is not public.
    """
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not address.is_multicast and not address.is_reserved
    if address.scope_id is not None:
        return False
    if address in _V4_MAPPED or address in _NAT64:
        return is_public(str(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)))
    if address.sixtofour is not None:
        return is_public(str(address.sixtofour))
    if address.teredo is not None:
        return all(is_public(str(inside)) for inside in address.teredo)
    return address in _V6_GLOBAL and address not in _V6_FOR_BOOKS and address.is_global and not address.is_multicast
