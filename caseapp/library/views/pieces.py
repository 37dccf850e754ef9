"""A capture in the pieces that the reader shows: text with marks and page breaks, and the excerpts that begin there."""

from dataclasses import dataclass, replace

from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from caseapp.accounts.models import User
from caseapp.accounts.requests import PersonRequest
from caseapp.library.access import capture_of
from caseapp.library.excerpts.anchors import Place
from caseapp.library.excerpts.passages import excerpts_in, mark_of
from caseapp.library.models import Capture, Excerpt
from caseapp.library.origins.families import SharedRow, shared_passages, underlines
from caseapp.library.texts.page_text import PageBreak, Range, ahead_html, article_html, piece_html, touched_html
from caseapp.library.texts.paging import Page, page_at, pages_of
from caseapp.library.texts.pieces import piece_at, pieces_of, pieces_touching

# Characters of text whose cards stand in one list. A change sends its list anew, and not all cards of a piece.
CARDS = 500


@dataclass(frozen=True)
class Cards:
    """The excerpts that begin in a stretch of a piece, in order."""

    start: int
    excerpts: list[Excerpt]


@dataclass(frozen=True)
class Piece:
    """`html` is its text, alone or in its place, or only its place; `lists` are the cards beside it."""

    start: int
    html: SafeString
    lists: list[Cards]


class Pieces:
    """The pieces of a capture's article, for this person. Each is made by itself, with its own marks alone."""

    def __init__(self, capture: Capture, person: User) -> None:
        self.capture, self.person = capture, person
        self.places = pieces_of(capture.text, capture.article_start, capture.article_end)

    def around(self, wanted: int) -> list[Piece]:
        """Every piece in its place, of which the one that holds `wanted` is all there."""
        shown = piece_at(self.places, wanted)
        return [self._in_place(place) if place == shown else self._ahead(place) for place in self.places]

    def piece(self, place: Place) -> Piece:
        excerpts = self._overlapping(place)
        html = article_html(
            self.capture.text, *place, self._marks(place, excerpts), self._page_breaks(place), self.capture.headings
        )
        return Piece(place.start, html, [_cards(stretch, excerpts) for stretch in self._stretches(place)])

    def _in_place(self, place: Place) -> Piece:
        piece = self.piece(place)
        return replace(piece, html=piece_html(*place, piece.html))

    def touched(self, changed: list[Place]) -> tuple[list[Cards], SafeString]:
        """The lists of cards and the paragraphs that overlap the places."""
        pieces = pieces_touching(self.places, changed)
        stretches = [one for place in pieces for one in pieces_touching(self._stretches(place), changed)]
        if not stretches:
            return [], SafeString()
        place = Place(stretches[0].start, stretches[-1].end)
        excerpts = self._overlapping(place)
        marks = self._marks(place, excerpts)
        paragraphs = touched_html(self.capture.text, *place, marks, changed, self.capture.headings)
        return [_cards(stretch, excerpts) for stretch in stretches], paragraphs

    def _stretches(self, place: Place) -> list[Place]:
        return pieces_of(self.capture.text, *place, CARDS)

    @cached_property
    def shared(self) -> list[SharedRow]:
        return shared_passages(self.capture)

    def _marks(self, place: Place, excerpts: list[Excerpt]) -> list[Range]:
        lines = [line for line in underlines(self.shared) if line.start < place.end and place.start < line.end]
        return [*map(mark_of, excerpts), *lines]

    def _overlapping(self, place: Place) -> list[Excerpt]:
        return list(excerpts_in(self.capture, self.person).filter(start__lt=place.end, end__gt=place.start))

    def _ahead(self, place: Place) -> Piece:
        pages = self._pages(place)
        says = _("Read on")
        if pages:
            says = _("Read pages %(first)s to %(last)s") % {"first": pages[0].name, "last": pages[-1].name}
        address = f"{self.capture.get_absolute_url()}{'&' if self.capture.asked_for else '?'}at={place.start}"
        return Piece(place.start, ahead_html(*place, address, says, [page.number for page in pages]), [])

    @cached_property
    def _all_pages(self) -> list[Page]:
        """Those that the article touches."""
        first = page_at(self.capture.pages, self.capture.article_start)
        return pages_of(self.capture.pages)[first.number - 1 :] if first else []

    def _pages(self, place: Place) -> list[Page]:
        """The pages that begin in the piece; the first piece has the one on which the article begins."""
        low = 0 if place == self.places[0] else place.start
        return [page for page in self._all_pages if low <= page.start < place.end]

    def _page_breaks(self, place: Place) -> list[PageBreak]:
        return [
            PageBreak(
                page,
                self.capture.address("source_page", page.number),
                _("Page %(page)s: show its picture") % {"page": page.name},
            )
            for page in self._pages(place)
        ]


def _cards(stretch: Place, excerpts: list[Excerpt]) -> Cards:
    return Cards(stretch.start, [one for one in excerpts if stretch.start <= one.start < stretch.end])


@require_safe
def source_piece(request: PersonRequest, pk: int, start: int) -> HttpResponse:
    """The text of one piece and its cards, for a reader that comes near it."""
    capture = capture_of(request.user, pk, request.GET.get("version"))
    if not capture.article_start <= start < capture.article_end:
        raise Http404
    pieces = Pieces(capture, request.user)
    piece = pieces.piece(piece_at(pieces.places, start))
    context = {"piece": piece, "source": capture.source, "in_place": True}
    cards = render_to_string("library/reader/_piece_cards.html", context, request)
    return HttpResponse(piece.html + cards.strip())  # no white space beside the text: it would count as text
