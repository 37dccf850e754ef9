"""What a file is: its name and its first bytes must agree, and then its reader must."""

from dataclasses import dataclass

from caseapp.core.refused import Refused
from caseapp.intake.readers.signatures import signature_of

# How far into a file the mark of its kind may stand.
HEAD = 1024
_QUICK, _SLOW = 60, 240  # seconds of the processor


@dataclass(frozen=True)
class Kind:
    """`examine` and `clean` are functions for `sandbox.run`, on a room whose file is named `input`.

    Where `marks` is empty, the file is told by its signature.
    """

    name: str
    media_type: str
    extensions: tuple[str, ...]
    marks: tuple[bytes, ...]
    examine: str
    clean: str
    seconds: int = _QUICK


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "pdf",
            "application/pdf",
            (".pdf",),
            (b"%PDF-",),
            "caseapp.intake.pdf.examining:examine",
            "caseapp.intake.pdf.normalising:clean",
            _SLOW,
        ),
        Kind(
            "docx",
            _WORD,
            (".docx",),
            (b"PK\x03\x04",),
            "caseapp.intake.docx.reading:examine",
            "caseapp.intake.docx.making:clean",
            _SLOW,
        ),
        Kind(
            "png",
            "image/png",
            (".png",),
            (b"\x89PNG\r\n\x1a\n",),
            "caseapp.intake.images:examine_png",
            "caseapp.intake.images:clean",
        ),
        Kind(
            "jpeg",
            "image/jpeg",
            (".jpg", ".jpeg", ".jpe", ".jfif"),
            (b"\xff\xd8\xff",),
            "caseapp.intake.images:examine_jpeg",
            "caseapp.intake.images:clean",
        ),
        Kind(
            "tiff",
            "image/tiff",
            (".tif", ".tiff"),
            (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"),
            "caseapp.intake.sheets:examine_tiff",
            "caseapp.intake.sheets:clean_tiff",
            _SLOW,
        ),
        Kind(
            "heic",
            "image/heic",
            (".heic", ".heif", ".hif"),
            (),
            "caseapp.intake.sheets:examine_heic",
            "caseapp.intake.sheets:clean_heic",
        ),
        Kind(
            "txt",
            "text/plain",
            (".txt", ".text"),
            (b"",),
            "caseapp.intake.txt.reading:examine",
            "caseapp.intake.txt.making:clean",
            _SLOW,
        ),
    )
}

# What a form offers when a file is chosen.
OFFERED = ",".join(extension for kind in KINDS.values() for extension in kind.extensions)

# Kinds that cannot be used, by what a person can do about them.
_REFUSED = {
    "kind-document": ".doc .docm .dot .dotx .dotm .odt .ott .rtf .wpd .wps .pages .tex .md .epub .xps .oxps .ps .eps",
    "kind-picture": ".avif .webp .gif .bmp .svg .jp2 .jxl .psd .ai .ico .raw .dng",
    "kind-web": ".html .htm .xhtml .mht .mhtml .webarchive .url .webloc .xml .json",
    "kind-message": ".eml .msg .pst .mbox .emlx .ics .vcf",
    "kind-table": ".xls .xlsx .xlsm .xlsb .csv .tsv .ods .numbers .ppt .pptx .pptm .pps .ppsx .odp .key .vsd .vsdx",
    "kind-archive": ".zip .rar .7z .tar .gz .tgz .bz2 .xz .zst .iso .dmg .cab",
    "kind-recording": (
        ".mp3 .m4a .aac .wav .ogg .oga .opus .flac .amr .wma .aiff .mp4 .m4v .mov .avi .mkv .webm .wmv .3gp .mpg .mpeg"
    ),
    "kind-program": (
        ".exe .dll .com .scr .msi .bat .cmd .ps1 .vbs .js .mjs .jar .apk .app .sh .py .lnk .pif .cpl .hta .reg .bin"
    ),
}
_CODE_OF_EXTENSION = {extension: code for code, named in _REFUSED.items() for extension in named.split()}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def kind_of(name: str, head: bytes) -> Kind:
    """The kind of a file with this name that begins with these bytes. Raises `Refused`."""
    if not head:
        raise Refused("empty")
    extension = _extension(name)
    named = next((kind for kind in KINDS.values() if extension in kind.extensions), None)
    if named is None:
        raise Refused(_CODE_OF_EXTENSION.get(extension, "kind-unknown"), kind=extension or name)
    if named.name == "docx" and head.startswith(_OLE):
        raise Refused("word-locked")
    if not _agree(named, head):
        found = signature_of(head)
        raise Refused("not-the-kind", extension=extension, found=found.words if found else "")
    return named


def is_pdf(head: bytes, name: str) -> bool:
    """Whether a file with this name that begins with these bytes is meant to be a PDF, be it a sound one or not."""
    found = signature_of(head)
    is_marked = found is not None and found.media_type == KINDS["pdf"].media_type
    return is_marked or _extension(name) in KINDS["pdf"].extensions


def is_word_file(data: bytes, name: str) -> bool:
    """The same of Word files, whose mark may stand anywhere in them."""
    found = signature_of(data)
    return _extension(name) in KINDS["docx"].extensions or (found is not None and found.media_type == _WORD)


def _extension(name: str) -> str:
    return name[name.rfind(".") :].lower().strip() if "." in name else ""


def _agree(named: Kind, head: bytes) -> bool:
    """Before the mark of a PDF, and only there, something may stand; but not the mark of another kind."""
    found = signature_of(head)
    if named.name == "txt":
        return found is None
    if named.name == "pdf":
        return named.marks[0] in head and (found is None or found.media_type == named.media_type)
    if not named.marks:
        return found is not None and found.media_type == named.media_type
    return head.startswith(named.marks)
