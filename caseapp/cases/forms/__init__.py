from caseapp.cases.forms.cases import (
    CaseForm,
    EvidenceForm,
    MemberForm,
    OrderForm,
    PartForm,
    WhyForm,
    as_sent,
    form_buttons,
    one_line_ends,
)
from caseapp.cases.forms.planning import OfficeStepsForm, StepsForm
from caseapp.cases.forms.todo import CaseCommentForm, TaskForm

__all__ = [
    "CaseCommentForm",
    "CaseForm",
    "EvidenceForm",
    "MemberForm",
    "OfficeStepsForm",
    "OrderForm",
    "PartForm",
    "StepsForm",
    "TaskForm",
    "WhyForm",
    "as_sent",
    "form_buttons",
    "one_line_ends",
]
