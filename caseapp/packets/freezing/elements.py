"""What the index says that passages of a theme go to show."""

from caseapp.cases.covering import pointing_of
from caseapp.cases.elements import systems_of
from caseapp.cases.models import Case


def shown_by_themes(case: Case, forum: str) -> dict[int, tuple[str, ...]]:
    """By theme, in the order of the law that this forum applies; nothing where it is not known which that is.

    What is held against the client is for the office, as the mark of such passages is.
    """
    systems = systems_of(forum)
    if len(systems) > 1:
        return {}
    elements = [element for element in systems[0].elements if not element.cuts_against]
    return {
        theme: tuple(element.words for element in elements if element.key in goes_to)
        for theme, goes_to in pointing_of(case).goes_to.items()
    }
