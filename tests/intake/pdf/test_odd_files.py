"""Files as other programs write them, through the door: one once stopped the child that read it."""

import pytest
from pikepdf import Dictionary, Name

from caseapp import intake
from tests.intake import hostile


@pytest.fixture
def examined(tmp_path):
    def examine(data: bytes) -> intake.Report:
        path = tmp_path / "paper.pdf"
        path.write_bytes(data)
        return intake.examine(path, name="paper.pdf")

    return examine


def test_a_field_is_drawn_without_the_lists_of_the_system(examined):
    def ask(pdf):
        field = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T="name",
            V="Consuelo",
            Rect=[72, 500, 300, 520],
            DA="/F1 12 Tf",
        )
        pdf.pages[0].obj[Name.Annots] = pdf.make_indirect([pdf.make_indirect(field)])
        pdf.Root[Name.AcroForm] = Dictionary(Fields=[pdf.pages[0].obj.Annots[0]])

    assert examined(hostile.changed(ask)).pages == 1
