"""What a theme means beside its words: passages pinned as examples, and rules that suggest it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from caseapp.accounts.requests import PersonRequest
from caseapp.library.access import require_library, theme_of
from caseapp.library.forms.suggestions import ExampleForm, RuleForm
from caseapp.library.models import ThemeRule
from caseapp.library.services.definitions import RuleTaken, add_rule, pin_example, remove_rule, unpin_example
from caseapp.library.suggesting.rules import UnusableRule


@require_http_methods(["GET", "HEAD", "POST"])
def theme_rules(request: PersonRequest, pk: int) -> HttpResponse:
    theme = theme_of(request.user, pk)
    form = RuleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_rule(by=request.user, theme=theme, now=timezone.now(), **form.cleaned_data)
        except (UnusableRule, RuleTaken) as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, _("The rule is added. What it finds is suggested; nothing is tagged by itself."))
            return redirect("theme_rules", theme.pk)
    context = {"theme": theme, "form": form, "rules": theme.rules.all()}
    return render(request, "library/theme/rules.html", context, status=422 if form.errors else 200)


@require_POST
def theme_rule_remove(request: PersonRequest, pk: int) -> HttpResponse:
    require_library(request.user)
    rule = get_object_or_404(ThemeRule.objects.select_related("theme"), pk=pk)
    remove_rule(by=request.user, rule=rule)
    messages.success(request, _("The rule “%(rule)s” is removed.") % {"rule": rule})
    return redirect("theme_rules", rule.theme_id)


@require_POST
def theme_example(request: PersonRequest, pk: int) -> HttpResponse:
    """Pins a passage of the theme as an example of what belongs there or what does not, or takes the pin away."""
    theme = theme_of(request.user, pk)
    form = ExampleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This passage was removed in the meantime."))
        return redirect(theme)
    excerpt, pin = form.cleaned_data["excerpt"], form.cleaned_data["pin"]
    if pin == ExampleForm.NONE:
        unpin_example(by=request.user, theme=theme, excerpt=excerpt)
        messages.success(request, _("It is no longer an example."))
    else:
        belongs = pin == ExampleForm.BELONGS
        pin_example(by=request.user, theme=theme, excerpt=excerpt, belongs=belongs, now=timezone.now())
        messages.success(
            request,
            _("It is an example of what belongs here.")
            if belongs
            else _("It is an example of what does not belong here."),
        )
    return redirect(theme)
