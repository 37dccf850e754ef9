from caseapp.cases.forms.cases import (
    CaseForm,
    EvidenceForm,
    ExcerptSearchForm,
    MemberForm,
    OrderForm,
    WhyForm,
    as_sent,
    form_buttons,
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
]
