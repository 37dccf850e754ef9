"""What does not agree, as facts that can cross to another process, and the sentence for each.

`code` names the sentence; a sentence is made where the reader's language is known.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

_SENTENCES: Mapping[str, Any] = {
    "file-missing": _("The file “%(name)s” is missing."),
    "file-surplus": _("The file “%(name)s” is not in the manifest."),
    "file-other": _("The file “%(name)s” is not the one that the manifest describes."),
    "file-closed": _("The file “%(name)s” cannot be opened."),
    "file-name": _("The file name “%(name)s” leads out of the packet’s folder."),
    "file-large": _("The file “%(name)s” has %(size)s MB; this forum takes %(limit)s MB at most."),
    "file-repaired": _("The file “%(name)s” is damaged; a reader must repair it before it can be shown."),
    "file-locked": _("The file “%(name)s” is locked."),
    "stream": _("A piece of the file “%(name)s” cannot be read."),
    "page-count": _("The file has %(found)s pages, but the plan has %(planned)s."),
    "plan-gap": _("The part “%(name)s” does not follow the part before it."),
    "plan-sum": _("The parts add up to %(planned)s pages, but the file has %(found)s."),
    "title": _("The document’s title is not the packet’s."),
    "property": _("The file’s properties hold an entry “%(name)s”, which may name a person."),
    "stamp": _("Page %(page)s of the file carries “%(found)s” where its page number should stand."),
    "stamp-missing": _("Page %(page)s of the file carries no number where its page number should stand."),
    "stamp-outside": _("The page number on page %(page)s stands outside what can be seen of the page."),
    "stamp-place": _("The page number on page %(page)s does not stand where this forum wants it."),
    "stamp-turned": _("The page number on page %(page)s does not stand upright."),
    "stamp-size": _("The page number on page %(page)s is too small or too large."),
    "stamp-covers": _("The page number on page %(page)s stands over the words “%(words)s”."),
    "stamp-covers-ink": _("The page number on page %(page)s covers part of a picture."),
    "label": _("Page %(page)s is labelled “%(label)s” in the reader’s page box."),
    "shown-untold": _("The manifest does not say what the part “%(name)s” shows."),
    "shown-absent": _("Tab %(tab)s, “%(title)s”, is not in the packet."),
    "exhibit-less": ngettext_lazy(
        "Tab %(tab)s does not show the whole article “%(title)s”, and nothing else: from page %(page)s on, %(count)s "
        "letter is missing.",
        "Tab %(tab)s does not show the whole article “%(title)s”, and nothing else: from page %(page)s on, %(count)s "
        "letters are missing.",
        "count",
    ),
    "exhibit-more": ngettext_lazy(
        "Tab %(tab)s does not show the whole article “%(title)s”, and nothing else: from page %(page)s on, it has "
        "%(count)s letter too many.",
        "Tab %(tab)s does not show the whole article “%(title)s”, and nothing else: from page %(page)s on, it has "
        "%(count)s letters too many.",
        "count",
    ),
    "exhibit-other": _(
        "Tab %(tab)s does not show the whole article “%(title)s”, and nothing else: from page %(page)s on, its letters "
        "are others or in another order."
    ),
    "tab-less": ngettext_lazy(
        "The tab sheet of tab %(tab)s, “%(title)s”, does not show what it should: from page %(page)s on, %(count)s "
        "letter is missing.",
        "The tab sheet of tab %(tab)s, “%(title)s”, does not show what it should: from page %(page)s on, %(count)s "
        "letters are missing.",
        "count",
    ),
    "tab-more": ngettext_lazy(
        "The tab sheet of tab %(tab)s, “%(title)s”, does not show what it should: from page %(page)s on, it has "
        "%(count)s letter too many.",
        "The tab sheet of tab %(tab)s, “%(title)s”, does not show what it should: from page %(page)s on, it has "
        "%(count)s letters too many.",
        "count",
    ),
    "tab-other": _(
        "The tab sheet of tab %(tab)s, “%(title)s”, does not show what it should: from page %(page)s on, its letters "
        "are others or in another order."
    ),
    "cover-less": ngettext_lazy(
        "The cover does not show what it should: from page %(page)s on, %(count)s letter is missing.",
        "The cover does not show what it should: from page %(page)s on, %(count)s letters are missing.",
        "count",
    ),
    "cover-more": ngettext_lazy(
        "The cover does not show what it should: from page %(page)s on, it has %(count)s letter too many.",
        "The cover does not show what it should: from page %(page)s on, it has %(count)s letters too many.",
        "count",
    ),
    "cover-other": _(
        "The cover does not show what it should: from page %(page)s on, its letters are others or in another order."
    ),
    "part-less": ngettext_lazy(
        "The part “%(name)s” does not show what it should: from page %(page)s on, %(count)s letter is missing.",
        "The part “%(name)s” does not show what it should: from page %(page)s on, %(count)s letters are missing.",
        "count",
    ),
    "part-more": ngettext_lazy(
        "The part “%(name)s” does not show what it should: from page %(page)s on, it has %(count)s letter too many.",
        "The part “%(name)s” does not show what it should: from page %(page)s on, it has %(count)s letters too many.",
        "count",
    ),
    "part-other": _(
        "The part “%(name)s” does not show what it should: from page %(page)s on, its letters are others or in another "
        "order."
    ),
    "page-words": _("Page %(page)s does not hold the words that this page of the exhibit’s own file holds."),
    "page-ink": _("Page %(page)s does not look as this page of the exhibit’s own file looks."),
    "page-number-of-file": _(
        "Tab %(tab)s, “%(title)s”: %(found)s pages of its file are in the packet, but %(planned)s should be."
    ),
    "annotations": _(
        "The part “%(name)s” has %(found)s annotations of the kind “%(kind)s” in the packet, but should have "
        "%(planned)s."
    ),
    "heading": _("The index does not show the heading “%(name)s”."),
    "entry-words": _("The index does not show the words “%(words)s” wherever they belong."),
    "entries": _("The quotation “%(quote)s” (tab %(tab)s) does not stand under each of its headings in the index."),
    "passage-untold": _("The manifest does not describe the passage “%(key)s”."),
    "list-absent": _("The list of exhibits leaves out tab %(tab)s, “%(title)s”."),
    "list-title": _("The list of exhibits does not show the title of tab %(tab)s, “%(title)s”."),
    "list-pages": _("The list of exhibits gives other pages for tab %(tab)s, “%(title)s”, than it stands on."),
    "quotation-cited": _(
        "The quotation “%(quote)s” (tab %(tab)s) does not stand word for word on the cited page %(first)s."
    ),
    "quotation-cited-to": _(
        "The quotation “%(quote)s” (tab %(tab)s) does not stand word for word on the cited pages %(first)s to %(last)s."
    ),
    "quotation-marked": _(
        "The marks on page %(page)s do not lie on the words of the quotation “%(quote)s” (tab %(tab)s)."
    ),
    "quotation-index": _(
        "The quotation “%(quote)s” (tab %(tab)s) does not stand word for word on index page %(first)s."
    ),
    "quotation-index-to": _(
        "The quotation “%(quote)s” (tab %(tab)s) does not stand word for word on index pages %(first)s to %(last)s."
    ),
    "quotation-unlisted": _("A quotation of tab %(tab)s is not in the index."),
    "link-nowhere": _("The manifest tells of a link on page %(page)s, which there is not."),
    "link-outside": _("A link on page %(page)s leads somewhere other than a web address."),
    "link-missing": _("A link on page %(page)s, to page %(target)s, is missing."),
    "link-lands": _("A link on page %(page)s lands on page %(landed)s instead of page %(target)s."),
    "link-off-page": _("A link on page %(page)s lies outside what can be seen of the page."),
    "link-place": _("A link on page %(page)s does not land at the words that it leads to, on page %(target)s."),
    "link-count": _("Page %(page)s has %(found)s links into the packet, but should have %(planned)s."),
    "link-words": _("The index on page %(page)s prints “%(said)s” where it should print “%(words)s”."),
    "link-says": _("The index on page %(page)s says “%(words)s” but leads to page %(target)s."),
    "link-cites": _("The index on page %(page)s cites other pages than those where the passage stands."),
    "passage-unlinked": _("No link in the index leads to the passage “%(key)s”."),
    "bookmark-lands": _("The bookmark “%(title)s” lands on page %(landed)s instead of page %(page)s."),
    "bookmark-place": _("The bookmark “%(title)s” lands outside what can be seen of page %(page)s."),
    "bookmarks-other": _("The bookmarks are not those that the manifest lists."),
    "bookmarks-plan": _("The bookmarks of the cover, index and tabs do not match the plan."),
    "attached": _("A file is attached inside the packet."),
    "script": _("The packet holds a script."),
    "annotation": _("Page %(page)s holds an annotation that may do something."),
    "forbidden": _("The file “%(name)s” holds something that a packet must not hold: %(what)s."),
    "opening": _("The file “%(name)s” does not open at its first page."),
}


@dataclass(frozen=True)
class Failure:
    """One thing that does not agree. `page` is the place in its file, from 1, or None where it concerns a whole file.

    `volume` is the number of the volume, or 0 where there is one volume only.
    """

    rule: str
    code: str
    page: int | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    volume: int = 0

    @property
    def sentence(self) -> str:
        return str(self)

    def __str__(self) -> str:
        said = str(_SENTENCES[self.code] % self.params)
        return str(_("Volume %(volume)s: %(said)s") % {"volume": self.volume, "said": said}) if self.volume else said

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Self:
        return cls(plain["rule"], plain["code"], plain["page"], plain["params"], plain["volume"])
