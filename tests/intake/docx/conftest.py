import pytest

from caseapp.intake.docx import making, reading
from caseapp.intake.report import Report


@pytest.fixture
def report(tmp_path):
    def read(data):
        (tmp_path / "input").write_bytes(data)
        return Report.from_dict(reading.examine(tmp_path))

    return read


@pytest.fixture
def printed(tmp_path):
    """The words on the pages, when a person said yes to these questions; or the codes of those still open."""

    def make(data, *accepted):
        (tmp_path / "input").write_bytes(data)
        (tmp_path / "clean.pdf").unlink(missing_ok=True)
        made = making.clean(tmp_path, accepted=list(accepted))
        if made["questions"]:
            assert not (tmp_path / "clean.pdf").exists()
            return [question["code"] for question in made["questions"]]
        return " ".join(" ".join(made["text_pages"]).split())

    return make
