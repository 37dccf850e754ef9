"""From where the deeds of this moment come: the client's address and the page, while a request is answered.

Context variables, so that no service has to carry through what has nothing to do with its work.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """What was asked for: the name of its view and the ids in its address. `by_itself` is a page that asked again
    without anybody at it, or says so."""

    name: str = ""
    ids: tuple[tuple[str, str], ...] = ()
    by_itself: bool = False

    @property
    def detail(self) -> Mapping[str, object]:
        return {"page": self.name, "ids": dict(self.ids)}


NO_PAGE = Page()
_ADDRESS: ContextVar[str] = ContextVar("address of the client", default="")
_PAGE: ContextVar[Page] = ContextVar("page that was asked for", default=NO_PAGE)


def address() -> str:
    return _ADDRESS.get()


def page() -> Page:
    return _PAGE.get()


def on_page(page: Page) -> None:
    """From here on, until the request is answered."""
    _PAGE.set(page)


@contextmanager
def coming_from(address: str) -> Iterator[None]:
    before, before_page = _ADDRESS.set(address), _PAGE.set(NO_PAGE)
    try:
        yield
    finally:
        _ADDRESS.reset(before)
        _PAGE.reset(before_page)
