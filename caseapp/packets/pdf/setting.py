"""HTML of the print templates becomes pages of a packet."""

from caseapp.forums import Forum
from caseapp.packets.pdf import paper
from caseapp.typesetting.fonts import font_stack
from caseapp.typesetting.typeset import Typeset, typeset

STYLES = "print.css"


def set_pages(html: str, forum: Forum, kind: str, *, page_styles: str = "") -> Typeset:
    """On the paper of the forum, as pages of that kind; `page_styles` outweigh what it says."""
    return typeset(html, paper.page_styles(forum, kind, font_stack()) + page_styles, styles=STYLES)
