"""What goes with the exhibits: cover, translations and their certificates, interpretation, service, reasons."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caseapp.cases.deadlines import asked_in_words
from caseapp.cases.hearing import NEAR
from caseapp.forums import Forum, Rule
from caseapp.forums.papers import ON_PAPER
from caseapp.library.models.translation import Translation
from caseapp.packets.freezing import cover_fields
from caseapp.packets.freezing.cover import HEARING
from caseapp.packets.models import Channel
from caseapp.packets.pdf.papers import DECLARATIONS
from caseapp.packets.readiness.finding import Finding, Severity, asked
from caseapp.packets.readiness.state import Filed, State


def cover_gaps(state: State) -> Iterator[Finding]:
    """A number or a hearing that is missing keeps the filing from being matched with its case."""
    rule, known = state.rule("cover"), dict(cover_fields(state.packet.case, state.profile))
    missing = [field for field in state.profile.required_cover_fields if field not in known]
    is_grave = any(state.profile.slot(field) == "number" or field in HEARING for field in missing)
    if missing:
        yield Finding(
            "packet.cover-fields",
            asked(rule, Severity.BLOCK if is_grave else Severity.WARN, otherwise=Severity.WARN),
            _("The cover page lacks: %(missing)s.") % {"missing": ", ".join(_(field) for field in missing)},
            reverse("case_edit", args=[state.packet.case_id]),
            _("Fill it in on the case"),
            rule,
            ", ".join(missing),
        )


def date_unknown(state: State) -> Iterator[Finding]:
    """What has to be asked before anybody can tell by when the packet has to be there. A cover that needs the hearing
    has asked for it already."""
    asks = state.dates.asks
    asked_by_cover = "hearing" in asks and any(field in HEARING for field in state.profile.required_cover_fields)
    if state.dates.stands is not None or not asks or asked_by_cover:
        return
    is_grave = "hearing" in asks or "the court's order" in asks
    yield Finding(
        "packet.hearing-date" if "hearing" in asks else "packet.filing-date",
        Severity.WARN if is_grave else Severity.INFO,
        _("The case has no date of hearing or interview, so nobody can tell by when the packet has to be there.")
        if "hearing" in asks
        else " ".join(asked_in_words(ask) for ask in asks),
        reverse("case_edit", args=[state.packet.case_id]),
        _("Fill it in on the case"),
        state.rule(_asking_rule(state)),
    )


def _asking_rule(state: State) -> str:
    asks = state.dates.asks
    return next(
        row.rule
        for row in state.profile.deadlines
        if row.since in asks or (row.days is None and "the court's order" in asks)
    )


def date_near(state: State) -> Iterator[Finding]:
    """A fortnight before, so that there is still time to do something about it."""
    stands = state.dates.stands
    if stands is None or not state.exhibits or not 0 <= (stands.due - state.today).days <= NEAR:
        return
    yield Finding(
        "packet.filing-near",
        Severity.WARN,
        _("It has to be there by %(due)s, safely by %(safe)s.")
        % {"due": date_format(stands.due), "safe": date_format(stands.safe)},
        reverse("case_dates", args=[state.packet.case_id]),
        _("Look at the dates"),
        stands.rule,
    )


def translations_missing(state: State) -> Iterator[Finding]:
    rule = state.rule("translation") or state.rule(state.profile.translation.rule)
    for filed in _foreign(state):
        into = filed.translation
        if into is None or into.language.partition("-")[0] not in state.profile.languages:
            yield _translation_finding(state, "packet.translation", filed, _translation_needed(state.profile), rule)
        elif not into.translator and into.certificate is None:
            sentence = _("%(tab)s, “%(title)s”: the certificate of its translation names no translator.")
            yield _translation_finding(state, "packet.translator", filed, sentence, rule)


def _foreign(state: State) -> Iterator[Filed]:
    return (filed for filed in state.exhibits if filed.language not in state.profile.languages)


def _translation_finding(state: State, name: str, filed: Filed, sentence: str, rule: Rule | None) -> Finding:
    """Only an official text stops a filing here: the others were read second-hand, of texts replaced since."""
    grave = Severity.BLOCK if rule and rule.grade == "P" else Severity.WARN
    return Finding(
        name,
        asked(rule, grave),
        sentence % filed.names,
        _translation_page(filed),
        _("Add the translation"),
        rule,
        filed.subject,
    )


def _translation_page(filed: Filed) -> str:
    if filed.document:
        return reverse("document_translation", args=[filed.document.pk])
    return reverse("source_translation", args=[filed.source.pk]) if filed.source else ""


def _translation_needed(profile: Forum) -> str:
    if "fr" in profile.languages:
        return _(
            "%(tab)s, “%(title)s”, is in neither English nor French: a translation and its translator’s declaration "
            "have to go with it."
        )
    return _("%(tab)s, “%(title)s”, is not in English: a certified translation has to go with it.")


def certificates_incomplete(state: State) -> Iterator[Finding]:
    certificate = state.profile.translation
    words = {"address": _("address"), "telephone": _("telephone"), "qualification": _("qualifications")}
    for filed in _foreign(state):
        into = filed.translation
        if into is None or not into.translator or into.certificate:
            continue
        missing = [words[name] for name in certificate.asks if name in words and not getattr(into, name)]
        if missing:
            yield Finding(
                "packet.translation-certificate",
                Severity.WARN,
                _("%(tab)s, “%(title)s”: the certificate of its translation lacks the translator’s %(missing)s.")
                % (filed.names | {"missing": ", ".join(missing)}),
                _translation_page(filed),
                _("Complete the certificate"),
                state.rule(certificate.rule),
                filed.subject,
            )


def certificates_unsigned(state: State) -> Iterator[Finding]:
    unsigned = [filed for filed in _foreign(state) if filed.translation and not _is_signed(filed.translation)]
    rule = state.rule(state.profile.translation.rule)
    if unsigned:
        yield Finding(
            "packet.certificates-unsigned",
            asked(rule, Severity.WARN),
            ngettext(
                "The certificate of %(count)s translation is printed without a signature: have it signed before "
                "filing.",
                "The certificates of %(count)s translations are printed without a signature: have them signed before "
                "filing.",
                len(unsigned),
            )
            % {"count": len(unsigned)},
            _translation_page(unsigned[0]),
            _("Bring the signed certificate"),
            rule,
        )


def _is_signed(translation: Translation) -> bool:
    """Whether what the translator signed is here, or somebody said that the office keeps it."""
    return translation.is_certified or translation.certificate is not None


def interpretation(state: State) -> Iterator[Finding]:
    """A declaration in a language of the forum may have been read to somebody who does not know it."""
    rule, details = state.rule(state.profile.interpretation.rule), state.details
    declared = [
        filed
        for filed, document in state.documents
        if document.kind in DECLARATIONS and filed.language in state.profile.languages
    ]
    if rule and declared and not (details.interpreter and details.interpreted_language):
        yield Finding(
            "packet.interpretation",
            Severity.WARN,
            _(
                "%(tabs)s: if it was read to the person who signed it in another language, the interpreter certifies "
                "that. Name the interpreter and the language."
            )
            % {"tabs": ", ".join(filed.label for filed in declared)},
            reverse("filing_edit", args=[state.packet.pk]),
            _("Name the interpreter"),
            rule,
        )


def signature(state: State) -> Iterator[Finding]:
    """Whoever is named on the cover signs, unless somebody else is said to."""
    rule = state.rule("signature")
    if rule and not state.details.preparer and not state.packet.case.filer:
        yield Finding(
            "packet.signature",
            Severity.WARN,
            _("Nobody is named who signs the filing."),
            reverse("filing_edit", args=[state.packet.pk]),
            _("Say who signs"),
            rule,
        )


def service(state: State) -> Iterator[Finding]:
    details, profile = state.details, state.profile
    if not profile.needs_service(
        details.channel, all_parties_electronic=details.all_parties_electronic, party=details.served_party
    ):
        return
    wanted = {_("who is served"): details.served_party, _("their address"): details.served_address}
    missing = [words for words, value in wanted.items() if not value]
    rule = state.rule(_service_rule(profile))
    if missing:
        yield Finding(
            "packet.service",
            asked(rule, otherwise=Severity.WARN),
            _("The paper that proves service does not say: %(missing)s.") % {"missing": ", ".join(missing)},
            reverse("filing_edit", args=[state.packet.pk]),
            _("Fill in the filing details"),
            rule,
        )


def _service_rule(profile: Forum) -> str:
    """That there must be one is one rule, and what it says may be another."""
    on_paper = profile.channel(ON_PAPER)
    return on_paper.rule if on_paper.needs_service else profile.service.rule


def channel(state: State) -> Iterator[Finding]:
    rule = state.rule("channel")
    if rule and state.details.channel == Channel.PAPER:
        yield Finding(
            "packet.channel",
            Severity.WARN,
            _("This packet is to be filed on paper, but the forum expects representatives to file electronically."),
            reverse("filing_edit", args=[state.packet.pk]),
            _("Choose how it is filed"),
            rule,
        )


def served_by_notice(state: State) -> Iterator[Finding]:
    rule, details = state.rule("service-electronic"), state.details
    if rule and state.exhibits and details.channel == Channel.ELECTRONIC and details.all_parties_electronic:
        yield Finding(
            "packet.service-electronic",
            Severity.INFO,
            _("Every party uses the electronic system: its own notice is service, and no proof of service is printed."),
            reverse("filing_edit", args=[state.packet.pk]),
            _("Say if a party does not"),
            rule,
        )


def other_party(state: State) -> Iterator[Finding]:
    """A forum that asks for a statement wherever somebody else is a party; whether one is, nobody knows here."""
    rule = state.rule(state.profile.service.rule)
    if rule and state.profile.service.always and state.exhibits and not state.details.served_party:
        yield Finding(
            "packet.other-party",
            Severity.INFO,
            _("If another party takes part, it gets a copy: name it, and the statement of service is printed."),
            reverse("filing_edit", args=[state.packet.pk]),
            _("Name the party"),
            rule,
        )


def never_electronic(state: State) -> Iterator[Finding]:
    if state.details.channel != Channel.ELECTRONIC:
        return
    for filed, document in state.documents:
        if document.is_never_electronic:
            yield Finding(
                "packet.never-electronic",
                Severity.BLOCK,
                _("%(tab)s, “%(title)s”, must never be filed electronically, and this packet is to be.") % filed.names,
                reverse("filing_edit", args=[state.packet.pk]),
                _("File on paper, or take it out"),
                state.rule("never-electronic"),
                filed.subject,
            )


def confidential(state: State) -> Iterator[Finding]:
    for filed, document in state.documents:
        if document.is_confidential:
            yield Finding(
                "packet.confidential",
                Severity.BLOCK,
                _("%(tab)s, “%(title)s”, is confidential. A lawyer must say that it goes into this packet.")
                % filed.names,
                document.get_absolute_url(),
                _("Look at the document"),
                subject=filed.subject,
                is_for_lawyer=True,
            )


def remand_reason(state: State) -> Iterator[Finding]:
    rule = state.rule("new-evidence")
    if rule and state.exhibits and not state.details.remand_reason:
        yield Finding(
            "packet.new-evidence",
            Severity.WARN,
            _("The Board finds no new facts. Say in the filing what it is for, and why it was not offered below."),
            reverse("filing_edit", args=[state.packet.pk]),
            _("Say why it was not offered below"),
            rule,
        )


def late_reason(state: State) -> Iterator[Finding]:
    """After the forum's day, or after a packet that was filed before."""
    rule = state.rule("later-evidence")
    if state.details.late_reason or not state.exhibits:
        return
    if rule and state.packet.follows_id:
        sentence = _("This packet follows one that was filed: say why its evidence comes later.")
    elif state.dates.stands is not None and state.today > state.dates.stands.due:
        rule = state.rule("late") or state.dates.stands.rule
        sentence = _("The day by which the forum wants the evidence seems to be over: say why it comes late.")
    else:
        return
    yield Finding(
        "packet.late",
        asked(rule, Severity.WARN),
        sentence,
        reverse("filing_edit", args=[state.packet.pk]),
        _("Say why it is late"),
        rule,
    )


def supplement_unlabelled(state: State) -> Iterator[Finding]:
    rule = state.rule("later-evidence")
    if rule and state.packet.follows_id and "supplement" not in state.packet.title.casefold():
        yield Finding(
            "packet.supplement-label",
            Severity.WARN,
            _("A later bundle is labelled as supplementary, with its date and number: say so in the title."),
            reverse("packet_edit", args=[state.packet.pk]),
            _("Change the title"),
            rule,
        )


CHECKS = (
    cover_gaps,
    date_unknown,
    date_near,
    translations_missing,
    certificates_incomplete,
    certificates_unsigned,
    interpretation,
    signature,
    service,
    channel,
    served_by_notice,
    other_party,
    never_electronic,
    confidential,
    remand_reason,
    late_reason,
    supplement_unlabelled,
)
