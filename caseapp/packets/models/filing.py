"""What a lawyer adds to a packet before it is filed: how it is served, who interpreted, what is waived."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caseapp.library.models.source import ONE_PLAIN_LINE
from caseapp.packets.models.packet import Packet


class Channel(models.TextChoices):
    ELECTRONIC = "electronic", _("electronically")
    PAPER = "paper", _("on paper")


class FilingDetails(models.Model):
    """What the papers around the exhibits say, beyond what the case knows. Confidential, like the cover."""

    packet = models.OneToOneField(Packet, primary_key=True, on_delete=models.CASCADE, related_name="filing")
    channel = models.CharField(_("filed"), max_length=20, choices=Channel, default=Channel.ELECTRONIC)
    all_parties_electronic = models.BooleanField(
        _("every party uses the electronic system"), default=True, help_text=_("Then its own notice is service.")
    )
    preparer = models.CharField(_("signed by"), max_length=200, blank=True, validators=[ONE_PLAIN_LINE])
    served_party = models.CharField(_("served on"), max_length=200, blank=True, validators=[ONE_PLAIN_LINE])
    served_address = models.TextField(_("address of service"), max_length=600, blank=True)
    served_means = models.CharField(_("means of service"), max_length=120, blank=True, validators=[ONE_PLAIN_LINE])
    interpreter = models.CharField(_("interpreter"), max_length=200, blank=True, validators=[ONE_PLAIN_LINE])
    interpreter_address = models.TextField(_("interpreter’s address"), max_length=400, blank=True)
    interpreter_telephone = models.CharField(
        _("interpreter’s telephone"), max_length=60, blank=True, validators=[ONE_PLAIN_LINE]
    )
    interpreted_language = models.CharField(
        _("language it was read in"), max_length=60, blank=True, validators=[ONE_PLAIN_LINE]
    )
    late_reason = models.TextField(_("why it is late"), max_length=2000, blank=True)
    remand_reason = models.TextField(_("why it was not offered below"), max_length=2000, blank=True)
    longer_schedule_permitted = models.BooleanField(_("a longer schedule was permitted in writing"), default=False)
    application_attached = models.BooleanField(_("the application to file more pages goes with it"), default=False)
    puts_file_number_in_names = models.BooleanField(
        _("file names carry the forum’s file number"),
        default=False,
        help_text=_("Only where the forum demands it: whoever sees the file’s name sees the number."),
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(channel__in=Channel.values), name="filing_channel_is_known"),)

    def __str__(self) -> str:
        return f"{self.packet}: {self.channel}"


class Waiver(models.Model):
    """A finding that a lawyer decided to file with. `finding` names the check and what it looked at."""

    packet = models.ForeignKey(Packet, on_delete=models.CASCADE, related_name="waivers")
    finding = models.CharField(max_length=200)
    sentence = models.TextField()
    reason = models.TextField(_("reason"), max_length=1000)
    waived_at = models.DateTimeField(default=timezone.now, editable=False)
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("waived_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=["packet", "finding"], name="waiver_once_per_finding"),
            models.CheckConstraint(condition=~Q(reason=""), name="waiver_has_a_reason"),
        )

    def __str__(self) -> str:
        return f"{self.packet}: {self.finding}"
