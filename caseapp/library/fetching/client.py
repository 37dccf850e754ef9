"""From an address to the bytes of its page, with what is needed to say later how they were got."""

import datetime as dt
import hashlib
import io
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from urllib3.exceptions import HTTPError
from urllib3.response import HTTPResponse

from caseapp.library.fetching import refusals
from caseapp.library.fetching.addresses import Address
from caseapp.library.fetching.exchange import PIECE, REDIRECTS, Answer, Deadline, ask
from caseapp.library.fetching.network import Network, the_web

MOST_SECONDS = 20.0
MOST_REDIRECTS = 5
MOST_INFLATED = 20_000_000
ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".xhtml",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
_PDF = "application/pdf"
_OTHER_ENDINGS = {".htm": ".html", ".text": ".txt"}
_CODINGS = frozenset({"gzip", "x-gzip", "deflate", "br"})
# Values that let whoever has them act as the one they were given to, here the office's server.
_SECRET = frozenset({"set-cookie", "set-cookie2"})
_UNKEPT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class Fetched:
    """`data` is the page, out of its content encoding where it had one.

    `response` says how it was got, in plain values: "address" and "final_address", "ip", "status", "headers"
    ([name, value], without the values of cookies), "hops" (each address asked, with its IP and status),
    "fetched_at", and of the body as it was received, before any content encoding was undone, "received_sha256" and
    "received_size". Without a content encoding these are of `data` itself.
    """

    data: bytes
    media_type: str
    name: str
    response: dict[str, Any]


def fetch(address: str, *, now: dt.datetime, network: Network | None = None, seconds: float = MOST_SECONDS) -> Fetched:
    """Raises a class of FetchRefused."""
    network = network or the_web()
    deadline = Deadline.after(seconds)
    asked, hops = Address.parse(address.strip()), []
    while True:
        answer = ask(asked, network, deadline)
        hops.append({"address": str(asked), "ip": answer.ip, "status": answer.status})
        location = answer.header("location")
        if answer.status not in REDIRECTS or not location:
            break
        if len(hops) > MOST_REDIRECTS:
            raise refusals.TooManyRedirects
        asked = asked.follow(location)
    if answer.status != 200:
        raise refusals.AnsweredWithout(answer.status)
    data = _inflated(answer)
    media_type = _media_type(answer, data)
    response = {
        "address": address.strip(),
        "final_address": str(asked),
        "ip": answer.ip,
        "status": answer.status,
        "headers": _kept(answer.headers),
        "hops": hops,
        "fetched_at": now.isoformat(),
        "received_sha256": hashlib.sha256(answer.body).hexdigest(),
        "received_size": len(answer.body),
    }
    return Fetched(data, media_type, _name(asked, media_type), response)


def _inflated(answer: Answer) -> bytes:
    """The body out of its content encoding, piece by piece, so that a small body cannot become a large one unseen."""
    coding = answer.header("content-encoding").strip().lower()
    if coding in ("", "identity"):
        return answer.body
    if coding not in _CODINGS:
        raise refusals.GarbledAnswer
    packed = HTTPResponse(io.BytesIO(answer.body), {"content-encoding": coding}, preload_content=False)
    pieces, size = [], 0
    try:
        while piece := packed.read(PIECE, decode_content=True):
            size += len(piece)
            if size > MOST_INFLATED:
                raise refusals.PageTooLarge
            pieces.append(piece)
    except HTTPError as error:
        raise refusals.GarbledAnswer from error
    return b"".join(pieces)


def _media_type(answer: Answer, data: bytes) -> str:
    """What the server calls it. Many servers call a PDF just bytes."""
    if not data:
        raise refusals.AnsweredWithout(204)
    said = answer.header("content-type").partition(";")[0].strip().lower()
    if said in ("application/octet-stream", "binary/octet-stream", "") and data.startswith(b"%PDF-"):
        return _PDF
    if said not in ENDINGS:
        raise refusals.NotAPage(said)
    return said


def _kept(headers: list[tuple[str, str]]) -> list[list[str]]:
    return [[_plain(name), "" if name.lower() in _SECRET else _plain(value)] for name, value in headers]


def _plain(text: str) -> str:
    return _UNKEPT.sub("\ufffd", text)


def _name(address: Address, media_type: str) -> str:
    """What the file would be called if somebody had saved it: with the ending of what it is."""
    ending = ENDINGS[media_type]
    last = PurePosixPath(unquote(address.target.partition("?")[0], errors="replace")).name or address.host
    suffix = PurePosixPath(last).suffix.lower()
    return last if _OTHER_ENDINGS.get(suffix, suffix) == ending else last + ending
