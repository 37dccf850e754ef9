import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.library.fetching import refusals
from caseapp.library.fetching.addresses import Address, is_public
from caseapp.library.fetching.network import _resolve

# Hosts that lead to this machine or a private network, as system resolvers and URL parsers understand them.
NUMBERS = """
127.0.0.1 127.1 127.0.1 2130706433 0x7f000001 0x7f.0.0.1 0x7f.1 0177.0.0.1 017700000001 0177.1 0 0.0.0.0 127.255.255.254
10.0.0.1 10.1 192.168.0.1 192.168.1 172.16.0.1 172.31.255.255 169.254.169.254 0xa9fea9fe 2852039166 0251.0376.0251.0376
100.64.0.1 198.18.0.1 192.0.0.1 192.0.2.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
①②⑦.⓪.⓪.① １２７.０.０.１ 127。0。0。1 127．0．0．1 127｡0｡0｡1 localhost LOCALHOST localhost. ⓛocalhost
[::1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1] [0:0:0:0:0:ffff:10.0.0.1] [::127.0.0.1] [fe80::1] [fc00::1] [fd00::1]
[fec0::1] [ff02::1] [2001:db8::1] [64:ff9b::7f00:1] [64:ff9b::10.0.0.1] [64:ff9b:1::7f00:1] [2002:7f00:1::]
[2002:a00:1::1] [2001:0:7f00:1::] [2001:10::1] [100::1] [3fff::1] [4000::1] [5f00::1]
"""


@pytest.mark.parametrize("host", NUMBERS.split())
def test_a_host_of_this_machine_or_a_private_network_is_never_asked(host):
    """Its name is either no name at all, or leads to numbers that are not public."""
    try:
        address = Address.parse(f"http://{host}/")
    except refusals.UnusableAddress:
        return
    assert not any(map(is_public, _numbers(address.host)))


def _numbers(host: str) -> list[str]:
    """As this system's resolver reads numbers, without asking anybody."""
    import socket

    if host == "localhost":
        return _resolve(host, 80)
    try:
        return [socket.inet_ntoa(socket.inet_aton(host))]
    except OSError:
        return [host]


@pytest.mark.parametrize(
    "ip", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]
)
def test_what_everybody_can_reach_is_public(ip):
    assert is_public(ip)


@pytest.mark.parametrize("ip", ["fe80::1%eth0", "2606:2800:220:1::1%1", "", "herald.example", "8.8.8.8/32", "08.8.8.8"])
def test_what_is_no_plain_ip_is_not_public(ip):
    assert not is_public(ip)


@given(st.ip_addresses(v=4))
def test_an_ip_in_an_envelope_is_judged_as_what_is_inside(ip):
    last = f"{int(ip) >> 16:x}:{int(ip) & 0xFFFF:x}"
    assert (
        is_public(f"::ffff:{last}")
        == is_public(f"64:ff9b::{last}")
        == is_public(f"2002:{last}::1")
        == is_public(str(ip))
    )


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", refusals.UnusableAddress),
        ("herald.example/door", refusals.UnusableAddress),
        ("file:///etc/passwd", refusals.UnusableAddress),
        ("ftp://herald.example/", refusals.UnusableAddress),
        ("gopher://herald.example/", refusals.UnusableAddress),
        ("javascript:alert(1)", refusals.UnusableAddress),
        ("data:text/html,hello", refusals.UnusableAddress),
        ("//herald.example/", refusals.UnusableAddress),
        ("http:///door", refusals.UnusableAddress),
        ("http://", refusals.UnusableAddress),
        ("http://herald.example\\@10.0.0.1/", refusals.UnusableAddress),
        ("http://herald.example /", refusals.UnusableAddress),
        ("http://herald.example/a\r\nHost: other", refusals.UnusableAddress),
        ("http://herald\u202e.example/", refusals.UnusableAddress),
        ("http://herald.example/\udc80", refusals.UnusableAddress),
        ("http://[fe80::1%25eth0]/", refusals.UnusableAddress),
        ("http://[::1/", refusals.UnusableAddress),
        ("http://her%61ld.example/", refusals.UnusableAddress),
        ("http://a..example/", refusals.UnusableAddress),
        ("http://straße.example/", refusals.UnusableAddress),
        (f"http://{'a' * 64}.example/", refusals.UnusableAddress),
        ("http://herald.example:99999/", refusals.UnusableAddress),
        ("http://herald.example:x/", refusals.UnusableAddress),
        ("http://herald.example:8080/", refusals.UnusualPort),
        ("http://herald.example:22/", refusals.UnusualPort),
        ("http://herald.example:0/", refusals.UnusualPort),
        ("http://me:secret@herald.example/", refusals.AddressWithPassword),
        ("http://herald.example@10.0.0.1/", refusals.AddressWithPassword),
        ("http://herald.example/" + "a" * 2027, refusals.AddressTooLong),
    ],
)
def test_what_is_no_address_of_the_web_is_refused(text, refusal):
    with pytest.raises(refusal):
        Address.parse(text)


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("HTTPS://Herald.Example", "https://herald.example/"),
        ("https://herald.example:443/door?a=1&b=%20#part", "https://herald.example/door?a=1&b=%20"),
        ("https://herald.example:80/", "https://herald.example:80/"),
        ("http://herald.example./door", "http://herald.example/door"),
        ("https://diario.example/policía?año=2019", "https://diario.example/polic%C3%ADa?a%C3%B1o=2019"),
        ("https://ñandú.example/", "https://xn--and-6ma2c.example/"),
        ("http://herald.example//evil.example/", "http://herald.example/evil.example/"),
        ("http://[2606:2800:0220:1::1]/", "http://[2606:2800:220:1::1]/"),
    ],
)
def test_an_address_as_it_goes_over_the_wire(text, sent):
    assert str(Address.parse(text)) == sent


@given(st.text(max_size=60))
def test_no_text_makes_a_request_of_more_than_one_line(text):
    try:
        address = Address.parse("http://herald.example/" + text)
    except refusals.FetchRefused:
        return
    assert address.host == "herald.example"
    assert address.target.isascii()
    assert address.target.isprintable()
    assert " " not in address.target
