from caseapp.cases.forms.cases import (
    CaseForm,
    EvidenceForm,
    ExcerptSearchForm,
    MemberForm,
    OrderForm,
    WhyForm,
    as_sent,
    form_buttons,
    one_line_ends,
)

__all__ = [
    "CaseForm",
    "EvidenceForm",
    "ExcerptSearchForm",
    "MemberForm",
    "OrderForm",
    "WhyForm",
    "as_sent",
    "form_buttons",
    "one_line_ends",
]
