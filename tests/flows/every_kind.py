"""One case with an exhibit of every kind there is: articles, published PDFs of every shape, a client's papers.

All of it is made here; the places and people do not exist.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from docx import Document as WordFile
from PIL import Image, ImageDraw

from caseapp.accounts.models import User
from caseapp.cases.models import Case, CaseEvidence, Document, Relation
from caseapp.cases.reading import read_document
from caseapp.cases.services.cases import CaseDetails, open_case
from caseapp.cases.services.documents import answer_document
from caseapp.cases.services.evidence import add_evidence
from caseapp.cases.services.statements import Bears, StatementDetails, add_statements, set_bearings
from caseapp.cases.services.translations import save_document_translation
from caseapp.library.keeping.sources import SourceDetails, add_source
from caseapp.library.models import Excerpt, Method, Source, Theme
from caseapp.library.services.excerpts import quote_excerpt
from caseapp.library.services.translations import TranslationDetails, TranslationFile, save_translation
from caseapp.packets.models import Include, Packet
from caseapp.packets.services.packets import add_exhibits, start_packet
from tests.cases.making import make_document
from tests.intake import hostile
from tests.intake.docx.making import paragraph as word_paragraph
from tests.intake.docx.making import saved, with_xml
from tests.intake.pdf import papers
from tests.packets.making import PARAGRAPH, REQUESTED_AT

SPANISH = "La ley para proteger a los agentes nunca fue aprobada.\n\nLas armas se quedan en el cuartel."
ARABIC = "قال الضباط إنهم لا يستطيعون حمل أسلحتهم إلى المنزل.\n\nلم ترد الوزارة على أسئلة التحرير."
RUSSIAN = "Министерство не ответило на вопросы редакции.\n\nЗакон не был принят."
WITNESS = "The officer wrote down what the witness said."


@dataclass(frozen=True)
class Filed:
    """How much of an exhibit is shown."""

    title: str
    include: str = Include.WHOLE
    context_pages: int = 0
    pages_shown: str = ""


ARTICLES = (
    ("Officers killed at home", PARAGRAPH * 2 + "\n\n" + PARAGRAPH, "en", PARAGRAPH.strip()),
    ("A law that was never passed", "The bill lapsed again.\n\nWeapons stay in the barracks.", "en", "The bill lapsed"),
    ("Ley sin aprobar", SPANISH, "es", "Las armas se quedan en el cuartel."),
    ("تقرير عن الضباط", ARABIC, "ar", "لم ترد الوزارة على أسئلة التحرير."),
    ("Доклад о законе", RUSSIAN, "ru", "Закон не был принят."),
    ("One <line> & more — “quoted”", "Before. " + PARAGRAPH, "en", "Neighbours said that no patrol came"),
)
SHAPES = ("plain", "two columns", "over pages", "turned content", "turned page", "turned both", "odd origin", "arabic")
ODD = (
    "turned_every_way", "box_cropped", "unit_of_an_inch", "page_of_poster_size", "everything_inherited",
    "objects_packed_in_streams", "locked_against_changes_with_aes", "words_read_from_a_scan",
)  # fmt: skip


def every_exhibit(team: Sequence[User], lawyer: User) -> tuple[Case, list[Filed]]:
    """The case, and how each of its thirty exhibits is filed, in order."""
    case = open_case(
        by=lawyer,
        details=CaseDetails(
            reference="SV-2027-030", client_name="Consuelo Confidencial", court="A court", filer="Lena Lawyer"
        ),
        team=team,
    )
    theme, other = (Theme.objects.get_or_create(slug=slug, defaults={"name": slug})[0] for slug in THEMES)
    excerpts = [*_articles(theme), *_published_pdfs(other)]
    add_evidence(by=lawyer, case=case, excerpts=excerpts)
    CaseEvidence.objects.filter(case=case).update(relevance="Shows that officers are not protected.")
    declaration, *_rest = _documents(case, lawyer)
    _statements(case, declaration, lawyer)
    return case, [*FILED_SOURCES, *(Filed(document.title, **_shown(document)) for document in case.documents.all())]


THEMES = ("off-duty-killings", "unpassed-protection-law")
FILED_SOURCES = [
    Filed("Officers killed at home", Include.EXTRACT),
    Filed("A law that was never passed"),
    Filed("Ley sin aprobar"),
    Filed("تقرير عن الضباط"),
    Filed("Доклад о законе"),
    Filed("One <line> & more — “quoted”"),
    *(Filed(f"Report: {shape}") for shape in SHAPES[:2]),
    Filed("Report: over pages", Include.CITED, 1),
    *(Filed(f"Report: {shape}") for shape in SHAPES[3:6]),
    Filed("Report: odd origin", Include.EXTRACT),
    Filed("Report: arabic"),
]


def _articles(theme: Theme) -> list[Excerpt]:
    excerpts = []
    for title, text, language, quote in ARTICLES:
        source = _source(title, text.encode(), "article.txt", language)
        excerpt = _mark(source, quote, theme)
        if language != "en":
            Excerpt.objects.filter(pk=excerpt.pk).update(translation=f"In English: {title}")
            excerpt.refresh_from_db()
            details = TranslationDetails(
                language="en",
                text=f"The whole of it in English.\n\n{PARAGRAPH}",
                translator="T. Translator",
                address="1 Example Street",
                telephone="555 0100",
                qualification="sworn",
                is_certified=True,
            )
            save_translation(by=None, capture=source.capture, details=details, file=None, version=0)
        excerpts.append(excerpt)
    return excerpts


def _published_pdfs(theme: Theme) -> list[Excerpt]:
    excerpts = []
    for shape in SHAPES:
        source = _source(f"Report: {shape}", papers.samples()[shape], "report.pdf", "ar" if shape == "arabic" else "en")
        text = source.capture.text
        quote = papers.ARABIC[1][:20] if shape == "arabic" else "Neither man was on duty."
        start = text.find(quote)
        excerpts.append(_mark(source, text[start : start + len(quote)] if start >= 0 else text.split("\n")[0], theme))
    return excerpts


def _source(title: str, data: bytes, name: str, language: str) -> Source:
    details = SourceDetails(
        title=title,
        publisher="The Example Herald",
        author="A. Reporter",
        published_on="2026-03-04",
        url="https://herald.example/report",
        language=language,
        origin_name="The Example Wire" if "officers" in title.lower() else "",
    )
    return add_source(by=None, details=details, original=data, name=name, method=Method.UPLOADED, now=REQUESTED_AT)


def _mark(source: Source, quote: str, theme: Theme) -> Excerpt:
    start = source.capture.text.index(quote)
    return quote_excerpt(by=None, capture=source.capture, start=start, end=start + len(quote), themes=[theme])


def _documents(case: Case, lawyer: User) -> list[Document]:
    documents = [
        make_document(case, b"I left in spring.\nNobody came to help.", title="Declaration", by=lawyer),
        _paper(case, "Letter in Word", _word_file(), "letter.docx", lawyer),
        _paper(case, "Corrected letter", _word_file_with_changes(), "corrected.docx", lawyer),
        _paper(case, "Photograph of a house", _photograph("PNG"), "house.png", lawyer),
        _paper(case, "Photograph held upright", _photograph("JPEG", orientation=6), "house.jpg", lawyer),
        _paper(case, "Report of a doctor", hostile.plain(4), "doctor.pdf", lawyer),
        _paper(case, "A damaged file", hostile.words_before_the_header(), "damaged.pdf", lawyer),
        *(_paper(case, f"Paper: {name}", hostile.CASES[name].make(), "paper.pdf", lawyer) for name in ODD),
        _paper(case, "Carta de un vecino", hostile.plain(1), "carta.pdf", lawyer, language="es"),
    ]
    details = TranslationDetails(language="en", translator="T. Translator", is_certified=True)
    file = TranslationFile("translation.pdf", hostile.plain(2))
    save_document_translation(by=lawyer, document=documents[-1], details=details, file=file, version=0)
    return documents


def _paper(case: Case, title: str, data: bytes, name: str, lawyer: User, **details: str) -> Document:
    """Read, and every question about it answered with yes."""
    document = make_document(case, data, name=name, title=title, kind="other", by=lawyer, **details)
    if document.status == "asking":
        codes = {question["code"] for question in document.report["questions"]} - {"tracked-rejected"}
        answer_document(by=lawyer, document=document, codes=codes, now=REQUESTED_AT)
        _read_now(document)
    assert document.status == "ready", (title, document.status, document.failure)
    return document


def _read_now(document: Document) -> None:
    read_document(document.pk)
    document.refresh_from_db()


def _shown(document: Document) -> dict[str, object]:
    if document.title == "Report of a doctor":
        return {"include": Include.PAGES, "pages_shown": "2-3"}
    return {}


def _word_file() -> bytes:
    word = WordFile()
    word.add_heading("To whom it may concern", 1)
    word.add_paragraph(WITNESS)
    table = word.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(1, 1).text = "Day", "15 March"
    return saved(word)


def _word_file_with_changes() -> bytes:
    inserted = "<w:p><w:ins w:id='1' w:author='A'><w:r><w:t>He came back.</w:t></w:r></w:ins></w:p>"
    return with_xml(word_paragraph(WITNESS), inserted)


def _photograph(kind: str, orientation: int = 1) -> bytes:
    picture = Image.new("RGB", (300, 200), (90, 120, 160))
    ImageDraw.Draw(picture).rectangle((40, 60, 120, 180), fill=(200, 180, 150))
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = io.BytesIO()
    picture.save(out, kind, exif=exif)
    return out.getvalue()


def _statements(case: Case, declaration: Document, lawyer: User) -> None:
    said = [
        StatementDetails(text="Officers were hunted at home.", paragraph="¶ 1", document=declaration),
        StatementDetails(text="Nobody protected us.", paragraph="¶ 2", document=declaration),
    ]
    first, second = add_statements(by=lawyer, case=case, statements=said)
    evidence = list(case.evidence.all())
    supporting = [Bears(item, Relation.SUPPORTS, is_shown=True) for item in evidence[:6]]
    set_bearings(
        by=lawyer, statement=first, bearings=[*supporting, Bears(declaration, Relation.CONTEXT, True)], version=1
    )
    against = [Bears(evidence[6], Relation.CONTRADICTS, is_shown=True), Bears(evidence[7], Relation.CONTRADICTS, False)]
    set_bearings(by=lawyer, statement=second, bearings=against, version=1)


def packet_of(case: Case, filed: Sequence[Filed], *, forum: str, index_style: str, by: User) -> Packet:
    packet = start_packet(by=by, case=case, title="Country conditions", forum=forum, index_style=index_style)
    sources = {source.title: source.capture for source in Source.objects.filter(title__in=[row.title for row in filed])}
    documents = {document.title: document for document in case.documents.all()}
    for row in filed:
        chosen = sources.get(row.title)
        (exhibit,) = add_exhibits(
            by=by,
            packet=packet,
            captures=[chosen] if chosen else [],
            documents=[] if chosen else [documents[row.title]],
        )
        exhibit.include, exhibit.context_pages, exhibit.pages_shown = row.include, row.context_pages, row.pages_shown
        exhibit.save()
    return packet
