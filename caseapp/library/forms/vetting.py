"""What is decided about a passage, what is said of it, and what a queue is narrowed to."""

from django import forms
from django.utils.translation import gettext_lazy as _

from caseapp.library.excerpts.vetting_queues import Queue, Wanted
from caseapp.library.models import Theme


class QueueForm(forms.Form):
    """A queue as it stands in the address. What makes no sense there is passed over."""

    queue = forms.ChoiceField(choices=Queue.choices, required=False)
    source = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)
    theme = forms.ModelChoiceField(
        Theme.objects.all(),
        required=False,
        label=_("Theme"),
        empty_label=_("Any theme"),
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    @property
    def wanted(self) -> Wanted | None:
        """What the address names, if it names a queue."""
        self.is_valid()
        named = self.cleaned_data.get("queue")
        return self.narrowed(Queue(named)) if named else None

    def narrowed(self, queue: Queue) -> Wanted:
        self.is_valid()
        return Wanted(queue, self.cleaned_data.get("source"), self.cleaned_data.get("theme"))


class CommentForm(forms.Form):
    words = forms.CharField(required=False, max_length=4000)

    def clean_words(self) -> str:
        return str(self.cleaned_data["words"]).replace("\r\n", "\n")


class DecisionForm(CommentForm):
    """`shown` is the proof that the page showed the passage with the paragraphs around it."""

    do = forms.ChoiceField(
        choices=[("check", ""), ("approve", ""), ("send-back", "")],
        error_messages={"required": _("Say whether it is right, or send it back.")},
    )
    shown = forms.CharField(required=False, max_length=1000)
