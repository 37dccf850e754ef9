"""A client's paper in a real browser: chosen, read, decided about, filed, and set against a statement."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from caseapp.cases.models import Document
from caseapp.cases.reading import read_document
from caseapp.cases.services.statements import Bears, StatementDetails, add_statements, set_bearings
from caseapp.cases.services.versions import bring_newer
from caseapp.cases.tasks import read_document as read_task
from caseapp.cases.words import words_of
from caseapp.packets.models import Packet
from tests.browser.checks import assert_accessible, drop_files, shoot
from tests.cases.making import make_document, photograph
from tests.intake.docx.making import paragraph, with_xml
from tests.packets.making import REQUESTED_AT, make_filing


@pytest.fixture
def packet(caseworker, lawyer, monkeypatch) -> Packet:
    monkeypatch.setattr(read_task, "delay", lambda _id: None)
    return make_filing(team=[caseworker, lawyer], forum="eoir")


def work() -> None:
    """What a worker does, as soon as it is called."""
    for document in Document.objects.filter(status="waiting"):
        read_document(document.pk)


def test_a_paper_is_added_decided_about_and_filed(open_page, packet, lawyer):
    case = packet.case
    page = open_page(lawyer, reverse("document_add", args=[case.pk]))
    page.get_by_label("Files").set_input_files(
        [{"name": "scar_on_arm.png", "mimeType": "image/png", "buffer": photograph(frames=2)}]
    )
    page.get_by_role("button", name="Take the file’s name as the title").click()
    expect(page.get_by_label("Title")).to_have_value("scar on arm")
    page.get_by_role("button", name="Add to the case").click()
    expect(page.get_by_text("waiting to be read")).to_be_visible()
    work()
    page.get_by_role("link", name="See what was found").click()
    page.get_by_label("I looked at this. Use the document all the same.").check()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("You can leave this page")).to_be_visible()
    work()
    expect(page.get_by_role("img", name="Page 1")).to_be_visible()
    expect(page.get_by_text("said yes")).to_be_visible()
    assert_accessible(page)
    page.goto(packet.get_absolute_url())
    page.get_by_role("button", name="Add scar on arm").click()
    expect(page.locator("#exhibits .exhibit-title a").last).to_have_text("scar on arm")


def test_each_of_several_files_has_its_own_state_and_a_newer_one_is_brought(open_page, packet, lawyer):
    page = open_page(lawyer, reverse("document_add", args=[packet.case.pk]))
    files = [("letter.txt", b"A letter."), ("scar.png", photograph(frames=2)), ("tool.pdf", b"MZ")]
    page.get_by_label("Files").set_input_files(
        [{"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files]
    )
    page.get_by_role("button", name="Add to the case").click()
    expect(page.get_by_text("waiting to be read")).to_have_count(3)
    work()
    expect(page.locator(".document-state", has_text="ready")).to_have_count(1)
    expect(page.locator(".document-state", has_text="needs a decision")).to_have_count(1)
    expect(page.locator(".document-state", has_text="cannot be used")).to_have_count(1)
    page.get_by_role("link", name="letter").click()
    page.get_by_role("link", name="Bring a newer file").click()
    page.get_by_label("Newer file").set_input_files(
        [{"name": "letter.txt", "mimeType": "text/plain", "buffer": b"A newer letter."}]
    )
    page.get_by_role("button", name="Bring it").click()
    expect(page.get_by_text("You can leave this page")).to_be_visible()
    work()
    expect(page.get_by_role("heading", name="Versions (2)")).to_be_visible()
    expect(page.get_by_text("in use", exact=False).last).to_be_visible()


@pytest.mark.parametrize(("name", "look"), [("desktop", {}), ("phone_dark", {"phone": True, "dark": True})])
def test_what_the_translator_signed_is_brought_and_withdrawn(open_page, packet, lawyer, name, look):
    document = make_document(packet.case, b"Me fui en primavera.", language="es")
    page = open_page(lawyer, reverse("document_translation", args=[document.pk]), **look)
    page.get_by_label("Paste the translation").fill("I left in spring.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Bring the signed certificate").click()
    for number in (1, 2):
        page.get_by_label("Signed certificate").set_input_files(
            [{"name": f"signed {number}.png", "mimeType": "image/png", "buffer": photograph()}]
        )
        page.get_by_role("button", name="Bring it").click()
        expect(page.get_by_role("region", name="What was brought").get_by_role("listitem")).to_have_count(number)
    assert_accessible(page)
    shoot(page, f"certificate_{name}")
    page.get_by_role("link", name="Back to the translation").click()
    expect(page.get_by_text("signed 2.png · 1 page")).to_be_visible()
    assert_accessible(page)
    shoot(page, f"translation_{name}")
    page.get_by_role("link", name="Look at it, or bring another").click()
    page.get_by_role("button", name="Withdraw the certificate").click()
    expect(page.get_by_text("It is kept, and filed no more.")).to_be_visible()


def test_files_that_are_dropped_are_listed_and_sent_with_progress(open_page, packet, lawyer):
    page, held = open_page(lawyer, reverse("document_add", args=[packet.case.pk])), []
    page.route("**/documents/add/", lambda route: held.append(route) if route.request.method == "POST" else None)
    files = [{"name": f"{name}.txt", "text": name} for name in ("letter", "visit", "not meant")]
    drop_files(page, [*files, {"name": "tool.exe", "text": "MZ"}])
    listed, said = page.locator("[data-files] li"), page.locator("#chosen-files").get_by_role("status")
    expect(listed.filter(has_text="Files of this kind cannot be used")).to_contain_text("tool.exe")
    listed.filter(has_text="not meant.txt").get_by_role("button", name="Take away").click()
    expect(said).to_contain_text("“not meant.txt” was taken away. Files chosen: 2")
    assert_accessible(page)
    send = page.get_by_role("button", name="Add to the case")
    with page.expect_request("**/documents/add/"):
        send.click()
    expect(page.get_by_role("progressbar", name="Sent")).to_be_visible()
    assert_accessible(page)
    shoot(page, "document_sending")
    held.pop().abort("aborted")
    expect(page.get_by_text("The connection broke.")).to_be_visible()
    expect(said).to_contain_text("Files chosen: 2")
    with page.expect_request("**/documents/add/"):
        send.click()
    held.pop().continue_()
    expect(page.locator(".exhibit-title")).to_have_text(["letter", "visit"])
    expect(page.get_by_text("2 documents added.")).to_be_visible()


def test_one_of_two_readings_of_a_word_file_is_chosen(open_page, packet, lawyer):
    tracked = "<w:p><w:ins w:id='1'><w:r><w:t>never </w:t></w:r></w:ins><w:r><w:t>left</w:t></w:r></w:p>"
    data = with_xml(tracked, paragraph("secret", run="<w:vanish/>"))
    document = make_document(packet.case, data, name="statement.docx", title="Statement", by=lawyer)
    page = open_page(lawyer, document.get_absolute_url())
    assert_accessible(page)
    shoot(page, "document_readings")
    page.get_by_label("I looked at this. Use the document all the same.").check()
    page.get_by_label("I looked at this. Print the document so.").last.check()
    page.get_by_role("button", name="Go on").click()
    work()
    expect(page.get_by_role("img", name="Page 1")).to_be_visible()
    page.wait_for_load_state("networkidle")
    document.refresh_from_db()
    assert words_of(document).text.strip() == "left"


def prepared(packet: Packet, lawyer) -> dict[str, str]:
    """A case in which everything there can be is to be seen; the address of each screen by its name."""
    case, evidence = packet.case, list(packet.case.evidence.all())
    words = "1. Two men came to my house at night.\n\n2. No patrol came.\n\n" + "They asked for me by name. " * 60
    declaration = make_document(case, words.encode(), title="Declaration of the client", by=lawyer, author="The client")
    other = make_document(case, b"A letter of the church.", title="Letter of the parish", by=lawyer)
    asking = make_document(case, photograph(frames=3), name="scar.png", title="Photograph of the scar", by=lawyer)
    make_document(case, b"MZ", name="x.exe", title="Something that came by mail", by=lawyer)
    Document.objects.filter(pk=make_document(case, title="Birth certificate", by=lawyer).pk).update(status="reading")
    said = [
        StatementDetails("Two men came to my house at night and asked for me by name.", "¶ 1", "us-harm", declaration)
    ]
    said += [StatementDetails("No patrol came.", "¶ 2", "us-state", declaration), StatementDetails("I left in spring.")]
    first, second, _third = add_statements(by=lawyer, case=case, statements=said)
    bearings = [Bears(evidence[2], "contradicts", False), Bears(evidence[1], "supports", True)]
    set_bearings(by=lawyer, statement=first, bearings=[*bearings, Bears(declaration, "context", True, "1")], version=1)
    set_bearings(by=lawyer, statement=second, bearings=[Bears(evidence[0], "contradicts", True)], version=1)
    older = packet.exhibits.create(document=declaration, position=3)
    newer = bring_newer(
        by=lawyer, document=declaration, original=[b"1. Three men came."], name="n.txt", now=REQUESTED_AT
    )
    read_document(newer.pk)
    newer.refresh_from_db()
    refused = bring_newer(by=lawyer, document=newer, original=[b"MZ"], name="n.exe", now=REQUESTED_AT)
    read_document(refused.pk)
    packet.exhibits.create(document=asking, position=4)
    return {
        "documents": reverse("case_documents", args=[case.pk]),
        "document": newer.get_absolute_url(),
        "document_older": declaration.get_absolute_url(),
        "document_refused_version": refused.get_absolute_url(),
        "document_renew": reverse("document_renew", args=[other.pk]),
        "exhibit_edit_older": reverse("exhibit_edit", args=[older.pk]),
        "document_asking": asking.get_absolute_url(),
        "document_add": reverse("document_add", args=[case.pk]),
        "document_edit": reverse("document_edit", args=[declaration.pk]),
        "document_remove": reverse("document_remove", args=[declaration.pk]),
        "statements": reverse("case_statements", args=[case.pk]),
        "statement_add": reverse("statement_add", args=[case.pk]),
        "statement_edit": reverse("statement_edit", args=[first.pk]),
        "statement_bearings": reverse("statement_bearings", args=[first.pk]),
        "packet_documents": packet.get_absolute_url(),
        "exhibit_add_documents": reverse("exhibit_add", args=[packet.pk]),
    }


@pytest.mark.parametrize(("phone", "dark"), [(False, False), (True, True)], ids=["desktop", "phone"])
def test_every_screen_of_documents_and_statements(open_page, packet, lawyer, phone, dark):
    page: Page | None = None
    for name, address in prepared(packet, lawyer).items():
        page = page or open_page(lawyer, address, phone=phone, dark=dark)
        page.goto(address)
        shoot(page, f"{name}_phone_dark" if phone else name)
        assert_accessible(page)
