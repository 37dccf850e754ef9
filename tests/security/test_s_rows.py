"""S: whatever untrusted bytes do to the process that reads them, nothing else is touched."""

import io
import json
import signal
import socket

import pytest
import weasyprint
from pikepdf import Pdf, Stream
from PIL import Image

from caseapp import intake
from caseapp.cases.models import Case, DocumentStatus
from caseapp.core import sandbox
from caseapp.core.confinement import gaps
from caseapp.typesetting.typeset import PageReachedOut, typeset
from tests.cases.making import make_document
from tests.packets.making import add_article


@pytest.fixture
def room(monkeypatch):
    monkeypatch.setitem(sandbox._ENVIRONMENT, "PYTHONPATH", str(sandbox.PROGRAM))
    with sandbox.room() as folder:
        yield folder


def ask(what, folder, limits=None, **arguments):
    return sandbox.run(f"tests.core.sandboxed:{what}", folder=folder, arguments=arguments, limits=limits)


def test_s1_a_child_has_the_means_of_the_row_and_no_more():
    limits = sandbox.Limits()
    assert (limits.memory, limits.cpu, limits.wall) == (1 << 30, 60, 90)
    assert (limits.file_size, limits.files) == (300 << 20, 64)


@pytest.mark.parametrize(
    ("what", "limits", "ending"),
    [
        ("take_memory", None, sandbox.ChildOutOfMemory),
        ("think", sandbox.Limits(cpu=1, wall=20), sandbox.ChildOutOfTime),
        ("wait", sandbox.Limits(wall=1), sandbox.ChildOutOfTime),
    ],
)
def test_s1_a_child_that_wants_more_is_ended(what, limits, ending, room):
    with pytest.raises(ending):
        ask(what, room, limits)


def test_s2_a_child_reaches_no_file_no_network_and_no_process(room, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("of another")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        outcomes = ask("reach_out", room, secret=str(secret), port=listener.getsockname()[1])
    assert "done" not in outcomes.values(), json.dumps(outcomes)
    assert gaps() == ()


@pytest.mark.parametrize(
    "html",
    [
        "<link rel=stylesheet href='file:///etc/passwd'>",
        "<link rel=attachment href='file:///etc/passwd'>",
        "<img src='http://127.0.0.1:1/'>",
        "<img src='data:image/png;base64,AAAA'>",
        "<style>@import 'http://[::1]/x.css';</style>",
        "<object data='file:///etc/passwd'></object>",
    ],
)
def test_s3_the_setter_of_pages_fetches_nothing(html):
    with pytest.raises(PageReachedOut):
        typeset(f"<html><body>{html}<p>words</p></body></html>", "")


def _pictures_in(pdf):
    with Pdf.open(io.BytesIO(pdf)) as opened:
        return sum(thing.get("/Subtype") == "/Image" for thing in opened.objects if isinstance(thing, Stream))


def test_s3_a_drawing_gets_nothing_either(tmp_path):
    """What draws SVG swallows the refusal: the place stays empty, where others would show a file of this machine."""
    Image.effect_noise((40, 40), 90).convert("RGB").save(tmp_path / "secret.png")
    page = (
        "<html><body><svg xmlns='http://www.w3.org/2000/svg' width='90' height='90'>"
        f"<image width='90' height='90' href='{(tmp_path / 'secret.png').as_uri()}'/></svg><p>words</p></body></html>"
    )
    assert _pictures_in(weasyprint.HTML(string=page).write_pdf()) == 1
    assert _pictures_in(typeset(page, "").pdf) == 0


@pytest.mark.django_db
def test_s4_of_a_page_of_the_web_only_words_are_kept():
    page = (
        b"<html><head><title>T</title><style>p { position: fixed }</style><script>steal()</script></head><body>"
        b"<article>"
        b"<p>Two officers were shot at home while they were off duty, and no patrol came until morning.</p>"
        b"<svg onload='steal()'><text>drawn</text></svg><object data='x'></object><iframe src='x'></iframe>"
        b"<table><tr><td colspan='1000000'>wide</td></tr></table>"
        b"<p onclick='steal()'>Neighbours said that they had heard shots, and that they were afraid to go out.</p>"
        b"</article></body></html>"
    )
    text = add_article("A page", page.decode(), file="page.html").capture.text
    assert "off duty" in text
    assert not [word for word in ("steal", "position", "<", "onclick") if word in text]


@pytest.mark.django_db
@pytest.mark.parametrize("number", [signal.SIGABRT, signal.SIGKILL])
def test_s5_a_child_that_dies_is_a_failed_document_with_a_reason_and_nothing_else(number, monkeypatch, room):
    """Which PDFium does when memory ends: here the child is told to."""
    monkeypatch.setattr(intake, "examine", lambda *_args, **_named: ask("end", room, number=int(number)))
    case = Case.objects.create(reference="SV-2027-014", client_name="Consuelo Confidencial")
    document = make_document(case)
    assert (document.status, bool(document.failure)) == (DocumentStatus.REFUSED, True)
    monkeypatch.undo()
    assert make_document(case).status == DocumentStatus.READY
