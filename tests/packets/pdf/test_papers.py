"""The papers around the exhibits, read back from their pages."""

from dataclasses import replace

import pytest

from caseapp.forums import FORUMS
from caseapp.packets.manifest import Filing, PagedFile, Translation
from caseapp.packets.pdf import papers
from caseapp.packets.pdf.packet import planned_parts
from caseapp.typesetting.wholeness import account, shortfall
from tests.packets.pdf import samples
from tests.packets.pdf.reading import page_texts, whole_text

TRANSLATED = Translation(
    "en", "Two officers were killed.\n\nNobody came.", None, "Tomás Traductor", "12 Main Street\nSan Salvador",
    "+503 2", "Sworn",
)  # fmt: skip
SERVED = Filing(
    channel="paper", preparer="Lena Lawyer", served_party="Office of the Chief Counsel", served_address="1 Plaza",
    interpreter="Inés Intérprete", interpreted_language="Spanish",
)  # fmt: skip


def filing_of(key: str, **changes):
    """Two sources, one of them Spanish with its translation, and the client's declaration."""
    spanish = samples.herald(key="e2", label="B", language="es", title="Dos policías muertos", translation=TRANSLATED)
    spanish = replace(spanish, passages=())
    declared = samples.exhibit(
        "I was there.", key="e3", label="C", title="Declaration", section="client", kind="declaration",
        author="A person", publisher="", url="",
    )  # fmt: skip
    first = replace(samples.herald(captured_at="2026-11-20T09:05Z"), passages=())
    return samples.manifest(first, spanish, declared, forum_key=key, **({"filing": SERVED} | changes))


SIGNED = PagedFile("5" * 64, 2, ((0, 0, ""), (0, 0, "")))


def signed(manifest, file=SIGNED):
    """The same, with what the translator signed."""
    first, spanish, declared = manifest.exhibits
    spanish = replace(spanish, translation=replace(spanish.translation, certificate=file))
    return replace(manifest, exhibits=(first, spanish, declared))


def names(manifest) -> list[str]:
    return [paper.name for paper in papers.back(manifest)]


def paper_of(manifest, name: str) -> papers.Paper:
    return next(paper for paper in papers.back(manifest) if paper.name == name)


ALL = ["certificate-1", "interpretation", "records", "service"]
NO_RECORDS = ["certificate-1", "interpretation", "service"]


@pytest.mark.parametrize("key", FORUMS)
def test_each_forum_has_its_papers_in_its_order(key):
    assert names(filing_of(key)) == (ALL if key in {"eoir", "bia", "uscis"} else NO_RECORDS)


def test_papers_that_nothing_calls_for_are_left_out():
    bare = samples.manifest(samples.herald(), forum_key="uk_ftt")
    assert papers.back(bare) == []
    assert names(filing_of("eoir", filing=Filing())) == ["certificate-1", "records"]
    assert names(filing_of("eoir", filing=Filing(all_parties_electronic=False))) == [
        "certificate-1",
        "records",
        "service",
    ]


@pytest.mark.parametrize("key", FORUMS)
def test_every_paper_holds_all_of_its_words_on_its_pages(key):
    manifest = filing_of(key)
    translated = papers.translation(manifest, manifest.exhibits[1], TRANSLATED)
    for paper in [translated, *papers.back(manifest)]:
        rendered = paper.render()
        pages = page_texts(rendered.pdf)
        assert len(pages) == rendered.pages
        assert shortfall(account(paper.lines()), pages) is None


def test_a_certificate_names_the_documents_and_leaves_the_signing_to_the_translator():
    text = whole_text(paper_of(filing_of("eoir"), "certificate-1").render().pdf)
    assert (
        "I, Tomás Traductor, certify that I am competent to translate from Spanish into English, and that the "
        "translation of each document named below is true and accurate to the best of my abilities. "
        "Tab B: Dos policías muertos" in text
    )
    for words in (
        f"Signature {papers.BLANK}",
        f"Date {papers.BLANK}",
        "Telephone +503 2",
        "12 Main Street San Salvador",
    ):
        assert words in text


def test_translators_and_languages_each_have_a_certificate_of_their_own():
    other = replace(TRANSLATED, translator="")
    exhibits = [
        replace(samples.herald(key=f"e{n}", label=label, language=language, translation=translation), passages=())
        for n, (label, language, translation) in enumerate(
            [("A", "es", TRANSLATED), ("B", "es-SV", TRANSLATED), ("C", "fr", TRANSLATED), ("D", "es", other)], start=1
        )
    ]
    manifest = samples.manifest(*exhibits)
    covered = [[line[:5] for line in paper.lines() if line.startswith("Tab ")] for paper in papers.back(manifest)[:-1]]
    assert covered == [["Tab A", "Tab B"], ["Tab C"], ["Tab D"]]
    assert f"I, {papers.BLANK}, certify" in whole_text(papers.back(manifest)[2].render().pdf)


