"""Everything that is put on record, in the words the history shows after the person's name."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Action(TextChoices):
    PERSON_ADDED = "person.added", _("added the person")
    PERSON_CHANGED = "person.changed", _("changed the person")
    PERSON_DEACTIVATED = "person.deactivated", _("closed the account of")
    PERSON_REACTIVATED = "person.reactivated", _("reopened the account of")
    PERSON_LINK_MADE = "person.link_made", _("made a set-password link for")
    PASSWORD_SET = "person.password_set", _("set a new password")

    SOURCE_ADDED = "source.added", _("added the source")
    SOURCE_CHANGED = "source.changed", _("changed the details of the source")
    SOURCE_TRIMMED = "source.trimmed", _("marked where the article starts and ends in")
    ORIGINAL_DOWNLOADED = "source.original_downloaded", _("downloaded the original of")
    EXCERPT_ADDED = "excerpt.added", _("excerpted a passage of")
    EXCERPT_CHANGED = "excerpt.changed", _("changed an excerpt of")
    EXCERPT_MOVED = "excerpt.bounds_changed", _("changed the bounds of an excerpt of")
    EXCERPT_REMOVED = "excerpt.removed", _("removed an excerpt of")
    EXCERPT_APPROVED = "excerpt.approved", _("approved an excerpt of")
    EXCERPT_UNAPPROVED = "excerpt.unapproved", _("took back the approval of an excerpt of")
    THEME_ADDED = "theme.added", _("added the theme")
    THEME_CHANGED = "theme.changed", _("changed the theme")
    THEME_MOVED = "theme.moved", _("moved the theme")
    THEME_MERGED = "theme.merged", _("merged the theme")
    THEME_REMOVED = "theme.removed", _("removed the theme")

    CASE_OPENED = "case.opened", _("opened the case")
    CASE_VIEWED = "case.viewed", _("looked at the case")
    CASE_CHANGED = "case.changed", _("changed the case")
    CASE_EXPORTED = "case.exported", _("exported the case")
    MEMBER_ADDED = "case.member_added", _("added to the team:")
    MEMBER_REMOVED = "case.member_removed", _("removed from the team:")
    EVIDENCE_ADDED = "case.evidence_added", _("added evidence from")
    EVIDENCE_CHANGED = "case.evidence_changed", _("changed the reason for evidence from")
    EVIDENCE_MOVED = "case.evidence_moved", _("reordered the evidence of")
    EVIDENCE_REMOVED = "case.evidence_removed", _("removed evidence from")

    PACKET_ADDED = "packet.added", _("started the packet")
    PACKET_CHANGED = "packet.changed", _("changed the packet")
    PACKET_REMOVED = "packet.removed", _("removed the packet")
    EXHIBIT_ADDED = "packet.exhibit_added", _("added the exhibit")
    EXHIBIT_MOVED = "packet.exhibits_moved", _("reordered the exhibits of")
    EXHIBIT_REMOVED = "packet.exhibit_removed", _("removed the exhibit")
    BUILD_REQUESTED = "build.requested", _("asked for a build of")
    BUILD_CANCELLED = "build.cancelled", _("cancelled a build of")
    BUILD_READY = "build.ready", _("finished a build of")
    BUILD_FAILED = "build.failed", _("could not finish a build of")
    VOLUME_DOWNLOADED = "build.volume_downloaded", _("downloaded a volume of")
    MANIFEST_DOWNLOADED = "build.manifest_downloaded", _("downloaded the manifest of")
