"""What the index says that a theme's passages go to show."""

from caseapp.cases.models import CaseThemeElement, ThemeElement
from caseapp.library.models import Theme
from caseapp.packets.freezing import freeze
from caseapp.packets.freezing.elements import shown_by_themes
from caseapp.packets.manifest import Manifest
from tests.packets.making import make_filing


def test_the_index_says_it_in_the_law_of_the_forum_and_as_the_case_rules(db):
    packet = make_filing(forum="eoir")
    theme = Theme.objects.get(slug="off-duty-killings")
    CaseThemeElement.objects.create(case=packet.case, theme=theme, element="us-fear", is_on=True)
    CaseThemeElement.objects.create(case=packet.case, theme=theme, element="us-nexus", is_on=False)
    assert shown_by_themes(packet.case, "eoir")[theme.pk] == ("harm rising to persecution", "a well-founded fear")
    assert shown_by_themes(packet.case, "uk_ftt")[theme.pk] == ("the Convention reason", "risk of harm")
    assert shown_by_themes(packet.case, "generic") == {}
    manifest = freeze(packet)
    assert manifest.themes[0].elements == ("harm rising to persecution", "a well-founded fear")
    assert Manifest.from_json(manifest.to_json()) == manifest


def test_what_is_held_against_the_client_is_never_printed(db):
    packet = make_filing(forum="eoir")
    theme = Theme.objects.get(slug="weapon-rules")
    ThemeElement.objects.create(theme=theme, element="us-police-abuses")
    assert shown_by_themes(packet.case, "eoir")[theme.pk] == ("a government unable or unwilling to protect",)
