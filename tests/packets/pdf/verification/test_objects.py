"""Files that act, reach out, hide something or name somebody."""

from hashlib import sha256

import pytest
from pikepdf import Array, Dictionary, Name, String

from tests.packets.pdf.verification.tampering import EXHIBIT, check


@pytest.mark.parametrize("name", ["Author", "Creator", "Subject", "Keywords", "CreationDate", "ModDate"])
def test_an_entry_that_may_name_somebody(broken, name):
    def add(pdf):
        pdf.docinfo[Name(f"/{name}")] = String("D:20261122") if name.endswith("Date") else String("Jane Doe")

    failures = broken(add)
    assert [failure.rule for failure in failures] == ["metadata"]
    assert f"an entry “{name}”" in str(failures[0])


def test_another_title(broken):
    def rename(pdf):
        pdf.docinfo[Name.Title] = String("Jane Doe")

    assert [str(failure) for failure in broken(rename)] == ["The document’s title is not the packet’s."]


def test_a_file_attached(broken):
    def attach(pdf):
        pdf.attachments["client.txt"] = b"words"

    assert "A file is attached inside the packet." in map(str, broken(attach))


def test_a_script(broken):
    def add(pdf):
        script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
        pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), script])))

    assert "The packet holds a script." in map(str, broken(add))


def action(**entries):
    return Dictionary(Type=Name.Action, **entries)


def on_page(pdf, **entries):
    for name, value in entries.items():
        pdf.pages[EXHIBIT - 1].obj[Name(f"/{name}")] = value


def annotated(pdf, **entries):
    page = pdf.pages[EXHIBIT - 1].obj
    annotation = pdf.make_indirect(Dictionary(Type=Name.Annot, Rect=Array([1, 1, 9, 9]), **entries))
    page.Annots = Array([*page.get(Name.Annots, Array()), annotation])


def filled_in(pdf):
    annotated(pdf, Subtype=Name.Widget, FT=Name.Tx, T=String("name"))
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.pages[EXHIBIT - 1].obj.Annots[-1]]))


FORBIDDEN = {
    "AA": lambda pdf: on_page(pdf, AA=Dictionary(O=action(S=Name.JavaScript, JS=String("app.alert(1)")))),
    "JavaScript": lambda pdf: annotated(pdf, Subtype=Name.Link, A=action(S=Name.JavaScript, JS=String("1"))),
    "Launch": lambda pdf: annotated(pdf, Subtype=Name.Link, A=action(S=Name.Launch, F=String("/bin/sh"))),
    "SubmitForm": lambda pdf: annotated(pdf, Subtype=Name.Link, A=action(S=Name.SubmitForm, F=String("x"))),
    "ImportData": lambda pdf: annotated(pdf, Subtype=Name.Link, A=action(S=Name.ImportData, F=String("x"))),
    "GoToR": lambda pdf: annotated(pdf, Subtype=Name.Link, A=action(S=Name.GoToR, F=String("x"))),
    "GoToE": lambda pdf: annotated(pdf, Subtype=Name.Link, A=action(S=Name.GoToE, D=Array([0, Name.Fit]))),
    "address that is not of the web": lambda pdf: annotated(
        pdf, Subtype=Name.Link, A=action(S=Name.URI, URI=String("file:///etc/passwd"))
    ),
    "Names": lambda pdf: pdf.Root.__setitem__(Name.Names, Dictionary()),
    "EmbeddedFiles": lambda pdf: pdf.attachments.__setitem__("a.txt", b"words"),
    "FileAttachment": lambda pdf: annotated(pdf, Subtype=Name.FileAttachment),
    "RichMedia": lambda pdf: annotated(pdf, Subtype=Name.RichMedia),
    "Screen": lambda pdf: annotated(pdf, Subtype=Name.Screen),
    "Widget": filled_in,
    "AcroForm": lambda pdf: pdf.Root.__setitem__(Name.AcroForm, Dictionary(Fields=Array())),
    "XFA": lambda pdf: pdf.Root.__setitem__(Name.AcroForm, Dictionary(Fields=Array(), XFA=String("x"))),
    "Metadata": lambda pdf: on_page(pdf, Metadata=pdf.make_stream(b"<x/>")),
    "PieceInfo": lambda pdf: on_page(pdf, PieceInfo=Dictionary()),
    "Thumb": lambda pdf: on_page(pdf, Thumb=pdf.make_stream(b"x")),
    "Info Company": lambda pdf: pdf.docinfo.__setitem__(Name.Company, String("Jane Doe & Partners")),
    "external stream": lambda pdf: on_page(pdf, Extra=pdf.make_stream(b"", F=String("/etc/passwd"))),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_a_thing_that_no_packet_may_hold(broken, what):
    failures = broken(FORBIDDEN[what])
    assert f"The file “packet.pdf” holds something that a packet must not hold: {what}." in map(str, failures)


def test_a_file_that_opens_elsewhere(broken):
    def open_at(pdf):
        pdf.Root.OpenAction = Array([pdf.pages[3].obj, Name.Fit])

    assert [str(failure) for failure in broken(open_at)] == ["The file “packet.pdf” does not open at its first page."]


def test_a_stream_that_cannot_be_read(broken):
    def garble(pdf):
        stream = pdf.make_stream(b"")
        stream.write(b"this was never packed", filter=Name.FlateDecode)
        on_page(pdf, Extra=stream)

    assert "A piece of the file “packet.pdf” cannot be read." in map(str, broken(garble))


def test_a_file_that_must_be_repaired(finished, facts):
    data = finished.volumes[0].path.read_bytes().replace(b"startxref\n", b"startxref\n9")
    facts["volumes"][0] |= {"sha256": sha256(data).hexdigest(), "bytes": len(data)}
    sentence = "The file “packet.pdf” is damaged; a reader must repair it before it can be shown."
    assert sentence in map(str, check(facts, data))