def test_the_wording_is_the_forums():
    said = {key: whole_text(paper_of(filing_of(key), "certificate-1").render().pdf) for key in FORUMS}
    assert "complete and accurate." in said["uscis"]
    assert "My qualifications are: Sworn" in said["uk_ftt"]
    assert said["ca_rpd"].startswith("Translator’s Declaration I, Tomás Traductor, declare")


def test_a_declaration_that_was_read_to_its_signer_is_certified():
    text = whole_text(paper_of(filing_of("eoir"), "interpretation").render().pdf)
    assert "I, Inés Intérprete, certify that I am competent to interpret between English and Spanish" in text
    assert "Tab C: Declaration" in text
    assert "Tab A" not in text


def test_service_names_party_address_and_means_and_leaves_date_and_signature():
    text = whole_text(paper_of(filing_of("eoir"), "service").render().pdf)
    assert text.startswith(
        "Proof of Service On the date stated below, a copy of this filing, “Respondent’s Evidence of Country "
        "Conditions”, with all its exhibits, was served on: Name Office of the Chief Counsel Address 1 Plaza "
        f"Means {papers.BLANK} Date of service {papers.BLANK} Signature"
    )
    assert text.endswith("Name Lena Lawyer")


def test_a_source_record_leads_back_to_the_original():
    first, _, document = page_texts(paper_of(filing_of("eoir"), "records").render().pdf)
    for words in (
        "Tab A: Two Shot at Home",
        "The Sample Herald",
        "https://herald.example/two-shot",
        "uploaded as a file",
    ):
        assert words in " ".join(first.split())
    assert "c0ffee" in first
    assert "A person" not in document
    assert "March" not in document
    assert "document of the case" in document


def test_the_translation_follows_under_its_own_heading():
    manifest = filing_of("eoir")
    paper = papers.translation(manifest, manifest.exhibits[1], TRANSLATED)
    assert (paper.name, paper.bookmark) == ("translation-e2", "Translation from Spanish")
    assert whole_text(paper.render().pdf) == (
        "Translation from Spanish Tab B: Dos policías muertos Translated by Tomás Traductor "
        "Two officers were killed. Nobody came."
    )


@pytest.mark.parametrize(("key", "expected"), [("bia", ["reasons-new", "reasons-late"]), ("uk_ftt", ["reasons-late"])])
def test_why_evidence_is_new_or_late_stands_before_the_exhibits(key, expected):
    filing = Filing(remand_reason="It was published\nafter the hearing.", late_reason="The report came in May.")
    sheets = papers.front(filing_of(key, filing=filing))
    assert [paper.name for paper in sheets] == expected
    assert all(paper.is_confidential for paper in sheets)
    assert whole_text(sheets[-1].render().pdf) == "Why This Evidence Comes Late The report came in May."
    assert papers.front(filing_of(key)) == []


def test_nothing_but_its_own_words_decides_about_a_paper():
    manifest = filing_of("eoir")
    other = replace(manifest, packet_title="Another", cover=replace(manifest.cover, title="Another"))
    before, after = papers.back(manifest), papers.back(other)
    assert [a.name for a, b in zip(before, after, strict=True) if a.inputs != b.inputs] == ["service"]


@pytest.mark.parametrize("key", FORUMS)
def test_what_the_translator_signed_stands_in_the_place_of_the_form(key):
    manifest = signed(filing_of(key))
    assert "certificate-1" not in names(manifest)
    paper = papers.signed_certificate(manifest, manifest.exhibits[1], SIGNED)
    assert (paper.name, paper.bookmark) == ("signed-e2", manifest.forum.translation.title)
    assert whole_text(paper.render().pdf) == (
        f"{manifest.forum.translation.title} {manifest.forum.tab_word} B: Dos policías muertos "
        "As the translator signed it."
    )


def test_a_certificate_that_is_brought_leaves_its_translation_as_it_was_set():
    plain, brought = filing_of("eoir"), signed(filing_of("eoir"))
    keys = [{spec.name: spec.key for spec in planned_parts(one)} for one in (plain, brought)]
    assert keys[0].keys() - keys[1].keys() == {"certificate-1"}
    assert {name for name, key in keys[1].items() if keys[0].get(name) != key} == {"signed-e2"}
